/** Keeping the project in this browser while the user wants it: saves after changes, and forgets. */

import { forget, keep, load } from "./storage.js";

/** A change is kept this long after it, in milliseconds: a tab that dies loses less than two seconds of work. */
const PAUSE = 1000;
/** Other tabs of this page hear here that everything is to be forgotten. */
const CHANNEL = "leitmotif";

/** @typedef {{ kept: (at: string) => void, failed: (why: "refused" | "full") => void, forgottenElsewhere: () => void }} Events */

export class Keeper {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #on = false;
  /** One write after the other, so that the last one wins. @type {Promise<unknown>} */
  #writing = Promise.resolve();
  /** What was written or restored last: the same is not written twice. */
  #last = "";
  /** @type {BroadcastChannel | undefined} */
  #channel;

  /**
   * @param {() => string} file the project as a file's text, now
   * @param {Events} events
   */
  constructor(file, events) {
    this.file = file;
    this.events = events;
    try {
      this.#channel = new BroadcastChannel(CHANNEL);
      this.#channel.onmessage = ({ data }) => {
        if (data !== "forget") return;
        this.off();
        events.forgottenElsewhere();
      };
    } catch {
      // Where channels are refused, so is storage.
    }
    // The last chance before a phone puts the tab away.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.#timer !== undefined) void this.#write();
    });
  }

  get on() {
    return this.#on;
  }

  /** What was kept before; keeping goes on then. */
  async restore() {
    const kept = await load();
    this.#on = kept !== null;
    this.#last = kept?.file ?? "";
    return kept;
  }

  /** From now on, beginning at once. */
  async start() {
    this.#on = true;
    await this.#write();
  }

  /** Something changed. */
  changed() {
    if (!this.#on) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#write(), PAUSE);
  }

  /** No further write; what was kept stays. */
  off() {
    this.#on = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Deletes all that is kept, here and in the other tabs of this page. */
  async forget() {
    this.off();
    this.#last = "";
    this.#channel?.postMessage("forget");
    await this.#writing;
    return forget();
  }

  async #write() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const write = this.#writing.then(async () => {
      if (!this.#on) return;
      const file = this.file();
      if (file === this.#last) return;
      const outcome = await keep(file);
      this.#last = "at" in outcome ? file : "";
      if ("at" in outcome) return this.events.kept(outcome.at);
      this.off();
      this.events.failed(outcome.failed);
    });
    this.#writing = write;
    await write;
  }
}
