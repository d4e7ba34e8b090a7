/**
 * Where the engine's WebAssembly file is unless `Leitmotif.create` is told. A package or a page of one file puts another
 * module in the place of this one.
 */

/** @returns {import("./leitmotif.js").WasmSource | Promise<import("./leitmotif.js").WasmSource>} */
export const wasmPlace = () => new URL("./wasm/leitmotif_wasm_bg.wasm", import.meta.url);
