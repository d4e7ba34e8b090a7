/**
 * Marks in the page's own text that change neither its elements nor its styles: CSS custom highlights. A browser that has
 * none shows none; the sentence beside the label says the same.
 */

import { explainedThemes, marksOf } from "../evidence.js";

/** @typedef {{ page: import("./text-source.js").PageText, element: Element }} Place a text of the page, and the element that it is in */
/** @typedef {import("../project.js").OpenParagraph} OpenParagraph */

/** How each highlight looks. Colours of the text stay as they are. */
const RULES = `
::highlight(leitmotif-chosen) { background-color: color-mix(in srgb, currentColor 9%, transparent); }
::highlight(leitmotif-for-1) { text-decoration: underline solid 1px; }
::highlight(leitmotif-for-2) { text-decoration: underline solid 2.5px; }
::highlight(leitmotif-for-3) { text-decoration: underline solid 4px; }
::highlight(leitmotif-against) { text-decoration: underline dotted 2px; }
`;

/** @typedef {"leitmotif-chosen" | `leitmotif-for-${1 | 2 | 3}` | "leitmotif-against"} MarkName */
/** @typedef {{ name: MarkName, range: AbstractRange }} Mark */

/** Which roots have the sheet now, and for how many readers. @type {WeakMap<Document | ShadowRoot, { sheet: CSSStyleSheet, users: number }>} */
const sheets = new WeakMap();

/** The marks of one reader. */
export class HostMarks {
  /** @type {Mark[]} */
  #marks = [];
  /** @type {Document | ShadowRoot | null} that has the sheet for these marks */
  #root = null;

  /**
   * Instead of those that there were.
   *
   * @param {Node} text that they stand in
   * @param {Mark[]} marks
   */
  show(text, marks) {
    this.clear();
    const root = text.getRootNode();
    const registry = globalThis.CSS?.highlights;
    if (!registry || marks.length === 0 || !(root instanceof Document || root instanceof ShadowRoot)) return;
    for (const { name, range } of marks) {
      const highlight = registry.get(name) ?? new Highlight();
      highlight.add(range);
      // Words over the paragraph that they stand in.
      highlight.priority = name === "leitmotif-chosen" ? 0 : 1;
      registry.set(name, highlight);
    }
    this.#marks = marks;
    this.#root = root;
    adopt(root);
  }

  clear() {
    for (const { name, range } of this.#marks) {
      const highlight = CSS.highlights.get(name);
      highlight?.delete(range);
      if (highlight?.size === 0) CSS.highlights.delete(name);
    }
    this.#marks = [];
    if (this.#root) release(this.#root);
    this.#root = null;
  }
}

/**
 * The marks of one paragraph: it, and the words that decided.
 *
 * @param {Place} place
 * @param {OpenParagraph} paragraph
 * @param {{ start: number, end: number }} span of it in the text
 * @param {import("../steps.js").Steps | null} steps null: without reasons
 * @returns {Mark[]}
 */
export function paragraphMarks({ page }, { machine, included, text }, { start, end }, steps) {
  /** @type {Mark[]} */
  const marks = [];
  const mark = (/** @type {MarkName} */ name, /** @type {number} */ from, /** @type {number} */ to) => {
    const range = page.rangeOf(from, to);
    if (range) marks.push({ name, range });
  };
  mark("leitmotif-chosen", start, end);
  if (!machine || !included || !steps) return marks;
  const evidence = explainedThemes(machine).map((id) => steps.evidence(text, id, machine.probability[id]));
  for (const reason of marksOf(text, evidence)) {
    mark(reason.logit > 0 ? `leitmotif-for-${reason.weight}` : "leitmotif-against", start + reason.start, start + reason.end);
  }
  return marks;
}

/** Brings a part of the page's text into view. @param {StaticRange | null} range */
export function reveal(range) {
  const around = range?.startContainer.parentElement;
  if (!range || !around) return;
  const exact = document.createRange();
  exact.setStart(range.startContainer, range.startOffset);
  exact.setEnd(range.endContainer, range.endOffset);
  const before = exact.getBoundingClientRect();
  if (before.top >= 0 && before.bottom <= innerHeight) return;
  around.scrollIntoView({ block: "center" });
  // A text without elements of its own may be much longer than the window.
  const { top } = exact.getBoundingClientRect();
  if (top < 0 || top > innerHeight) scrollBy(0, top - innerHeight / 3);
}

/** @param {Document | ShadowRoot} root */
function adopt(root) {
  const known = sheets.get(root);
  if (known) return void known.users++;
  const { defaultView } = /** @type {Document} */ (root instanceof Document ? root : root.ownerDocument);
  const sheet = new /** @type {any} */ (defaultView).CSSStyleSheet();
  sheet.replaceSync(RULES);
  sheets.set(root, { sheet, users: 1 });
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** @param {Document | ShadowRoot} root */
function release(root) {
  const known = sheets.get(root);
  if (!known || --known.users > 0) return;
  sheets.delete(root);
  root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== known.sheet);
}
