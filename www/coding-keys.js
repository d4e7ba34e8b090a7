/** Single keys in the list of paragraphs: moving, coding, undoing. They can be switched off. */

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
    view.list.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const { target } = event;
      if (target instanceof HTMLElement && target.matches("textarea, input, select")) return;
      if (this.#press(event)) event.preventDefault();
    });
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
        return view.go(1) || true;
      case "ArrowUp":
        return view.go(-1) || true;
      case "Home":
        return view.go(-Infinity) || true;
      case "End":
        return view.go(Infinity) || true;
      case "Escape":
        view.quiet();
        return true;
    }
    if (!this.on || index < 0) return false;
    if (key === "Enter") {
      // On a button of its own Enter presses that button.
      if (target !== view.chosenItem?.label) return false;
      workspace.accept(index);
      view.go(1);
      return true;
    }
    if (/^[1-9]$/.test(key)) {
      const theme = view.themes.ids[Number(key) - 1];
      if (theme !== undefined) workspace.toggle(index, theme);
      return theme !== undefined;
    }
    switch (key.toLowerCase()) {
      case "j":
        return view.go(1) || true;
      case "k":
        return view.go(-1) || true;
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
        if (shiftKey) further.redo();
        else further.undo();
        return true;
      case "?":
        further.help?.();
        return further.help !== undefined;
      default:
        return false;
    }
  }
}
