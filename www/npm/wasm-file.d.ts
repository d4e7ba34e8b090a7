/** The address of the wasm file, as bundlers give it (`import url from "leitmotif/leitmotif.wasm?url"` with Vite). */
declare const url: string;
export default url;
