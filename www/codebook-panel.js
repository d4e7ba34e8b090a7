/** The codebook: what each theme means, with rules, examples and the words that the model holds to be strongest. */

import { textFile } from "./assets.js";
import { element } from "./dom.js";
import { t } from "./messages.js";
import { glyph, themeClass } from "./palette.js";
import { capitalised } from "./sentences.js";

/** @typedef {import("./sentences.js").Themes} Themes */
/** @typedef {{ definition: string, yes: string[], no: string[], rulings: string[], examples: string[], words: string[] }} Entry */
/** @typedef {{ themes: Record<string, Entry> }} Codebook as `cargo xtask build` makes it of seeds/ */

/** @returns {Promise<Codebook | null>} null: it could not be had; the definitions are in the model too */
export async function loadCodebook() {
  try {
    return JSON.parse(await textFile("codebook.json"));
  } catch {
    return null;
  }
}

export class CodebookPanel {
  /** @type {Codebook | null} */
  #codebook = null;

  /**
   * @param {Themes} themes
   * @param {Promise<Codebook | null>} codebook
   */
  constructor(themes, codebook) {
    this.themes = themes;
    this.root = element("div", "codebook");
    // Nothing is made of it before somebody looks.
    this.root.hidden = true;
    codebook.then((loaded) => {
      this.#codebook = loaded;
      this.show();
    });
  }

  show() {
    if (this.root.hidden) return;
    const opened = new Set([...this.root.querySelectorAll("details[open]")].map(({ id }) => id));
    const note = this.#codebook ? [] : [element("p", "note", t().noCodebook)];
    this.root.replaceChildren(element("h2", "", t().codebook), ...note, ...this.themes.all.map((theme) => this.#theme(theme, opened)));
  }

  /**
   * @param {import("./leitmotif.js").Theme} theme
   * @param {Set<string>} opened
   */
  #theme({ id, definition }, opened) {
    const position = this.themes.position(id);
    const summary = element("summary", "", glyph(position), element("strong", "", capitalised(this.themes.name(id))));
    // The codebook is written in English.
    const body = element("div", "entry", element("p", "", definition));
    body.lang = "en";
    const entry = this.#codebook?.themes[id];
    const lists = entry ? /** @type {const} */ (["yes", "no", "examples", "rulings"]).filter((part) => entry[part].length > 0) : [];
    for (const part of lists) {
      const title = element("h3", "", t()[part]);
      title.lang = document.documentElement.lang;
      body.append(title, element("ul", part, ...(entry?.[part] ?? []).map((line) => element("li", "", line))));
    }
    if (entry) {
      const title = element("h3", "", t().strongest);
      title.lang = document.documentElement.lang;
      body.append(title, element("p", "strongest", entry.words.join(", ")));
    }
    const details = element("details", themeClass(position), summary, body);
    details.id = `theme-${id}`;
    details.open = opened.has(details.id);
    return details;
  }
}
