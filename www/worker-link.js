/** The page's end of the thread that reads beside it. Where there can be no such thread, the page's own does the work. */

import { FileTrouble, isHtml } from "./files.js";
import { unflatten } from "./flat-article.js";
import { pasteOfFile } from "./intake.js";
import { breathe } from "./slices.js";

/** @typedef {import("./reading-here.js").Done} Done */
/** @typedef {import("./reading-here.js").Job} Job */
/** @typedef {import("./reading-here.js").Work} Work */
/** @typedef {import("./reading-worker.js").Answer} Answer */
/** @typedef {import("./reading-worker.js").Refused} Refused */
/** @typedef {import("./reading-worker.js").Start} Start */
/** @typedef {import("./reading-worker.js").Started} Started */
/** @typedef {{ job: Job, encoding: string, resolve: (done: Done | Promise<Done>) => void, reject: (problem: unknown) => void }} Flight encoding: of a file that was read here */

/** How long a worker may take to have an engine, in milliseconds. */
const START_LIMIT = 15_000;

/** @implements {Work} */
export class WorkerLink {
  /** @type {Worker | null} */
  #worker = null;
  /** Whether it has an engine of the same model. */
  #ready = false;
  #known = () => {};
  /** Settles when that is known, or nobody wants to know it any more. @type {Promise<void>} */
  #begun = new Promise((resolve) => (this.#known = resolve));
  /** Whether there is no use in trying. */
  #refused = false;
  #stopped = false;
  /** Whether the worker cannot read files: WebKit lets it not, from file:. Their texts are handed over then. */
  #blind = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #id = 0;
  /** What is under way, in the order of its ids. @type {Map<number, Flight>} */
  #flights = new Map();

  /**
   * @param {() => Worker} open throws where the browser or the page's policy allows none
   * @param {Start} start what the worker makes its engine of
   * @param {string} model SHA-256 of the one that must be at work
   * @param {import("./article-reader.js").ArticleReader} reader of the page: it takes over what the worker has read
   * @param {Work} here
   */
  constructor(open, start, model, reader, here) {
    this.open = open;
    this.start = start;
    this.model = model;
    this.reader = reader;
    this.here = here;
  }

  /** Starts the worker. @returns {Promise<void>} settles when it has an engine, or there will be none */
  ready() {
    if (!this.#refused && !this.#worker && !this.#stopped) this.#begin();
    return this.#begun;
  }

  /** Whether a worker is waiting for a job. */
  get isReady() {
    return this.#ready && this.#worker !== null && this.#flights.size === 0;
  }

  /** @param {Job} job @returns {Promise<Done>} */
  async read(job) {
    const inside = job instanceof File && (this.#blind || isHtml(job)) && !this.#refused;
    const given = inside ? await this.#opened(job) : { job, encoding: "utf-8" };
    if (this.#stopped) return new Promise(() => {});
    return new Promise((resolve, reject) => this.#send(++this.#id, { ...given, resolve, reject }));
  }

  /** @param {File} file */
  async #opened(file) {
    await breathe();
    const { paste, encoding } = await pasteOfFile(file);
    return { job: paste, encoding };
  }

  stop() {
    this.#stopped = true;
    this.#known();
    this.#end();
    this.#flights.clear();
    this.here.stop();
  }

  /** @param {number} id @param {Flight} flight */
  #send(id, flight) {
    if (!this.#refused && !this.#worker) this.#begin();
    if (this.#refused) {
      flight.resolve(this.here.read(flight.job).then((done) => ({ ...done, encoding: flight.job instanceof File ? done.encoding : flight.encoding })));
      return;
    }
    this.#flights.set(id, flight);
    this.#worker?.postMessage({ id, job: flight.job });
  }

  #begin() {
    try {
      const worker = this.open();
      this.#worker = worker;
      worker.addEventListener("message", ({ data }) => {
        // Of one that was ended something may still be on its way.
        if (worker !== this.#worker) return;
        if ("id" in data) this.#answered(data);
        else this.#started(data);
      });
      // It could not be loaded or, later, has died.
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        if (worker !== this.#worker) return;
        if (this.#ready) this.#broken();
        else this.#refuse();
      });
      this.#ready = false;
      this.#timer = setTimeout(() => this.#refuse(), START_LIMIT);
      worker.postMessage(this.start);
    } catch {
      this.#refuse();
    }
  }

  /** @param {Started} started */
  #started(started) {
    clearTimeout(this.#timer);
    // Files of two versions: the page's own engine is the one that counts.
    if ("failed" in started || started.model !== this.model) this.#refuse();
    else this.#ready = true;
    this.#known();
  }

  /** @param {Answer | Refused} answer */
  #answered(answer) {
    const flight = this.#flights.get(answer.id);
    if (!flight) return;
    if ("trouble" in answer && answer.trouble === "engine") return this.#broken();
    this.#flights.delete(answer.id);
    if ("trouble" in answer && answer.trouble === "unreadable" && flight.job instanceof File) this.#openHere(answer.id, flight, flight.job);
    else if ("trouble" in answer) flight.reject(new FileTrouble(answer.trouble));
    else flight.resolve(this.#done(answer, flight));
  }

  /** Perhaps the page can read what the worker cannot. @param {number} id @param {Flight} flight @param {File} file */
  #openHere(id, flight, file) {
    this.#opened(file).then((given) => {
      this.#blind = true;
      if (!this.#stopped) this.#send(id, { ...flight, ...given });
    }, flight.reject);
  }

  /** @param {Answer} answer @param {Flight} flight @returns {Promise<Done>} */
  async #done({ flat, encoding }, { job, encoding: own }) {
    const source = job instanceof File ? flat.source : job.source;
    const article = await unflatten({ ...flat, source }, this.reader.steps.themes.map(({ id }) => id));
    this.reader.adopt(article, flat.scores);
    // In slices, and before it is shown: that is a task long enough.
    await this.reader.read(article, () => !this.#stopped);
    // To show it is a task of its own.
    await breathe();
    return { article, encoding: job instanceof File ? encoding : own };
  }

  /** No worker from now on: the page does it. */
  #refuse() {
    this.#refused = true;
    this.#known();
    this.#again();
  }

  /** Whatever it was reading was too much for it: another worker goes on with the rest. */
  #broken() {
    const [first] = this.#flights;
    if (first) {
      this.#flights.delete(first[0]);
      first[1].reject(new FileTrouble("engine"));
    }
    this.#again();
  }

  #again() {
    this.#end();
    const flights = [...this.#flights];
    this.#flights.clear();
    for (const [id, flight] of flights) this.#send(id, flight);
  }

  #end() {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
  }
}
