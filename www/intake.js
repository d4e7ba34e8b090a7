/** What comes in: pastes, dropped texts, files. Each becomes an article, but for project files. */

import { nameOf } from "./article-name.js";
import { blocksOf } from "./blocks.js";
import { FileTrouble, isProjectFile, readFile, titleOf } from "./files.js";
import { parseInert } from "./inert.js";
import { LIMIT_MB } from "./text-limit.js";

/** @typedef {import("./workspace.js").Paste} Paste */

/** Longer HTML of a clipboard, in UTF-16 code units, is not made a document of: the plain text beside it is read. */
const HTML_LIMIT = 10_000_000;

/**
 * The article in a clipboard, or in what was dropped: of the HTML where that has at least two blocks of text, else of the
 * plain text. HTML and text of the same clipboard disagree; only the HTML knows what were blocks.
 *
 * @param {DataTransfer} data
 * @returns {Paste | null} null: no text in it
 */
export function pasteOf(data) {
  const html = data.getData("text/html").slice(0, HTML_LIMIT + 1);
  const plain = data.getData("text/plain");
  // Editors put every line of a text into an element of its own.
  const lines = /white-space\s*:\s*pre/i.test(html) && /monospace|consolas|menlo|courier/i.test(html.slice(0, 2_000));
  if (html && html.length <= HTML_LIMIT && !(lines && plain)) {
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
 * @param {File} file
 * @returns {Promise<{ paste: Paste, encoding: string }>} encoding: as the browser names it
 * @throws {FileTrouble}
 */
export async function pasteOfFile(file) {
  const { text, encoding, html } = await readFile(file);
  const name = titleOf(file);
  if (!html) return { paste: { name, source: text }, encoding };
  const blocks = blocksOf(parseInert(text));
  if (blocks.length === 0) throw new FileTrouble("empty");
  return { paste: pasteOfBlocks(blocks, name), encoding };
}

/**
 * Why a file is no article, in words.
 *
 * @param {string} name of the file
 * @param {FileTrouble} problem
 * @param {import("./messages.js").Language} language
 */
export const troubleWords = (name, { trouble }, { t }) => t().fileTrouble[trouble](name, LIMIT_MB);

/**
 * @param {File[]} files
 * @returns {Promise<{ articles: File[], projects: File[] }>} each in their order
 */
export async function sorted(files) {
  /** @type {{ articles: File[], projects: File[] }} */
  const found = { articles: [], projects: [] };
  for (const file of files) ((await isProjectFile(file)) ? found.projects : found.articles).push(file);
  return found;
}

/**
 * @param {File[]} files
 * @param {import("./messages.js").Language} language of the remarks
 * @returns {Promise<{ pastes: Paste[], remarks: (() => string)[], troubles: string[] }>} in the order of the files
 */
export async function pastesOf(files, language) {
  /** @type {{ pastes: Paste[], remarks: (() => string)[], troubles: string[] }} */
  const found = { pastes: [], remarks: [], troubles: [] };
  for (const file of files) {
    try {
      const { paste, encoding } = await pasteOfFile(file);
      found.pastes.push(paste);
      if (encoding !== "utf-8") found.remarks.push(() => language.t().encoding(file.name, encoding));
    } catch (problem) {
      if (!(problem instanceof FileTrouble)) throw problem;
      found.troubles.push(troubleWords(file.name, problem, language));
    }
  }
  return found;
}
