/**
 * The page inside an `<iframe>`: a reader that gets its text from the page around it, and tells how high it is.
 *
 * Messages, each an object with a `type`:
 *     to the page around    leitmotif:ready {}               whenever a text may be sent, and in answer to leitmotif:hello
 *                           leitmotif:size  { id, height }   in CSS pixels, whenever it changes
 *     from it               leitmotif:hello {}
 *                           leitmotif:read  { id, text }
 * `id` is the host's, and is given back.
 */

import "../elements/define.js";

/** What the address may say, as attributes of the reader: embed.html?view=strip%20labels&lang=zh */
const ATTRIBUTES = ["view", "themes", "split", "theme", "lang", "dir", "heading-level", "engine"];

const asked = new URLSearchParams(location.search);
const reader = /** @type {any} */ (document.createElement("leitmotif-reader"));
for (const name of ATTRIBUTES) {
  const value = asked.get(name);
  if (value !== null) reader.setAttribute(name, value);
}
// The frame itself is lazy, where the host wants it so.
reader.setAttribute("loading", "eager");
reader.id = "reader";

let id = "";

/** To whatever page is around: it learns nothing that it did not send, but for the height. @param {Record<string, unknown>} message */
const tell = (message) => parent.postMessage(message, "*");

addEventListener("message", ({ source, data }) => {
  // A frame beside this one may write to it too.
  if (source !== parent || typeof data !== "object" || data === null) return;
  if (data.type === "leitmotif:hello") tell({ type: "leitmotif:ready" });
  if (data.type !== "leitmotif:read" || typeof data.text !== "string") return;
  id = typeof data.id === "string" ? data.id : "";
  reader.text = data.text;
  tellSize();
});

function tellSize() {
  tell({ type: "leitmotif:size", id, height: Math.ceil(document.documentElement.getBoundingClientRect().height) });
}

document.body.append(reader);
new ResizeObserver(tellSize).observe(document.documentElement);
if (parent !== window) tell({ type: "leitmotif:ready" });
