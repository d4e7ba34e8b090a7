/** An article among others: its lanes under its name and place. */

import { cell, lanesTable } from "./lanes-view.js";

/** @typedef {import("./measure.js").OpenArticle} OpenArticle */
/** @typedef {import("./messages/take-en.js").TakeMessages} Messages */

export class Portraits {
  /** Those that were made: whatever changes in an article makes it another one. @type {WeakMap<OpenArticle, { section: HTMLElement, place: number, messages: Messages }>} */
  #made = new WeakMap();

  /** @param {import("./lanes.js").ThemeNames} themes */
  constructor(themes) {
    this.themes = themes;
  }

  /** @param {OpenArticle} article @param {number} place from 0 @param {Messages} messages */
  of(article, place, messages) {
    const made = this.#made.get(article);
    if (made?.messages === messages && made.place === place) return made.section;
    const { compare } = messages;
    const { table, measure } = lanesTable(article, this.themes, messages);
    table.setAttribute("aria-label", article.name || compare.article(place + 1));
    const section = cell("section", "", { class: "compared" });
    section.append(titled(cell("h3", "", { dir: "auto" }), place, article), table, cell("p", compare.counted(measure), { class: "note" }));
    this.#made.set(article, { section, place, messages });
    return section;
  }
}

/** @param {HTMLElement} into @param {number} place from 0 @param {OpenArticle} article */
export function titled(into, place, { name }) {
  into.append(cell("span", String(place + 1), { class: "compare-number" }), " ", name);
  return into;
}
