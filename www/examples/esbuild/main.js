import "leitmotif/define";
import { placeWasm } from "leitmotif";
// With --loader:.wasm=file: esbuild itself copies no file that is only named by an address.
import wasm from "leitmotif/leitmotif.wasm";

placeWasm(new URL(wasm, import.meta.url));
