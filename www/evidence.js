/**
 * From the exact sum behind a verdict to the few words worth showing: those
 * that make up most of what spoke for it, and what spoke against it as loudly.
 */

/** @typedef {import("./leitmotif.js").Evidence} Evidence */

/**
 * @typedef {object} Reason a word, or the words of one glossary term, that mattered
 * @property {number} start UTF-16 code units, as in the reading
 * @property {number} end
 * @property {string} theme
 * @property {number} logit
 * @property {1 | 2 | 3} weight how much of all that spoke for the theme it is: a little, some, a lot
 */

/** The words shown together hold this part of all that spoke for the theme ... */
const ENOUGH = 0.6;
/** ... and are never more than this many. */
const AT_MOST = 8;
/** Of words against it, only these many: they explain a doubt, not the verdict. */
const AGAINST_AT_MOST = 3;
/** A longer paragraph, in UTF-16 code units, is not explained word by word: the page would stand still, and nobody would read it. */
export const EXPLAINED = 200_000;
/** Parts of the sum from which a word is shown as strong, and as middling. */
const STRONG = 0.2;
const MIDDLING = 0.08;

/**
 * The themes that are explained: those of the verdict or, where it is in doubt whether there is one, the theme that the
 * paragraph nearly got. A clear "no theme" has no words for it.
 *
 * @param {import("./steps.js").Verdict} verdict
 * @returns {string[]}
 */
export function explainedThemes({ themes, certainty, probability }) {
  if (themes.length > 0 || certainty !== "unsure") return themes;
  const ids = Object.keys(probability);
  return ids.length === 0 ? [] : [ids.reduce((best, id) => (probability[id] > probability[best] ? id : best))];
}

/**
 * Where in a paragraph something is underlined, in order and without overlaps. Where a word counts for two themes, the one
 * that it did more for is shown.
 *
 * @param {string} text of the paragraph
 * @param {Evidence[]} shown
 * @returns {Reason[]}
 */
export function marksOf(text, shown) {
  const all = shown.flatMap((evidence) => reasons(text, evidence));
  /** @type {Reason[]} */
  const chosen = [];
  for (const reason of all.sort(byStrength)) {
    if (chosen.every(({ start, end }) => reason.end <= start || end <= reason.start)) chosen.push(reason);
  }
  return chosen.sort((a, b) => a.start - b.start);
}

/**
 * The words to show for one theme, strongest first, those for it before those
 * against it.
 *
 * @param {string} text what was read
 * @param {Evidence} evidence
 * @returns {Reason[]}
 */
export function reasons(text, evidence) {
  const phrases = joinTerms(text, evidence.words);
  const pro = phrases.filter(({ logit }) => logit > 0).sort(byStrength);
  const contra = phrases.filter(({ logit }) => logit < 0).sort(byStrength);
  const sum = pro.reduce((total, { logit }) => total + logit, 0);

  const shown = [];
  let held = 0;
  for (const phrase of pro.slice(0, AT_MOST)) {
    if (held >= ENOUGH * sum) break;
    held += phrase.logit;
    shown.push(phrase);
  }
  const weakest = shown.at(-1)?.logit ?? 0;
  const loud = contra.slice(0, AGAINST_AT_MOST).filter(({ logit }) => -logit > weakest);

  return [...shown, ...loud].map(({ start, end, logit }) => ({
    start,
    end,
    logit,
    theme: evidence.theme,
    weight: weightOf(Math.abs(logit) / (sum || Math.abs(logit))),
  }));
}

/**
 * Whether the paragraph's surroundings did more for the theme than its own words.
 *
 * @param {Evidence} evidence
 */
export function surroundingsDecided({ words, context }) {
  return context > words.reduce((total, { logit }) => total + Math.max(0, logit), 0);
}

/**
 * Neighbouring words of glossary terms as one phrase: "free trade zone" rather
 * than three words.
 *
 * @param {string} text
 * @param {Evidence["words"]} words
 */
function joinTerms(text, words) {
  /** @type {Evidence["words"]} */
  const phrases = [];
  for (const word of words) {
    const last = phrases.at(-1);
    const together =
      last?.term && word.term && last.logit > 0 === word.logit > 0 && /^[\s\u2010-]?$/.test(text.slice(last.end, word.start));
    if (together) phrases[phrases.length - 1] = { ...last, end: word.end, logit: last.logit + word.logit };
    else phrases.push(word);
  }
  return phrases;
}

/** @type {(a: { logit: number, start: number }, b: { logit: number, start: number }) => number} */
const byStrength = (a, b) => Math.abs(b.logit) - Math.abs(a.logit) || a.start - b.start;

/**
 * @param {number} part of the sum
 * @returns {1 | 2 | 3}
 */
const weightOf = (part) => (part >= STRONG ? 3 : part >= MIDDLING ? 2 : 1);
