/** The article's profile: how much of it each theme has, as bars with counts. */

import { glyph, themeClass } from "./palette.js";
import { capitalised, count, percent } from "./sentences.js";

/** @typedef {import("./leitmotif.js").Profile} Profile */
/** @typedef {import("./sentences.js").Themes} Themes */

/** A table whose middle column draws: the numbers are there for everyone. */
export class ProfileView {
  /**
   * @param {HTMLElement} root hidden while there is nothing to show
   * @param {Themes} themes
   */
  constructor(root, themes) {
    this.root = root;
    this.themes = themes;
    this.table = document.createElement("table");
    this.note = document.createElement("p");
    this.note.className = "note";
    root.append(this.table, this.note);
  }

  /** @param {Profile} profile */
  show(profile) {
    // The longest bar takes the whole column: the numbers beside them tell the scale.
    const longest = Math.max(...profile.shares.map(({ words }) => words), Number.MIN_VALUE);
    this.table.replaceChildren(head(), ...profile.shares.map((share) => this.#row(share, share.words / longest)));
    const unsure = profile.unsure > 0 ? ` ${profile.unsure} of them unsure.` : "";
    this.note.textContent =
      `${count(profile.words, "word")} in ${count(profile.paragraphs, "paragraph")}.${unsure}` +
      " A paragraph with two themes counts for both; its words are split.";
    this.root.hidden = profile.paragraphs === 0;
  }

  clear() {
    this.root.hidden = true;
    this.table.replaceChildren();
    this.note.textContent = "";
  }

  /**
   * @param {import("./leitmotif.js").Share} share
   * @param {number} length of its bar, 0 to 1
   */
  #row({ theme, paragraphs, words }, length) {
    const position = this.themes.position(theme);
    const row = document.createElement("tr");
    row.className = themeClass(position);

    const name = document.createElement("th");
    name.scope = "row";
    name.append(glyph(position), capitalised(this.themes.name(theme)));

    const share = document.createElement("td");
    share.className = "share";
    const bar = document.createElement("span");
    bar.className = "bar";
    bar.style.setProperty("--length", String(length));
    share.append(bar, cell("span", percent(words)));

    row.append(name, share, cell("td", String(paragraphs)));
    return row;
  }
}

function head() {
  const row = document.createElement("tr");
  for (const title of ["Theme", "Words", "Paragraphs"]) {
    const head = cell("th", title);
    head.setAttribute("scope", "col");
    row.append(head);
  }
  return row;
}

/**
 * @param {string} tag
 * @param {string} words
 */
function cell(tag, words) {
  const made = document.createElement(tag);
  made.textContent = words;
  return made;
}
