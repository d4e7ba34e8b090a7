/** Two or more articles beside each other: their lanes under each other, and a table of themes by articles. */

import { CompareMany } from "./compare-many.js";
import { shareBar, sorter } from "./compare-sorter.js";
import { comparison, ordered, themeRows } from "./compare-table.js";
import { plainCsv } from "./export/csv.js";
import { download } from "./export/deliver.js";
import { cell, lanesTable } from "./lanes-view.js";
import { glyph, themeClass } from "./palette.js";

/** @typedef {import("./measure.js").Project} Project */
/** @typedef {import("./compare-table.js").Order} Order */

/** More articles than this have a row each instead of a column. */
const FEW = 8;

/** Shown while there are two articles or more. */
export class CompareView {
  /** @type {Project | null} */
  #project = null;
  /** @type {Order} */
  #order = { by: "theme", descending: false };

  /**
   * @param {HTMLElement} root filled by this view alone, hidden while there is nothing to compare
   * @param {import("./lanes.js").ThemeNames} themes
   * @param {import("./messages/take-en.js").TakeMessages} messages
   */
  constructor(root, themes, messages) {
    this.root = root;
    this.themes = themes;
    this.messages = messages;
    this.root.hidden = true;
    this.many = new CompareMany(root, themes);
  }

  /** @param {Project} project */
  show(project) {
    const places = project.articles.length;
    this.many.stop();
    if (places > FEW) return void this.many.show(project, this.messages);
    // A column that is gone has no order.
    if (typeof this.#order.by === "number" && this.#order.by >= places) this.#order = { by: "theme", descending: false };
    this.#project = project;
    this.#render();
  }

  #render() {
    const project = this.#project;
    this.root.hidden = project === null || project.articles.length < 2;
    if (project === null || this.root.hidden) return this.root.replaceChildren();
    const { compare } = this.messages;
    const heading = cell("h2", compare.title, { id: "compare-title" });
    const articles = project.articles.map((article, i) => {
      const section = cell("section", "", { class: "compared" });
      const title = cell("h3", "", { dir: "auto" });
      title.append(cell("span", String(i + 1), { class: "compare-number" }), " ", article.name);
      const { table, measure } = lanesTable(article, this.themes, this.messages);
      table.setAttribute("aria-label", article.name || compare.article(i + 1));
      section.append(title, table, cell("p", compare.counted(measure), { class: "note" }));
      return section;
    });
    const csv = cell("button", compare.csv, { type: "button" });
    csv.addEventListener("click", () => {
      download("comparison.csv", plainCsv(comparison(project, this.themes.ids)), "text/csv;charset=utf-8");
    });
    const scroller = cell("div", "", { class: "compare-scroller", role: "region", tabindex: "0", "aria-label": compare.table });
    scroller.append(this.#table(project));
    this.root.replaceChildren(heading, ...articles, cell("h3", compare.table), scroller, csv);
  }

  /** @param {Project} project */
  #table({ articles }) {
    const { compare } = this.messages;
    const table = cell("table", "", { class: "matrix" });
    const head = cell("tr", "");
    head.append(
      this.#sorter("theme", compare.theme),
      ...articles.map(({ name }, i) => this.#sorter(i, `${i + 1} ${name}`)),
      this.#sorter("spread", compare.spread, compare.spreadHint),
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

  /** @param {Order["by"]} by @param {string} words @param {string} [hint] */
  #sorter(by, words, hint = this.messages.compare.order(words)) {
    return sorter(by, words, hint, this.#order, "theme", (order) => {
      this.#order = order;
      this.#render();
      /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-by="${by}"]`))?.focus();
    });
  }
}
