/** Invented articles in any number, from the sentences of seeds/written: the same ones each time. */

import { readFileSync, readdirSync } from "node:fs";

import { project } from "./site.js";

/** Paragraphs of the project's own corpus, in the order of its files. */
function written() {
  const folder = project("seeds/written");
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl")).sort();
  const lines = files.flatMap((name) => readFileSync(`${folder}/${name}`, "utf8").split("\n").filter(Boolean));
  return lines.flatMap((line) => JSON.parse(line).paragraphs.map(({ text }) => text.replace(/\s+/g, " ")));
}

/**
 * @param {number} count
 * @param {number} [seed]
 * @returns {{ name: string, text: string }[]} texts of 3 to 18 paragraphs, a blank line between two
 */
export function manyArticles(count, seed = 1) {
  const paragraphs = written();
  let state = seed;
  const next = (/** @type {number} */ below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, (_, i) => {
    const text = Array.from({ length: 3 + next(16) }, () => paragraphs[next(paragraphs.length)]).join("\n\n");
    return { name: `article-${String(i + 1).padStart(3, "0")}.txt`, text };
  });
}
