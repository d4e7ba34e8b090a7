/** `<leitmotif-box>`: the light shell. What it shows is made by box-parts.js, which is loaded when it is needed. */

import { PARTS } from "./lazy-element.js";
import { LeitmotifReader } from "./leitmotif-reader.js";

/**
 * A box to paste an article into, or to drop a file on; the reading takes its place. It is a `leitmotif-reader` with a way in:
 * all of that element's attributes, properties, methods, events, parts and custom properties are the box's as well, apart from
 * `target`, and its own children are no text. Setting `text` opens it as an article. Texts
 * stay in the page: nothing is sent, and nothing is stored.
 *
 * Nothing is loaded before the element is within 400 pixels of the view. Its own children show until then, and where it
 * cannot work. A `textarea` among them is a box that works early: what was typed in it is taken over, with the focus.
 *
 * @element leitmotif-box
 * @tagname leitmotif-box
 *
 * @fires {CustomEvent<{ names: string[] }>} leitmotif-open - Texts came in; `names`: of the articles, as found or as their files are called. The first of them is shown.
 *
 * @csspart input - The box with its buttons.
 * @csspart field - The field for text.
 * @csspart found - What was found in a text, and how it was split.
 * @csspart article - What is around the reading.
 *
 * @slot - What shows until, and unless, the element works.
 * @slot samples - Under the field: such as buttons that set `text`.
 * @slot empty - Instead of the words under the empty field.
 * @slot status - Instead of the line on the state of things.
 */
export class LeitmotifBox extends LeitmotifReader {
  /** @returns {Promise<any>} */
  async makeParts() {
    const { BoxParts } = await import("./box-parts.js");
    return new BoxParts(this);
  }

  /** @type {any} */
  #page = null;

  /** For the page around it, set before the element is defined: no part of what is promised. @internal */
  get page() {
    return this.#page;
  }

  set page(page) {
    this.#page = page;
  }

  /** Shows an empty field for another text; what was open stays open in what undo knows. */
  async start() {
    (await this.load()).startInput();
  }

  /** Opens the browser's choice of files; call it where the user did something. */
  openFiles() {
    this[PARTS]?.openFiles();
  }

  /**
   * Opens texts, each as an article; the first is shown.
   *
   * @param {{ name: string, source: string }[]} texts
   */
  async open(texts) {
    await (await this.load()).open(texts);
  }
}
