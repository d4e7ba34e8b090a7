/** What comes in: pastes, dropped texts, files. Each becomes an article, but for project files. */

import { nameOf } from "./article-name.js";
import { blocksOf } from "./blocks.js";
import { FileTrouble, isProjectFile, readFile } from "./files.js";
import { parseInert } from "./inert.js";
import { TEXT_LIMIT } from "./leitmotif.js";

/** @typedef {import("./workspace.js").Paste} Paste */

/**
 * The article in a clipboard, or in what was dropped: of the HTML where that has at least two blocks of text, else of the
 * plain text. HTML and text of the same clipboard disagree; only the HTML knows what were blocks.
 *
 * @param {DataTransfer} data
 * @returns {Paste | null} null: no text in it
 */
export function pasteOf(data) {
  const html = data.getData("text/html");
  const plain = data.getData("text/plain");
  // Editors put every line of a text into an element of its own.
  const lines = /white-space\s*:\s*pre/i.test(html) && /monospace|consolas|menlo|courier/i.test(html.slice(0, 2_000));
  if (html && !(lines && plain)) {
    const blocks = blocksOf(parseInert(html));
    if (blocks.length >= 2 || (plain.trim() === "" && blocks.length > 0)) return pasteOfBlocks(blocks);
  }
  return plain.trim() === "" ? null : { name: nameOf(plain), source: plain };
}

/**
 * @param {import("./blocks.js").Block[]} blocks
 * @param {string} [name]
 * @returns {Paste}
 */
function pasteOfBlocks(blocks, name) {
  const source = blocks.map(({ text }) => text).join("\n\n");
  const title = blocks.find(({ hint }) => hint === "heading") ?? blocks[0];
  return { name: name ?? nameOf(title.text), source, blocks };
}

/**
 * @param {File[]} files
 * @param {import("./messages.js").Language} language of the remarks
 * @returns {Promise<{ pastes: Paste[], projects: File[], remarks: string[], troubles: string[] }>} in the order of the files
 */
export async function pastesOf(files, { t }) {
  /** @type {{ pastes: Paste[], projects: File[], remarks: string[], troubles: string[] }} */
  const found = { pastes: [], projects: [], remarks: [], troubles: [] };
  for (const file of files) {
    if (await isProjectFile(file)) {
      found.projects.push(file);
      continue;
    }
    try {
      const { text, encoding, html } = await readFile(file);
      const name = file.name.replace(/\.[^.]+$/, "") || file.name;
      const blocks = html ? blocksOf(parseInert(text)) : [];
      const empty = html ? blocks.length === 0 : text.trim() === "";
      if (empty) {
        found.troubles.push(t().fileEmpty(file.name));
        continue;
      }
      found.pastes.push(html ? pasteOfBlocks(blocks, name) : { name, source: text });
      if (encoding !== "utf-8") found.remarks.push(t().encoding(file.name, encoding));
    } catch (problem) {
      if (!(problem instanceof FileTrouble)) throw problem;
      found.troubles.push(t().fileTrouble[problem.trouble](file.name, TEXT_LIMIT));
    }
  }
  return found;
}
