/** The row of buttons above everything. Other parts of the page put theirs here too. */

import { button, part } from "./dom.js";

/** @typedef {{ id: string, label: string | (() => string), run: () => void }} Action label: a function where it depends on the language */

/** @type {Map<string, Action>} */
const actions = new Map();

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

/** @param {Action} action */
const labelOf = ({ label }) => (typeof label === "function" ? label() : label);
