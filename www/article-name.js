/** A name for an article that came without one. */

/** Its beginning, so long in characters. */
const NAME = 36;

/** @param {string} text */
export function nameOf(text) {
  const line = text.trimStart().slice(0, 1_000).trimEnd().split("\n", 1)[0].replace(/\s+/g, " ");
  const characters = [...line.slice(0, 4 * NAME)];
  return characters.length <= NAME ? characters.join("") : `${characters.slice(0, NAME - 1).join("").trimEnd()}…`;
}
