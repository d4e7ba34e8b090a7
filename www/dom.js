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
 * The same element, reachable by `::part(name)` from outside of a shadow root.
 *
 * @template {Element} E
 * @param {string} name
 * @param {E} element
 */
export function named(name, element) {
  element.setAttribute("part", name);
  return element;
}

/** The element with the focus in the document or shadow root that a node is in; null: none there. @param {Node} node @returns {Element | null} */
export const focusedNear = (node) => /** @type {DocumentOrShadowRoot} */ (/** @type {unknown} */ (node.getRootNode())).activeElement ?? null;

/** Whether text near a node is marked, as for copying it. @param {Node} node */
export function marksText(node) {
  const selection = getSelection();
  const root = node.getRootNode();
  if (!selection || !(root instanceof ShadowRoot)) return !(selection?.isCollapsed ?? true);
  // From outside a shadow root a selection in it looks like none.
  const composed = /** @type {any} */ (selection).getComposedRanges?.({ shadowRoots: [root] })[0];
  return composed ? !composed.collapsed : String(selection) !== "";
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
