/** The language of the messages about taking things away. A further language may have both its tables in one file. */

import { en } from "./take-en.js";
import { zh } from "./take-zh.js";

const LANGUAGES = { en, zh };

/** @param {readonly string[]} wanted language tags, the dearest first */
export function takeMessages(wanted) {
  const found = wanted.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => Object.hasOwn(LANGUAGES, tag));
  return LANGUAGES[/** @type {keyof typeof LANGUAGES} */ (found ?? "en")];
}
