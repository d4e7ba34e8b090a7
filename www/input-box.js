/** The box that takes a text, and everything else that a text comes in by: the clipboard, dropping, files. */

import { nameOf } from "./article-name.js";
import { button, element, named } from "./dom.js";
import { ACCEPTED } from "./files.js";
import { pasteOf, pastesOf, sorted } from "./intake.js";
import { painted } from "./slices.js";
import { LIMIT_MB, isTooLong } from "./text-limit.js";
import { textOf } from "./workspace.js";

/** @typedef {import("./messages.js").Language} Language */
/** @typedef {import("./workspace.js").Paste} Paste */
/** @typedef {import("./workspace.js").Workspace} Workspace */

/** More files than this, or a larger text in bytes or UTF-16 code units, are read with a progress that can be cancelled. */
const FEW = 8;
const LARGE = 1_000_000;

export class InputBox {
  /** Whether the box is shown instead of an article. */
  open = true;
  /** The source of the article whose whole text is in it; null: another text. @type {string | null} */
  #of = null;
  /** What was in it before anything was typed. */
  #base = "";
  /** All that was typed and neither read nor cancelled, by what it is of: there again when that is in the box. @type {Map<string | null, string>} */
  #drafts = new Map();
  /** What takes its texts; null until the engine is there. @type {Workspace | null} */
  #workspace = null;
  #ground;
  #stop = new AbortController();
  /** Said beside the next reading: in which encoding a file was. @type {import("./voice.js").Words} */
  remark = "";
  /** How far the reading of many articles has come. */
  progress = element("div", "progress");
  /** @type {import("./many-articles.js").ManyArticles | null} */
  #many = null;
  /** What reads many articles, if there is something better than this thread. @type {(() => Promise<import("./reading-here.js").Work>) | null} */
  work = null;
  /** Whether what was typed was just taken back, or done again. */
  retyped = false;
  /** A draft that was taken back as a whole. */
  #whole = "";
  onMode = () => {};
  /** Called when an article takes the box's place. */
  onLeave = () => {};
  /** Opens a project out of such files; gives what is wrong with them. @type {(files: File[]) => Promise<string[]>} */
  onProjects = async () => [];

  /**
   * @param {HTMLElement} root filled by this box alone
   * @param {Language} language
   * @param {{ complain: (...lines: string[]) => void, say: (words: import("./voice.js").Words) => void }} voice
   * @param {EventTarget} ground where pasting and dropping is meant for this box: the page, or the element around it
   */
  constructor(root, language, { complain, say }, ground) {
    this.root = root;
    this.language = language;
    this.complain = complain;
    this.say = say;
    this.#ground = ground;
    this.progress.hidden = true;
    this.label = element("label");
    this.label.htmlFor = "text";
    const title = element("h2", "title", this.label);
    title.id = "text-title";
    root.setAttribute("aria-labelledby", title.id);
    this.box = pasteField();
    this.read = named("button", button("", () => this.#readText(), "main"));
    this.read.id = "read";
    this.cancel = named("button", button("", () => this.settle()));
    this.cancel.id = "cancel";
    this.files = element("input");
    this.files.type = "file";
    this.files.id = "files";
    this.files.multiple = true;
    this.files.hidden = true;
    this.files.accept = ACCEPTED;
    this.choose = named("button", button("", () => this.files.click()));
    this.choose.id = "choose-files";
    this.hint = element("span", "note");
    this.samples = element("slot");
    this.samples.name = "samples";
    this.lead = element("p", "lead");
    this.how = element("p");
    this.doubt = element("p");
    this.empty = element("div", "empty", this.lead, this.how, this.doubt);
    this.empty.id = "empty";
    const empty = element("slot", "", this.empty);
    empty.name = "empty";
    root.replaceChildren(title, this.box, element("div", "row", this.read, this.cancel, this.choose, this.hint), this.files, this.samples, empty);

    this.box.addEventListener("input", () => {
      // Browsers tell of an undo that changed nothing.
      if (this.box.value !== this.#base) this.#whole = "";
      this.#heed();
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#readText();
      if (event.key === "Escape" && !this.cancel.hidden) this.settle();
    });
    this.files.addEventListener("change", () => {
      this.#files([...(this.files.files ?? [])]);
      this.files.value = "";
    });
    this.update();
  }

  /** Takes texts from now on. @param {Workspace} workspace */
  serve(workspace) {
    this.#workspace = workspace;
    this.listen();
    let { steps } = workspace;
    workspace.listen(() => {
      // A person did something: what there is to see now is the article, if there is one.
      if (workspace.steps === steps) return;
      steps = workspace.steps;
      const { article, project } = workspace;
      // What was read is no draft any more.
      for (const [of, text] of this.#drafts) if (project.articles.some(({ source }) => source === text)) this.#drafts.delete(of);
      const box = this.open;
      const { body, activeElement } = document;
      // Who shows the article hears of it as well.
      this.#turn(!article);
      if (box === this.open) return;
      if (box) this.onLeave();
      // What had the focus may be gone with the last article.
      else if (activeElement !== body) void painted().then(() => document.activeElement === body && this.box.focus());
    });
    this.update();
  }

  /** Hears of pastes and drops on its ground, until it is told not to. */
  listen() {
    if (!this.#workspace) return;
    this.deafen();
    const { signal } = this.#stop;
    const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ heard) => this.#ground.addEventListener(type, heard, { signal });
    on("paste", (event) => this.#paste(event));
    on("dragover", (event) => {
      const wanted = !isField(event.composedPath()[0]) || event.dataTransfer?.types.includes("Files");
      if (!wanted) return;
      event.preventDefault();
      this.root.classList.add("dropping");
    });
    on("dragleave", () => this.root.classList.remove("dropping"));
    on("drop", (event) => this.#drop(event));
  }

  /** Nothing on its ground concerns it any more. */
  deafen() {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  /** A box for another text: empty, or with what was typed before. */
  start() {
    this.#show(true);
    this.box.focus();
  }

  /** An empty one; nothing is left of what was typed. */
  forget() {
    this.#drafts.clear();
    this.start();
  }

  /** The whole text of the article that is shown. */
  edit() {
    const article = this.#workspace?.article;
    if (!article) return;
    this.#show(true, article.source, textOf(article));
    this.box.focus();
    this.box.setSelectionRange(0, 0);
    this.box.scrollTop = 0;
  }

  /** Back to the article; what was typed is dropped. */
  settle() {
    this.#drafts.delete(this.#of);
    this.#show(false);
    this.onLeave();
  }

  /** Whether there is something typed in the box that is open. */
  get typed() {
    return this.open && this.#drafts.has(this.#of);
  }

  /** Takes back what was typed last in the box that is open, or does it again. @param {"undo" | "redo"} what @returns {boolean} whether there was something */
  retype(what) {
    const { value } = this.box;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    if (!this.open) return false;
    this.box.focus();
    document.execCommand(what);
    focused?.focus();
    // A draft that was put there again is one step, of which the browser does not know.
    if (this.box.value === value && (what === "redo" ? this.#whole : this.typed)) {
      [this.box.value, this.#whole] = what === "redo" ? [this.#whole, ""] : [this.#base, value];
      this.#heed();
    }
    return (this.retyped = this.box.value !== value);
  }

  /** All that was typed and not read, to be kept as one text. */
  get draft() {
    return [...this.#drafts.values()].join("\n\n");
  }

  /** A text to go on with, unless another was begun. @param {string} text */
  resume(text) {
    if (this.#drafts.has(null)) return;
    this.#drafts.set(null, text);
    this.start();
  }

  /** Brings its words and buttons up to date. */
  update() {
    const { t } = this.language;
    const article = this.#workspace?.article ?? null;
    this.#heed();
    this.label.textContent = t().yourArticle;
    this.box.placeholder = t().placeholder;
    this.read.textContent = t().readIt;
    this.cancel.textContent = t().cancel;
    this.choose.textContent = t().openFiles;
    this.hint.textContent = this.#ground === document ? t().boxHint : t().boxHintHere;
    this.lead.textContent = t().emptyLead;
    this.how.textContent = t().emptyHow;
    this.doubt.textContent = t().emptyDoubt;
    // The page has a button for files of its own.
    this.choose.hidden = this.#ground === document;
    this.choose.disabled = this.#workspace === null;
    this.cancel.hidden = article === null;
    this.samples.hidden = this.#of !== null;
    this.#many?.update();
    this.empty.hidden = article !== null;
  }

  /** What is in the box now: nothing but this at each key, as browsers would then take back single letters. */
  #heed() {
    const { value } = this.box;
    const blank = value.trim() === "";
    this.read.disabled = this.#workspace === null || blank;
    if (this.open && !blank && value !== this.#base) this.#drafts.set(this.#of, value);
    else if (this.open) this.#drafts.delete(this.#of);
  }

  /** @param {boolean} open @param {string | null} [of] @param {string} [text] */
  #show(open, of, text) {
    this.#turn(open, of, text);
    this.onMode();
  }

  /** @param {boolean} open @param {string | null} [of] @param {string} [text] of that article */
  #turn(open, of = null, text = "") {
    this.open = open;
    this.retyped = false;
    this.#whole = "";
    this.#of = of;
    // As the field has it.
    this.#base = text.replace(/\r\n?/g, "\n");
    const value = open ? (this.#drafts.get(of) ?? text) : "";
    if (this.box.value !== value) this.box.value = value;
    this.root.hidden = !open;
    this.update();
  }

  /** @param {string} [text] instead of the one in the box */
  #readText(text = this.box.value) {
    if (text.trim() === "" || !this.#workspace) return;
    if (this.#tooBig({ name: nameOf(text), source: text })) return;
    if (this.#of === null) this.take([{ name: nameOf(text), source: text }]);
    else if (text === this.#base) this.settle();
    else this.#workspace.rewrite(text);
  }

  /** @param {Paste[]} pastes @returns {Promise<void>} settles when the first of them is shown */
  async take(pastes) {
    if (!this.#workspace || (pastes.some(({ source }) => source.length > LARGE) && (await this.#takeMany(pastes)))) return;
    this.complain();
    await this.#workspace.openPastes(pastes);
  }

  /**
   * @param {import("./reading-here.js").Job[]} jobs
   * @param {string[]} [lines] what is wrong with what came with them
   * @returns {Promise<boolean>} false: what shows the progress did not arrive, as without a network, and they are to be read without it
   */
  async #takeMany(jobs, lines) {
    const workspace = /** @type {Workspace} */ (this.#workspace);
    const parts = await import("./many-articles.js").catch(() => null);
    if (!parts) return false;
    const leave = () => (this.open ? this.box.focus() : this.onLeave());
    this.#many ??= new parts.ManyArticles(this.progress, workspace, this.language, this, leave);
    this.#many.work = this.work;
    await this.#many.add(jobs, lines);
    return true;
  }

  /** @param {Paste} paste */
  #tooBig({ name, source }) {
    if (!isTooLong(source)) return false;
    this.complain(this.language.t().fileTrouble["too-big"](name, LIMIT_MB));
    return true;
  }

  /**
   * What would take a field minutes to lay out is read at once, together with what stands around it.
   *
   * @param {EventTarget | undefined} target
   * @param {DataTransfer} data
   * @returns {boolean} whether it was so long
   */
  #insertLong(target, data) {
    const text = data.getData("text/plain");
    if (target !== this.box || text.length <= LARGE) return false;
    const { value, selectionStart, selectionEnd } = this.box;
    this.#readText(value.slice(0, selectionStart) + text + value.slice(selectionEnd));
    return true;
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const { clipboardData } = event;
    const target = event.composedPath()[0];
    // Into a text that is there, a paste goes as everywhere.
    const fresh = target === this.box && this.#of === null && this.box.value.trim() === "";
    if (!fresh && clipboardData && this.#insertLong(target, clipboardData)) return event.preventDefault();
    if (!clipboardData || (isField(target) && !fresh)) return;
    const files = [...clipboardData.files];
    const paste = pasteOf(clipboardData);
    if (!paste && files.length === 0) return;
    event.preventDefault();
    if (!paste) this.#files(files);
    else if (!this.#tooBig(paste)) this.take([paste]);
  }

  /** @param {DragEvent} event */
  #drop(event) {
    this.root.classList.remove("dropping");
    const { dataTransfer } = event;
    if (!dataTransfer) return;
    const files = [...dataTransfer.files];
    const target = event.composedPath()[0];
    if (files.length === 0 && isField(target)) {
      if (this.#insertLong(target, dataTransfer)) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (files.length > 0) {
      this.#files(files);
      return;
    }
    const paste = pasteOf(dataTransfer);
    if (paste && !this.#tooBig(paste)) this.take([paste]);
  }

  /** @param {File[]} files */
  async #files(files) {
    const { articles, projects } = await sorted(files);
    const refused = await this.onProjects(projects);
    if ((articles.length > FEW || articles.some(({ size }) => size > LARGE)) && (await this.#takeMany(articles, refused))) return;
    const { pastes, remarks, troubles } = await pastesOf(articles, this.language);
    this.remark = remarks.length > 0 ? () => remarks.map((remark) => remark()).join(" ") : "";
    // What is wrong is said beside what was opened, not before it.
    if (pastes.length > 0) await this.take(pastes);
    this.complain(...refused, ...troubles);
  }
}

/** No spelling or writing service may be offered this text: some of them send it away. */
function pasteField() {
  const field = named("field", element("textarea", "paste"));
  field.id = "text";
  field.rows = 9;
  field.spellcheck = false;
  const refused = { autocomplete: "off", autocapitalize: "off", autocorrect: "off", writingsuggestions: "false", translate: "no", "data-gramm": "false" };
  for (const [name, value] of Object.entries(refused)) field.setAttribute(name, value);
  return field;
}

/** @param {EventTarget | undefined} target */
const isField = (target) => target instanceof Element && target.matches("textarea, input, select");
