/** Everything of the package, without any effect: `leitmotif/define` registers the elements. */

export { LeitmotifBox } from "../elements/leitmotif-box.js";
export { LeitmotifReader } from "../elements/leitmotif-reader.js";
export { placeWasm } from "./engine-place.js";
export { Leitmotif, LeitmotifError, TEXT_LIMIT } from "../leitmotif.js";
export { VERSION } from "../version.js";
