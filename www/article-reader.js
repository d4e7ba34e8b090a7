/** The engine's work for the page: articles read in slices, and nothing scored twice. */

import { breathe, slice } from "./slices.js";
import { batches } from "./steps.js";

/** @typedef {import("./project.js").OpenArticle} OpenArticle */
/** @typedef {import("./steps.js").Score} Score */
/** @typedef {import("./steps.js").Steps} Steps */

/** Remembered scores, so many at most: then all are forgotten. */
const MEMORY = 100_000;

/** Reads articles; remembers the score of each paragraph's text, so that a change costs what changed. */
export class ArticleReader {
  /** @type {Map<string, Score>} */
  #scores = new Map();
  /** Articles as they came out of reading. @type {WeakSet<OpenArticle>} */
  #read = new WeakSet();
  /** Paragraphs scored so far: what a test counts. */
  scored = 0;

  /** @param {Steps} steps */
  constructor(steps) {
    this.steps = steps;
  }

  /** Words of a text that was read; 0 for any other. @param {string} text */
  wordsOf = (text) => this.#scores.get(text)?.[0] ?? 0;

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
    const missing = this.#missing(article);
    const watch = slice();
    for (const texts of batches(missing)) {
      if (watch.over()) {
        await breathe();
        if (!wanted()) return null;
        watch.again();
      }
      this.steps.score(texts).forEach((score, i) => this.#scores.set(texts[i], score));
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

  /** Forgets every text that was read. */
  forget() {
    this.#scores.clear();
  }

  /** @param {OpenArticle} article */
  #missing({ paragraphs }) {
    const unknown = () => [...new Set(paragraphs.map(({ text }) => text))].filter((text) => !this.#scores.has(text));
    const missing = unknown();
    if (this.#scores.size + missing.length <= MEMORY || this.#scores.size === 0) return missing;
    this.#scores.clear();
    return unknown();
  }
}
