/** The engine's work for the page: articles read in slices, and nothing scored twice. */

import { breathe, slice } from "./slices.js";
import { batches } from "./steps.js";

/** @typedef {import("./project.js").OpenArticle} OpenArticle */
/** @typedef {import("./steps.js").Score} Score */
/** @typedef {import("./steps.js").Steps} Steps */

/** Remembered scores, so many at most: then all are forgotten. As many as the longest text has paragraphs of usual length. */
const MEMORY = 400_000;

/** Reads articles; remembers the score of each paragraph's text, so that a change costs what changed. */
export class ArticleReader {
  /** @type {Map<string, Score>} */
  #scores = new Map();
  /** How many words a text has: remembered longer, as it takes little and is asked for at every sum. @type {Map<string, number>} */
  #words = new Map();
  /** Articles as they came out of reading. @type {WeakSet<OpenArticle>} */
  #read = new WeakSet();
  /** Articles that another reader has read, with their scores one after the other. @type {WeakMap<OpenArticle, Float64Array>} */
  #adopted = new WeakMap();
  /** Paragraphs scored so far: what a test counts. */
  scored = 0;

  /** @param {Steps} steps */
  constructor(steps) {
    this.steps = steps;
  }

  /** Words of the text of a paragraph that was read. @param {string} text */
  wordsOf = (text) => {
    const known = this.#words.get(text);
    if (known !== undefined) return known;
    const [score] = this.steps.score([text]);
    this.#remember(text, score);
    return score[0];
  };

  /** @param {string} text @param {Score} score */
  #remember(text, score) {
    this.#scores.set(text, score);
    this.#words.set(text, score[0]);
  }

  /**
   * Splits a text in slices.
   *
   * @param {string} text
   * @param {import("./steps.js").Way} way
   * @returns {Promise<import("./steps.js").Found>}
   */
  async split(text, way) {
    const work = this.steps.splitting(text, way);
    const watch = slice();
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      if (watch.over()) {
        await breathe();
        watch.again();
      }
    }
  }

  /**
   * The article with the machine's verdict on every paragraph. Little work is done before this returns to its
   * caller, much work in slices.
   *
   * @param {OpenArticle} article
   * @param {() => boolean} wanted false: give up
   * @returns {Promise<OpenArticle | null>} null: given up; what was scored until then need not be scored again
   */
  async read(article, wanted) {
    if (this.#read.has(article)) return article;
    if (this.#adopted.has(article)) return this.#learn(article, wanted);
    const missing = this.#missing(article);
    const watch = slice();
    for (const texts of batches(missing)) {
      if (watch.over()) {
        await breathe();
        if (!wanted()) return null;
        watch.again();
      }
      this.steps.score(texts).forEach((score, i) => this.#remember(texts[i], score));
      this.scored += texts.length;
    }
    if (watch.over()) {
      await breathe();
      if (!wanted()) return null;
    }
    const { paragraphs } = article;
    const scores = paragraphs.map(({ text }) => /** @type {Score} */ (this.#scores.get(text)));
    const verdicts = this.steps.weigh(scores, paragraphs.map(({ kind }) => kind));
    const read = { ...article, paragraphs: paragraphs.map((paragraph, i) => ({ ...paragraph, machine: verdicts[i] })) };
    this.#read.add(read);
    return read;
  }

  /** The same article but for what a person said of it: there is nothing new to read. @param {OpenArticle} before @param {OpenArticle} after */
  follow(before, after) {
    if (this.#read.has(before)) this.#read.add(after);
  }

  /** The scores of an article that this reader has just read, one after the other. @param {OpenArticle} article @returns {Float64Array} */
  scoresOf({ paragraphs }) {
    const width = 1 + this.steps.themes.length;
    const row = new Float64Array(paragraphs.length * width);
    paragraphs.forEach(({ text }, i) => row.set(/** @type {Score} */ (this.#scores.get(text)), i * width));
    return row;
  }

  /** Takes an article over that another reader of the same model has read; its scores are looked at when it is shown. @param {OpenArticle} article @param {Float64Array} scores */
  adopt(article, scores) {
    this.#adopted.set(article, scores);
  }

  /**
   * @param {OpenArticle} article that was taken over
   * @param {() => boolean} wanted
   */
  async #learn(article, wanted) {
    const { paragraphs } = article;
    const scores = /** @type {Float64Array} */ (this.#adopted.get(article));
    const width = scores.length / paragraphs.length;
    if (this.#scores.size + paragraphs.length > MEMORY) this.#scores.clear();
    const watch = slice();
    for (const [i, { text }] of paragraphs.entries()) {
      this.#remember(text, scores.subarray(i * width, (i + 1) * width));
      if (i % 256 < 255 || !watch.over()) continue;
      await breathe();
      if (!wanted()) return null;
      watch.again();
    }
    this.#adopted.delete(article);
    this.#read.add(article);
    return article;
  }

  /** Forgets every text that was read. */
  forget() {
    this.#scores.clear();
    this.#words.clear();
  }

  /** @param {OpenArticle} article */
  #missing({ paragraphs }) {
    const unknown = () => [...new Set(paragraphs.map(({ text }) => text))].filter((text) => !this.#scores.has(text));
    const missing = unknown();
    if (missing.length === 0 || this.#scores.size + missing.length <= MEMORY || this.#scores.size === 0) return missing;
    this.#scores.clear();
    return unknown();
  }
}
