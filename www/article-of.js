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
 * What the elements of a pasted page said of its blocks, after a person has changed some, left some out, or put others between them.
 *
 * @param {OpenArticle} article as it was
 * @param {string} source its text now
 * @returns {OpenArticle["hints"]} for each block of that text
 */
export function hintsAfter({ source: before, hints }, source) {
  if (!hints || source === before) return hints;
  /** @type {Map<string, number[]>} */
  const known = new Map();
  for (const [i, text] of blocksIn(before).entries()) {
    const same = known.get(text);
    if (same) same.push(i);
    else known.set(text, [i]);
  }
  const places = blocksIn(source).map((text) => known.get(text)?.shift());
  const taken = new Set(places);
  let last = -1;
  return places.map((place) => {
    // One that was changed stands where it stood.
    if (place !== undefined || !taken.has(last + 1)) last = place ?? last + 1;
    else return null;
    return hints[last] ?? null;
  });
}

/** @param {string} source whose blocks were joined by blank lines, and hold none */
const blocksIn = (source) => source.trim().split(/\n\s*\n/);
