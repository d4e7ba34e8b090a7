/** Importing this makes `<leitmotif-reader>` and `<leitmotif-box>` work on the page. Without a browser it does nothing. */

import { register } from "./registry.js";

register();

export { LeitmotifBox } from "./leitmotif-box.js";
export { LeitmotifReader } from "./leitmotif-reader.js";
