/**
 * Numbers and lists as a language writes them. Made with the first one that is written: a browser takes a noticeable time to
 * get its tables of a language.
 */

/** @param {string} language @returns {{ format: (number: number) => string }} */
export const numbersIn = (language) => whenNeeded(() => new Intl.NumberFormat(language));

/** @param {string} language @returns {{ format: (items: readonly string[]) => string }} with "and" before the last one */
export const listsIn = (language) => whenNeeded(() => new Intl.ListFormat(language, { type: "conjunction" }));

/** @template T @param {() => { format: (value: T) => string }} make */
function whenNeeded(make) {
  /** @type {{ format: (value: T) => string } | undefined} */
  let made;
  return { format: (/** @type {T} */ value) => (made ??= make()).format(value) };
}
