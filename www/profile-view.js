/** The article's profile: how much of it each theme has, as bars with counts. */

import { element, named } from "./dom.js";
import { glyph, themeClass } from "./palette.js";
import { tally } from "./project.js";
import { capitalised, percent } from "./sentences.js";

/** @typedef {import("./sentences.js").Themes} Themes */

/** A table whose middle column draws: the numbers are there for everyone. */
export class ProfileView {
  /**
   * @param {Themes} themes
   * @param {number} [level] of its heading
   */
  constructor(themes, level = 2) {
    this.themes = themes;
    this.title = element(/** @type {"h2"} */ (`h${level}`), "title");
    this.table = element("table");
    this.note = element("p", "note");
    this.root = named("bars", element("div", "profile", this.title, this.table, this.note));
  }

  /**
   * @param {import("./project.js").OpenArticle | null} article
   * @param {(text: string) => number} wordsOf
   */
  show(article, wordsOf) {
    const sum = tally(article ?? { name: "", source: "", split: "auto", paragraphs: [] }, this.themes.ids, wordsOf);
    // The longest bar takes the whole column: the numbers beside them tell the scale.
    const longest = Math.max(...sum.shares.map(({ words }) => words), Number.MIN_VALUE);
    const { t } = this.themes;
    this.title.textContent = t().profile;
    this.table.replaceChildren(this.#head(), ...sum.shares.map((share) => this.#row(share, share.words / longest)));
    this.note.textContent = t().profileNote(sum.words, sum.paragraphs, sum.unsure, sum.coded);
  }

  #head() {
    const { t } = this.themes;
    const cells = [t().theme, t().wordsColumn, t().paragraphsColumn].map((title) => {
      const cell = element("th", "", title);
      cell.scope = "col";
      return cell;
    });
    return element("tr", "", ...cells);
  }

  /**
   * @param {{ theme: string | null, paragraphs: number, words: number }} share
   * @param {number} length of its bar, 0 to 1
   */
  #row({ theme, paragraphs, words }, length) {
    const position = this.themes.position(theme);
    const name = element("th", "", glyph(position), capitalised(this.themes.name(theme)));
    name.scope = "row";
    const bar = named("bar", element("span", "bar"));
    bar.style.setProperty("--length", String(length));
    return element("tr", themeClass(position), name, element("td", "share", bar, element("span", "", percent(words))), element("td", "", String(paragraphs)));
  }
}
