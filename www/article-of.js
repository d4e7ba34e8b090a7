/** From a text to an article: its paragraphs, each of the kind that its looks or the elements around it say. */

import { newParagraph } from "./project.js";

/** @typedef {import("./article-reader.js").ArticleReader} ArticleReader */
/** @typedef {import("./project.js").OpenArticle} OpenArticle */
/** @typedef {import("./project.js").OpenParagraph} OpenParagraph */
/** @typedef {import("./project.js").Split} Split */
/** @typedef {import("./steps.js").Way} Way */
/** @typedef {import("./workspace.js").Paste} Paste */

/**
 * @param {ArticleReader} reader
 * @param {Paste} paste
 * @param {Split} [split]
 * @returns {Promise<OpenArticle>} not yet read
 */
export async function articleOf(reader, { name, source, blocks }, split = blocks ? "blocks" : "auto") {
  const hints = blocks?.map(({ hint }) => hint);
  return { name, source, split, ...(hints && { hints }), ...(await paragraphsOf(reader, source, split, hints)) };
}

/**
 * @param {ArticleReader} reader
 * @param {string} source
 * @param {Split} split
 * @param {OpenArticle["hints"]} [hints]
 * @returns {Promise<{ way?: Way, paragraphs: OpenParagraph[] }>} way: what an automatic split came to
 */
export async function paragraphsOf(reader, source, split, hints) {
  // Blocks were joined by blank lines, and hold none.
  const { way, paragraphs: found } = await reader.split(source, split === "blocks" ? "blank" : split);
  const kindOf = (/** @type {number} */ i) => (split === "blocks" && hints?.length === found.length ? hints[i] : null);
  const paragraphs = found.map(({ start, end, kind }, i) => newParagraph(source.slice(start, end), kindOf(i) ?? kind));
  return { ...(split === "auto" && { way }), paragraphs };
}
