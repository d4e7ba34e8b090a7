/** Giving the elements their names. */

import { LeitmotifBox } from "./leitmotif-box.js";
import { LeitmotifReader } from "./leitmotif-reader.js";

/** Registers both elements. Where a name is taken, by this script or another version of it, the first one stays. */
export function register() {
  const { customElements } = globalThis;
  if (!customElements) return;
  customElements.get("leitmotif-reader") || customElements.define("leitmotif-reader", LeitmotifReader);
  customElements.get("leitmotif-box") || customElements.define("leitmotif-box", LeitmotifBox);
}
