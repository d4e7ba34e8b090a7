/** The words of the interface, in the language that the reader chose; messages/languages.js lists them. */

import { en } from "./messages/en.js";
import { LANGUAGES as REGISTER } from "./messages/languages.js";
import { loadTakeMessages } from "./messages/take.js";

/** @typedef {typeof en} Messages */
/** @typedef {{ readonly id: string, t(): Messages }} Language a table and its tag: views are given one, as there may be several on a page */

let language = "en";
/** @type {Messages} */
let table = en;
/** Of quick choices the last one counts. */
let wanted = language;

/** The languages with their own names, as a choice. */
export const LANGUAGES = Object.entries(REGISTER).map(([id, { name }]) => ({ id, name }));

/** The table in force. */
export const t = () => table;

/** The language in force, as a tag for `lang` and `Intl`. */
export const chosenLanguage = () => language;

/** What the page speaks, as views take it. @type {Language} */
export const pageLanguage = {
  get id() {
    return language;
  },
  t,
};

/**
 * Loads both tables of a language, where that was not done yet, and speaks it.
 *
 * @param {string} id of one of {@link LANGUAGES}; any other changes nothing
 * @returns {Promise<void>} the language stays as it was where the tables do not arrive
 */
export async function chooseLanguage(id) {
  if (!Object.hasOwn(REGISTER, id)) return;
  wanted = id;
  try {
    const [reading] = await Promise.all([id === "en" ? en : REGISTER[id].reading(), loadTakeMessages(id)]);
    if (wanted === id) [language, table] = [id, reading];
  } catch {
    wanted = language;
  }
}

export { fitting as fittingLanguage } from "./messages/languages.js";

/**
 * Puts the words of the table into an element that was written in English: `data-message` names its text,
 * `data-message-ATTRIBUTE` an attribute.
 *
 * @param {ParentNode} root
 */
export function translate(root) {
  const words = /** @type {Record<string, unknown>} */ (t());
  for (const element of root.querySelectorAll("[data-message], [data-message-placeholder], [data-message-aria-label]")) {
    for (const { name, value } of [...element.attributes]) {
      const said = words[value];
      if (!name.startsWith("data-message") || typeof said !== "string") continue;
      if (name === "data-message") element.textContent = said;
      else element.setAttribute(name.slice("data-message-".length), said);
    }
  }
}
