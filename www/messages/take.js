/** The messages about taking things away, in the languages that were loaded. */

import { LANGUAGES, fitting } from "./languages.js";
import { en } from "./take-en.js";

/** @typedef {import("./take-en.js").TakeMessages} TakeMessages */

/** @type {Record<string, TakeMessages>} */
const tables = { en };

/** From now on `takeMessages` has it. @param {string} id of one of the register's @throws {Error} when it cannot be loaded */
export async function loadTakeMessages(id) {
  tables[id] ??= await LANGUAGES[id].taking();
}

/** @param {readonly string[]} wanted language tags, the dearest first; English where the first that there is was not loaded */
export const takeMessages = (wanted) => tables[fitting(wanted)] ?? en;
