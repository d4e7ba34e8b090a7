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

import { wasmPlace } from "./engine-place.js";
import { Steps } from "./steps.js";

/** The longest text that is read, in UTF-16 code units: a few seconds of work. Longer ones are refused. */
export const TEXT_LIMIT = 10_000_000;

/** How long the wasm file may take to arrive, in milliseconds: nobody waits for ever on a dead connection. */
const ARRIVAL_LIMIT = 60_000;

const WASM_MAGIC = [0x00, 0x61, 0x73, 0x6d];

/**
 * @typedef {"wasm-unavailable" | "csp-wasm" | "not-found" | "not-wasm" | "corrupt-model" | "too-large" | "disposed" | "not-text"} ErrorCode
 * @typedef {URL | string | Response | ArrayBuffer | ArrayBufferView | WebAssembly.Module} WasmSource
 * @typedef {{ id: string, names: Record<string, string>, definition: string }} Theme
 * @typedef {{ id: string, sha256: string } & Record<string, string>} Model
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

/**
 * Every failure of this module. `code` is for programs, `message` for people,
 * `cause` is the error underneath, if there was one.
 */
export class LeitmotifError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message
   * @param {unknown} [cause]
   */
  constructor(code, message, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "LeitmotifError";
    /** @type {ErrorCode} */
    this.code = code;
  }
}

/** A classifier that is ready to read. */
export class Leitmotif {
  /** @type {any} the wasm side; null once disposed */
  #engine;

  /** @param {any} engine use {@link Leitmotif.create} */
  constructor(engine) {
    this.#engine = engine;
    /** @type {readonly Theme[]} the themes that the model knows, in its order */
    this.themes = Object.freeze(themesOf(engine.metadata()));
    /** @type {Readonly<Model>} which model this is, and what it says of itself */
    this.model = Object.freeze(modelOf(engine.metadata()));
    /** Reading in steps, for a page that must never stand still. */
    this.steps = new Steps(() => this.#ready(), this.themes);
  }

  /**
   * Loads the engine. The wasm file is fetched and compiled once for all; the
   * first source that loads is the one that is used. After a failure the next
   * call tries again.
   *
   * @param {{ wasm?: WasmSource, model?: ArrayBuffer | Uint8Array }} [options]
   *   wasm: where the engine is; by default beside this file.
   *   model: another model than the one built in.
   * @returns {Promise<Leitmotif>}
   * @throws {LeitmotifError} wasm-unavailable, csp-wasm, not-found, not-wasm, corrupt-model
   */
  static async create({ wasm, model } = {}) {
    const { Engine } = await glueWith(wasm);
    try {
      return new Leitmotif(new Engine(modelBytes(model)));
    } catch (error) {
      throw typed(error);
    }
  }

  /**
   * Reads a text. The same text always gives the same reading.
   *
   * @param {string} text
   * @param {{ evidence?: boolean }} [options] evidence: false leaves the words out, which is faster
   * @returns {Promise<Reading>}
   * @throws {LeitmotifError} not-text, too-large, disposed
   */
  async read(text, { evidence = true } = {}) {
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
    if (text.length > TEXT_LIMIT) {
      const [length, limit] = [text.length, TEXT_LIMIT].map((n) => n.toLocaleString("en"));
      throw new LeitmotifError(
        "too-large",
        `This text is ${length} characters long; at most ${limit} are read at once. Read it in parts.`,
      );
    }
  }
}

const KINDS = /** @type {const} */ (["body", "heading", "furniture"]);
const CERTAINTIES = /** @type {const} */ (["unsure", "likely", "clear"]);

/**
 * The objects of a reading from the row of numbers that the wasm side hands over (crate/src/wasm.rs says which).
 *
 * @param {Float64Array} row
 * @param {readonly Theme[]} themes
 * @returns {Reading}
 */
function readingOf(row, themes) {
  let at = 0;
  const next = () => row[at++];
  /** @template T @param {number} length @param {(nothing: unknown, position: number) => T} make */
  const list = (length, make) => Array.from({ length }, make);
  const id = (/** @type {number} */ position) => themes[position]?.id ?? null;
  const word = () => ({ start: next(), end: next(), logit: next(), term: next() === 1 });
  const evidence = () => ({ theme: themes[next()].id, logit: next(), bias: next(), context: next(), words: list(next(), word) });
  const paragraph = () => ({
    start: next(),
    end: next(),
    kind: KINDS[next()],
    words: next(),
    certainty: CERTAINTIES[next()],
    runnerUp: id(next()),
    themes: verdict(next()),
    probability: Object.fromEntries(themes.map(({ id }) => [id, next()])),
    evidence: list(next(), evidence),
  });
  const verdict = (/** @type {number} */ set) => themes.filter((_, position) => (set >> position) & 1).map(({ id }) => id);
  const share = (/** @type {unknown} */ _, /** @type {number} */ position) => ({ theme: id(position), paragraphs: next(), words: next() });
  const profile = { paragraphs: next(), words: next(), unsure: next(), shares: list(themes.length + 1, share) };
  return { paragraphs: list(next(), paragraph), profile };
}

/**
 * @param {string[]} metadata key after value after key
 * @returns {[string, string][]}
 */
const pairs = (metadata) => metadata.flatMap((key, i) => (i % 2 ? [] : [[key, metadata[i + 1]]]));

/**
 * @param {string[]} metadata
 * @returns {Theme[]}
 */
function themesOf(metadata) {
  const facts = new Map(pairs(metadata));
  return (facts.get("themes") ?? "").trim().split(/\s+/).map((id) => {
    const prefix = `theme.${id}.name.`;
    const names = [...facts].filter(([key]) => key.startsWith(prefix)).map(([key, name]) => [key.slice(prefix.length), name]);
    return { id, names: Object.fromEntries(names), definition: facts.get(`theme.${id}.definition`) ?? "" };
  });
}

/**
 * @param {string[]} metadata
 * @returns {Model}
 */
function modelOf(metadata) {
  const facts = Object.fromEntries(pairs(metadata).filter(([key]) => !key.startsWith("theme")));
  return { id: "", sha256: "", ...facts };
}

/** @type {Promise<any> | null} the wasm-bindgen module around the instance: one for all classifiers */
let glue = null;

/** @param {WasmSource} [source] */
function glueWith(source) {
  glue ??= startGlue(source).catch((error) => {
    glue = null;
    throw error;
  });
  return glue;
}

/** @param {WasmSource} [source] */
async function startGlue(source) {
  if (typeof WebAssembly !== "object") {
    throw new LeitmotifError(
      "wasm-unavailable",
      "WebAssembly is switched off in this browser (a lockdown or “safer” mode does that), and the classifier needs it.",
    );
  }
  const module = await compile(source ?? wasmPlace());
  if (!WebAssembly.Module.exports(module).some(({ name }) => name === "engine_read")) {
    throw new LeitmotifError("not-wasm", "This WebAssembly file is not Leitmotif's engine.");
  }
  let bindings;
  try {
    // A literal, so that bundlers find it.
    // @ts-ignore: the build puts the file there.
    bindings = await import("./wasm/leitmotif_wasm.js");
  } catch (cause) {
    throw new LeitmotifError("not-found", "The file wasm/leitmotif_wasm.js is missing beside leitmotif.js.", cause);
  }
  try {
    await bindings.default({ module_or_path: module });
  } catch (cause) {
    throw new LeitmotifError(
      "not-wasm",
      "The WebAssembly file and wasm/leitmotif_wasm.js are not of the same build. Deploy both together.",
      cause,
    );
  }
  return bindings;
}

/**
 * @param {WasmSource} source
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer) return compileBytes(new Uint8Array(source));
  if (ArrayBuffer.isView(source)) {
    return compileBytes(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  }
  if (typeof Response === "function" && source instanceof Response) return compileResponse(source);

  const url = wasmUrl(source);
  if (url.protocol === "file:" && globalThis.process?.versions?.node) return compileBytes(await readFile(url));
  let response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(ARRIVAL_LIMIT) });
  } catch (cause) {
    throw new LeitmotifError("not-found", `The engine could not be fetched from ${url.href}.`, cause);
  }
  return compileResponse(response);
}

/** @param {unknown} source */
function wasmUrl(source) {
  try {
    return new URL(String(source), globalThis.location?.href ?? import.meta.url);
  } catch (cause) {
    throw new LeitmotifError("not-found", `“${source}” is no address of a WebAssembly file.`, cause);
  }
}

/** @param {URL} url */
async function readFile(url) {
  const files = await import("node:fs/promises");
  try {
    return await files.readFile(url);
  } catch (cause) {
    throw new LeitmotifError("not-found", `The engine is not at ${url.href}.`, cause);
  }
}

/** @param {Response} response */
async function compileResponse(response) {
  if (!response.ok) {
    throw new LeitmotifError(
      "not-found",
      `The engine is not at ${response.url || "the given address"}: the server answered ${response.status}.`,
    );
  }
  // Streaming accepts one MIME type only, and many servers send another for a
  // good file: those take the longer way.
  const type = response.headers.get("content-type")?.split(";")[0].trim().toLowerCase();
  if (type === "application/wasm" && WebAssembly.compileStreaming) {
    try {
      return await WebAssembly.compileStreaming(response);
    } catch (error) {
      throw notCompiled(error);
    }
  }
  let bytes;
  try {
    bytes = await response.arrayBuffer();
  } catch (cause) {
    throw new LeitmotifError("not-found", "The engine's file broke off while it was being fetched.", cause);
  }
  return compileBytes(new Uint8Array(bytes), type);
}

/**
 * @param {Uint8Array} bytes
 * @param {string} [type] the MIME type that it came with
 */
async function compileBytes(bytes, type) {
  if (WASM_MAGIC.some((byte, i) => bytes[i] !== byte)) {
    const what = type ? `It came as ${type}: often a server's page for missing files.` : "Its first four bytes are others.";
    throw new LeitmotifError("not-wasm", `What was found in the engine's place is no WebAssembly file. ${what}`);
  }
  try {
    return await WebAssembly.compile(/** @type {BufferSource} */ (bytes));
  } catch (error) {
    throw notCompiled(error);
  }
}

/** @param {unknown} error */
function notCompiled(error) {
  if (/content security|unsafe-eval|\bcsp\b/i.test(String(error))) {
    return new LeitmotifError(
      "csp-wasm",
      "The page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src.",
      error,
    );
  }
  if (error instanceof WebAssembly.CompileError) {
    return new LeitmotifError("not-wasm", "The engine's file is damaged, or is no WebAssembly file.", error);
  }
  return new LeitmotifError("not-found", "The engine's file broke off while it was being fetched.", error);
}

/**
 * @param {unknown} model
 * @returns {Uint8Array | undefined}
 */
function modelBytes(model) {
  if (model === undefined || model instanceof Uint8Array) return model;
  if (model instanceof ArrayBuffer) return new Uint8Array(model);
  throw new LeitmotifError("corrupt-model", "A model must be given as an ArrayBuffer or a Uint8Array.");
}

/**
 * Whatever came out of the wasm side, as one of ours.
 *
 * @param {any} error
 */
function typed(error) {
  if (error instanceof LeitmotifError) return error;
  // What the wasm side throws itself is a sentence on the model; everything else is a trap.
  if (typeof error === "string") return new LeitmotifError("corrupt-model", error);
  return new LeitmotifError("wasm-unavailable", "The engine stopped working. Reload the page to start it again.", error);
}
