/** What an element gives to programs: its paragraphs, with where they stand in its text. */

import { textOf } from "../workspace.js";

/** @typedef {import("../project.js").OpenArticle} OpenArticle */
/** @typedef {import("../steps.js").Steps} Steps */

/**
 * @typedef {object} Result one paragraph
 * @property {number} index from 0
 * @property {number} start in the element's text, in UTF-16 code units, as JavaScript counts
 * @property {number} end
 * @property {number} startCodePoint the same in Unicode code points, as Python and many formats count
 * @property {number} endCodePoint
 * @property {string} text
 * @property {"body" | "heading" | "furniture"} kind
 * @property {boolean} included whether it counts in the profile
 * @property {string[]} themes the machine's verdict; empty: no theme
 * @property {"clear" | "likely" | "unsure"} certainty of the verdict
 * @property {Record<string, number>} probability of each theme on its own, 0 to 1
 * @property {string | null} runnerUp the theme nearest to tipping, when unsure
 * @property {import("../project.js").Codes | null} codes a person's; null: none were given
 * @property {import("../leitmotif.js").Evidence[]} evidence for each theme of the verdict, computed when it is asked for; its words' offsets begin at the paragraph's start
 */

/**
 * The spans of an article's paragraphs in its text.
 *
 * @param {OpenArticle} article
 * @returns {{ start: number, end: number }[]} UTF-16
 */
export function spansOf(article) {
  const text = textOf(article);
  let at = 0;
  return article.paragraphs.map((paragraph) => {
    // Nothing but white space stands between two of them, so that none can be found too early.
    const start = text.indexOf(paragraph.text, at);
    at = start + paragraph.text.length;
    return { start, end: at };
  });
}

/**
 * @param {OpenArticle} article read to its end
 * @param {Steps} steps
 * @returns {Result[]}
 */
export function resultsOf(article, steps) {
  const text = textOf(article);
  let [units, points] = [0, 0];
  const pointsAt = (/** @type {number} */ unit) => {
    points += codePoints(text, units, unit);
    units = unit;
    return points;
  };
  return spansOf(article).map(({ start, end }, index) => {
    const { text, kind, included, machine, codes } = article.paragraphs[index];
    const { themes, certainty, probability, runnerUp } = /** @type {import("../steps.js").Verdict} */ (machine);
    const [startCodePoint, endCodePoint] = [pointsAt(start), pointsAt(end)];
    return {
      index, start, end, startCodePoint, endCodePoint, text, kind, included, themes, certainty, probability, runnerUp, codes,
      get evidence() {
        return themes.map((id) => steps.evidence(text, id, probability[id]));
      },
    };
  });
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
function codePoints(text, start, end) {
  let count = 0;
  for (let at = start; at < end; at++) {
    const second = (text.charCodeAt(at) & 0xfc00) === 0xdc00 && at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
    if (!second) count++;
  }
  return count;
}
