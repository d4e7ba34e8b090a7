/** What was generated from the doc comments of the elements is what would be generated now. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { project } from "../site.js";
import { dist } from "./installed.js";

test("manifest, types and reference are those of the doc comments", async () => {
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
