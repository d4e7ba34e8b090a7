/**
 * The engine with its wasm file inside, for where a second file cannot be served or found:
 *
 *     import { Leitmotif } from "leitmotif/inline";
 *
 * The custom elements of the same page use these bytes too.
 */

import { place } from "../engine-place.js";
import { bytes } from "./wasm-bytes.js";

place(bytes);

export { Leitmotif, LeitmotifError, TEXT_LIMIT } from "../leitmotif.js";
