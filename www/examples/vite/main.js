import "leitmotif/define";
import { placeWasm } from "leitmotif";
// Before version 8 Vite's development server moved modules away from the files beside them; this address is right there too.
import wasm from "leitmotif/leitmotif.wasm?url";

placeWasm(wasm);
