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

export const ARTICLE_001 = readFileSync(project("seeds/articles/001_e4ce4b60b7b2072c.txt"), "utf8");
