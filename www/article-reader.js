/** The engine's work for the page: articles read in slices, and nothing scored twice. */

import { breathe, slice } from "./slices.js";

/** @typedef {import("./project.js").OpenArticle} OpenArticle */
/** @typedef {import("./steps.js").Score} Score */
/** @typedef {import("./steps.js").Steps} Steps */

/** Scored in one call, in UTF-16 code units: a slice of time on a slow machine. */
const BATCH = 4_000;
/** Remembered scores, so many at most: then all are forgotten. */
const MEMORY = 100_000;

/** Reads articles; remembers the score of each paragraph's text, so that a change costs what changed. */
export class ArticleReader {
  /** @type {Map<string, Score>} */
  #scores = new Map();
  /** Paragraphs scored so far: what a test counts. */
  scored = 0;

  /** @param {Steps} steps */
  constructor(steps) {
    this.steps = steps;
  }

  /** Words of a text that was read; 0 for any other. @param {string} text */
  wordsOf = (text) => this.#scores.get(text)?.[0] ?? 0;

  /**
   * The article with the machine's verdict on every paragraph. Little work is done before this returns to its
   * caller, much work in slices.
   *
   * @param {OpenArticle} article
   * @param {() => boolean} wanted false: give up
   * @returns {Promise<OpenArticle | null>} null: given up
   */
  async read(article, wanted) {
    const missing = this.#missing(article);
    const watch = slice();
    // Much work does not begin in the task that asked for it.
    if (missing.reduce((sum, { length }) => sum + length, 0) > BATCH) {
      await breathe();
      if (!wanted()) return null;
      watch.again();
    }
    for (let at = 0; at < missing.length; ) {
      if (watch.over()) {
        await breathe();
        if (!wanted()) return null;
        watch.again();
      }
      /** @type {string[]} */
      const texts = [];
      for (let size = 0; at < missing.length && (size === 0 || size + missing[at].length <= BATCH); at++) {
        size += missing[at].length + 1;
        texts.push(missing[at]);
      }
      this.steps.score(texts).forEach((score, i) => this.#scores.set(texts[i], score));
      this.scored += texts.length;
    }
    const { paragraphs } = article;
    const scores = paragraphs.map(({ text }) => /** @type {Score} */ (this.#scores.get(text)));
    const verdicts = this.steps.weigh(scores, paragraphs.map(({ kind }) => kind));
    return { ...article, paragraphs: paragraphs.map((paragraph, i) => ({ ...paragraph, machine: verdicts[i] })) };
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
