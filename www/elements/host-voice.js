/** How an element speaks to the page around it: events, states, and what its errors are called. */

import { LeitmotifError } from "../leitmotif.js";

export class HostVoice {
  #internals;

  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    this.#internals = host.attachInternals?.() ?? null;
  }

  /**
   * @param {string} name
   * @param {object} detail
   * @param {boolean} [cancelable]
   * @returns {boolean} whether nobody prevented it
   */
  fire(name, detail, cancelable = false) {
    return this.host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  }

  /** As `:state(name)` sees it. @param {string} name @param {boolean} on */
  state(name, on) {
    const states = /** @type {any} */ (this.#internals)?.states;
    try {
      if (on) states?.add(name);
      else states?.delete(name);
    } catch {
      // Older browsers want two hyphens before it; nothing else hangs on it.
    }
  }

  /**
   * Tells the page what failed.
   *
   * @param {unknown} problem
   * @param {string} [wrong] the words for what nobody foresaw
   * @returns {{ error: Error, words: string }} words: for the people before it
   */
  fail(problem, wrong) {
    const known = problem instanceof LeitmotifError || problem instanceof NoTarget;
    const error = /** @type {Error & { code?: string }} */ (problem instanceof Error ? problem : new Error(String(problem)));
    this.fire("leitmotif-error", { code: known ? error.code : "unexpected", message: error.message, cause: error.cause ?? error });
    return { error, words: known ? error.message : (wrong ?? error.message) };
  }
}

/** What was to be read is not on the page. */
export class NoTarget extends Error {
  code = "no-target";

  /** @param {string} selector */
  constructor(selector) {
    super(`There is no element “${selector}” on this page.`);
    this.name = "NoTarget";
  }
}
