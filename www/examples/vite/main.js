import "leitmotif/define";
import { placeWasm } from "leitmotif";
// Vite's development server moves modules away from the files beside them; this address is right there too.
import wasm from "leitmotif/leitmotif.wasm?url";

placeWasm(wasm);
