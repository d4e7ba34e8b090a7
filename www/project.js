/**
 * What a person works on: articles, their paragraphs, what the machine says of each, and the codes that the person gave.
 * None of these objects is ever changed: a change makes new ones.
 */

/** @typedef {import("./steps.js").Verdict} Verdict */
/** @typedef {import("./steps.js").Kind} Kind */
/** @typedef {import("./steps.js").Way | "blocks"} Split */
/** @typedef {{ themes: string[], coder: string, at: string, unsure?: true }} Codes themes: [] is "no theme", in so many words; at: ISO time; unsure: the person is in doubt */

/**
 * @typedef {object} OpenParagraph
 * @property {string} text
 * @property {Kind} kind
 * @property {boolean} included whether it counts in the profile
 * @property {Verdict | null} machine the engine's verdict; null until it is read
 * @property {Codes | null} codes a person's; null: not coded
 * @property {string} note
 *
 * @typedef {object} OpenArticle
 * @property {string} name
 * @property {string} source as pasted
 * @property {Split} split as chosen
 * @property {true} [rewritten] a person has changed its text since it came
 * @property {import("./steps.js").Way} [way] what an automatic split of the source comes to, where that is known
 * @property {(Kind | null)[]} [hints] pasted HTML: what its elements say of each block
 * @property {OpenParagraph[]} paragraphs
 *
 * @typedef {object} Project
 * @property {OpenArticle[]} articles
 * @property {string} coder
 * @property {{ id: string, sha256: string }} model
 * @property {string} app the version
 */

/** @typedef {{ paragraphs: number, words: number, unsure: number, coded: number, shares: { theme: string | null, paragraphs: number, words: number }[] }} Tally */

/**
 * @param {string} text
 * @param {Kind} kind
 * @returns {OpenParagraph}
 */
export function newParagraph(text, kind) {
  return { text, kind, included: kind !== "furniture", machine: null, codes: null, note: "" };
}

/**
 * The themes that hold: the person's codes or, where there are none, the machine's.
 *
 * @param {OpenParagraph} paragraph
 * @returns {readonly string[]}
 */
export const inForce = ({ codes, machine }) => codes?.themes ?? machine?.themes ?? [];

/** Whether the person who coded it is in doubt or, where nobody has, the machine. @param {OpenParagraph} paragraph */
export const isUnsure = ({ codes, machine }) => (codes === null ? machine?.certainty === "unsure" : codes.unsure === true);

/** Without the verdicts of another model. @param {OpenArticle} article @returns {OpenArticle} */
export const unread = (article) => ({ ...article, paragraphs: article.paragraphs.map((paragraph) => ({ ...paragraph, machine: null })) });

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} index
 * @param {T} item
 * @returns {T[]}
 */
export const replaced = (list, index, item) => list.map((one, i) => (i === index ? item : one));

/**
 * Paragraphs of the same text keep what a person did to them, wherever they now stand.
 *
 * @param {readonly OpenParagraph[]} before
 * @param {readonly OpenParagraph[]} after
 * @returns {OpenParagraph[]}
 */
export function keepWork(before, after) {
  /** @type {Map<string, OpenParagraph[]>} */
  const known = new Map();
  for (const paragraph of before) {
    const same = known.get(paragraph.text);
    if (same) same.push(paragraph);
    else known.set(paragraph.text, [paragraph]);
  }
  return after.map((paragraph) => {
    const { codes, note, included, kind } = known.get(paragraph.text)?.shift() ?? paragraph;
    const own = kind === paragraph.kind ? included : paragraph.included;
    return { ...paragraph, codes, note, included: own };
  });
}

/** An article is never changed: it is summed up once. @type {WeakMap<readonly OpenParagraph[], { ids: string, wordsOf: unknown, sum: Tally }>} */
const tallies = new WeakMap();

/**
 * Sums an article up over the paragraphs that count. A paragraph of two themes gives half its words to each.
 *
 * @param {OpenArticle} article
 * @param {readonly string[]} ids of the themes
 * @param {(text: string) => number} wordsOf
 * @returns {Tally}
 */
export function tally({ paragraphs }, ids, wordsOf) {
  const known = tallies.get(paragraphs);
  if (known && known.ids === ids.join() && known.wordsOf === wordsOf) return known.sum;
  const sum = tallied(paragraphs, ids, wordsOf);
  tallies.set(paragraphs, { ids: ids.join(), wordsOf, sum });
  return sum;
}

/**
 * @param {readonly OpenParagraph[]} paragraphs
 * @param {readonly string[]} ids
 * @param {(text: string) => number} wordsOf
 * @returns {Tally}
 */
function tallied(paragraphs, ids, wordsOf) {
  const shares = [...ids, null].map((theme) => ({ theme, paragraphs: 0, words: 0 }));
  const sum = { paragraphs: 0, words: 0, unsure: 0, coded: 0 };
  for (const paragraph of paragraphs) {
    if (!paragraph.included) continue;
    // What nobody has read is not counted yet.
    const words = paragraph.machine || paragraph.codes ? wordsOf(paragraph.text) : 0;
    const themes = inForce(paragraph).filter((id) => ids.includes(id));
    /** @type {(string | null)[]} */
    const given = themes.length === 0 ? [null] : themes;
    sum.paragraphs++;
    sum.words += words;
    sum.unsure += Number(isUnsure(paragraph));
    sum.coded += Number(paragraph.codes !== null);
    for (const share of shares) {
      if (!given.includes(share.theme)) continue;
      share.paragraphs++;
      share.words += words / given.length;
    }
  }
  for (const share of shares) share.words /= sum.words || 1;
  return { ...sum, shares };
}
