/** In the package, the engine's wasm file lies beside the code, unless the page says where else it is or brings its bytes. */

/** @typedef {import("../leitmotif.js").WasmSource} WasmSource */

/** @type {(() => WasmSource) | null} */
let place = null;

/**
 * Says where the wasm file is, for every engine that is made from now on without a word on it, those of the elements too:
 *
 *     import wasm from "leitmotif/leitmotif.wasm?url";
 *     placeWasm(wasm);
 *
 * @param {WasmSource | (() => WasmSource)} source a function is called when an engine is wanted
 */
export function placeWasm(source) {
  place = typeof source === "function" ? /** @type {() => WasmSource} */ (source) : () => source;
}

/** @returns {WasmSource | Promise<WasmSource>} */
export const wasmPlace = () => place?.() ?? beside();

function beside() {
  try {
    // A literal, so that bundlers find it.
    return new URL("./leitmotif.wasm", import.meta.url);
  } catch {
    // A bundler that makes a classic script leaves the code no address of its own: it may be beside the page.
    return "leitmotif.wasm";
  }
}
