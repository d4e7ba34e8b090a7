/**
 * The engine with its wasm file inside, for where a second file cannot be served or found:
 *
 *     import { Leitmotif } from "leitmotif/inline";
 *
 * The custom elements of the same page use these bytes too.
 */

import { placeWasm } from "./engine-place.js";
import { bytes } from "./wasm-bytes.js";

placeWasm(bytes);

export { Leitmotif, LeitmotifError, TEXT_LIMIT } from "../leitmotif.js";
