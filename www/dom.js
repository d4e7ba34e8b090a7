/** Making elements. Text enters the page as text only. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [classes]
 * @param {...(Node | string)} content
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, classes = "", ...content) {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  made.append(...content);
  return made;
}

/**
 * @param {string} label
 * @param {() => void} run
 * @param {string} [classes]
 */
export function button(label, run, classes = "") {
  const made = element("button", classes, label);
  made.type = "button";
  made.addEventListener("click", run);
  return made;
}

/**
 * An element of index.html.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found;
}
