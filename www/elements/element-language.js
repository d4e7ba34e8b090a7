/** What an element speaks: the language of the text around it, if there is a table of it. */

import { LANGUAGES, fitting } from "../messages/languages.js";

/** @typedef {import("../messages.js").Messages} Messages */

/** A language as views take it; it may change under them, who are then made to show everything anew. */
export class ElementLanguage {
  id = "en";
  /** @type {Messages | null} */
  #table = null;

  t = () => /** @type {Messages} */ (this.#table);

  /**
   * @param {Element} element
   * @param {Partial<Messages> | null} other words instead of the table's
   */
  async fit(element, other) {
    const id = fitting([languageOf(element)]);
    const table = await LANGUAGES[id].reading();
    this.id = id;
    this.#table = other ? { ...table, ...other } : table;
  }
}

/** The language that holds for an element, shadow roots seen through. @param {Element} element */
function languageOf(element) {
  /** @type {Element | null} */
  let at = element;
  while (at) {
    /** @type {Element | null} */
    const said = at.closest("[lang]");
    if (said) return said.getAttribute("lang") ?? "";
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return "";
}
