/**
 * What an open article amounts to, by the codes in force: a person's where there are any, else the machine's.
 *
 * Three things stay apart everywhere: "no theme" (codes or verdict with an empty list), "unsure" (a flag beside the
 * machine's verdict, or the person's mark beside their codes) and "not coded" (nobody has said anything: `codes` is null).
 */

/**
 * @typedef {object} MachineVerdict
 * @property {string[]} themes
 * @property {"clear" | "likely" | "unsure"} certainty
 * @property {Record<string, number>} probability of each theme on its own, 0 to 1
 * @property {string | null} runnerUp
 *
 * @typedef {object} Codes what a person said
 * @property {string[]} themes empty: no theme
 * @property {string} coder
 * @property {string} at ISO time
 * @property {true} [unsure] the person is in doubt
 *
 * @typedef {object} OpenParagraph
 * @property {string} text
 * @property {"body" | "heading" | "furniture"} kind
 * @property {boolean} included whether it counts in the profile
 * @property {MachineVerdict | null} machine null: not read yet
 * @property {Codes | null} codes null: not coded
 * @property {string} note
 *
 * @typedef {object} OpenArticle
 * @property {string} name
 * @property {string} source as pasted
 * @property {"auto" | "blank" | "line" | "unwrap" | "blocks"} split
 * @property {(OpenParagraph["kind"] | null)[]} [hints] of a pasted page: what its elements say of each block
 * @property {OpenParagraph[]} paragraphs
 *
 * @typedef {object} Project
 * @property {OpenArticle[]} articles
 * @property {string} coder
 * @property {{ id: string, sha256: string }} model
 * @property {string} app the version of this page
 *
 * @typedef {object} Share
 * @property {string | null} theme null: no theme
 * @property {number} paragraphs
 * @property {number} words fraction of the counted words, 0 to 1
 *
 * @typedef {object} Measure of the paragraphs that count
 * @property {number} words
 * @property {number} paragraphs
 * @property {number} unsure paragraphs of which the person who coded them is unsure or, where nobody has, the machine
 * @property {number} coded paragraphs that a person coded
 * @property {number} leftOut paragraphs that do not count
 * @property {Share[]} shares in the given order, "no theme" last; where all is read, they add up to 1
 */

/** @param {OpenParagraph} paragraph @returns {readonly string[]} empty: no theme */
export function themesInForce({ codes, machine }) {
  return codes?.themes ?? machine?.themes ?? [];
}

/**
 * Who or what stands behind the themes in force.
 *
 * @param {OpenParagraph} paragraph
 * @returns {"coded" | "clear" | "likely" | "unsure" | "unread"}
 */
export function standing({ codes, machine }) {
  return codes !== null ? (codes.unsure ? "unsure" : "coded") : (machine?.certainty ?? "unread");
}

/** Characters of scripts that do not separate their words: the engine's own list (crate/src/token.rs). */
const UNSPACED = "\\u3040-\\u30FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{3FFFF}";
const INVISIBLE = "\\u00AD\\u200B-\\u200D\\u2060\\uFEFF";
const WORD = new RegExp(
  [
    `[${UNSPACED}]`,
    "[%$€£¥]",
    // 1,234.5 is one number.
    `\\d(?:(?![${UNSPACED}])[\\p{Alphabetic}\\p{N}${INVISIBLE}]|[.,](?=\\d))*`,
    // A short tail ("China's") and a word that the layout has broken at a hyphen belong to the word before.
    `(?:(?![${UNSPACED}])[\\p{Alphabetic}\\p{N}])(?:(?![${UNSPACED}])[\\p{Alphabetic}\\p{N}${INVISIBLE}]|[-\\u2010][\\n\\r]\\s*(?=\\p{Ll}))*(?:['’]\\p{Alphabetic}{1,2}(?!\\p{Alphabetic}))?`,
  ].join("|"),
  "gu",
);

const CHARACTER = new RegExp(`^[${UNSPACED}]`, "u");

/**
 * How many words a text has, counted as the engine counts them: a character of a script without spaces is half a word,
 * rounded up over the text.
 *
 * @param {string} text
 */
export function countWords(text) {
  let words = 0;
  let characters = 0;
  for (const [word] of text.matchAll(WORD)) {
    if (CHARACTER.test(word)) characters++;
    else words++;
  }
  return words + Math.ceil(characters / 2);
}

/** No list of paragraphs is ever changed: each is measured once. @type {WeakMap<readonly OpenParagraph[], Measure>} */
const measures = new WeakMap();

/**
 * The measure of an article.
 *
 * @param {OpenArticle} article
 * @param {readonly string[]} themeIds the same ones each time
 * @returns {Measure}
 */
export function measured({ paragraphs }, themeIds) {
  const known = measures.get(paragraphs) ?? measure(paragraphs, themeIds);
  measures.set(paragraphs, known);
  return known;
}

/**
 * The measure of some paragraphs. One with two themes counts for both; its words are split between them.
 *
 * @param {readonly OpenParagraph[]} paragraphs
 * @param {readonly string[]} themeIds the model's, in its order; other themes that occur follow them
 * @returns {Measure}
 */
export function measure(paragraphs, themeIds) {
  const counted = paragraphs.filter(({ included }) => included);
  const others = counted.flatMap(themesInForce).filter((id) => !themeIds.includes(id));
  const slots = new Map([...themeIds, ...new Set(others), null].map((theme) => [theme, { theme, paragraphs: 0, words: 0 }]));
  let total = 0;
  for (const paragraph of counted) {
    const words = countWords(paragraph.text);
    const themes = themesInForce(paragraph);
    total += words;
    if (standing(paragraph) === "unread") continue;
    for (const theme of themes.length > 0 ? themes : [null]) {
      const slot = /** @type {Share} */ (slots.get(theme));
      slot.paragraphs += 1;
      slot.words += words / Math.max(themes.length, 1);
    }
  }
  const standings = counted.map(standing);
  return {
    words: total,
    paragraphs: counted.length,
    unsure: standings.filter((one) => one === "unsure").length,
    coded: counted.filter(({ codes }) => codes !== null).length,
    leftOut: paragraphs.length - counted.length,
    shares: [...slots.values()].map((share) => ({ ...share, words: share.words / Math.max(total, 1) })),
  };
}
