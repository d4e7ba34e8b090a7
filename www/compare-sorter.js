/** The head of a column that a table of articles can be sorted by, and what such a table is made of besides. */

import { cell } from "./lanes-view.js";

/**
 * Numbers come from the largest, a second press turns the order round.
 *
 * @template B
 * @param {B} by what this column sorts by
 * @param {string} words
 * @param {string} hint
 * @param {{ by: unknown, descending: boolean }} order in force
 * @param {unknown} first the column that begins with its smallest
 * @param {(order: { by: B, descending: boolean }) => void} sort
 */
export function sorter(by, words, hint, { by: now, descending }, first, sort) {
  const head = cell("th", "", { scope: "col", "aria-sort": now === by ? (descending ? "descending" : "ascending") : "none" });
  const button = cell("button", "", { type: "button", title: hint, "data-by": String(by) });
  button.append(cell("span", words, { class: "matrix-name", dir: "auto" }), cell("span", now === by ? (descending ? "▾" : "▴") : "", { class: "matrix-arrow", "aria-hidden": "true" }));
  button.addEventListener("click", () => sort({ by, descending: now === by ? !descending : by !== first }));
  head.append(button);
  return head;
}

/** A bar as long as a share of the whole. @param {number} length 0 to 1 */
export function shareBar(length) {
  const bar = cell("span", "", { class: "lane-bar" });
  bar.style.setProperty("--length", String(length));
  const room = cell("span", "", { class: "lane-room" });
  room.append(bar);
  return room;
}

/**
 * Fills a view anew. What had the focus has it again: known by its `data-by`.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement[]} content
 * @param {HTMLElement} otherwise what gets the focus where that is gone
 */
export function refill(root, content, otherwise) {
  const { activeElement } = document;
  const by = root.contains(activeElement) ? /** @type {HTMLElement} */ (activeElement).dataset.by : undefined;
  root.replaceChildren(...content);
  root.hidden = false;
  if (by) /** @type {HTMLElement} */ (root.querySelector(`[data-by="${by}"]:not([hidden])`) ?? otherwise).focus({ preventScroll: true });
}
