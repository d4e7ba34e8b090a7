/**
 * Keeping the project in this browser while the user wants it: saves after changes, gives way to other tabs, and forgets.
 *
 * Several tabs of the page may keep the same project. Each write says which state it follows; where another tab has written
 * meanwhile, this one writes nothing more until the user has decided. The channel between tabs only makes that known sooner.
 */

import { workIn } from "./project-file.js";
import { forget, keep, load, sameRevision } from "./storage.js";

/** @typedef {import("./storage.js").Kept} Kept */
/** @typedef {import("./storage.js").Revision} Revision */

/** A change is kept so long after it, in milliseconds, however many follow: a tab that dies loses less than two seconds of work. */
const PAUSE = 1000;
const CHANNEL = "leitmotif";

/**
 * @typedef {object} Events
 * @property {(at: string) => void} kept
 * @property {(why: "gone" | "refused" | "full") => void} failed keeping has ended; gone: what was kept is no longer there
 * @property {(other: Kept) => void} newer another tab has kept another state: nothing is kept here until `giveWay` or `insist`
 * @property {() => void} forgottenElsewhere another tab has forgotten everything
 * @property {() => void} endedElsewhere another tab has ended the keeping
 */

export class Keeper {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #on = false;
  /** One write after the other, so that the last one wins. @type {Promise<unknown>} */
  #writing = Promise.resolve();
  /** What was written or restored last: the same is not written twice. */
  #last = { file: "", draft: "" };
  /** The state that the next write follows. @type {Revision | null} */
  #before = null;
  /** What another tab has kept, while the user has not decided. @type {Kept | null} */
  #newer = null;
  /** @type {BroadcastChannel | undefined} */
  #channel;
  #writer = String(Math.random()).slice(2);

  /**
   * @param {() => string} file the project as a file's text, now
   * @param {Events} events
   * @param {() => string} draft the text in the box that was not read yet
   */
  constructor(file, events, draft) {
    this.file = file;
    this.draft = draft;
    this.events = events;
    try {
      this.#channel = new BroadcastChannel(CHANNEL);
      this.#channel.onmessage = ({ data }) => this.#hear(data);
    } catch {
      // Where channels are refused, so is storage.
    }
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.#look();
      // The last chance before a phone puts the tab away.
      else if (this.#timer !== undefined) void this.#write();
    });
  }

  get on() {
    return this.#on;
  }

  /** Whether another tab's state stands against this one's, and nothing is kept here. */
  get behind() {
    return this.#newer !== null;
  }

  /** Whether this browser holds the text that is in the box. */
  get holdsDraft() {
    return this.#on && !this.behind && this.#last.draft === this.draft();
  }

  /** What was kept before; keeping goes on then. */
  async restore() {
    const kept = await load();
    this.#on = kept !== null;
    this.#follow(kept);
    return kept;
  }

  /** From now on, beginning at once. */
  async start() {
    this.#on = true;
    this.#last = { file: "", draft: "" };
    await this.#write();
  }

  /** Something changed. */
  changed() {
    // A later change does not put off what the first one began.
    if (!this.#on || this.behind || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#write(), PAUSE);
  }

  /** No further write; what was kept stays. */
  off() {
    this.#on = false;
    this.#newer = null;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /**
   * The other tab's state, to be opened here: from now on this tab goes on from it.
   *
   * @returns {Promise<Kept | null>} null: it is gone
   */
  async giveWay() {
    const kept = await load();
    if (kept !== null) this.#follow(kept);
    return kept;
  }

  /** Keeps what is open here in the place of the other tab's state, unless that has changed once more. */
  async insist() {
    if (this.#newer === null) return;
    this.#before = this.#newer;
    this.#newer = null;
    this.#last = { file: "", draft: "" };
    await this.#write();
  }

  /** Deletes all that is kept, here and in the other tabs of this page. @param {"forget" | "end"} what end: what is open stays open there */
  async forget(what) {
    this.off();
    this.#follow(null);
    this.#channel?.postMessage(what);
    await this.#writing;
    return forget();
  }

  /** @param {Kept | null} kept */
  #follow(kept) {
    this.#before = kept;
    this.#newer = null;
    this.#last = { file: kept?.file ?? "", draft: kept?.draft ?? "" };
  }

  /** @param {unknown} message of another tab */
  #hear(message) {
    if (!this.#on) return;
    if (message === "kept") return void this.#look();
    if (message !== "forget" && message !== "end") return;
    // What stands against the other tabs' state is not what they have forgotten.
    const own = this.behind;
    this.off();
    this.#follow(null);
    if (message === "forget" && !own) this.events.forgottenElsewhere();
    else this.events.endedElsewhere();
  }

  /** Whether another tab has written meanwhile: better known before the next change than after it. */
  async #look() {
    if (!this.#on) return;
    await this.#writing;
    const there = await load();
    if (this.#on && there !== null && !sameRevision(there, this.#before)) this.#meet(there);
  }

  /** @param {Kept} other */
  #meet(other) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (workIn(other.file) === workIn(this.file())) return this.#follow(other);
    if (this.#newer !== null && sameRevision(this.#newer, other)) return;
    this.#newer = other;
    this.events.newer(other);
  }

  async #write() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const write = this.#writing.then(async () => {
      if (!this.#on || this.behind) return;
      const [file, draft] = [this.file(), this.draft()];
      if (file === this.#last.file && draft === this.#last.draft) return;
      const outcome = await keep(file, this.#before, this.#writer, draft);
      // Ended meanwhile: what was written goes too.
      if (!this.#on) return;
      if ("newer" in outcome) return this.#meet(outcome.newer);
      if ("failed" in outcome) {
        this.off();
        this.#follow(null);
        return this.events.failed(outcome.failed);
      }
      this.#before = { revision: outcome.revision, writer: outcome.writer };
      this.#last = { file, draft };
      this.#channel?.postMessage("kept");
      this.events.kept(outcome.at);
    });
    this.#writing = write;
    await write;
  }
}
