/** The box that takes a text, and everything else that a text comes in by: the clipboard anywhere, dropping, files. */

import { part } from "./dom.js";
import { ACCEPTED } from "./files.js";
import { nameOf, pasteOf, pastesOf } from "./intake.js";
import { TEXT_LIMIT } from "./leitmotif.js";
import { t } from "./messages.js";
import { textOf } from "./workspace.js";

/** @typedef {import("./workspace.js").Paste} Paste */
/** @typedef {import("./workspace.js").Workspace} Workspace */

export class InputBox {
  /** Whether the box is shown instead of an article. */
  open = true;
  /** Whether it holds the text of the article that is shown. */
  #editing = false;
  /** Said beside the next reading: in which encoding a file was. */
  remark = "";
  onMode = () => {};
  /** Called when an article takes the box's place. */
  onLeave = () => {};

  /**
   * @param {Workspace} workspace
   * @param {{ complain: (...lines: string[]) => void, say: (words: string) => void }} voice
   */
  constructor(workspace, { complain, say }) {
    this.workspace = workspace;
    this.complain = complain;
    this.say = say;
    this.box = /** @type {HTMLTextAreaElement} */ (part("text"));
    this.read = /** @type {HTMLButtonElement} */ (part("read"));
    this.cancel = /** @type {HTMLButtonElement} */ (part("cancel"));
    const files = /** @type {HTMLInputElement} */ (part("files"));
    files.accept = ACCEPTED;

    this.box.addEventListener("input", () => this.label());
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#done();
      if (event.key === "Escape" && !this.cancel.hidden) this.settle();
    });
    this.read.addEventListener("click", () => this.#done());
    this.cancel.addEventListener("click", () => this.settle());
    files.addEventListener("change", () => {
      this.#files([...(files.files ?? [])]);
      files.value = "";
    });
    document.addEventListener("paste", (event) => this.#paste(event));
    document.addEventListener("dragover", (event) => {
      if (!isField(event.target) || event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
    document.addEventListener("drop", (event) => this.#drop(event));
    let { steps } = workspace;
    workspace.listen(() => {
      // A person did something: what there is to see now is the article, if there is one.
      if (workspace.steps === steps) return;
      steps = workspace.steps;
      const box = this.open;
      this.settle();
      if (box && !this.open) this.onLeave();
    });
  }

  /** An empty box for another text. */
  start() {
    // What was typed before the engine was there stays.
    if (this.#editing) this.box.value = "";
    this.#show(true, false);
    this.box.focus();
  }

  /** The whole text of the article that is shown. */
  edit() {
    const { article } = this.workspace;
    if (!article) return;
    this.box.value = textOf(article);
    this.#show(true, true);
    this.box.focus();
    this.box.setSelectionRange(0, 0);
    this.box.scrollTop = 0;
  }

  /** Back to the article, if there is one; what was typed is left. */
  settle() {
    this.#show(this.workspace.article === null, false);
  }

  /** Brings its buttons up to date. */
  label() {
    this.read.disabled = this.box.value.trim() === "";
    this.cancel.hidden = this.workspace.article === null;
    part("samples").classList.toggle("away", this.#editing);
    part("empty").hidden = this.workspace.article !== null;
  }

  /** @param {boolean} open @param {boolean} editing */
  #show(open, editing) {
    if (!open || (this.#editing && !editing)) this.box.value = "";
    this.open = open;
    this.#editing = editing;
    part("input").hidden = !open;
    this.label();
    this.onMode();
  }

  #done() {
    const text = this.box.value;
    if (text.trim() === "") return;
    if (this.#tooBig({ name: nameOf(text), source: text })) return;
    if (this.#editing) {
      this.workspace.rewrite(text).then(() => this.settle());
    } else {
      this.#take([{ name: nameOf(text), source: text }]);
    }
  }

  /** @param {Paste[]} pastes */
  #take(pastes) {
    this.complain();
    this.workspace.openPastes(pastes);
  }

  /** @param {Paste} paste */
  #tooBig({ name, source }) {
    if (source.length <= TEXT_LIMIT) return false;
    this.complain(t().fileTrouble["too-big"](name, TEXT_LIMIT));
    return true;
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const { target, clipboardData } = event;
    // Into a text that is there, a paste goes as everywhere.
    const fresh = target === this.box && !this.#editing && this.box.value.trim() === "";
    if (!clipboardData || (isField(target) && !fresh)) return;
    const files = [...clipboardData.files];
    const paste = pasteOf(clipboardData);
    if (!paste && files.length === 0) return;
    event.preventDefault();
    if (!paste) this.#files(files);
    else if (!this.#tooBig(paste)) this.#take([paste]);
  }

  /** @param {DragEvent} event */
  #drop(event) {
    const { dataTransfer, target } = event;
    if (!dataTransfer) return;
    const files = [...dataTransfer.files];
    if (files.length === 0 && isField(target)) return;
    event.preventDefault();
    if (files.length > 0) {
      this.#files(files);
      return;
    }
    const paste = pasteOf(dataTransfer);
    if (paste && !this.#tooBig(paste)) this.#take([paste]);
  }

  /** @param {File[]} files */
  async #files(files) {
    const { pastes, remarks, troubles } = await pastesOf(files);
    this.remark = remarks.join(" ");
    if (pastes.length > 0) this.#take(pastes);
    this.complain(...troubles);
  }
}

/** @param {EventTarget | null} target */
const isField = (target) => target instanceof Element && target.matches("textarea, input, select");
