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
/** @typedef {{ text: string, hint: Kind | null }} Block hint: what the elements around it say of its kind */

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
 * The blocks of text below a node of a document made by inert.js, in order, none of them empty or with an empty line in it.
 *
 * @param {Node} root
 * @returns {Block[]}
 */
export function blocksOf(root) {
  const walk = new Walk();
  walk.children(root, { pre: false, hint: null, depth: 0 });
  walk.end(null);
  return walk.blocks;
}

/** @typedef {{ pre: boolean, hint: Kind | null, depth: number }} Place pre: white space counts */

class Walk {
  /** @type {Block[]} */
  blocks = [];
  /** The block that grows. */
  #text = "";

  /**
   * @param {Node} node
   * @param {Place} place
   */
  children(node, place) {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === 3) this.#write(child.nodeValue ?? "", place);
      else if (child.nodeType === 1) this.#element(/** @type {Element} */ (child), place);
    }
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
    const style = element.getAttribute(STYLE) ?? "";
    if (LEFT_OUT.has(tag) || isHidden(element, style)) return;
    if (above.depth > DEEPEST) {
      this.#write(element.textContent ?? "", above);
      return;
    }
    const hint = hintOf(element, tag) ?? above.hint;
    const pre = tag === "pre" || tag === "listing" || tag === "xmp" || (above.pre ? !/white-space\s*:\s*normal/i.test(style) : PRE_STYLE.test(style));
    const place = { pre, hint, depth: above.depth + 1 };
    if (tag === "tr" && this.#row(element, place, above.hint)) return;
    if (!BLOCKS.has(tag) && !BLOCK_STYLE.test(style)) {
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
      const walk = new Walk();
      walk.#element(cell, place);
      walk.end(place.hint);
      return walk.blocks;
    });
    if (cells.some((blocks) => blocks.length > 1)) return false;
    this.end(hint);
    this.#text = cells.flatMap((blocks) => blocks.map(({ text }) => text)).join("\t");
    this.end(place.hint);
    return true;
  }

  /**
   * @param {string} text
   * @param {Place} place
   */
  #write(text, { pre }) {
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
    this.#text = "";
    /** @type {string[]} */
    let kept = [];
    for (const line of [...lines, ""]) {
      if (line.replace(UNSEEN, "") !== "") {
        kept.push(line.replace(/\s+$/, ""));
      } else if (kept.length > 0) {
        this.blocks.push({ text: kept.join("\n").trim(), hint });
        kept = [];
      }
    }
  }
}

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
