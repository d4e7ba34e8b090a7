/** The article in one line: a cell for each paragraph, as wide as it is long, to jump by; and a legend to filter by. */

import { button, element, focusedNear, named } from "./dom.js";
import { glyph, themeClass } from "./palette.js";
import { inForce, isUnsure } from "./project.js";
import { rove } from "./roving.js";
import { capitalised, shortVerdict } from "./sentences.js";
import { breathe, slice } from "./slices.js";

/** @typedef {import("./project.js").OpenArticle} OpenArticle */
/** @typedef {import("./project.js").OpenParagraph} OpenParagraph */
/** @typedef {import("./sentences.js").Themes} Themes */

/** More cells than this cannot be told apart: each then stands for several paragraphs. */
const CELLS = 240;
/** So many lengths a cell may have; the longest paragraph has the last. */
const LENGTHS = 60;

/** @typedef {{ id: string, label: string, theme?: string | null, shows: (paragraph: OpenParagraph) => boolean }} Filter */

export class StripView {
  /** @type {OpenArticle | null} */
  #article = null;
  /** @type {string | null} the filter that is on */
  #on = null;
  #chosen = -1;
  /** Goes up with every change: an older one gives up. */
  #run = 0;
  /** Paragraphs to a cell. */
  #each = 1;
  /** @type {(index: number) => void} */
  onJump = () => {};
  /** @type {(shows: (paragraph: OpenParagraph) => boolean, on: boolean) => void} */
  onFilter = () => {};

  /**
   * @param {HTMLElement} root
   * @param {Themes} themes
   */
  constructor(root, themes) {
    this.themes = themes;
    // One control for all cells: most of them are too small to be pressed one by one.
    this.strip = named("strip", element("div", "strip"));
    this.strip.tabIndex = 0;
    this.strip.setAttribute("role", "slider");
    this.strip.setAttribute("aria-orientation", "horizontal");
    this.legend = named("legend", element("div", "legend"));
    rove(this.legend);
    root.replaceChildren(this.strip, this.legend);
    this.strip.addEventListener("click", ({ target, clientX }) => {
      const cells = [...this.strip.children];
      const hit = cells.indexOf(/** @type {Element} */ (target));
      const cell = hit >= 0 ? hit : cells.findIndex((one) => {
        const { left, right } = one.getBoundingClientRect();
        return left <= clientX && clientX <= right + 1;
      });
      if (cell >= 0) this.#jump(cell * this.#each);
    });
    this.strip.addEventListener("keydown", (event) => {
      const count = this.#article?.paragraphs.length ?? 0;
      // With nothing chosen, an arrow chooses the first.
      const at = this.#chosen < 0 && event.key.startsWith("Arrow") ? -1 : Math.max(0, this.#chosen);
      const forward = getComputedStyle(this.strip).direction === "rtl" ? -1 : 1;
      const to = { ArrowRight: at + forward, ArrowDown: at + 1, ArrowLeft: at - forward, ArrowUp: at - 1, Home: 0, End: count - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
      if (to === undefined || count === 0) return;
      event.preventDefault();
      this.#jump(Math.max(0, Math.min(count - 1, to)));
    });
  }

  /** @param {OpenArticle | null} article */
  async show(article) {
    const run = ++this.#run;
    this.#article = article;
    const paragraphs = article?.paragraphs ?? [];
    this.strip.setAttribute("aria-label", this.themes.t().strip);
    this.#showLegend(paragraphs);
    const each = Math.max(1, Math.ceil(paragraphs.length / CELLS));
    const watch = slice();
    const cells = [];
    const lengths = [];
    const longest = Math.sqrt(each * paragraphs.reduce((most, { text }) => Math.max(most, text.length), 1));
    for (let at = 0; at < paragraphs.length; at += each) {
      if (watch.over()) {
        await breathe();
        if (run !== this.#run) return;
        watch.again();
      }
      const some = paragraphs.slice(at, at + each);
      const length = some.reduce((sum, { text }) => sum + text.length, 0);
      // The square root: one long paragraph must not leave the others no room.
      lengths.push(Math.max(1, Math.round((LENGTHS * Math.sqrt(length)) / longest)));
      cells.push(this.#cell(some[0]));
    }
    this.#each = each;
    this.strip.style.gridTemplateColumns = lengths.map((length) => `minmax(1px,${length}fr)`).join(" ");
    this.strip.replaceChildren(...cells);
    this.choose(this.#chosen);
  }

  /** @param {number} index of the chosen paragraph; −1: none */
  choose(index) {
    const paragraphs = this.#article?.paragraphs ?? [];
    const within = index < paragraphs.length ? index : -1;
    this.strip.querySelector(".here")?.classList.remove("here");
    this.#chosen = within;
    if (within >= 0) this.strip.children[Math.floor(within / this.#each)]?.classList.add("here");
    const at = Math.max(0, within);
    this.strip.setAttribute("aria-valuemin", "1");
    this.strip.setAttribute("aria-valuemax", String(Math.max(1, paragraphs.length)));
    this.strip.setAttribute("aria-valuenow", String(at + 1));
    const shown = paragraphs[at];
    this.strip.setAttribute("aria-valuetext", shown ? this.themes.t().place(at + 1, shortVerdict(shown, this.themes)) : "");
  }

  /** No filter any more. */
  clearFilter() {
    if (this.#on === null) return;
    this.#on = null;
    this.onFilter(() => true, false);
    this.show(this.#article);
  }

  /** @param {number} index */
  #jump(index) {
    const shows = this.#filters().find(({ id }) => id === this.#on)?.shows;
    const paragraph = this.#article?.paragraphs[index];
    if (shows && paragraph && !shows(paragraph)) this.clearFilter();
    this.onJump(index);
  }

  /** @param {OpenParagraph} first of those that it stands for */
  #cell(first) {
    const cell = named("cell", element("span", "cell"));
    if (!first.included) {
      cell.classList.add("out");
    } else {
      const held = inForce(first);
      cell.classList.toggle("unsure", isUnsure(first));
      cell.classList.toggle("unread", !first.machine && !first.codes);
      const [only, ...others] = (held.length === 0 ? [null] : held).map((id) => `part ${themeClass(this.themes.position(id))}`);
      // Most have one theme: hundreds of them are drawn at once.
      if (others.length === 0) cell.className += ` ${only}`;
      else cell.append(...[only, ...others].map((classes) => element("span", classes)));
      cell.classList.toggle("several", others.length > 0);
    }
    return cell;
  }

  /** @returns {Filter[]} */
  #filters() {
    const has = (/** @type {string | null} */ id) => (/** @type {OpenParagraph} */ paragraph) =>
      paragraph.included && (paragraph.machine !== null || paragraph.codes !== null) && (id === null ? inForce(paragraph).length === 0 : inForce(paragraph).includes(id));
    return [
      ...[...this.themes.ids, null].map((theme) => ({ id: String(theme), theme, label: capitalised(this.themes.name(theme)), shows: has(theme) })),
      { id: "unsure", label: this.themes.t().filterUnsure, shows: (paragraph) => paragraph.included && isUnsure(paragraph) },
      { id: "coded", label: this.themes.t().filterCoded, shows: ({ codes }) => codes !== null },
    ];
  }

  /** @param {OpenParagraph[]} paragraphs */
  #showLegend(paragraphs) {
    this.legend.setAttribute("aria-label", this.themes.t().filter);
    const focused = [...this.legend.children].indexOf(/** @type {Element} */ (focusedNear(this.legend)));
    const buttons = this.#filters().map(({ id, label, theme, shows }) => {
      const found = paragraphs.filter(shows).length;
      const made = button("", () => this.#press(id), theme === undefined ? "key" : `key ${themeClass(this.themes.position(theme))}`);
      named("legend-item", made);
      if (theme !== undefined) made.append(glyph(this.themes.position(theme)));
      made.append(label, element("span", "number", ` ${found}`));
      made.setAttribute("aria-pressed", String(this.#on === id));
      made.hidden = found === 0 && this.#on !== id && theme === undefined;
      made.disabled = found === 0 && this.#on !== id;
      return made;
    });
    this.legend.replaceChildren(...buttons);
    // One that has nothing left to show cannot be pressed.
    if (focused >= 0) (buttons[focused].disabled ? this.strip : buttons[focused]).focus();
  }

  /** @param {string} id */
  #press(id) {
    this.#on = this.#on === id ? null : id;
    const filter = this.#filters().find((one) => one.id === this.#on);
    this.onFilter(filter?.shows ?? (() => true), filter !== undefined);
    this.show(this.#article);
  }
}
