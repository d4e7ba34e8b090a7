/**
 * The style sheets of the elements: constructed, so that the strictest style policy lets them in. Lengths are written in rem
 * and follow the element's own size, whatever the page's root has.
 */

import { paletteRules } from "../palette.js";
import { BOX_RULES } from "./box-styles.js";
import { READING_RULES } from "./reading-styles.js";

/** What every part stands on. Nothing that a page says of "everything" comes through: its inherited properties are set anew. */
const GROUND_RULES = `
/* Its parts ask how wide it is, and so cannot tell it how wide to be: in a row it is at least so wide. */
:host { display: block; min-inline-size: min(240px, 100%); color-scheme: inherit; }
:host([hidden]) { display: none; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }

.leitmotif {
  all: initial;
  color-scheme: inherit;
  visibility: inherit;
  pointer-events: inherit;
  --rem: var(--leitmotif-size, var(--measured, 1rem));
  --surface: var(--leitmotif-surface, light-dark(#FFFFFF, #14171C));
  --ground: color-mix(in srgb, var(--ink) 4%, var(--surface));
  --ink: var(--leitmotif-ink, light-dark(#1B1F24, #E8EAED));
  --soft: var(--leitmotif-soft, light-dark(#565B64, #A8ADB6));
  --line: var(--leitmotif-line, light-dark(#D9D7D0, #30353E));
  --edge: light-dark(#7C7F86, #7D828B);
  --focus: var(--leitmotif-focus, light-dark(#0B57D0, #8AB4F8));
  --alarm: light-dark(#A3180F, #FF9C92);
  --radius: var(--leitmotif-radius, 0.5rem);
  --gap: var(--leitmotif-gap, 0.75rem);
  --ui: var(--leitmotif-font, inherit);
  --reading: var(--leitmotif-text-font, inherit);
  display: block;
  min-inline-size: 0;
  container-type: inline-size;
  background: var(--surface);
  color: var(--ink);
  font-family: var(--ui);
  font-size: 1rem;
  line-height: 1.5;
  overflow-wrap: anywhere;
  -webkit-text-size-adjust: inherit;
  text-size-adjust: inherit;
}

*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3, h4, h5, h6, p { margin: 0; }
.title { font-size: 1rem; font-weight: 650; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }

button, select, .field {
  min-height: 2.25rem;
  padding: 0.25rem 0.75rem;
  border: 1px solid var(--edge);
  border-radius: var(--radius);
  background: var(--surface);
  color: inherit;
  font: inherit;
  font-size: 0.875rem;
  max-inline-size: 100%;
}
button { cursor: pointer; }
button:hover:not(:disabled, [aria-disabled="true"]) { background: var(--ground); border-color: var(--ink); }
button:disabled, button[aria-disabled="true"] { border-color: var(--line); color: var(--edge); cursor: default; }
button.main:not(:disabled) { background: var(--ink); color: var(--surface); border-color: var(--ink); }
[aria-pressed="true"] { box-shadow: inset 0 0 0 2px var(--ink); }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; }
.note { color: var(--soft); font-size: 0.875rem; }
.status { color: var(--soft); font-size: 0.875rem; min-height: 1.5em; margin-block: 0.25rem; }

/* Each line in its own direction; dir="auto" would do that too, but takes 12 s for 5 MB in Chromium. */
textarea {
  unicode-bidi: plaintext;
  display: block;
  width: 100%;
  min-height: 6rem;
  max-height: 70vh;
  padding: 0.75rem;
  resize: vertical;
  border: 1px solid var(--edge);
  border-radius: var(--radius);
  background: var(--surface);
  color: inherit;
  font: 1rem/1.5 var(--ui);
}
textarea::placeholder { color: var(--soft); opacity: 1; }

@media (pointer: coarse) {
  button, select, .field { min-height: 2.75rem; }
}
@media print {
  :host { color-scheme: light; }
  .leitmotif { --surface: #FFFFFF; --ground: #FFFFFF; }
}
@media (forced-colors: active) {
  button:disabled, button[aria-disabled="true"] { color: GrayText; border-color: GrayText; }
  [aria-pressed="true"], [aria-selected="true"] { background: Highlight; color: HighlightText; forced-color-adjust: none; }
}
`;

/** @param {string} rules with lengths in rem; those of media queries are the window's business */
function scaled(rules) {
  return rules.replace(/^(?!@).*$/gm, (line) => line.replace(/(-?[\d.]+)rem/g, "calc($1 * var(--rem))").replace("var(--measured, calc(1 * var(--rem)))", "var(--measured, 1rem)"));
}

/** By document, as a sheet belongs to the one that it was made in. @type {WeakMap<Document, Map<string, CSSStyleSheet>>} */
const made = new WeakMap();

/**
 * @param {Document} document
 * @param {readonly string[]} ids of the model's themes, in its order; none before the engine is there
 * @returns {CSSStyleSheet[]}
 */
export function elementSheets(document, ids) {
  return [sheet(document, "ground", () => GROUND_RULES), sheet(document, "reading", () => READING_RULES), sheet(document, "box", () => BOX_RULES), paletteFor(document, ids)];
}

/** The rules of the reading's own parts for a document: the page shows some of them outside of its elements. @param {Document} document @param {readonly string[]} ids */
export const pageSheets = (document, ids) => [sheet(document, "reading", () => READING_RULES), paletteFor(document, ids)];

/** @param {Document} document @param {readonly string[]} ids */
const paletteFor = (document, ids) => sheet(document, ids.join(" "), () => paletteRules(ids));

/** @param {Document} document @param {string} name @param {() => string} rules */
function sheet(document, name, rules) {
  const known = made.get(document) ?? new Map();
  made.set(document, known);
  const found = known.get(name);
  if (found) return found;
  const fresh = new /** @type {any} */ (document.defaultView ?? globalThis).CSSStyleSheet();
  fresh.replaceSync(scaled(rules()));
  known.set(name, fresh);
  return fresh;
}
