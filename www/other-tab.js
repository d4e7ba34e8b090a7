/** The notice that another tab of the page has kept another state of the project, with what can be done about it. */

import { button } from "./dom.js";
import { cell } from "./lanes-view.js";

/** @typedef {import("./messages/take-en.js").TakeMessages} Messages */
/** @typedef {{ load: () => Promise<void>, keep: () => Promise<void>, save: () => void }} Choices save: settles nothing yet */

export class OtherTab {
  /** When the other state was kept, as shown; null: there is none. @type {(() => string) | null} */
  #time = null;

  /**
   * @param {HTMLElement} root filled by this view alone; an alert
   * @param {Messages} messages
   * @param {Choices} choices
   */
  constructor(root, messages, choices) {
    this.root = root;
    this.messages = messages;
    this.choices = choices;
    this.root.hidden = true;
  }

  /**
   * Once: that the other tab goes on working is no news, and would take the focus from who is about to choose.
   *
   * @param {() => string} time in words
   */
  show(time) {
    if (this.#time !== null) return;
    this.#time = time;
    const { storage } = this.messages;
    const settled = (/** @type {() => Promise<void>} */ run) => () => {
      this.hide();
      void run();
    };
    const buttons = cell("div", "", { class: "take-buttons" });
    buttons.append(
      button(storage.loadOther, settled(this.choices.load)),
      button(storage.saveMine, this.choices.save),
      button(storage.keepMine, settled(this.choices.keep)),
    );
    this.root.replaceChildren(cell("p", storage.newer(time())), buttons);
    this.root.hidden = false;
  }

  hide() {
    this.#time = null;
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  /** In another language. @param {Messages} messages */
  speak(messages) {
    this.messages = messages;
    const time = this.#time;
    if (time === null) return;
    this.hide();
    this.show(time);
  }
}
