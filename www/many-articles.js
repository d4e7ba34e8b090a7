/** The reading of many articles at once, or of a long one: what is shown and said of it, from its beginning to its end. */

import { troubleWords } from "./intake.js";
import { ProgressLine } from "./progress-line.js";
import { readMany } from "./read-many.js";
import { ReadingHere } from "./reading-here.js";
import { breathe } from "./slices.js";

/** @typedef {import("./read-many.js").Outcome} Outcome */
/** @typedef {import("./reading-here.js").Job} Job */
/** @typedef {import("./reading-here.js").Work} Work */

/** So many that could not be read are named one by one. */
const NAMED = 8;

/**
 * @typedef {object} Voice
 * @property {(...lines: string[]) => void} complain
 * @property {(words: import("./voice.js").Words) => void} say
 */

export class ManyArticles {
  /** What is being read, if anything. @type {{ jobs: Job[], lines: string[], over: Promise<void> } | null} */
  #running = null;
  #line;
  #stop = new AbortController();
  #done = 0;
  /** What is better than this thread, if anything; called for each reading. @type {(() => Promise<Work>) | null} */
  work = null;

  /**
   * @param {HTMLElement} root of the progress
   * @param {import("./workspace.js").Workspace} workspace
   * @param {import("./messages.js").Language} language
   * @param {Voice} voice
   * @param {() => void} leave gives the focus to what was read
   */
  constructor(root, workspace, language, voice, leave) {
    this.workspace = workspace;
    this.language = language;
    this.voice = voice;
    this.leave = leave;
    this.#line = new ProgressLine(root, language, () => this.#stop.abort());
  }

  /**
   * Reads these too, after those that are being read.
   *
   * @param {Job[]} jobs
   * @param {string[]} [lines] what is wrong with what came with them
   * @returns {Promise<void>} settles when all is read, or it was stopped
   */
  add(jobs, lines = []) {
    if (this.#running) {
      this.#running.jobs.push(...jobs);
      this.#running.lines.push(...lines);
      this.#show();
    } else {
      this.#running = { jobs: [...jobs], lines, over: Promise.resolve() };
      this.#running.over = this.#read(this.#running);
    }
    return this.#running.over;
  }

  /** Says what it says in the language that is chosen now. */
  update() {
    this.#line.update();
  }

  #show() {
    this.#line.show(this.#done, this.#running?.jobs.length ?? 0);
  }

  /** @param {{ jobs: Job[], lines: string[] }} running */
  async #read({ jobs, lines }) {
    const { t } = this.language;
    this.#stop = new AbortController();
    this.#done = 0;
    this.#show();
    this.voice.complain();
    if (jobs.length > 1) this.voice.say(() => t().manyStarted(jobs.length));
    // What was asked for can be seen before it begins.
    await breathe();
    let frame = 0;
    const here = () => new ReadingHere(this.workspace.reader);
    // Without a network what is better may not be there.
    const work = await (this.work?.().catch(here) ?? here());
    const outcome = await readMany(jobs, this.workspace, work, this.#stop.signal, (done) => {
      this.#done = done;
      // No more often than it can be seen.
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        this.#show();
      });
    });
    cancelAnimationFrame(frame);
    this.#running = null;
    const focused = this.#line.hide();
    if (outcome.left > 0) this.voice.say(() => t().manyStopped(outcome.read, outcome.left));
    else if (jobs.length > 1) this.voice.say(() => t().manyDone(outcome.read));
    this.#remark(outcome);
    this.voice.complain(...lines, ...this.#troubles(outcome));
    if (focused) this.leave();
  }

  /** @param {Outcome} outcome */
  #remark({ encodings }) {
    const { t } = this.language;
    if (encodings.length === 0) return;
    const [{ name, encoding }] = encodings;
    if (encodings.length === 1) this.voice.say(() => t().encoding(name, encoding));
    else this.voice.say(() => t().manyEncodings(encodings.length, [...new Set(encodings.map(({ encoding }) => encoding))]));
  }

  /** @param {Outcome} outcome */
  #troubles({ troubles }) {
    const lines = troubles.slice(0, NAMED).map(({ name, problem }) => troubleWords(name, problem, this.language));
    const more = troubles.length - lines.length;
    return more > 0 ? [...lines, this.language.t().manyTroubles(more)] : lines;
  }
}
