/** What an element speaks: the language of the text around it, if there is a table of it. */

/** @typedef {import("../messages.js").Messages} Messages */

/** Each table is loaded when an element first speaks it. @type {Record<string, () => Promise<Messages>>} */
const TABLES = {
  en: async () => (await import("../messages/en.js")).en,
  zh: async () => (await import("../messages/zh.js")).zh,
};

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
    const wanted = languageOf(element).split("-")[0].toLowerCase();
    const id = Object.hasOwn(TABLES, wanted) ? wanted : "en";
    const table = await TABLES[id]();
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
