/** Where xtask says that things are, and what the tests read from there. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** @param {string} name of an environment variable that `cargo xtask test` sets */
export function given(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests by "cargo xtask test".`);
  return value;
}

/** @param {...string} path below the project's root */
export const project = (...path) => join(given("LEITMOTIF_ROOT"), ...path);

/** @param {...string} path below the assembled site */
export const site = (...path) => join(given("LEITMOTIF_SITE"), ...path);

/** A module of the site. With `fresh` it is a new instance that shares no engine with the others. */
export function siteModule(name, fresh = "") {
  return import(`${pathToFileURL(site(name)).href}${fresh && `?${fresh}`}`);
}

/** Texts with the features and the reading that the engine must give on every machine. */
export function goldenVectors() {
  const lines = readFileSync(project("crate/tests/golden.jsonl"), "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

const FAMILIES = ["word", "stem", "prefix", "pair", "han", "term", "lexicon"];

/**
 * The golden vectors' objects from the row of numbers that `Engine.features` gives.
 *
 * @param {ArrayLike<number>} row fingerprint, family, start, end, again and again
 */
export function featuresOf(row) {
  return Array.from({ length: row.length / 4 }, (_, i) => ({
    fingerprint: row[4 * i],
    family: FAMILIES[row[4 * i + 1]],
    start: row[4 * i + 2],
    end: row[4 * i + 3],
  }));
}

/**
 * The class `Engine` as the build made it, with its features, which www/leitmotif.js does not tell.
 *
 * @param {"wasm" | "js"} kind
 */
export async function rawEngine(kind) {
  const { glue } = await siteModule("wasm/leitmotif_wasm_bg.js");
  const bindings = glue();
  const imports = { "./leitmotif_wasm_bg.js": bindings };
  if (kind === "js") {
    const { instantiate } = await siteModule("wasm/leitmotif_wasm.fallback.js");
    bindings.__wbg_set_wasm(instantiate(imports));
  } else {
    const { instance } = await WebAssembly.instantiate(readFileSync(site("wasm/leitmotif_wasm_bg.wasm")), imports);
    bindings.__wbg_set_wasm(instance.exports);
  }
  return bindings.Engine.load();
}

/**
 * A text of sample articles, golden texts and odd characters, in an order that looks random and is always the same.
 *
 * @param {number} length in UTF-16 code units, at least
 */
export function mixedText(length) {
  const odd = ["\ud83c lone \udfed", "İstanbul’da ΣΊΣΥΦΟΣ", "a\u0301e\u0308 ﬁne", "１２３ ｔｏｎｓ", "\u200b\ufeff", "🏭🌍 ".repeat(9), "x".repeat(3000)];
  const pieces = [...ARTICLE_001.split("\n"), ...goldenVectors().map(({ text }) => text), ...odd].filter(Boolean);
  let [text, state] = ["", 1];
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += pieces[(state >>> 8) % pieces.length] + (state % 5 === 0 ? "\n" : "\n\n");
  }
  return text;
}

export const ARTICLE_001 = readFileSync(project("seeds/articles/001_e4ce4b60b7b2072c.txt"), "utf8");
