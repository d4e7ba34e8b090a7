/**
 * An article on its way from one thread to another: its text, and flat rows of numbers instead of an object for each
 * paragraph, so that handing it over costs next to nothing whatever its length.
 */

import { newParagraph } from "./project.js";
import { CERTAINTIES, KINDS } from "./reading-rows.js";
import { breathe, slice } from "./slices.js";

/** @typedef {import("./project.js").OpenArticle} OpenArticle */
/** @typedef {import("./steps.js").Verdict} Verdict */

/**
 * @typedef {object} FlatArticle of n paragraphs, read, uncoded, their texts parts of the source
 * @property {string} name
 * @property {string} source
 * @property {OpenArticle["split"]} split
 * @property {OpenArticle["way"]} way
 * @property {OpenArticle["hints"]} hints
 * @property {Uint32Array} spans n times start and end in the source, in UTF-16 code units
 * @property {Uint8Array} signs n times kind, certainty, and the runner-up's position + 1 or 0
 * @property {Uint32Array} themes n verdicts as bit sets of positions
 * @property {Float64Array} probabilities n times one for each theme
 * @property {Float64Array} scores as `ArticleReader.scoresOf` gives them
 */

/**
 * @param {OpenArticle} article read
 * @param {Float64Array} scores
 * @param {readonly string[]} ids of the themes
 * @returns {{ flat: FlatArticle, transfer: ArrayBufferLike[] }} transfer: what need not be copied
 */
export function flatten({ name, source, split, way, hints, paragraphs }, scores, ids) {
  const n = paragraphs.length;
  const flat = {
    name, source, split, way, hints, scores,
    spans: new Uint32Array(2 * n),
    signs: new Uint8Array(3 * n),
    themes: new Uint32Array(n),
    probabilities: new Float64Array(n * ids.length),
  };
  let at = 0;
  paragraphs.forEach(({ text, kind, machine }, i) => {
    const verdict = /** @type {Verdict} */ (machine);
    // They stand one after the other: the next one begins where its text is found.
    const start = source.indexOf(text, at);
    at = start + text.length;
    flat.spans.set([start, at], 2 * i);
    flat.signs.set([KINDS.indexOf(kind), CERTAINTIES.indexOf(verdict.certainty), ids.indexOf(verdict.runnerUp ?? "") + 1], 3 * i);
    flat.themes[i] = verdict.themes.reduce((set, id) => set | (1 << ids.indexOf(id)), 0);
    flat.probabilities.set(ids.map((id) => verdict.probability[id]), i * ids.length);
  });
  const transfer = [flat.spans, flat.signs, flat.themes, flat.probabilities, scores].map(({ buffer }) => buffer);
  return { flat, transfer };
}

/**
 * The article as it was before {@link flatten}, made in slices.
 *
 * @param {FlatArticle} flat
 * @param {readonly string[]} ids of the themes
 * @returns {Promise<OpenArticle>}
 */
export async function unflatten({ name, source, split, way, hints, spans, signs, themes, probabilities }, ids) {
  const watch = slice();
  const paragraphs = [];
  for (let i = 0; i < themes.length; i++) {
    if (i % 64 === 63 && watch.over()) {
      await breathe();
      watch.again();
    }
    /** @type {Record<string, number>} */
    const probability = {};
    ids.forEach((id, position) => (probability[id] = probabilities[i * ids.length + position]));
    const machine = {
      themes: ids.filter((_, position) => (themes[i] >> position) & 1),
      certainty: CERTAINTIES[signs[3 * i + 1]],
      probability,
      runnerUp: ids[signs[3 * i + 2] - 1] ?? null,
    };
    paragraphs.push({ ...newParagraph(source.slice(spans[2 * i], spans[2 * i + 1]), KINDS[signs[3 * i]]), machine });
  }
  return { name, source, split, ...(way && { way }), ...(hints && { hints }), paragraphs };
}
