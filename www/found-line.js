/** What was found in a text, and how: a guess that can be changed. */

import { button, element } from "./dom.js";

/** @typedef {import("./project.js").OpenArticle} OpenArticle */

/** A longer text, in UTF-16 code units, is no text for a field, and is not split again while the page waits. */
const LONG = 5_000_000;
/** So much of a text is looked at to tell in which letters it is written. */
const BEGINNING = 2_000;
/** @typedef {import("./project.js").Split} Split */
/** @typedef {import("./workspace.js").Workspace} Workspace */

export class FoundLine {
  /**
   * @param {HTMLElement} root
   * @param {Workspace} workspace
   * @param {import("./messages.js").Language} language
   * @param {() => void} edit the whole text
   */
  constructor(root, workspace, language, edit) {
    this.workspace = workspace;
    this.language = language;
    this.count = element("span", "count");
    this.select = element("select");
    this.select.id = "split";
    this.words = element("span");
    this.label = element("label", "split", this.words, this.select);
    this.edit = button("", edit);
    this.edit.id = "edit-all";
    this.note = element("span", "note");
    root.replaceChildren(this.count, this.label, this.edit, this.note);
    this.select.addEventListener("change", () => workspace.resplit(/** @type {Split} */ (this.select.value)));
  }

  /** @param {OpenArticle | null} article */
  show(article) {
    if (!article) return;
    const { t } = this.language;
    const splits = t().splits;
    const long = article.source.length > LONG;
    const way = long ? (article.way ?? "auto") : this.workspace.guessOf(article);
    const guessed = splits.auto(way === "auto" ? "" : splits[way]);
    /** @type {[Split, string][]} */
    const choices = [["auto", guessed], ["blank", splits.blank], ["line", splits.line], ["unwrap", splits.unwrap]];
    if (article.hints) choices.push(["blocks", splits.blocks]);
    this.select.replaceChildren(...choices.map(([id, label]) => new Option(label, id, false, id === article.split)));
    this.count.textContent = t().found(article.paragraphs.length, article.paragraphs.filter(({ included }) => !included).length);
    this.words.textContent = t().splitLabel + t().colon;
    this.edit.textContent = t().editAll;
    this.select.disabled = long;
    this.edit.hidden = long;
    const foreign = isForeign(article.source.slice(0, BEGINNING));
    this.note.textContent = [long && t().longText, foreign && t().foreignText].filter(Boolean).join(" ");
  }
}

/** Whether most letters of a text are none that English is written in. @param {string} text */
function isForeign(text) {
  // Looked up only where it is needed: the browser takes its time to make ready for all letters there are.
  if (2 * text.replace(/[^a-z]+/gi, "").length >= text.length) return false;
  const letters = text.replace(/\P{L}+/gu, "");
  return 2 * letters.replace(/\P{Script=Latin}+/gu, "").length < letters.length;
}
