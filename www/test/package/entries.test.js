/** The npm package: what it holds, and that each of its entries can be imported where there is no browser. */

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { ARTICLE_001, goldenVectors, project } from "../site.js";
import { TARBALL, dist, filesOf, install, manifest } from "./installed.js";

const installed = install();
after(() => installed.remove());

/** Runs a module in the project that has the package. @param {string} source */
function run(source, ...flags) {
  const file = join(installed.folder, "main.mjs");
  writeFileSync(file, source);
  return spawnSync(process.execPath, [...flags, file], { encoding: "utf8", cwd: installed.folder });
}

/** What `run` prints as JSON, when it ends well and complains of nothing. */
function answer(source, ...flags) {
  const { status, stdout, stderr } = run(source, ...flags);
  assert.equal(stderr, "");
  assert.equal(status, 0);
  return JSON.parse(stdout);
}

/** @type {[string, Record<string, string> | string][]} */
const exported = Object.entries(manifest.exports);
const files = exported.flatMap(([, target]) => (typeof target === "string" ? [target] : Object.values(target)));
const entries = exported
  .map(([name, target]) => ({ name, file: typeof target === "string" ? target : target.default }))
  .filter(({ file }) => file.endsWith(".js"));

test("everything that package.json points to is in the package, types first", () => {
  for (const file of [...files, manifest.main, manifest.types]) assert.ok(existsSync(join(installed.package, file)), file);
  for (const [name, target] of exported) {
    if (typeof target !== "string") assert.deepStrictEqual(Object.keys(target), ["types", "default"], name);
  }
  for (const file of manifest.sideEffects) assert.ok(existsSync(join(installed.package, file)), file);
});

test("the tarball holds what the folder holds, and packing again gives the same bytes", () => {
  assert.deepStrictEqual(filesOf(installed.package), filesOf(dist("npm")));
  const again = mkdtempSync(join(tmpdir(), "leitmotif-again-"));
  execFileSync("npm", ["pack", "--silent", "--offline", "--pack-destination", again], { cwd: dist("npm") });
  const [name] = readdirSync(again);
  assert.ok(readFileSync(join(again, name)).equals(readFileSync(TARBALL)), "npm pack gave other bytes");
  rmSync(again, { recursive: true });
});

test("every entry can be imported in bare Node, and does nothing there", () => {
  for (const { name } of entries) {
    const specifier = name === "." ? "leitmotif" : `leitmotif/${name.slice(2)}`;
    const source = `
      const before = new Set(Reflect.ownKeys(globalThis));
      globalThis.fetch = () => { throw new Error("fetched"); };
      await import(${JSON.stringify(specifier)});
      console.log(JSON.stringify(Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String)));`;
    const expected = name === "./iife" ? ["leitmotif"] : [];
    assert.deepStrictEqual(answer(source), expected, specifier);
  }
});

test("both entries of the engine give the golden readings in Node", () => {
  const vectors = goldenVectors().slice(0, 40);
  writeFileSync(join(installed.folder, "texts.json"), JSON.stringify(vectors.map(({ text }) => text)));
  for (const entry of ["leitmotif/engine", "leitmotif/inline"]) {
    const readings = answer(`
      import { readFileSync } from "node:fs";
      import { Leitmotif } from "${entry}";
      const motif = await Leitmotif.create();
      const readings = [];
      for (const text of JSON.parse(readFileSync("texts.json", "utf8"))) readings.push(await motif.read(text));
      motif.dispose();
      console.log(JSON.stringify(readings));`);
    assert.deepStrictEqual(readings, vectors.map(({ reading }) => reading), entry);
  }
});

test("with the bytes inside, the wasm file is never asked for", () => {
  rmSync(join(installed.package, "leitmotif.wasm"));
  try {
    const labels = answer(`
      import { Leitmotif } from "leitmotif/inline";
      const motif = await Leitmotif.create();
      const { paragraphs } = await motif.read(${JSON.stringify(ARTICLE_001)});
      console.log(JSON.stringify(paragraphs.length));`);
    assert.ok(labels > 10);
  } finally {
    writeFileSync(join(installed.package, "leitmotif.wasm"), readFileSync(dist("npm/leitmotif.wasm")));
  }
});

test("in Node the engine's file is held to its integrity value, and an address begins in the working directory", () => {
  const wasm = readFileSync(dist("npm/leitmotif.wasm"));
  writeFileSync(join(installed.folder, "mine.wasm"), wasm);
  const value = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
  // Each in a process of its own: the first engine of one stays.
  const made = (options) =>
    answer(`
      import { Leitmotif } from "leitmotif/engine";
      const motif = await Leitmotif.create({ ...${JSON.stringify(options)}, timeout: Infinity });
      console.log(JSON.stringify([motif.engineInUse, motif.fallback?.code ?? null]));`);
  assert.deepStrictEqual(made({ integrity: value(wasm) }), ["wasm", null]);
  assert.deepStrictEqual(made({ integrity: value("another file") }), ["js", "integrity"]);
  assert.deepStrictEqual(made({ wasm: "./mine.wasm", integrity: value(wasm) }), ["wasm", null]);
  assert.deepStrictEqual(made({ wasm: "./nobodys.wasm" }), ["js", "not-found"]);
});

test("a model that was given is named by its SHA-256, and wrong options are refused with a code", () => {
  const model = readFileSync(project("crate/model/leitmotif.safetensors"));
  writeFileSync(join(installed.folder, "model.safetensors"), model);
  const [sha256, codes] = answer(`
    import { readFileSync } from "node:fs";
    import { Leitmotif, LeitmotifError } from "leitmotif/engine";
    const motif = await Leitmotif.create({ model: readFileSync("model.safetensors") });
    const codeOf = (work) => work.then(() => "none", (error) => error instanceof LeitmotifError && error.code);
    const wrong = [null, "x", { engin: "js" }, { signal: 5 }, { timeout: -1 }].map((options) => Leitmotif.create(options));
    wrong.push(...[null, "x", { signal: 5 }].map((options) => motif.read("A text.", options)));
    console.log(JSON.stringify([motif.model.sha256, await Promise.all(wrong.map(codeOf))]));`);
  assert.equal(sha256, createHash("sha256").update(model).digest("hex"));
  assert.deepStrictEqual(codes, Array(8).fill("bad-option"));
});

test("the texts that are not ours are in no file of the package", () => {
  const articles = readdirSync(project("seeds/articles")).filter((name) => name.endsWith(".txt"));
  assert.equal(articles.length, 5);
  const sentences = articles.flatMap((name) =>
    readFileSync(project("seeds/articles", name), "utf8").split("\n").filter((line) => line.length > 120).map((line) => line.slice(20, 80)),
  );
  assert.ok(sentences.length > 30);
  for (const file of filesOf(installed.package)) {
    const text = readFileSync(join(installed.package, file), "utf8");
    assert.deepStrictEqual(sentences.filter((sentence) => text.includes(sentence)), [], file);
  }
});

test("no file of the package names a place of the machine that packed it", () => {
  for (const file of filesOf(installed.package)) {
    const text = readFileSync(join(installed.package, file), "latin1");
    for (const place of [project(), process.env.HOME]) {
      if (place && place.length > 5) assert.ok(!text.includes(place), `${file} names ${place}`);
    }
  }
});
