/** The row of buttons above everything. Other parts of the page put theirs here too. */

import { button, part } from "./dom.js";
import { rove } from "./roving.js";

/** @typedef {{ id: string, label: string | (() => string), run: () => void }} Action label: a function where it depends on the language */

/** @type {Map<string, Action>} */
const actions = new Map();

/** Makes it one stop of the Tab key. Once, when the page starts. */
export const startToolbar = () => rove(part("toolbar"));

/**
 * A button of the toolbar; a second one of the same id replaces the first.
 *
 * @param {Action} action
 * @returns {HTMLButtonElement}
 */
export function addAction(action) {
  const { id, run } = action;
  actions.set(id, action);
  const made = button(labelOf(action), run);
  made.id = `action-${id}`;
  const before = document.getElementById(made.id);
  if (before) before.replaceWith(made);
  else part("toolbar").append(made);
  return made;
}

/** Writes all labels again, as after a change of language. */
export function relabel() {
  for (const action of actions.values()) {
    const made = document.getElementById(`action-${action.id}`);
    if (made) made.textContent = labelOf(action);
  }
}

/**
 * Whether the action has anything to do now. The button keeps the focus in either case: who presses "undo" to the last must
 * not be thrown to the beginning of the page.
 *
 * @param {HTMLButtonElement} button
 * @param {boolean} able
 */
export function enable(button, able) {
  button.ariaDisabled = able ? null : "true";
}

/** @param {Action} action */
const labelOf = ({ label }) => (typeof label === "function" ? label() : label);
