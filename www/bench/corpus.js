/** The text that everything is measured on: the project's own invented articles. */

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {{ text: string, labels: string[] }} Paragraph
 *
 * @param {string} root of the project
 * @returns {Paragraph[][]} articles, in the order of the files' names
 */
export function corpus(root) {
  const folder = join(root, "seeds/written");
  const names = readdirSync(folder).filter((name) => name.endsWith(".jsonl")).sort();
  const lines = names.flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean));
  return lines.map((line) => JSON.parse(line).paragraphs);
}
