/** Files and pastes to articles with their labels, on the page's own thread: in slices, so that it answers between two of them. */

import { articleOf } from "./article-of.js";
import { pasteOfFile } from "./intake.js";
import { breathe } from "./slices.js";

/** @typedef {import("./project.js").OpenArticle} OpenArticle */
/** @typedef {import("./workspace.js").Paste} Paste */
/** @typedef {File | Paste} Job */
/** @typedef {{ article: OpenArticle, encoding: string }} Done encoding: as the browser names it */

/**
 * What reads one article after the other.
 *
 * @typedef {object} Work
 * @property {(job: Job) => Promise<Done>} read rejects with a FileTrouble where the file is no article
 * @property {() => void} stop at once; what is under way never settles, or settles with what nobody asks for
 */

/** @implements {Work} */
export class ReadingHere {
  #stopped = false;
  /** One after the other: two at once would only have each other wait. @type {Promise<unknown>} */
  #queue = Promise.resolve();

  /** @param {import("./article-reader.js").ArticleReader} reader */
  constructor(reader) {
    this.reader = reader;
  }

  /** @param {Job} job @returns {Promise<Done>} */
  read(job) {
    const done = this.#queue.then(() => this.#read(job));
    this.#queue = done.catch(() => {});
    return done;
  }

  stop() {
    this.#stopped = true;
  }

  /** @param {Job} job @returns {Promise<Done>} */
  async #read(job) {
    const wanted = () => !this.#stopped;
    await breathe();
    const { paste, encoding } = job instanceof File ? await pasteOfFile(job) : { paste: job, encoding: "utf-8" };
    await breathe();
    const article = wanted() ? await this.reader.read(await articleOf(this.reader, paste), wanted) : null;
    if (article) return { article, encoding };
    return new Promise(() => {});
  }
}
