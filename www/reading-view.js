/**
 * The article as a list of paragraphs, each with its verdict, its text with the
 * words that decided underlined, and the reasons as a sentence. Text enters the
 * page as text nodes only.
 */

import { reasons, shownEvidence } from "./evidence.js";
import { glyph, themeClass } from "./palette.js";
import {
  NO_THEME,
  becauseSentence,
  capitalised,
  chance,
  count,
  doubtSentence,
  furnitureSentence,
  nearestSentence,
} from "./sentences.js";

/** @typedef {import("./leitmotif.js").Paragraph} Paragraph */
/** @typedef {import("./leitmotif.js").Reading} Reading */
/** @typedef {import("./sentences.js").Themes} Themes */

/** Paragraphs put on the page at once: a book must not freeze the tab. */
const CHUNK = 200;
/** Of one paragraph, in UTF-16 code units: a text without line breaks must not either. */
const LONG = 20_000;

/**
 * All that one list item shows; two equal ones look the same.
 *
 * @typedef {object} Row
 * @property {Paragraph["kind"]} kind
 * @property {string} text
 * @property {{ position: number | null, name: string, chance: string }[]} labels
 * @property {Paragraph["certainty"]} certainty
 * @property {{ start: number, end: number, classes: string }[]} marks from the paragraph's start, without overlaps
 * @property {string} why
 */

/** The list, kept up to date with as few changes as possible. */
export class ReadingView {
  /** @type {{ key: string, element: Element }[]} */
  #items = [];
  #text = "";
  /** @type {Paragraph[]} */
  #paragraphs = [];
  #limit = CHUNK;

  /**
   * @param {HTMLElement} root filled by this view alone
   * @param {Themes} themes
   */
  constructor(root, themes) {
    this.themes = themes;
    this.list = element("ol", "paragraphs");
    // Safari takes the role away from lists without markers.
    this.list.setAttribute("role", "list");
    this.more = /** @type {HTMLButtonElement} */ (element("button", "more"));
    this.more.type = "button";
    this.more.hidden = true;
    this.more.addEventListener("click", () => this.#showMore());
    root.replaceChildren(this.list, this.more);
  }

  /**
   * @param {string} text what was read
   * @param {Reading} reading
   */
  show(text, { paragraphs }) {
    this.#text = text;
    this.#paragraphs = paragraphs;
    this.#limit = CHUNK;
    this.#render();
  }

  clear() {
    this.show("", { paragraphs: [], profile: { words: 0, paragraphs: 0, unsure: 0, shares: [] } });
  }

  #showMore() {
    const first = this.#limit;
    this.#limit += CHUNK;
    this.#render();
    const next = /** @type {HTMLElement | undefined} */ (this.#items[first]?.element);
    next?.setAttribute("tabindex", "-1");
    next?.focus();
  }

  /** Keeps the items before and after the change: typing touches one paragraph, and so does this. */
  #render() {
    const before = this.#items;
    const rows = this.#paragraphs.slice(0, this.#limit).map((paragraph) => rowOf(this.#text, paragraph, this.themes));
    const keys = rows.map((row) => JSON.stringify(row));
    const shorter = Math.min(before.length, keys.length);
    let head = 0;
    while (head < shorter && before[head].key === keys[head]) head++;
    let tail = 0;
    while (tail < shorter - head && before.at(-1 - tail)?.key === keys.at(-1 - tail)) tail++;

    const after = before.length - tail;
    const fresh = rows.slice(head, rows.length - tail).map((row, i) => ({ key: keys[head + i], element: itemOf(row) }));
    const next = before[after]?.element ?? null;
    for (const { element } of before.slice(head, after)) element.remove();
    const fragment = document.createDocumentFragment();
    fragment.append(...fresh.map(({ element }) => element));
    this.list.insertBefore(fragment, next);
    this.#items = [...before.slice(0, head), ...fresh, ...before.slice(after)];

    const hidden = this.#paragraphs.length - rows.length;
    this.more.hidden = hidden === 0;
    this.more.textContent = `Show ${Math.min(CHUNK, hidden)} more (${count(hidden, "paragraph")} to come)`;
  }
}

/**
 * @param {string} text
 * @param {Paragraph} paragraph
 * @param {Themes} themes
 * @returns {Row}
 */
function rowOf(text, paragraph, themes) {
  const { start, end, kind, certainty, probability } = paragraph;
  const own = { kind, certainty, text: text.slice(start, end) };
  if (kind === "furniture") return { ...own, labels: [], marks: [], why: furnitureSentence(paragraph, themes) };

  const labels = paragraph.themes.map((id) => ({
    position: themes.position(id),
    name: capitalised(themes.name(id)),
    chance: chance(probability[id]),
  }));
  if (labels.length === 0) labels.push({ position: null, name: capitalised(NO_THEME), chance: "" });

  const why = [doubtSentence(paragraph, themes), becauseSentence(text, paragraph, themes)];
  if (paragraph.themes.length === 0) why.push(nearestSentence(paragraph, themes));
  return { ...own, labels, marks: marksOf(text, paragraph, themes), why: why.filter(Boolean).join(" ") };
}

/**
 * Where a word counts for two themes, the one that it did more for is shown.
 *
 * @param {string} text
 * @param {Paragraph} paragraph
 * @param {Themes} themes
 */
function marksOf(text, paragraph, themes) {
  /** @type {import("./evidence.js").Reason[]} */
  const chosen = [];
  const all = shownEvidence(paragraph).flatMap((evidence) => reasons(text, evidence));
  for (const reason of all.sort((a, b) => Math.abs(b.logit) - Math.abs(a.logit))) {
    if (chosen.every(({ start, end }) => reason.end <= start || end <= reason.start)) chosen.push(reason);
  }
  return chosen
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, theme, logit, weight }) => ({
      start: start - paragraph.start,
      end: end - paragraph.start,
      classes: `${logit > 0 ? "for" : "against"} weight-${weight} ${themeClass(themes.position(theme))}`,
    }));
}

/** @param {Row} row */
function itemOf(row) {
  const item = element("li", `paragraph ${row.kind} ${row.certainty}`);
  if (row.labels.length > 0) item.append(rail(row), verdict(row));
  item.append(body(row));
  if (row.why) item.append(element("p", "why", row.why));
  return item;
}

/** @param {Row} row */
function rail({ labels }) {
  const rail = element("div", "rail");
  rail.append(...labels.map(({ position }) => element("span", themeClass(position))));
  return rail;
}

/**
 * "Industry · clear · 93 %"; for several themes "Industry · 93 %, Ecology · 71 %, likely".
 *
 * @param {Row} row
 */
function verdict({ labels, certainty }) {
  const line = element("p", "verdict");
  const alone = labels.length === 1;
  for (const { position, name, chance } of labels) {
    const label = element("span", `label ${themeClass(position)}`);
    const facts = [alone ? certainty : "", chance].filter(Boolean).map((fact) => ` · ${fact}`);
    label.append(glyph(position), element("strong", "name", name), element("span", "facts", facts.join("")));
    line.append(label, " ");
  }
  if (!alone) line.append(element("span", "certainty", certainty));
  return line;
}

/** @param {Row} row */
function body({ kind, text, marks }) {
  const body = element(kind === "heading" ? "h3" : "p", "text");
  body.dir = "auto";
  fill(body, text, marks, LONG);
  if (text.length > LONG) {
    const rest = /** @type {HTMLButtonElement} */ (
      element("button", "more", ` … ${count(text.length - LONG, "more character")}`)
    );
    rest.type = "button";
    rest.addEventListener("click", () => {
      body.replaceChildren();
      fill(body, text, marks, text.length);
    });
    body.append(rest);
  }
  return body;
}

/**
 * @param {HTMLElement} body
 * @param {string} text
 * @param {Row["marks"]} marks
 * @param {number} limit
 */
function fill(body, text, marks, limit) {
  let at = 0;
  for (const { start, end, classes } of marks) {
    if (end > limit) break;
    body.append(text.slice(at, start), element("span", classes, text.slice(start, end)));
    at = end;
  }
  body.append(text.slice(at, limit));
}

/**
 * @param {string} tag
 * @param {string} classes
 * @param {string} [words]
 * @returns {HTMLElement}
 */
function element(tag, classes, words) {
  const made = document.createElement(tag);
  made.className = classes;
  if (words !== undefined) made.textContent = words;
  return made;
}
