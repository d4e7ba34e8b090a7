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

/**
 * What the elements of a pasted page said of its blocks, once a person has changed one of them.
 *
 * @param {OpenArticle} article as it was
 * @param {number} index of the paragraph; where each is a block, it is that one
 * @param {string} text instead of its own: none, one or several blocks
 * @returns {OpenArticle["hints"]}
 */
export function hintsAfter({ hints, paragraphs }, index, text) {
  if (hints?.length !== paragraphs.length) return hints;
  const blocks = text.split(/\n\s*\n/).filter((block) => block.trim());
  return hints.flatMap((hint, i) => (i === index ? blocks.map((_, j) => (j === 0 ? hint : null)) : hint));
}
