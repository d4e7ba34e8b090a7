/** Many articles at once, or a long one: read one after the other, shown as they come, until the last one or the reader's word. */

import { FileTrouble } from "./files.js";
import { OPEN_LIMIT } from "./text-limit.js";

/** @typedef {import("./project.js").OpenArticle} OpenArticle */
/** @typedef {import("./reading-here.js").Job} Job */
/** @typedef {import("./reading-here.js").Work} Work */
/** @typedef {import("./workspace.js").Workspace} Workspace */

/** So many are handed over before the first of them is done: whoever reads must not wait. */
const AHEAD = 4;
/** What was read is shown so often, in milliseconds: each time all that stands around the articles is brought up to date. */
const PAUSE = 1_000;

/**
 * @typedef {object} Outcome
 * @property {number} read articles
 * @property {number} left jobs that were not begun, or not done, when it was stopped
 * @property {{ name: string, problem: FileTrouble }[]} troubles in the order of the jobs
 * @property {{ name: string, encoding: string }[]} encodings of what was not UTF-8
 */

/**
 * @param {Job[]} jobs more may be added while it works
 * @param {Workspace} workspace
 * @param {Work} work stopped when this is over
 * @param {AbortSignal} signal
 * @param {(done: number) => void} progress told how many jobs are done
 * @returns {Promise<Outcome>}
 */
export async function readMany(jobs, workspace, work, signal, progress) {
  const opening = workspace.opening();
  /** @type {Outcome} */
  const outcome = { read: 0, left: 0, troubles: [], encodings: [] };
  /** @type {OpenArticle[]} */
  let fresh = [];
  let shown = -PAUSE;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const show = () => {
    clearTimeout(timer);
    timer = undefined;
    opening.add(fresh);
    fresh = [];
    shown = performance.now();
  };
  const stopped = new Promise((resolve) => signal.addEventListener("abort", () => resolve(null), { once: true }));
  /** @type {Promise<() => void>[]} each gives what is to be done with what came of it */
  const flights = [];
  let held = workspace.project.articles.reduce((sum, { source }) => sum + source.length, 0);
  let begun = 0;
  let done = 0;
  while (!signal.aborted && opening.wanted()) {
    while (begun < jobs.length && flights.length < AHEAD) flights.push(take(jobs[begun++]));
    const flight = flights.shift();
    if (!flight) break;
    const settle = await Promise.race([flight, stopped]);
    if (!settle) break;
    settle();
    progress(++done);
    // The next one may take its time.
    const wait = shown + PAUSE - performance.now();
    if (wait <= 0) show();
    else timer ??= setTimeout(show, wait);
  }
  work.stop();
  show();
  outcome.left = jobs.length - done;
  return outcome;

  /** @param {Job} job */
  async function take(job) {
    try {
      const { article, encoding } = await work.read(job);
      return () => {
        if (held + article.source.length > OPEN_LIMIT) return void outcome.troubles.push({ name: job.name, problem: new FileTrouble("full") });
        held += article.source.length;
        fresh.push(article);
        outcome.read++;
        if (encoding !== "utf-8") outcome.encodings.push({ name: job.name, encoding });
      };
    } catch (problem) {
      const trouble = problem instanceof FileTrouble ? problem : new FileTrouble("engine", problem);
      return () => void outcome.troubles.push({ name: job.name, problem: trouble });
    }
  }
}
