/** In the package, the engine's wasm file lies beside the code, or, once `leitmotif/inline` was imported, inside it. */

/** @type {(() => Uint8Array) | null} */
let inside = null;

/** @param {() => Uint8Array} bytes unpacks the wasm file; called when an engine is first wanted, not before */
export function place(bytes) {
  inside = bytes;
}

/** @returns {import("../leitmotif.js").WasmSource} */
export const wasmPlace = () => inside?.() ?? new URL("./leitmotif.wasm", import.meta.url);
