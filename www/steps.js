/**
 * Reading in steps, for a page that must never stand still: split a text, score its paragraphs a few at a
 * time, weigh them all, explain one. What was scored need not be scored again when another paragraph changes.
 */

/** @typedef {import("./leitmotif.js").Evidence} Evidence */
/** @typedef {import("./leitmotif.js").Paragraph["kind"]} Kind */
/** @typedef {import("./leitmotif.js").Theme} Theme */
/** @typedef {"auto" | "blank" | "line" | "unwrap"} Way how a text becomes paragraphs */
/** @typedef {Float64Array} Score of one paragraph on its own: its number of words, then one number for each theme */

/**
 * @typedef {object} Verdict
 * @property {string[]} themes in the model's order; empty: no theme
 * @property {"clear" | "likely" | "unsure"} certainty
 * @property {Record<string, number>} probability of each theme on its own, 0 to 1
 * @property {string | null} runnerUp the theme nearest to tipping, when unsure
 */

/** @type {readonly Way[]} in the engine's order */
export const WAYS = ["auto", "blank", "line", "unwrap"];
/** @type {readonly Kind[]} in the engine's order */
const KINDS = ["body", "heading", "furniture"];
/** @type {readonly Verdict["certainty"][]} in the engine's order */
const CERTAINTIES = ["unsure", "likely", "clear"];

/** The steps of one classifier. Everything is done at once and returns when it is done: give it little at a time. */
export class Steps {
  /** @type {() => any} */
  #engine;

  /**
   * @param {() => any} engine the wasm side; throws when it is gone
   * @param {readonly Theme[]} themes
   */
  constructor(engine, themes) {
    this.#engine = engine;
    this.themes = themes;
  }

  /**
   * @param {string} text
   * @param {Way} [way]
   * @returns {{ way: Way, paragraphs: { start: number, end: number, kind: Kind }[] }} the way used, and spans in UTF-16 code units
   */
  split(text, way = "auto") {
    const row = this.#engine().split(text, WAYS.indexOf(way));
    const paragraphs = [];
    for (let at = 1; at < row.length; at += 3) {
      paragraphs.push({ start: row[at], end: row[at + 1], kind: KINDS[row[at + 2]] });
    }
    return { way: WAYS[row[0]], paragraphs };
  }

  /**
   * @param {string[]} texts each a paragraph
   * @returns {Score[]}
   */
  score(texts) {
    const width = 1 + this.themes.length;
    const row = /** @type {Float64Array} */ (this.#engine().score(texts.join("\n"), Uint32Array.from(texts, ({ length }) => length)));
    return texts.map((_, i) => row.slice(i * width, (i + 1) * width));
  }

  /**
   * @param {Score[]} scores of all paragraphs of an article, in their order
   * @param {Kind[]} kinds
   * @returns {Verdict[]}
   */
  weigh(scores, kinds) {
    const width = 1 + this.themes.length;
    const rows = new Float64Array(scores.length * width);
    scores.forEach((score, i) => rows.set(score, i * width));
    const row = this.#engine().weigh(rows, Uint8Array.from(kinds, (kind) => KINDS.indexOf(kind)));
    const ids = this.themes.map(({ id }) => id);
    const each = 3 + 2 * ids.length;
    return scores.map((_, i) => {
      const at = i * each;
      /** @type {Record<string, number>} */
      const probability = {};
      ids.forEach((id, position) => (probability[id] = row[at + 4 + 2 * position]));
      return {
        themes: ids.filter((_, position) => (row[at + 2] >> position) & 1),
        certainty: CERTAINTIES[row[at]],
        probability,
        runnerUp: ids[row[at + 1]] ?? null,
      };
    });
  }

  /**
   * Because of which words a paragraph leans to or from a theme; spans begin at the paragraph's start.
   *
   * @param {string} text of the paragraph
   * @param {string} theme
   * @param {number} probability that it was given
   * @returns {Evidence}
   */
  evidence(text, theme, probability) {
    const position = this.themes.findIndex(({ id }) => id === theme);
    const [bias = 0, ...row] = this.#engine().words(text, position < 0 ? this.themes.length : position);
    const words = [];
    let sum = bias;
    for (let at = 0; at < row.length; at += 4) {
      words.push({ start: row[at], end: row[at + 1], logit: row[at + 2], term: row[at + 3] === 1 });
      sum += row[at + 2];
    }
    const logit = Math.log(probability / (1 - probability));
    return { theme, logit, bias, context: logit - sum, words };
  }
}
