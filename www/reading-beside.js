/** What is long, or much, is read beside the page, so that it answers meanwhile: loaded behind the first reading. */

import { compiledEngine } from "./engine-load.js";
import { ReadingHere } from "./reading-here.js";
import { openReadingWorker } from "./trust.js";
import { WorkerLink } from "./worker-link.js";

/** @typedef {import("./project.js").OpenArticle} OpenArticle */
/** @typedef {import("./workspace.js").Paste} Paste */

export class ReadingBeside {
  /** What is there for the next long text. @type {Promise<WorkerLink> | null} */
  #link = null;

  /**
   * @param {import("./leitmotif.js").Leitmotif} motif
   * @param {import("./article-reader.js").ArticleReader} reader of the page
   */
  constructor(motif, reader) {
    this.motif = motif;
    this.reader = reader;
  }

  /** Has a thread ready: when it is needed nothing is to be loaded any more. @returns {Promise<void>} settles when it can read, or cannot be had */
  async start() {
    await (await (this.#link ??= this.#open())).ready();
  }

  /** For many articles; whoever takes it stops it. @returns {Promise<import("./reading-here.js").Work>} */
  work() {
    const link = this.#link ?? this.#open();
    this.#link = null;
    return link;
  }

  /** @param {Paste} paste @returns {Promise<OpenArticle | null>} read; null: there is nothing to read it with at the moment */
  async read(paste) {
    const link = await this.#link;
    if (link?.isReady) return (await link.read(paste)).article;
    // For the next one.
    void this.start();
    return null;
  }

  async #open() {
    const { engineInUse, model } = this.motif;
    const start = { engine: engineInUse, module: engineInUse === "wasm" ? await compiledEngine() : undefined };
    return new WorkerLink(openReadingWorker, start, model.sha256, this.reader, new ReadingHere(this.reader));
  }
}
