/** `<leitmotif-reader>`: the light shell. What it shows is made by reader-parts.js, which is loaded when it is needed. */

import { LazyElement, PARTS } from "./lazy-element.js";

/** @typedef {import("./results.js").Result} Result */
/** @typedef {import("../project.js").Tally} Profile */
/** @typedef {import("../leitmotif.js").Model} Model */
/** @typedef {import("../messages.js").Messages} Messages */
/** @typedef {"strip" | "labels" | "bars" | "list"} View */
/** @typedef {"auto" | "blank" | "line" | "unwrap" | "block"} Split */

/**
 * Shows, paragraph by paragraph, which themes a text is about, how sure that is, and because of which words. The text is
 * one that the page has already (`target`, or the element's own children), or one that is given (`text`). The page's own
 * elements and styles are never changed: labels stand in the element's shadow root, and words are underlined in the page
 * by CSS custom highlights, where the browser has them. Nothing is sent anywhere.
 *
 * Nothing is loaded before the element is within 400 pixels of the view. Without script, and where no engine can run, its
 * own children show.
 *
 * @element leitmotif-reader
 * @tagname leitmotif-reader
 *
 * @attr {string} target - A selector of the element whose text is read, looked for in the element's own shadow root first, then in the document. Without it, and without `text`, the element's own children are the text. A target that appears later is read then; changes of its text are read again.
 * @attr {string} view - Which parts are shown, any of `strip`, `labels`, `bars` and `list`, with spaces between. `strip`: the text in one line, to jump by, with a legend to filter by. `labels`: each paragraph's verdict, with the paragraph's beginning. `bars`: how much of the text each theme has. `list`: the paragraphs in full. Default: `strip labels bars`, and also `list` where the text is not on the page already.
 * @attr {string} themes - Ids of the themes that are shown, in that order: each is judged on its own, so that the others can be left out. How sure a paragraph is, is still said of all themes together. Default: all that the model knows.
 * @attr {"auto"|"blank"|"line"|"unwrap"|"block"} split - How the text becomes paragraphs. `auto`: by the page's own block elements where there are two or more, else by a guess. `block`: the same. `blank`: at empty lines. `line`: at every line end. `unwrap`: at empty lines, wrapped lines joined. Default: `auto`.
 * @attr {"on"|"off"} explain - Whether reasons are shown: a sentence beside the label, underlined words in the text. Default: `on`.
 * @attr {boolean} editable - Lets the reader of the page give codes of their own, by keys and taps. The machine's verdict stays beside them. Default: off.
 * @attr {2|3|4|5|6} heading-level - Level of the element's headings in the page's outline. Default: 3.
 * @attr {"auto"|"light"|"dark"} theme - Colours. `auto` follows the `color-scheme` that holds where the element stands. Default: `auto`.
 * @attr {"lazy"|"eager"} loading - `lazy`: loads near the view. `eager`: at once. Default: `lazy`.
 * @attr {"auto"|"wasm"|"js"} engine - `wasm`: WebAssembly. `js`: the same engine translated to JavaScript. `auto`: JavaScript only where WebAssembly is refused. Default: `auto`.
 * @attr {string} base - Address of the folder with the engine's file. Default: beside the script.
 * @attr {string} model - Address of another model. Default: the one inside the engine.
 * @attr {string} model-integrity - What the model's file must be, such as `sha384-…`.
 * @attr {string} lang - Language of labels and messages, inherited as everywhere: `en` or `zh`; for others English.
 * @attr {"ltr"|"rtl"|"auto"} dir - Direction, inherited as everywhere.
 *
 * @fires {CustomEvent<{ engine: "wasm" | "js", model: Model, fallback: Error | null }>} leitmotif-ready - The engine is there; `fallback`: why it is not WebAssembly.
 * @fires {CustomEvent<{ results: Result[], profile: Profile, ms: number }>} leitmotif-result - A text was read, or its codes changed, and all of it is shown; `ms`: milliseconds since it changed.
 * @fires {CustomEvent<{ index: number }>} leitmotif-select - Another paragraph was chosen; −1: none.
 * @fires {CustomEvent<{ index: number, before: string[] | null, after: string[] | null }>} leitmotif-code - A person is about to give codes (theme ids; empty: no theme) or to take them away (null); `preventDefault()` leaves them as they are. Not fired for `setCodes`.
 * @fires {CustomEvent<{ code: string, message: string, cause: unknown }>} leitmotif-error - Something failed; `code` is that of a `LeitmotifError`, or `no-target`, or `unexpected`.
 *
 * @csspart strip - The text in one line.
 * @csspart cell - One place of the strip.
 * @csspart legend - The legend below the strip.
 * @csspart legend-item - One theme in the legend, with its count.
 * @csspart bars - How much of the text each theme has.
 * @csspart bar - One bar of it.
 * @csspart list - The list of paragraphs.
 * @csspart item - One paragraph.
 * @csspart rail - The coloured line beside a paragraph.
 * @csspart label - The verdict: theme, certainty, probability.
 * @csspart confidence - How sure the verdict is, in words.
 * @csspart why - Because of which words.
 * @csspart text - The paragraph's text.
 * @csspart evidence - A word that counted, in the list.
 * @csspart button - Every button that is not a label.
 * @csspart status - One line on the state of things, for everyone; also errors.
 *
 * @cssprop [--leitmotif-font=inherit] - Font of everything but the paragraphs.
 * @cssprop [--leitmotif-text-font=inherit] - Font of the paragraphs in the list.
 * @cssprop [--leitmotif-size=1rem] - Size of the words; all else follows it.
 * @cssprop [--leitmotif-gap=0.75em] - Space between the parts.
 * @cssprop [--leitmotif-radius=0.5em] - Round corners.
 * @cssprop [--leitmotif-rail=0.25em] - Width of the coloured line beside a paragraph.
 * @cssprop [--leitmotif-surface] - Background; `transparent` lets the page's own through, which must be as light, or as dark, as the scheme.
 * @cssprop [--leitmotif-ink] - Colour of the words.
 * @cssprop [--leitmotif-soft] - Colour of what matters less.
 * @cssprop [--leitmotif-line] - Colour of thin lines.
 * @cssprop [--leitmotif-focus] - Colour of the ring around what has the focus.
 * @cssprop [--leitmotif-strip-position=static] - `sticky`: the strip stays in view.
 * @cssprop [--leitmotif-THEME] - Colour of a theme's bars, by its id, such as `--leitmotif-ecology`.
 * @cssprop [--leitmotif-THEME-tint] - Background of a theme's label, by its id.
 *
 * @slot - The text, where there is neither `target` nor `text`; else what shows until, and unless, the element works.
 * @slot header - Before everything.
 * @slot empty - Where there is no text.
 * @slot error - With the sentence of an error.
 * @slot footer - After everything.
 *
 * @cssState busy - It loads or reads.
 * @cssState unsure - At least one paragraph that counts is unsure.
 * @cssState fallback - The engine is the one in JavaScript, because WebAssembly is refused.
 * @cssState error - It does not work, and says why.
 */
export class LeitmotifReader extends LazyElement {
  static observedAttributes = [
    "target", "view", "themes", "split", "explain", "editable", "heading-level", "theme", "loading", "engine", "base", "model", "model-integrity", "lang", "dir",
  ];

  /** @type {Element | null} */
  #target = null;
  /** @type {string | null} */
  #text = null;
  /** @type {readonly string[] | null} */
  #paragraphs = null;
  /** @type {Partial<Messages> | null} */
  #messages = null;
  /** @type {any} */
  #desk = null;

  /** @returns {Promise<any>} */
  async makeParts() {
    const { ReaderParts } = await import("./reader-parts.js");
    return new ReaderParts(this);
  }

  /** The element whose text is read, or a selector of it; null: the element's own children. @type {Element | string | null} */
  get target() {
    return this.#target ?? this.getAttribute("target");
  }

  set target(target) {
    this.#target = target instanceof Element ? target : null;
    if (this.#target === null && target !== null) this.setAttribute("target", String(target));
    else this.removeAttribute("target");
    this.changed("target");
  }

  /** The text: as it was given or, where none was, as it was found on the page; null: there is none. Setting it goes before `target`; null takes it back. @type {string | null} */
  get text() {
    return this.#text ?? this[PARTS]?.text ?? null;
  }

  set text(text) {
    this.#text = text === null || text === undefined ? null : String(text);
    this.#paragraphs = null;
    this.changed("text");
  }

  /** The text as paragraphs that are not split again; empty lines in one become line ends. Setting it goes before `text`. @type {readonly string[] | null} */
  get paragraphs() {
    return this.#paragraphs;
  }

  set paragraphs(paragraphs) {
    this.#paragraphs = paragraphs ? Array.from(paragraphs, String) : null;
    this.#text = null;
    this.changed("text");
  }

  /** As the attribute. @type {string} */
  get view() {
    return this.getAttribute("view") ?? this[PARTS]?.usualView ?? "strip labels bars";
  }

  set view(view) {
    this.#reflect("view", view);
  }

  /** As the attribute; a list is taken too. @type {string} */
  get themes() {
    return this.getAttribute("themes") ?? "";
  }

  set themes(themes) {
    this.#reflect("themes", Array.isArray(themes) ? themes.join(" ") : themes);
  }

  /** As the attribute. @type {Split} */
  get split() {
    const split = this.getAttribute("split");
    return SPLITS.find((one) => one === split) ?? "auto";
  }

  set split(split) {
    this.#reflect("split", split);
  }

  /** As the attribute. @type {boolean} */
  get explain() {
    return !["off", "false"].includes(this.getAttribute("explain") ?? "on");
  }

  set explain(explain) {
    this.setAttribute("explain", explain ? "on" : "off");
  }

  /** As the attribute. @type {boolean} */
  get editable() {
    return this.hasAttribute("editable");
  }

  set editable(editable) {
    this.toggleAttribute("editable", Boolean(editable));
  }

  /** As the attribute `heading-level`. @type {number} */
  get headingLevel() {
    const level = Number(this.getAttribute("heading-level") ?? 3);
    return Number.isInteger(level) && level >= 2 && level <= 6 ? level : 3;
  }

  set headingLevel(level) {
    this.#reflect("heading-level", level);
  }

  /** As the attribute. @type {"auto" | "light" | "dark"} */
  get theme() {
    const theme = this.getAttribute("theme");
    return theme === "light" || theme === "dark" ? theme : "auto";
  }

  set theme(theme) {
    this.#reflect("theme", theme);
  }

  /** As the attribute. @type {"auto" | "wasm" | "js"} */
  get engine() {
    const engine = this.getAttribute("engine");
    return engine === "wasm" || engine === "js" ? engine : "auto";
  }

  set engine(engine) {
    this.#reflect("engine", engine);
  }

  /** As the attribute. @type {string | null} */
  get base() {
    return this.getAttribute("base");
  }

  set base(base) {
    this.#reflect("base", base);
  }

  /** Address of another model, as the attribute; which model reads is `modelInfo`. @type {string | null} */
  get model() {
    return this.getAttribute("model");
  }

  set model(model) {
    this.#reflect("model", model);
  }

  /** As the attribute `model-integrity`. @type {string | null} */
  get modelIntegrity() {
    return this.getAttribute("model-integrity");
  }

  set modelIntegrity(integrity) {
    this.#reflect("model-integrity", integrity);
  }

  /** Words of the interface instead of those of the language's table, by the table's keys; null: none. @type {Partial<Messages> | null} */
  get messages() {
    return this.#messages;
  }

  set messages(messages) {
    this.#messages = messages ?? null;
    this.changed("messages");
  }

  /** The paragraphs of the last reading; empty until there is one. @type {readonly Result[]} */
  get results() {
    return this[PARTS]?.results ?? [];
  }

  /** What the text amounts to: words, paragraphs, and the share of each theme in force; null until it is read. @type {Profile | null} */
  get profile() {
    return this[PARTS]?.profile ?? null;
  }

  /** Which model reads: its id, its SHA-256 (of another than the built-in one empty, unless the page is a secure context), and what it says of itself; null until the engine is there. @type {Readonly<Model> | null} */
  get modelInfo() {
    return this[PARTS]?.modelInfo ?? null;
  }

  /** Which engine reads; null until it is there. @type {"wasm" | "js" | null} */
  get engineInUse() {
    return this[PARTS]?.engineInUse ?? null;
  }

  /** The number of the chosen paragraph; −1: none. @type {number} */
  get selected() {
    return this[PARTS]?.selected ?? -1;
  }

  /** The text that was given, apart from any that was found. @internal */
  get givenText() {
    return this.#text;
  }

  /** For the box and the page, which have a workspace of their own: no part of what is promised. @internal */
  get desk() {
    return this.#desk;
  }

  set desk(desk) {
    this.#desk = desk;
    this.changed("desk");
  }

  /**
   * Reads now, wherever the element is.
   *
   * @param {string} [input] a text instead of the one that there is, as if `text` were set
   * @param {{ signal?: AbortSignal }} [options] signal: gives up
   * @returns {Promise<readonly Result[]>}
   * @throws {LeitmotifError} where there is no engine, no target, or too much text
   */
  async read(input, { signal } = {}) {
    // What is no signal is refused by the parts, which have the words.
    signal?.throwIfAborted?.();
    if (input !== undefined) this.text = input;
    return giveUp(this.load().then((parts) => parts.read(signal)), signal);
  }

  /**
   * Gives codes to a paragraph, as a person would; works whether or not the element is `editable`.
   *
   * @param {number} index of the paragraph, from 0
   * @param {readonly string[] | null} themes ids; empty: no theme; null: takes codes away
   * @param {{ coder?: string }} [options] coder: who gives them
   */
  async setCodes(index, themes, { coder } = {}) {
    (await this.load()).setCodes(index, themes, coder);
  }

  /** Takes back what was done last, of giving codes and leaving out. @returns {Promise<boolean>} whether there was anything */
  async undo() {
    return (await this.load()).undo();
  }

  /** Does again what was taken back. @returns {Promise<boolean>} whether there was anything */
  async redo() {
    return (await this.load()).redo();
  }

  /** Chooses a paragraph, brings it into view and puts the focus on its label. @param {number} index from 0 */
  async focusParagraph(index) {
    await (await this.load()).focusParagraph(index);
  }

  /**
   * The reading as a file: a table, a table for Excel, or everything for programs. It names the model.
   *
   * @param {"csv" | "csv-excel" | "json"} format
   * @returns {Promise<Blob>}
   * @throws {TypeError} for any other format
   */
  async export(format) {
    return (await this.load()).export(format);
  }

  /** Text, verdicts, codes and notes as the text of a project file. @returns {Promise<string>} */
  async toProject() {
    return (await this.load()).toProject();
  }

  /**
   * Takes over codes and notes from a project file for paragraphs of the same text; where the element has no text, the
   * file's first article becomes its text.
   *
   * @param {string} json
   * @throws {ProjectFileError} where it is none
   */
  async fromProject(json) {
    await (await this.load()).fromProject(json);
  }

  /** Codes, notes, and what undo knows of them are gone. */
  async forget() {
    (await this.load()).forget();
  }

  /**
   * Loads the engine ahead of time, for all elements that will ask for the same one.
   *
   * @param {{ engine?: "auto" | "wasm" | "js", base?: string | null, model?: string | null, integrity?: string | null }} [options]
   */
  static async preload({ engine = "auto", base = null, model = null, integrity = null } = {}) {
    const { sharedEngine } = await import("./shared-engine.js");
    await sharedEngine({ engine, base, model, integrity });
  }

  /** @param {string} name @param {unknown} value null: none */
  #reflect(name, value) {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, String(value));
  }
}

const SPLITS = /** @type {const} */ (["auto", "blank", "line", "unwrap", "block"]);

/**
 * @template T
 * @param {Promise<T>} work
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
function giveUp(work, signal) {
  if (!signal?.throwIfAborted) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
