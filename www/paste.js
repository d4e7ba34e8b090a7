/** The box that takes the text: typed, pasted, or set by a button. */

/** A reading that takes this long, in milliseconds, cannot be had for every key. */
const SLOW = 50;
/** The longest pause after the last key before such a text is read. */
const LONGEST_PAUSE = 1000;

/**
 * Tells of each new text, at most once a frame; where reading is slow, once
 * typing pauses. A text that a button replaced can be brought back.
 */
export class PasteBox {
  /** @type {string | null} what the last button took away */
  #before = null;
  /** @type {number | undefined} */
  #timer;
  #frame = 0;
  /** How long the last reading took, in milliseconds. */
  #took = 0;

  /**
   * @param {{ box: HTMLTextAreaElement, clear: HTMLButtonElement, undo: HTMLButtonElement }} parts
   * @param {(text: string) => Promise<void>} read settles when the text is read and shown
   */
  constructor({ box, clear, undo }, read) {
    this.box = box;
    this.clear = clear;
    this.undo = undo;
    this.read = read;
    box.addEventListener("input", () => {
      this.#before = null;
      this.#changed();
    });
    clear.addEventListener("click", () => {
      this.replace("");
      box.focus();
    });
    undo.addEventListener("click", () => {
      box.value = this.#before ?? "";
      this.#before = null;
      this.#changed();
      box.focus();
    });
    // Text can be there already: typed before the engine was, or restored by the browser.
    this.#changed();
  }

  /** @param {string} text instead of what is in the box */
  replace(text) {
    this.#before = this.box.value === "" ? this.#before : this.box.value;
    this.box.value = text;
    this.box.scrollTop = 0;
    this.#changed();
  }

  /** @param {string} text instead of what is in the box and of what could be brought back */
  set(text) {
    this.#before = null;
    this.box.value = text;
    this.#changed();
  }

  #changed() {
    this.clear.disabled = this.box.value === "";
    this.undo.hidden = this.#before === null;
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    const soon = () => (this.#frame = requestAnimationFrame(() => this.#read()));
    if (this.#took < SLOW) soon();
    else this.#timer = setTimeout(soon, Math.min(LONGEST_PAUSE, 2 * this.#took));
  }

  async #read() {
    const start = performance.now();
    await this.read(this.box.value);
    this.#took = performance.now() - start;
  }
}
