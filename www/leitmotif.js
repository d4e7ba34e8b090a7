/**
 * Leitmotif's engine for JavaScript: give it a text, get its paragraphs with
 * their themes, how sure that is, and the words that decided.
 *
 *     import { Leitmotif } from "./leitmotif.js";
 *     const motif = await Leitmotif.create();
 *     const reading = await motif.read(text);
 *     reading.paragraphs[0].themes;          // ["industry"]
 *     motif.dispose();
 *
 * Works in browsers and in Node; importing it touches neither `window` nor
 * `document`, and loads nothing. All offsets are UTF-16 code units, the units
 * of JavaScript strings.
 */

import { checkOptions, checkSignal, loadEngine } from "./engine-load.js";
import { LeitmotifError } from "./leitmotif-error.js";
import { metadataOf, modelOf, readingOf, themesOf } from "./reading-rows.js";
import { Steps } from "./steps.js";
import { TEXT_LIMIT, isTooLong, tooLong } from "./text-limit.js";

export { LeitmotifError, TEXT_LIMIT };

/**
 * @typedef {import("./leitmotif-error.js").ErrorCode} ErrorCode
 * @typedef {URL | string | Response | ArrayBuffer | ArrayBufferView | object} WasmSource object: a WebAssembly.Module, by a word
 *   that TypeScript knows under Node as well
 * @typedef {{ id: string, names: Record<string, string>, definition: string }} Theme
 * @typedef {{ id: string, sha256: string } & Record<string, string>} Model sha256: of the model's file, hexadecimal. Of another
 *   model than the one built in it is empty where there is no `crypto.subtle`: on pages that are no secure context
 *
 * @typedef {object} Word one word that counted
 * @property {number} start
 * @property {number} end
 * @property {number} logit what it added; below zero: it spoke against the theme
 * @property {boolean} term whether it stands in a term of the glossary
 *
 * @typedef {object} Evidence the exact sum behind one theme: words + bias + context = logit = ln(p / (1 - p))
 * @property {string} theme
 * @property {number} logit
 * @property {number} bias
 * @property {number} context
 * @property {Word[]} words in the order of the text
 *
 * @typedef {object} Paragraph
 * @property {number} start
 * @property {number} end
 * @property {"body" | "heading" | "furniture"} kind
 * @property {number} words
 * @property {string[]} themes the verdict, in the model's order; empty: no theme
 * @property {"clear" | "likely" | "unsure"} certainty
 * @property {Record<string, number>} probability of each theme on its own, 0 to 1
 * @property {string | null} runnerUp the theme nearest to tipping, when unsure
 * @property {Evidence[]} evidence one entry for each theme of the verdict; without any, for the most probable theme
 *
 * @typedef {object} Share
 * @property {string | null} theme null: no theme
 * @property {number} paragraphs
 * @property {number} words fraction of the words, 0 to 1
 *
 * @typedef {object} Profile of the body and heading paragraphs; furniture is left out
 * @property {number} words
 * @property {number} paragraphs
 * @property {number} unsure
 * @property {Share[]} shares
 *
 * @typedef {{ paragraphs: Paragraph[], profile: Profile }} Reading
 */

/** A classifier that is ready to read. */
export class Leitmotif {
  /** @type {any} the engine's side of it; null once disposed */
  #engine;

  /**
   * Use {@link Leitmotif.create}.
   *
   * @param {any} engine
   * @param {"wasm" | "js"} engineInUse
   * @param {LeitmotifError | null} fallback
   * @param {string} [sha256] of a model that was given
   */
  constructor(engine, engineInUse, fallback, sha256) {
    if (!engine?.metadata) throw new LeitmotifError("bad-option", "A classifier is made by “await Leitmotif.create()”.");
    this.#engine = engine;
    /** What reads: WebAssembly, or the same engine translated to JavaScript. Both give the same readings, bit for bit. */
    this.engineInUse = engineInUse;
    /** Why "auto" chose JavaScript; null where it did not. */
    this.fallback = fallback;
    const facts = metadataOf(engine);
    if (sha256 !== undefined) facts.set("sha256", sha256);
    /** @type {readonly Theme[]} the themes that the model knows, in its order */
    this.themes = Object.freeze(themesOf(facts));
    /** @type {Readonly<Model>} which model this is, and what it says of itself */
    this.model = Object.freeze(modelOf(facts));
    /** Reading in steps, for a page that must never stand still. */
    this.steps = new Steps(() => this.#ready(), this.themes);
  }

  /**
   * Loads the engine, once for all classifiers of a page: the first WebAssembly file that loads is the one that is used.
   * After a failure the next call tries again.
   *
   * @param {object} [options]
   * @param {WasmSource} [options.wasm] where the engine is; by default beside this file. A relative address begins at the page,
   *   in Node in the working directory
   * @param {string} [options.integrity] what the file there must be, as in HTML: "sha384-…". Bytes, a response and a module are
   *   taken as they are
   * @param {ArrayBuffer | Uint8Array} [options.model] another model than the one built in
   * @param {"auto" | "wasm" | "js"} [options.engine] "auto": WebAssembly, or JavaScript where that is missing, refused or
   *   not found; the others: that one or an error
   * @param {number} [options.timeout] how long a file of the engine may take to arrive, in milliseconds, 0 to Infinity; 30,000.
   *   More than 2 ** 31 - 1, 24 days, counts as that: no timer takes more
   * @param {AbortSignal} [options.signal] ends the waiting; the engine goes on loading for others
   * @returns {Promise<Leitmotif>}
   * @throws {LeitmotifError} wasm-unavailable, csp-wasm, not-found, timeout, integrity, bad-mime, not-wasm, corrupt-model,
   *   aborted, bad-option
   */
  static async create(options = {}) {
    checkOptions(options, "wasm, integrity, model, engine, timeout, signal");
    const bytes = modelBytes(options.model);
    const { bindings, engine, fallback } = await loadEngine(options);
    try {
      const ready = bindings.Engine.load(bytes);
      if (ready) return new Leitmotif(ready, engine, fallback, bytes && (await sha256Of(bytes)));
      throw new LeitmotifError("corrupt-model", bytes ? bindings.Engine.problem(bytes) : "The model inside the engine is damaged.");
    } catch (error) {
      throw typed(error);
    }
  }

  /**
   * Reads a text. The same text always gives the same reading.
   *
   * @param {string} text
   * @param {{ evidence?: boolean, signal?: AbortSignal }} [options] evidence: false leaves the words out, which is faster;
   *   signal: one that is aborted already keeps it from beginning
   * @returns {Promise<Reading>}
   * @throws {LeitmotifError} not-text, too-large, disposed, stopped, aborted, bad-option
   */
  async read(text, options = {}) {
    checkOptions(options, "evidence, signal");
    const { evidence = true, signal } = options;
    checkSignal(signal);
    this.#check(text);
    try {
      return readingOf(this.#engine.read(text, evidence), this.themes);
    } catch (error) {
      throw typed(error);
    }
  }

  /** Gives the memory back. Reading afterwards fails with "disposed"; a second call does nothing. */
  dispose() {
    this.#engine?.free();
    this.#engine = null;
  }

  #ready() {
    if (this.#engine === null) {
      throw new LeitmotifError("disposed", "This classifier was disposed of. Create another one.");
    }
    return this.#engine;
  }

  /** @param {unknown} text */
  #check(text) {
    this.#ready();
    if (typeof text !== "string") {
      throw new LeitmotifError("not-text", `A text must be a string, not ${text === null ? "null" : typeof text}.`);
    }
    if (isTooLong(text)) throw new LeitmotifError("too-large", tooLong(text));
  }
}

/**
 * @param {BufferSource} bytes
 * @returns {Promise<string>} hexadecimal; empty where there is nothing that computes it
 */
async function sha256Of(bytes) {
  const hash = await globalThis.crypto?.subtle?.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(hash ?? []), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Of a view a copy: who gave it may write over it meanwhile, and shared memory has no hash. What was handed on to another thread
 * is empty, and is refused as that.
 *
 * @param {unknown} model
 * @returns {Uint8Array<ArrayBuffer> | undefined}
 */
function modelBytes(model) {
  if (model === undefined) return model;
  if (model instanceof ArrayBuffer || model instanceof Uint8Array) return model.byteLength ? new Uint8Array(model) : new Uint8Array();
  throw new LeitmotifError("corrupt-model", "A model must be given as an ArrayBuffer or a Uint8Array.");
}

/**
 * Whatever came out of the engine, as one of ours: it throws nothing itself, so that this is a trap.
 *
 * @param {unknown} error
 */
function typed(error) {
  if (error instanceof LeitmotifError) return error;
  return new LeitmotifError("stopped", "The engine stopped working. Reload the page to start it again.", error);
}
