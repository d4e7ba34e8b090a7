/** Makes `<leitmotif-reader>` and `<leitmotif-box>` work on the page. Without a browser it does nothing. */

export { LeitmotifBox, LeitmotifReader } from "../elements/define.js";
