/**
 * From the elements of a document to its paragraphs: what a reader of the page saw as one block of text. Made for
 * what Word, Google Docs, mail programs and news sites put into the clipboard.
 *
 * Two line breaks in a row end a paragraph, one is a line end within it. List items, headings, captions and the
 * rows of a table are paragraphs. What nobody saw (scripts, styles, hidden elements, what is in fields) is left out;
 * nothing else is.
 */

import { STYLE } from "./inert.js";

/** @typedef {import("./steps.js").Kind} Kind */
/** @typedef {{ text: string, hint: Kind | null, runs?: Run[] }} Block hint: what the elements around it say of its kind */
/** @typedef {{ at: number, node: Text, offset: number, length: number }} Run characters of a block, and the text node that they stand in; UTF-16 */

const LEFT_OUT = new Set(
  ("script style noframes template noscript head title meta link base select datalist input textarea progress meter " +
    "svg canvas iframe frame object embed audio video picture img map area").split(" "),
);
const BLOCKS = new Set(
  ("html body p div section article header footer main aside nav search hgroup h1 h2 h3 h4 h5 h6 ul ol menu li dir dl dt dd " +
    "table caption colgroup thead tbody tfoot tr td th blockquote pre figure figcaption address form fieldset legend hr details " +
    "button summary center dialog listing xmp plaintext multicol").split(" "),
);
const HEADINGS = /^h[1-6]$/;
/** Parts of a page that are around an article, what stands under its pictures, and what is there to be pressed. */
const FURNITURE = new Set(["nav", "footer", "aside", "figcaption", "button"]);

const HIDDEN_STYLE = /(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)/i;
const BLOCK_STYLE = /display\s*:\s*(?:block|flex|grid|list-item|table(?!-cell)|flow-root)/i;
const PRE_STYLE = /white-space(?:-collapse)?\s*:\s*(?:pre|break-spaces|preserve)/i;
/** Names that style sheets hide things by from the eye. */
const HIDDEN_CLASS = /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|u-hidden-visually|a11y-hidden|assistive-text)(?:\s|$)/i;

/** White space as HTML folds it: no-break spaces are none. */
const FOLDED = /[ \t\n\f\r]+/g;
/** What cannot be seen, besides white space: soft hyphens, zero-width spaces and marks of direction. */
const UNSEEN = /[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]/g;

/** Deeper elements than this are taken as their text: the walk calls itself. */
const DEEPEST = 1_000;

/**
 * What is asked of an element, besides its name.
 *
 * @typedef {object} Looks
 * @property {(element: Element) => boolean} hidden
 * @property {(element: Element) => boolean} block whether it stands on lines of its own
 * @property {(element: Element, above: boolean) => boolean} pre whether white space counts in it, as it did above it or not
 */

/** Of a document that never lives: by its attributes. @type {Looks} */
const WRITTEN = {
  hidden: (element) => isHidden(element, styleOf(element)),
  block: (element) => BLOCK_STYLE.test(styleOf(element)),
  pre: (element, above) => (above ? !/white-space\s*:\s*normal/i.test(styleOf(element)) : PRE_STYLE.test(styleOf(element))),
};

/** Of a page that is shown: by what its style sheets have come to. @type {Looks} */
const SHOWN = {
  hidden(element) {
    const { display, visibility } = getComputedStyle(element);
    return display === "none" || (visibility !== "visible" && visibility !== "") || element.localName.startsWith("leitmotif-") || isHidden(element, "");
  },
  block: (element) => /^(?:block|flex|grid|list-item|table|flow-root)/.test(getComputedStyle(element).display) && !/^table-cell/.test(getComputedStyle(element).display),
  pre: (element) => /^(?:pre|break-spaces)/.test(getComputedStyle(element).whiteSpace),
};

/**
 * The blocks of text below a node of a document made by inert.js, in order, none of them empty or with an empty line in it.
 *
 * @param {Node} root
 * @returns {Block[]}
 */
export function blocksOf(root) {
  const walk = new Walk(WRITTEN, false);
  walk.children(root, { pre: false, hint: null, depth: 0 });
  walk.end(null);
  return walk.blocks;
}

/**
 * The same of some nodes of the page that is shown; each block says where its characters stand.
 *
 * @param {Iterable<Node>} nodes one after the other
 * @returns {(Block & { runs: Run[] })[]}
 */
export function shownBlocksOf(nodes) {
  const walk = new Walk(SHOWN, true);
  for (const node of nodes) walk.node(node, { pre: false, hint: null, depth: 0 });
  walk.end(null);
  return /** @type {(Block & { runs: Run[] })[]} */ (walk.blocks);
}

/** @typedef {{ pre: boolean, hint: Kind | null, depth: number }} Place pre: white space counts */

class Walk {
  /** @type {Block[]} */
  blocks = [];
  /** The block that grows. */
  #text = "";
  /** Where its characters stand. @type {Run[]} */
  #runs = [];

  /**
   * @param {Looks} looks
   * @param {boolean} placed whether blocks say where their characters stand
   */
  constructor(looks, placed) {
    this.looks = looks;
    this.placed = placed;
  }

  /**
   * @param {Node} node
   * @param {Place} place
   */
  children(node, place) {
    for (let child = node.firstChild; child; child = child.nextSibling) this.node(child, place);
  }

  /**
   * @param {Node} node
   * @param {Place} place
   */
  node(node, place) {
    if (node.nodeType === 3) this.#write(/** @type {Text} */ (node), place);
    else if (node.nodeType === 1) this.#element(/** @type {Element} */ (node), place);
  }

  /**
   * @param {Element} element
   * @param {Place} above
   */
  #element(element, above) {
    const tag = element.localName.toLowerCase();
    if (tag === "br") {
      this.#text += "\n";
      return;
    }
    const { looks } = this;
    if (LEFT_OUT.has(tag) || looks.hidden(element)) return;
    if (above.depth > DEEPEST) {
      this.#append(element.textContent ?? "", above.pre);
      return;
    }
    const hint = hintOf(element, tag) ?? above.hint;
    const pre = tag === "pre" || tag === "listing" || tag === "xmp" || looks.pre(element, above.pre);
    const place = { pre, hint, depth: above.depth + 1 };
    if (tag === "tr" && this.#row(element, place, above.hint)) return;
    if (!BLOCKS.has(tag) && !looks.block(element)) {
      this.children(element, place);
      return;
    }
    this.end(above.hint);
    this.children(element, place);
    this.end(hint);
  }

  /**
   * A row of a table of data is one paragraph; a row that lays a page out is what stands in it.
   *
   * @param {Element} row
   * @param {Place} place
   * @param {Kind | null} hint of what goes before
   */
  #row(row, place, hint) {
    // A table within says that this one is for layout; and no row is walked more than twice.
    if (row.querySelector("table")) return false;
    const cells = [...row.children].map((cell) => {
      const walk = new Walk(this.looks, this.placed);
      walk.#element(cell, place);
      walk.end(place.hint);
      return walk.blocks;
    });
    if (cells.some((blocks) => blocks.length > 1)) return false;
    this.end(hint);
    for (const { text, runs = [] } of cells.flat()) {
      if (this.#text !== "") this.#text += "\t";
      this.#runs.push(...runs.map((run) => ({ ...run, at: run.at + this.#text.length })));
      this.#text += text;
    }
    this.end(place.hint);
    return true;
  }

  /**
   * @param {Text} node
   * @param {Place} place
   */
  #write(node, { pre }) {
    const before = this.#text.length;
    this.#append(node.data, pre);
    if (!this.placed) return;
    // What is not white space comes out as it went in: it is found again in its order.
    let at = before;
    for (const { 0: word, index } of node.data.matchAll(/[^ \t\n\f\r]+/g)) {
      at = this.#text.indexOf(word, at);
      const last = this.#runs.at(-1);
      if (last?.node === node && at - last.at === index - last.offset) last.length = index + word.length - last.offset;
      else this.#runs.push({ at, node, offset: index, length: word.length });
      at += word.length;
    }
  }

  /** @param {string} text @param {boolean} pre */
  #append(text, pre) {
    if (pre) {
      this.#text += text.replace(/\r\n?/g, "\n");
      return;
    }
    const folded = text.replace(FOLDED, " ");
    this.#text += /[ \n]$/.test(this.#text) || this.#text === "" ? folded.replace(/^ /, "") : folded;
  }

  /** The block that grows is over; an empty line in it makes it several. @param {Kind | null} hint */
  end(hint) {
    const lines = this.#text.split("\n");
    const runs = this.#runs;
    this.#text = "";
    this.#runs = [];
    /** @type {Line[]} */
    let kept = [];
    let start = 0;
    for (const line of [...lines, ""]) {
      if (line.replace(UNSEEN, "") !== "") {
        kept.push({ text: line.replace(/\s+$/, ""), start });
      } else if (kept.length > 0) {
        const text = kept.map(({ text }) => text).join("\n");
        this.blocks.push({ text: text.trim(), hint, ...(this.placed && { runs: runsOf(kept, text, runs) }) });
        kept = [];
      }
      start += line.length + 1;
    }
  }
}

/** @typedef {{ text: string, start: number }} Line start: in what was written */

/**
 * The runs of a block that is made of some lines of what was written.
 *
 * @param {Line[]} lines
 * @param {string} joined not yet trimmed
 * @param {Run[]} runs of what was written
 * @returns {Run[]}
 */
function runsOf(lines, joined, runs) {
  const trimmed = joined.length - joined.trimStart().length;
  let at = -trimmed;
  return lines.flatMap(({ text, start }) => {
    const shift = at - start;
    at += text.length + 1;
    return runs.flatMap((run) => {
      const from = Math.max(run.at, start, -shift);
      const to = Math.min(run.at + run.length, start + text.length);
      return from < to ? [{ at: from + shift, node: run.node, offset: run.offset + from - run.at, length: to - from }] : [];
    });
  });
}

/** @param {Element} element */
const styleOf = (element) => element.getAttribute(STYLE) ?? "";

/**
 * @param {Element} element
 * @param {string} style
 */
function isHidden(element, style) {
  return (
    HIDDEN_STYLE.test(style) ||
    element.hasAttribute("hidden") ||
    element.getAttribute("aria-hidden") === "true" ||
    HIDDEN_CLASS.test(element.getAttribute("class") ?? "") ||
    (element.localName === "dialog" && !element.hasAttribute("open"))
  );
}

/**
 * @param {Element} element
 * @param {string} tag
 * @returns {Kind | null}
 */
function hintOf(element, tag) {
  if (FURNITURE.has(tag)) return "furniture";
  return HEADINGS.test(tag) || element.getAttribute("role") === "heading" ? "heading" : null;
}
