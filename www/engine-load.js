/**
 * Loads the engine: WebAssembly where it may run, else the same engine translated to JavaScript. One instance of each for
 * the whole page, whatever number of classifiers share it.
 */

import { wasmPlace } from "./engine-place.js";
import { LeitmotifError, mustBeSignal } from "./leitmotif-error.js";
import { checkWebAssembly, compile } from "./wasm-file.js";

/** How long a file of the engine may take to arrive, in milliseconds: nobody waits for ever on a dead connection. */
const ARRIVAL_LIMIT = 30_000;
/** More than these milliseconds, 24 days, would make a timer ring at once. */
const LONGEST = 2 ** 31 - 1;

/** The name by which the engine imports its glue. */
const GLUE = "./leitmotif_wasm_bg.js";

/**
 * @typedef {import("./leitmotif.js").WasmSource} WasmSource
 *
 * @typedef {object} Loaded
 * @property {any} bindings the glue around the instance, with the class `Engine`
 * @property {"wasm" | "js"} engine
 * @property {WebAssembly.Module} [module] that the instance was made of, where it is the wasm
 * @property {LeitmotifError | null} fallback why it is not the wasm, where that was tried first
 */

/** @type {{ wasm?: Promise<Loaded>, js?: Promise<Loaded> }} */
const loaded = {};
/** @type {Loaded | null} what the default place has led to, where it was not the wasm: it is not asked again */
let fellBack = null;

/**
 * @param {{ wasm?: WasmSource, integrity?: string, engine?: "auto" | "wasm" | "js", timeout?: number, signal?: AbortSignal }} options
 * @returns {Promise<Loaded>}
 * @throws {LeitmotifError}
 */
export async function loadEngine({ wasm, integrity, engine = "auto", timeout = ARRIVAL_LIMIT, signal }) {
  checkSignal(signal);
  if (typeof timeout !== "number" || !(timeout >= 0)) {
    throw new LeitmotifError("bad-option", "A timeout is a number of milliseconds, from 0.");
  }
  return unlessAborted(load(wasm, integrity, engine, Math.min(timeout, LONGEST) | 0), signal);
}

/**
 * @param {WasmSource | undefined} wasm
 * @param {string | undefined} integrity
 * @param {unknown} engine
 * @param {number} limit
 */
async function load(wasm, integrity, engine, limit) {
  if (engine === "wasm") return once("wasm", () => startWasm(wasm, integrity, limit));
  if (engine === "js") return once("js", () => startJs(limit));
  if (engine !== "auto") {
    throw new LeitmotifError("bad-option", `An engine is "auto", "wasm" or "js", not “${engine}”.`);
  }
  if (wasm === undefined && fellBack !== null) return fellBack;
  try {
    return await once("wasm", () => startWasm(wasm, integrity, limit));
  } catch (refusal) {
    const answer = await fallBack(/** @type {LeitmotifError} */ (refusal), limit);
    if (wasm === undefined) fellBack = answer;
    return answer;
  }
}

/**
 * @param {LeitmotifError} refusal
 * @param {number} limit
 * @returns {Promise<Loaded>}
 */
async function fallBack(refusal, limit) {
  try {
    return { ...(await once("js", () => startJs(limit))), fallback: refusal };
  } catch (problem) {
    const { message } = /** @type {LeitmotifError} */ (problem);
    throw new LeitmotifError(refusal.code, `${refusal.message} ${message}`, new AggregateError([refusal, problem], message));
  }
}

/**
 * An engine is started once; after a failure the next call tries again.
 *
 * @param {"wasm" | "js"} engine
 * @param {() => Promise<{ bindings: any, module?: WebAssembly.Module }>} start
 * @returns {Promise<Loaded>}
 */
function once(engine, start) {
  loaded[engine] ??= start().then(
    ({ bindings, module }) => ({ bindings, engine, module, fallback: null }),
    (error) => {
      delete loaded[engine];
      throw error;
    },
  );
  return loaded[engine];
}

/**
 * @param {WasmSource | undefined} source
 * @param {string | undefined} integrity
 * @param {number} limit
 */
async function startWasm(source, integrity, limit) {
  checkWebAssembly();
  /** @param {AbortSignal} signal */
  const compiled = async (signal) => compile(await (source ?? wasmPlace()), signal, integrity);
  const [module, bindings] = await inTime(compiled, limit, "The engine's WebAssembly file");
  if (!WebAssembly.Module.exports(module).some(({ name }) => name === "engine_read")) {
    throw new LeitmotifError("not-wasm", "This WebAssembly file is not Leitmotif's engine.");
  }
  let instance;
  try {
    instance = await WebAssembly.instantiate(module, { [GLUE]: bindings });
  } catch (cause) {
    if (cause instanceof WebAssembly.LinkError) {
      throw new LeitmotifError(
        "not-wasm",
        "The WebAssembly file and wasm/leitmotif_wasm_bg.js are not of the same build. Deploy both together.",
        cause,
      );
    }
    throw new LeitmotifError("wasm-unavailable", "The browser has no room to start the engine. Close other tabs.", cause);
  }
  bindings.__wbg_set_wasm(instance.exports);
  return { bindings, module };
}

/** What the page's WebAssembly engine is compiled to, for another thread; undefined: it has none. */
export const compiledEngine = async () => (await loaded.wasm)?.module;

/** @param {number} limit */
async function startJs(limit) {
  const translated = () =>
    // @ts-ignore: the build puts the file there.
    import("./wasm/leitmotif_wasm.fallback.js").catch((cause) => {
      throw new LeitmotifError("not-found", `The engine in JavaScript could not be loaded: ${cause.message}.`, cause);
    });
  const [{ instantiate }, bindings] = await inTime(translated, limit, "The engine in JavaScript");
  bindings.__wbg_set_wasm(instantiate({ [GLUE]: bindings }));
  return { bindings };
}

/** The glue for one more instance. */
async function makeGlue() {
  let module;
  try {
    // A literal, as the other import, so that bundlers find it.
    // @ts-ignore: the build puts the file there.
    module = await import("./wasm/leitmotif_wasm_bg.js");
  } catch (cause) {
    throw new LeitmotifError("not-found", "The file wasm/leitmotif_wasm_bg.js is missing beside leitmotif.js.", cause);
  }
  return module.glue();
}

/**
 * What arrives, and the glue for it. Afterwards nothing is under way any more.
 *
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} arrives
 * @param {number} limit
 * @param {string} what
 * @returns {Promise<[T, any]>}
 */
function inTime(arrives, limit, what) {
  const controller = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new LeitmotifError("timeout", `${what} did not arrive in time.`)), limit);
  });
  const arrived = Promise.all([arrives(controller.signal), makeGlue()]);
  return Promise.race([arrived, /** @type {Promise<never>} */ (late)]).finally(() => {
    clearTimeout(timer);
    controller.abort();
  });
}

/**
 * A name that is misspelt would have no effect, and nobody would know.
 *
 * @param {object} options
 * @param {string} names of those that there are, with ", " between
 * @throws {LeitmotifError} bad-option
 */
export function checkOptions(options, names) {
  const known = names.split(", ");
  const kind = {}.toString.call(options).slice(8, -1);
  const wrong = kind === "Object" ? Object.keys(options).find((name) => !known.includes(name)) : kind;
  if (wrong !== undefined) throw new LeitmotifError("bad-option", `Options are an object of ${names}, not “${wrong}”.`);
}

/**
 * @param {AbortSignal} [signal]
 * @throws {LeitmotifError} aborted, bad-option
 */
export function checkSignal(signal) {
  mustBeSignal(signal);
  if (signal?.aborted) throw new LeitmotifError("aborted", "It was no longer wanted.", signal.reason);
}

/**
 * Others may wait for the same engine: what is aborted is the waiting.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
function unlessAborted(promise, signal) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(new LeitmotifError("aborted", "It was no longer wanted.", signal.reason));
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
