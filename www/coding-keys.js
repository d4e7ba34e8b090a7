/** Single keys in the list of paragraphs: moving, coding, undoing. They can be switched off. */

/** @typedef {import("./project.js").OpenParagraph} OpenParagraph */
/** @typedef {import("./reading-view.js").ReadingView} ReadingView */
/** @typedef {import("./workspace.js").Workspace} Workspace */

export class CodingKeys {
  /** Whether letters and digits do anything; the arrows always do. */
  on = true;

  /**
   * @param {ReadingView} view
   * @param {Workspace} workspace
   * @param {{ undo: () => void, redo: () => void, help?: () => void }} further
   */
  constructor(view, workspace, further) {
    this.view = view;
    this.workspace = workspace;
    this.further = further;
    view.list.addEventListener("keydown", (event) => this.hear(event));
  }

  /** @param {KeyboardEvent} event */
  hear(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { target } = event;
    if (target instanceof HTMLElement && target.matches("textarea, input, select")) return;
    if (this.#press(event)) event.preventDefault();
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key meant something
   */
  #press({ key, shiftKey, target }) {
    const { view, workspace, further } = this;
    const index = view.chosen;
    switch (key) {
      case "ArrowDown":
        return view.go(1);
      case "ArrowUp":
        return view.go(-1);
      case "Home":
        return view.go(-Infinity);
      case "End":
        return view.go(Infinity);
      case "Escape":
        view.quiet();
        return true;
    }
    if (!this.on || (index < 0 && !/^[z?]$/i.test(key))) return false;
    if (key === "Enter") {
      // On a button of its own Enter presses that button.
      if (target !== view.chosenItem?.label) return false;
      workspace.accept(index);
      // Under a filter the next one may stand in its place already.
      if (view.chosen === index) view.go(1);
      return true;
    }
    if (/^[1-9]$/.test(key)) {
      const theme = view.themes.ids[Number(key) - 1];
      if (theme !== undefined) workspace.toggle(index, theme);
      return theme !== undefined;
    }
    switch (key.toLowerCase()) {
      case "j":
        return view.go(1);
      case "k":
        return view.go(-1);
      case "0":
        workspace.code(index, []);
        return true;
      case "u":
        workspace.doubt(index);
        return true;
      case "backspace":
      case "delete":
        workspace.code(index, null);
        return true;
      case "e":
        view.chosenItem?.edit();
        return true;
      case "z":
        this.#step(shiftKey ? further.redo : further.undo);
        return true;
      case "?":
        further.help?.();
        return further.help !== undefined;
      default:
        return false;
    }
  }

  /** One step back or forth, and to what it changes, so that the keys go on. @param {() => void} take */
  #step(take) {
    const { workspace, view } = this;
    const { articles } = workspace.project;
    take();
    const { article } = workspace;
    const was = articles[workspace.open];
    if (!article || article === was) return;
    const before = was?.paragraphs ?? [];
    const same = (/** @type {OpenParagraph | undefined} */ a, /** @type {OpenParagraph} */ b) => a?.text === b.text && a.codes === b.codes && a.included === b.included && a.note === b.note;
    const changed = article.paragraphs.findIndex((one, i) => !same(before[i], one));
    view.visit(changed < 0 ? before.length : changed);
  }
}
