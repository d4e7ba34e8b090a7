/** Two or more articles beside each other: their lanes under each other, and a table of themes by articles. */

import { CompareMany } from "./compare-many.js";
import { Portraits } from "./compare-portrait.js";
import { refill, shareBar, sorter } from "./compare-sorter.js";
import { comparison, ordered, themeRows } from "./compare-table.js";
import { plainCsv } from "./export/csv.js";
import { download } from "./export/deliver.js";
import { cell } from "./lanes-view.js";
import { measured } from "./measure.js";
import { glyph, themeClass } from "./palette.js";
import { breathe } from "./slices.js";

/** @typedef {import("./measure.js").OpenArticle} OpenArticle */
/** @typedef {import("./measure.js").Project} Project */
/** @typedef {import("./compare-table.js").Order} Order */

/** More articles than this have a row each instead of a column. */
const FEW = 8;

/** Shown while there are two articles or more. */
export class CompareView {
  /** @type {Project | null} */
  #project = null;
  #run = 0;
  /** @type {Order} */
  #order = { by: "theme", descending: false };

  /**
   * @param {HTMLElement} root filled by this view alone, hidden while there is nothing to compare
   * @param {import("./lanes.js").ThemeNames} themes
   * @param {import("./messages/take-en.js").TakeMessages} messages
   * @param {() => Promise<void>} seen settles when what a change is about is on the page
   */
  constructor(root, themes, messages, seen) {
    this.root = root;
    this.themes = themes;
    this.messages = messages;
    this.seen = seen;
    this.root.hidden = true;
    this.portraits = new Portraits(themes);
    this.many = new CompareMany(root, themes, this.portraits);
  }

  /** @param {Project} project */
  show(project) {
    const places = project.articles.length;
    this.many.stop();
    this.#run++;
    if (places > FEW) return void this.many.show(project, this.messages);
    // A column that is gone has no order.
    if (typeof this.#order.by === "number" && this.#order.by >= places) this.#order = { by: "theme", descending: false };
    this.#project = project;
    if (places > 1) return void this.#render();
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  /** After all else, and an article at a time: a long one has hundreds of blocks. */
  async #render() {
    const run = ++this.#run;
    const project = /** @type {Project} */ (this.#project);
    const { articles } = project;
    const { messages } = this;
    await this.seen();
    if (run !== this.#run) return;
    const sections = [];
    for (const [i, article] of articles.entries()) {
      measured(article, this.themes.ids);
      await breathe();
      sections.push(this.portraits.of(article, i, messages));
      await breathe();
      if (run !== this.#run) return;
    }
    const { compare } = messages;
    const heading = cell("h2", compare.title, { id: "compare-title" });
    const csv = cell("button", compare.csv, { type: "button", "data-by": "csv" });
    csv.addEventListener("click", () => {
      download("comparison.csv", plainCsv(comparison(project, this.themes.ids)), "text/csv;charset=utf-8");
    });
    const scroller = cell("div", "", { class: "compare-scroller", role: "region", tabindex: "0", "aria-label": compare.table, "data-by": "scroller" });
    scroller.append(this.#table(articles, scroller));
    refill(this.root, [heading, ...sections, cell("h3", compare.table), scroller, csv], scroller);
  }

  /** @param {readonly OpenArticle[]} articles @param {HTMLElement} scroller what it is in */
  #table(articles, scroller) {
    const { compare } = this.messages;
    const again = () => refill(scroller, [this.#table(articles, scroller)], scroller);
    const table = cell("table", "", { class: "matrix" });
    const head = cell("tr", "");
    head.append(
      this.#sorter("theme", again, compare.theme),
      ...articles.map(({ name }, i) => this.#sorter(i, again, `${i + 1} ${name}`)),
      this.#sorter("spread", again, compare.spread, compare.spreadHint),
    );
    const top = cell("thead", "");
    top.append(head);
    const body = cell("tbody", "");
    const rows = themeRows(articles, this.themes.ids);
    const longest = Math.max(...rows.flatMap(({ cells }) => cells.map(({ words }) => words)), Number.MIN_VALUE);
    body.append(...ordered(rows, this.#order).map((row) => this.#row(row, longest)));
    table.append(top, body);
    return table;
  }

  /**
   * @param {import("./compare-table.js").ThemeRow} row
   * @param {number} longest share of all: its bar takes the whole room
   */
  #row({ theme, cells, spread }, longest) {
    const position = this.themes.position(theme);
    const row = cell("tr", "", { class: themeClass(position) });
    const name = cell("th", this.themes.name(theme).replace(/^./u, (first) => first.toUpperCase()), { scope: "row" });
    name.prepend(glyph(position));
    row.append(name);
    for (const { words, paragraphs } of cells) {
      const share = cell("td", "");
      share.append(shareBar(words / longest), cell("span", this.messages.percent(words)), cell("span", ` · ${paragraphs}`, { class: "matrix-count" }));
      row.append(share);
    }
    row.append(cell("td", this.messages.compare.points(spread), { class: "matrix-spread" }));
    return row;
  }

  /**
   * @param {Order["by"]} by
   * @param {() => void} again
   * @param {string} words
   * @param {string} [hint]
   */
  #sorter(by, again, words, hint = this.messages.compare.order(words)) {
    return sorter(by, words, hint, this.#order, "theme", (order) => {
      this.#order = order;
      again();
    });
  }
}
