/**
 * Several buttons behind one stop of the Tab key: arrows go between them, as the pattern for toolbars has it
 * (ARIA Authoring Practices). Buttons may come and go.
 */

/** @param {HTMLElement} root holds the buttons, at any depth; becomes a toolbar, and wants a name */
export function rove(root) {
  root.setAttribute("role", "toolbar");
  const buttons = () => [...root.querySelectorAll("button")].filter(({ disabled, hidden }) => !disabled && !hidden);
  const stopAt = (/** @type {Element | undefined} */ stop) => {
    for (const button of root.querySelectorAll("button")) button.tabIndex = button === stop ? 0 : -1;
  };
  const tidy = () => {
    const all = buttons();
    if (all.filter(({ tabIndex }) => tabIndex === 0).length === 1) return;
    const { activeElement } = /** @type {Document | ShadowRoot} */ (root.getRootNode());
    stopAt(all.find((button) => button === activeElement) ?? all.find((button) => button.ariaCurrent) ?? all[0]);
  };
  root.addEventListener("focusin", ({ target }) => stopAt(/** @type {Element} */ (target).closest("button") ?? undefined));
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = buttons();
    const at = all.findIndex((button) => button === event.target);
    const forth = getComputedStyle(root).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forth === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const to = { [forth]: (at + 1) % all.length, [back]: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    // What is around it may have a use for the same keys.
    event.stopPropagation();
    all[to].focus();
  });
  new MutationObserver(tidy).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled", "hidden"] });
  tidy();
}
