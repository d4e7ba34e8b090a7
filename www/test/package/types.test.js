/** The package's types, as a project in TypeScript sees them under either way of finding modules. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";

import { project } from "../site.js";
import { install } from "./installed.js";

const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const installed = install();
after(() => installed.remove());
writeFileSync(join(installed.folder, "package.json"), JSON.stringify({ type: "module", private: true }));

const WAYS = { node16: ["--module", "node16", "--moduleResolution", "node16"], bundler: ["--module", "es2022", "--moduleResolution", "bundler"] };

/** @param {string} file @param {string[]} way */
const check = (file, way) =>
  spawnSync(
    process.execPath,
    [TSC, file, "--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom,dom.iterable", ...way],
    { encoding: "utf8", cwd: installed.folder },
  );

for (const [name, way] of Object.entries(WAYS)) {
  test(`a consumer in TypeScript compiles under moduleResolution ${name}`, () => {
    copyFileSync(project("www/test/package/consumer.ts"), join(installed.folder, "consumer.ts"));
    const { status, stdout } = check("consumer.ts", way);
    assert.equal(stdout, "");
    assert.equal(status, 0);
  });
}

test("under Node, without a browser's types, those of Node are enough for the engine", () => {
  writeFileSync(
    join(installed.folder, "node.ts"),
    `import { Leitmotif, type WasmSource } from "leitmotif/engine";
const wasm: WasmSource = new URL("engine.wasm", import.meta.url);
const motif = await Leitmotif.create({ wasm, signal: AbortSignal.timeout(1000) });
const words: number = (await motif.read("A text.")).paragraphs[0].words;
console.log(words, motif.model.sha256);
`,
  );
  const types = ["--typeRoots", project("www/node_modules/@types"), "--types", "node"];
  const { status, stdout } = spawnSync(
    process.execPath,
    [TSC, "node.ts", "--noEmit", "--strict", "--target", "es2022", "--lib", "es2022", ...WAYS.node16, ...types],
    { encoding: "utf8", cwd: installed.folder },
  );
  assert.equal(stdout, "");
  assert.equal(status, 0);
});

test("a wrong use is refused", () => {
  mkdirSync(installed.folder, { recursive: true });
  writeFileSync(
    join(installed.folder, "wrong.ts"),
    `import { Leitmotif } from "leitmotif/engine";
const motif = await Leitmotif.create({ wasm: null });
const { paragraphs } = await motif.read(["no text"]);
const kind: "headline" = paragraphs[0].kind;
`,
  );
  const { stdout } = check("wrong.ts", WAYS.bundler);
  assert.deepStrictEqual([...stdout.matchAll(/wrong\.ts\((\d)/g)].map(([, line]) => line), ["2", "3", "4"], stdout);
});
