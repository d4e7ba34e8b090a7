/**
 * Reading in steps, for a page that must never stand still: split a text, score its paragraphs a few at a
 * time, weigh them all, explain one. What was scored need not be scored again when another paragraph changes.
 */

import { CERTAINTIES, KINDS } from "./reading-rows.js";

/** @typedef {import("./leitmotif.js").Evidence} Evidence */
/** @typedef {import("./leitmotif.js").Paragraph["kind"]} Kind */
/** @typedef {import("./leitmotif.js").Theme} Theme */
/** @typedef {"auto" | "blank" | "line" | "unwrap"} Way how a text becomes paragraphs */
/** @typedef {{ way: Way, paragraphs: { start: number, end: number, kind: Kind }[] }} Found the way used, and spans in UTF-16 code units */
/** @typedef {ArrayLike<number>} Score of one paragraph on its own: its number of words, then one number for each theme */

/**
 * @typedef {object} Verdict
 * @property {string[]} themes in the model's order; empty: no theme
 * @property {"clear" | "likely" | "unsure"} certainty
 * @property {Record<string, number>} probability of each theme on its own, 0 to 1
 * @property {string | null} runnerUp the theme nearest to tipping, when unsure
 */

/** @type {readonly Way[]} in the engine's order */
export const WAYS = ["auto", "blank", "line", "unwrap"];

/** The steps of one classifier. Everything is done at once and returns when it is done: give it little at a time. */
export class Steps {
  /** @type {() => any} */
  #engine;
  /** @type {readonly string[]} */
  #ids;

  /**
   * @param {() => any} engine the wasm side; throws when it is gone
   * @param {readonly Theme[]} themes
   */
  constructor(engine, themes) {
    this.#engine = engine;
    this.themes = themes;
    this.#ids = themes.map(({ id }) => id);
  }

  /**
   * @param {string} text
   * @param {Way} [way]
   * @returns {Found}
   */
  split(text, way = "auto") {
    const work = this.splitting(text, way);
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
    }
  }

  /**
   * Splits a text a little at a time: stops after each part of the work, so that the caller may let the page answer.
   *
   * @param {string} text
   * @param {Way} [way]
   * @returns {Generator<void, Found, void>}
   */
  *splitting(text, way = "auto") {
    const row = /** @type {Uint32Array} */ (this.#engine().split(text, WAYS.indexOf(way)));
    const count = (row.length - 1) / 3;
    const texts = Array.from({ length: count }, (_, i) => text.slice(row[1 + 3 * i], row[2 + 3 * i]));
    const seen = (/** @type {"glance" | "look"} */ how) => this.#seen(how, texts);
    const glances = yield* seen("glance");
    // What the splitter knows of each.
    for (let i = 0; i < count; i++) glances[1 + 2 * i] |= row[3 + 3 * i];
    let kinds = /** @type {Uint8Array} */ (this.#engine().kinds(glances, new Uint32Array(0)));
    if (kinds.length < count) kinds = this.#engine().kinds(glances, yield* seen("look"));
    const paragraphs = texts.map((_, i) => ({ start: row[1 + 3 * i], end: row[2 + 3 * i], kind: KINDS[kinds[i]] }));
    return { way: WAYS[row[0]], paragraphs };
  }

  /**
   * What the engine sees in paragraphs, a little at a time.
   *
   * @param {"glance" | "look"} how
   * @param {string[]} texts
   * @returns {Generator<void, Uint32Array, void>}
   */
  *#seen(how, texts) {
    /** @type {Uint32Array[]} */
    const rows = [];
    for (const batch of batches(texts)) {
      yield;
      rows.push(this.#engine()[how](...together(batch)));
    }
    yield;
    return joined(rows);
  }

  /** The way in which a text is split where the choice is automatic. @param {string} text @returns {Way} */
  wayOf(text) {
    return WAYS[this.#engine().split(text, 0)[0]];
  }

  /**
   * @param {string[]} texts each a paragraph
   * @returns {Score[]}
   */
  score(texts) {
    const width = 1 + this.themes.length;
    const row = /** @type {Float64Array} */ (this.#engine().score(...together(texts)));
    let at = 0;
    return texts.map(() => {
      // A view of the row, or a slice, takes several times as long to make.
      /** @type {number[]} */
      const score = [];
      for (let count = 0; count < width; count++) score.push(row[at++]);
      return score;
    });
  }

  /**
   * @param {Score[]} scores of all paragraphs of an article, in their order
   * @param {Kind[]} kinds
   * @returns {Verdict[]}
   */
  weigh(scores, kinds) {
    const width = 1 + this.themes.length;
    const rows = new Float64Array(scores.length * width);
    const numbers = new Uint8Array(scores.length);
    // Loops: `set` and `from` take several times as long for so few numbers.
    for (let i = 0, at = 0; i < scores.length; i++) {
      numbers[i] = KINDS.indexOf(kinds[i]);
      const score = scores[i];
      for (let position = 0; position < width; position++) rows[at++] = score[position];
    }
    const row = this.#engine().weigh(rows, numbers);
    const ids = this.#ids;
    const each = 3 + 2 * ids.length;
    return scores.map((_, i) => {
      const at = i * each;
      const set = row[at + 2];
      const themes = [];
      /** @type {Record<string, number>} */
      const probability = {};
      for (let position = 0; position < ids.length; position++) {
        const id = ids[position];
        probability[id] = row[at + 4 + 2 * position];
        if ((set >> position) & 1) themes.push(id);
      }
      const runnerUp = row[at + 1];
      return { themes, certainty: CERTAINTIES[row[at]], probability, runnerUp: runnerUp < 0 ? null : ids[runnerUp] };
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

/** Handed over in one call, in UTF-16 code units: a slice of time on a slow machine. */
const BATCH = 4_000;

/**
 * Texts in groups, in order, each of one text or of no more than {@link BATCH} code units together.
 *
 * @param {readonly string[]} texts
 * @returns {Generator<string[], void, void>}
 */
export function* batches(texts) {
  for (let at = 0; at < texts.length; ) {
    const from = at;
    for (let size = 0; at < texts.length && (size === 0 || size + texts[at].length <= BATCH); at++) size += texts[at].length + 1;
    yield texts.slice(from, at);
  }
}

/** Texts as they are handed over: in one, with their lengths. @param {readonly string[]} texts @returns {[string, Uint32Array]} */
function together(texts) {
  const lengths = new Uint32Array(texts.length);
  for (let i = 0; i < texts.length; i++) lengths[i] = texts[i].length;
  return [texts.join("\n"), lengths];
}

/** @param {readonly Uint32Array[]} parts */
function joined(parts) {
  const row = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    row.set(part, at);
    at += part.length;
  }
  return row;
}
