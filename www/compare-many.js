/**
 * Many articles beside each other: a table with a row for each, the first of them in the order that was asked for, and the
 * lanes of the very first. More rows on demand: hundreds of articles must not take the page's breath away.
 */

import { titled } from "./compare-portrait.js";
import { refill, shareBar, sorter } from "./compare-sorter.js";
import { articlesOrdered, comparison, themesOf } from "./compare-table.js";
import { plainCsv } from "./export/csv.js";
import { download } from "./export/deliver.js";
import { cell } from "./lanes-view.js";
import { measured } from "./measure.js";
import { themeClass, glyph } from "./palette.js";
import { breathe, slice } from "./slices.js";

/** @typedef {import("./measure.js").Project} Project */
/** @typedef {import("./measure.js").OpenArticle} OpenArticle */
/** @typedef {import("./compare-table.js").ArticleOrder} ArticleOrder */

/** Rows at first, and each time that more are asked for. */
const ROWS = 50;
/** Articles whose lanes are shown. */
const LANES = 3;

export class CompareMany {
  #limit = ROWS;
  #run = 0;
  /** @type {ArticleOrder} */
  #order = { by: "article", descending: false };

  /**
   * @param {HTMLElement} root filled by this view while there are many articles
   * @param {import("./lanes.js").ThemeNames} themes
   * @param {import("./compare-portrait.js").Portraits} portraits
   */
  constructor(root, themes, portraits) {
    this.root = root;
    this.themes = themes;
    this.portraits = portraits;
  }

  /** Gives up what it is doing. */
  stop() {
    this.#run++;
  }

  /** @param {Project} project @param {import("./messages/take-en.js").TakeMessages} messages */
  async show(project, messages) {
    const run = ++this.#run;
    const watch = slice();
    for (const article of project.articles) {
      measured(article, this.themes.ids);
      if (!watch.over()) continue;
      await breathe();
      if (run !== this.#run) return;
      watch.again();
    }
    const { compare } = messages;
    const again = () => this.show(project, messages);
    const order = articlesOrdered(project.articles, this.themes.ids, this.#order);
    const shown = order.slice(0, this.#limit);
    const csv = cell("button", compare.csv, { type: "button", "data-by": "csv" });
    csv.addEventListener("click", () => download("comparison.csv", plainCsv(comparison(project, this.themes.ids)), "text/csv;charset=utf-8"));
    const scroller = cell("div", "", { class: "compare-scroller", role: "region", tabindex: "0", "aria-label": compare.shareTable, "data-by": "scroller" });
    scroller.append(this.#table(project.articles, shown, messages, again));
    const left = order.length - shown.length;
    const more = cell("button", compare.more(Math.min(ROWS, left), left), { type: "button", "data-by": "more" });
    more.hidden = left === 0;
    more.addEventListener("click", () => {
      this.#limit += ROWS;
      void again();
    });
    const lanes = order.slice(0, LANES).map((i) => this.portraits.of(project.articles[i], i, messages));
    const note = cell("p", compare.firstLanes(lanes.length), { class: "note" });
    refill(this.root, [cell("h2", compare.title, { id: "compare-title" }), cell("h3", compare.shareTable), scroller, more, csv, note, ...lanes], scroller);
  }

  /**
   * @param {readonly OpenArticle[]} articles
   * @param {readonly number[]} shown places of articles, in their order
   * @param {import("./messages/take-en.js").TakeMessages} messages
   * @param {() => void} again
   */
  #table(articles, shown, messages, again) {
    const { compare } = messages;
    const ids = this.themes.ids;
    const table = cell("table", "", { class: "matrix articles-matrix" });
    const head = cell("tr", "");
    const themes = themesOf(articles, ids);
    const column = (/** @type {string} */ by, /** @type {string} */ words) =>
      sorter(by, words, compare.order(words), this.#order, "article", (order) => {
        this.#order = order;
        again();
      });
    head.append(column("article", compare.articleColumn));
    for (const theme of themes) {
      const made = column(theme ?? "none", this.themes.name(theme).replace(/^./u, (first) => first.toUpperCase()));
      const sign = cell("span", "", { class: themeClass(this.themes.position(theme)) });
      sign.append(glyph(this.themes.position(theme)));
      made.querySelector("button")?.prepend(sign);
      head.append(made);
    }
    head.append(column("words", compare.wordsColumn));
    const top = cell("thead", "");
    top.append(head);
    const body = cell("tbody", "");
    for (const place of shown) {
      const { shares, words } = measured(articles[place], ids);
      const row = cell("tr", "");
      row.append(titled(cell("th", "", { scope: "row", dir: "auto" }), place, articles[place]));
      for (const theme of themes) {
        const share = shares.find((one) => one.theme === theme)?.words ?? 0;
        const position = this.themes.position(theme);
        const data = cell("td", "", { class: themeClass(position) });
        data.append(shareBar(share), messages.percent(share));
        row.append(data);
      }
      row.append(cell("td", compare.number(words), { class: "matrix-spread" }));
      body.append(row);
    }
    table.append(top, body);
    return table;
  }
}
