/** What was generated from the doc comments of the elements is what would be generated now. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { project } from "../site.js";
import { dist } from "./installed.js";

test("manifest, types and reference are those of the doc comments, the code in the documentation that of the examples", async () => {
  const { generated } = await import("../../npm/generate/write.js");
  for (const [place, text] of Object.entries(generated())) {
    assert.equal(readFileSync(project("www", place), "utf8"), text, `${place} is stale: run "node www/npm/generate/write.js" and commit it`);
  }
});

test("the manifest in the package names both elements, with all that they promise", () => {
  const { schemaVersion, modules } = JSON.parse(readFileSync(dist("npm/custom-elements.json"), "utf8"));
  assert.equal(schemaVersion, "2.1.0");
  const [reader, box] = modules[0].declarations;
  assert.deepStrictEqual([reader.tagName, box.tagName], ["leitmotif-reader", "leitmotif-box"]);
  for (const list of ["attributes", "events", "slots", "cssParts", "cssProperties", "cssStates"]) assert.ok(reader[list].length > 0, list);
  const names = reader.members.map(({ name }) => name);
  for (const name of ["text", "results", "ready", "read", "engineInUse", "preload"]) assert.ok(names.includes(name), `${name} of ${names}`);
  for (const { name, description } of reader.members) assert.ok(!/^[#[_]/.test(name) && description, name);
});

test("each attribute that is observed is described, and each that is described is observed", async () => {
  const { LeitmotifReader } = await import("../../elements/leitmotif-reader.js");
  const [reader] = JSON.parse(readFileSync(dist("npm/custom-elements.json"), "utf8")).modules[0].declarations;
  assert.deepStrictEqual(reader.attributes.map(({ name }) => name).sort(), [...LeitmotifReader.observedAttributes].sort());
});

test("the documentation says of each error code what to do", () => {
  const [, type] = /@typedef (\{[^}]*\}) ErrorCode/.exec(readFileSync(project("www/leitmotif-error.js"), "utf8"));
  const codes = [...type.matchAll(/"([\w-]+)"/g)].map(([, code]) => code);
  assert.ok(codes.length >= 10);
  const page = readFileSync(project("www/docs/embedding.md"), "utf8");
  const said = [...page.matchAll(/^\| ((?:`[\w-]+`(?:, )?)+) \|/gm)].flatMap(([, cell]) => cell.split(", ").map((code) => code.slice(1, -1)));
  assert.deepStrictEqual(codes.filter((code) => !said.includes(code)), []);
});

test("code comes from an example by its mark, and a mark that fits nothing is an error", async () => {
  const { withExamples } = await import("../../npm/generate/examples.js");
  const read = () => "<body>\n    <p>\n      Text\n    </p>\n</body>\n";
  const page = "Before\n<!-- example: a/index.html, <p to </p -->\nAfter\n";
  const filled = "Before\n<!-- example: a/index.html, <p to </p -->\n\n```html\n<p>\n  Text\n</p>\n```\nAfter\n";
  assert.equal(withExamples(page, read), filled);
  assert.equal(withExamples(filled, read), filled, "filling again changes nothing");
  assert.equal(withExamples(filled, () => "<p>\n</p>").includes("Text"), false, "what the example no longer has is gone");
  assert.throws(() => withExamples("<!-- example: a/index.html, <h9 to </h9 -->\n", read), /h9/);
});
