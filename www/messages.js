/** The words of the interface, in the language that the reader chose. A further language is one more file. */

import { en } from "./messages/en.js";
import { zh } from "./messages/zh.js";

/** @typedef {typeof en} Messages */
/** @typedef {{ readonly id: string, t(): Messages }} Language a table and its tag: views are given one, as there may be several on a page */

/** @type {Record<string, Messages>} by language */
const TABLES = { en, zh };

let language = "en";

/** The languages with their own names, as a choice. */
export const LANGUAGES = Object.entries(TABLES).map(([id, { language }]) => ({ id, name: language }));

/** The table in force. */
export const t = () => TABLES[language];

/** The language in force, as a tag for `lang` and `Intl`. */
export const chosenLanguage = () => language;

/** What the page speaks, as views take it. @type {Language} */
export const pageLanguage = {
  get id() {
    return language;
  },
  t,
};

/** @param {string} id of one of {@link LANGUAGES}; any other changes nothing */
export function chooseLanguage(id) {
  if (Object.hasOwn(TABLES, id)) language = id;
}

/** The first language that the reader's browser asks for and that there is a table of. @param {readonly string[]} wanted */
export function fittingLanguage(wanted) {
  return wanted.map((tag) => tag.split("-")[0].toLowerCase()).find((id) => Object.hasOwn(TABLES, id)) ?? "en";
}

/**
 * Puts the words of the table into an element that was written in English: `data-message` names its text,
 * `data-message-ATTRIBUTE` an attribute.
 *
 * @param {ParentNode} root
 */
export function translate(root) {
  const table = /** @type {Record<string, unknown>} */ (t());
  for (const element of root.querySelectorAll("[data-message], [data-message-placeholder], [data-message-aria-label]")) {
    for (const { name, value } of [...element.attributes]) {
      const words = table[value];
      if (!name.startsWith("data-message") || typeof words !== "string") continue;
      if (name === "data-message") element.textContent = words;
      else element.setAttribute(name.slice("data-message-".length), words);
    }
  }
}
