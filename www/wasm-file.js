/** From whatever tells where the engine's WebAssembly file is to a compiled module, with a clear word for each failure. */

import { LeitmotifError } from "./leitmotif-error.js";

/** @typedef {import("./leitmotif.js").WasmSource} WasmSource */

const MAGIC = [0x00, 0x61, 0x73, 0x6d];
/** The smallest module that there is. */
const NOTHING = new Uint8Array([...MAGIC, 1, 0, 0, 0]);

/**
 * Gives Node's own modules, where this is Node: bundlers for browsers would stumble over an import of one.
 *
 * @type {typeof process.getBuiltinModule | undefined}
 */
const builtin = globalThis.process?.getBuiltinModule;

/**
 * Finds out whether this page may use WebAssembly at all, before the file is fetched.
 *
 * @throws {LeitmotifError} wasm-unavailable, csp-wasm
 */
export function checkWebAssembly() {
  if (typeof WebAssembly !== "object") {
    throw new LeitmotifError(
      "wasm-unavailable",
      "WebAssembly is switched off in this browser (a lockdown or “safer” mode does that): switch it on for this page.",
    );
  }
  try {
    new WebAssembly.Module(NOTHING);
  } catch (cause) {
    if (isPolicy(cause)) throw forbidden(cause);
    throw new LeitmotifError("wasm-unavailable", "This browser has WebAssembly, but refuses to use it.", cause);
  }
}

/**
 * @param {WasmSource} source
 * @param {AbortSignal} signal ends fetching
 * @param {string} [integrity] what a file that is fetched or read must be, as in HTML: sha384-…
 * @returns {Promise<WebAssembly.Module>}
 * @throws {LeitmotifError} csp-wasm, not-found, integrity, bad-mime, not-wasm
 */
export async function compile(source, signal, integrity = "") {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer) return compileBytes(new Uint8Array(source));
  if (ArrayBuffer.isView(source)) {
    return compileBytes(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  }
  if (typeof Response === "function" && source instanceof Response) return compileResponse(source);

  const url = address(source);
  let { href } = url;
  if (url.protocol === "file:" && builtin) {
    const bytes = await readFile(url);
    if (!integrity) return compileBytes(bytes);
    // Node fetches no files; what it does fetch it compares with the value as a browser would.
    href = `data:application/wasm;base64,${bytes.toString("base64")}`;
  }
  let response;
  try {
    response = await fetch(href, { signal, integrity });
  } catch (cause) {
    // The browser does not tell which of the two it was.
    if (integrity && (await isThere(href, signal))) {
      throw new LeitmotifError(
        "integrity",
        `The file at ${url.href} is another than its integrity value says: use the value of this release, or the file of that one.`,
        cause,
      );
    }
    throw new LeitmotifError(
      "not-found",
      `The engine could not be fetched from ${url.href}: the network failed, or the page's policy or the server's CORS headers forbid it.`,
      cause,
    );
  }
  return compileResponse(response);
}

/**
 * @param {string} href
 * @param {AbortSignal} signal
 */
const isThere = (href, signal) => fetch(href, { signal }).then(({ ok }) => ok, () => false);

/** One that is relative begins at the page or, in Node, in the working directory. @param {unknown} source */
function address(source) {
  try {
    const base = globalThis.location?.href ?? builtin?.("node:url").pathToFileURL("./").href;
    return new URL(String(source), base);
  } catch (cause) {
    throw new LeitmotifError("not-found", `“${source}” is no address of a WebAssembly file.`, cause);
  }
}

/** @param {URL} url */
async function readFile(url) {
  try {
    return await /** @type {NonNullable<typeof builtin>} */ (builtin)("node:fs/promises").readFile(url);
  } catch (cause) {
    throw new LeitmotifError("not-found", `The engine is not at ${url.href}.`, cause);
  }
}

/** @param {Response} response */
async function compileResponse(response) {
  if (!response.ok) {
    throw new LeitmotifError(
      "not-found",
      `The engine is not at ${response.url || "the given address"}: the server answered ${response.status}. Put the file there, or tell where it is.`,
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
    throw brokenOff(cause);
  }
  return compileBytes(new Uint8Array(bytes), type);
}

/**
 * @param {Uint8Array} bytes
 * @param {string} [type] the MIME type that it came with
 */
async function compileBytes(bytes, type) {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw notWasm(type);
  try {
    return await WebAssembly.compile(/** @type {BufferSource} */ (bytes));
  } catch (error) {
    throw notCompiled(error);
  }
}

/** @param {string} [type] */
function notWasm(type) {
  const what = "What was found in the engine's place is no WebAssembly file";
  if (type?.includes("html")) {
    return new LeitmotifError(
      "bad-mime",
      `${what}. It came as ${type}: often a server's page for missing files. Put the file there, and keep the server from answering for it.`,
    );
  }
  return new LeitmotifError("not-wasm", `${what}: ${type ? `it came as ${type}, and ` : ""}its first four bytes are others.`);
}

/** @param {unknown} error */
function notCompiled(error) {
  if (isPolicy(error)) return forbidden(error);
  if (error instanceof WebAssembly.CompileError) {
    return new LeitmotifError("not-wasm", "The engine's file is damaged, or is no WebAssembly file.", error);
  }
  return brokenOff(error);
}

/** Browsers tell it in words only. @param {unknown} error */
const isPolicy = (error) => /content security|unsafe-eval|\bcsp\b/i.test(String(error));

/** @param {unknown} cause */
const forbidden = (cause) =>
  new LeitmotifError(
    "csp-wasm",
    "The page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src.",
    cause,
  );

/** @param {unknown} cause */
const brokenOff = (cause) => new LeitmotifError("not-found", "The engine's file broke off while it was being fetched.", cause);
