/** Where the engine's wasm file is, unless the caller says otherwise. Packages put another module in the place of this one. */

/** @returns {import("./leitmotif.js").WasmSource} */
export const wasmPlace = () => new URL("./wasm/leitmotif_wasm_bg.wasm", import.meta.url);
