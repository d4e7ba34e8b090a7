/** Makes `<leitmotif-reader>` and `<leitmotif-box>` work on the page. Without a browser it does nothing. */

/// <reference path="./elements.d.ts" preserve="true" />

export { LeitmotifBox, LeitmotifReader } from "../elements/define.js";
