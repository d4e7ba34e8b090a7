/** How far the reading of many articles has come, and the button that ends it. */

import { button, element, focusedNear, named } from "./dom.js";

export class ProgressLine {
  #done = 0;
  #total = 0;

  /**
   * @param {HTMLElement} root filled by this line alone, hidden while nothing is read
   * @param {import("./messages.js").Language} language
   * @param {() => void} cancel
   */
  constructor(root, language, cancel) {
    this.root = root;
    this.language = language;
    this.bar = element("progress");
    // Seen beside the words that say the same: not read out twice.
    this.words = element("label", "progress-words");
    this.cancel = named("button", button("", cancel));
    this.cancel.id = "cancel-many";
    this.bar.id = "many";
    this.words.htmlFor = this.bar.id;
    root.replaceChildren(this.words, this.bar, this.cancel);
  }

  /** @param {number} done @param {number} total */
  show(done, total) {
    this.#done = done;
    this.#total = total;
    this.update();
    this.root.hidden = false;
  }

  /** Its words, in the language that is chosen now. */
  update() {
    const { t } = this.language;
    this.bar.max = this.#total;
    // A single one says nothing of how far it has come.
    if (this.#total > 1) this.bar.value = this.#done;
    else this.bar.removeAttribute("value");
    this.words.textContent = t().manyProgress(this.#done, this.#total);
    this.cancel.textContent = t().manyCancel;
  }

  /** @returns {boolean} whether the focus was on it, and has to go elsewhere */
  hide() {
    const focused = focusedNear(this.root) === this.cancel;
    this.root.hidden = true;
    return focused;
  }
}
