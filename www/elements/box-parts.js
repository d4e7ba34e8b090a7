/** What `<leitmotif-box>` shows and does, once it is loaded: the paste box, and a `<leitmotif-reader>` for what it took. */

import { nameOf } from "../article-name.js";
import { ArticleTabs } from "../article-tabs.js";
import { button, element, focusedNear, named } from "../dom.js";
import { FoundLine } from "../found-line.js";
import { InputBox } from "../input-box.js";
import { statusSentence } from "../sentences.js";
import { breathe } from "../slices.js";
import { Voice } from "../voice.js";
import { ElementLanguage } from "./element-language.js";
import { elementSheets } from "./element-styles.js";
import { makeDesk } from "./desk.js";
import { HostVoice } from "./host-voice.js";
import { register } from "./registry.js";

/** @typedef {import("../messages.js").Language} Language */
/** @typedef {import("./leitmotif-box.js").LeitmotifBox} LeitmotifBox */
/** @typedef {import("./leitmotif-reader.js").LeitmotifReader} LeitmotifReader */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./reader-parts.js").ReaderParts} ReaderParts */

/**
 * What the page hands in: it speaks for its box, has one workspace for all that it shows, and takes pastes and drops anywhere.
 *
 * @typedef {object} Page
 * @property {Promise<Desk>} desk
 * @property {Language} language
 * @property {(...lines: string[]) => void} complain
 * @property {(words: import("../voice.js").Words) => void} say
 * @property {() => void} shown called when the box or another article is shown
 */

const LISTED = ["view", "explain", "editable", "heading-level"];
/** Names of the reader's parts, so that they can be styled through the box. */
const EXPORTED = "strip, cell, legend, legend-item, bars, bar, list, item, rail, label, confidence, why, text, evidence, button";

export class BoxParts {
  /** @type {Language & { fit?: ElementLanguage["fit"] }} */
  #language;
  #voice;
  /** @type {Desk | null} */
  #desk = null;
  /** @type {ReaderParts | null} */
  #reader = null;
  /** @type {FoundLine | null} */
  #found = null;
  /** @type {ArticleTabs | null} */
  #tabs = null;
  #spoken;
  #connected = false;
  /** Settles when what a program gave is shown. @type {Promise<void> | undefined} */
  #opening;

  /** @param {LeitmotifBox} host */
  constructor(host) {
    this.host = host;
    this.#voice = new HostVoice(host);
    this.page = host.page;
    this.#language = this.page?.language ?? new ElementLanguage();
    this.frame = element("div", this.page ? "leitmotif page-box" : "leitmotif");
    this.error = named("error", element("div", "error"));
    this.error.setAttribute("role", "alert");
    this.error.hidden = true;
    this.status = named("status", element("p", "status"));
    this.status.setAttribute("role", "status");
    this.#spoken = new Voice(this.status);
    this.inputRoot = named("input", element("section", "input"));
    this.inputRoot.id = "input";
    // With nothing left to read the keys of the list go on here, until something is typed.
    this.inputRoot.tabIndex = -1;
    this.inputRoot.addEventListener("keydown", (event) => event.target === this.inputRoot && !this.#desk?.workspace.article && this.#reader?.press(event));
    this.tabsRoot = element("div");
    this.tabsRoot.hidden = true;
    this.foundRoot = named("found", element("div", "found"));
    this.foundRoot.id = "found";
    this.fresh = named("button", button("", () => this.startInput()));
    this.reading = named("article", element("section", "article"));
    this.reading.id = "reading";
    this.reading.hidden = true;
    this.children = element("slot");
    this.children.hidden = true;
    const status = element("slot", "", this.status);
    status.name = "status";
    this.frame.append(slot("header"), this.error, this.children, this.tabsRoot, this.inputRoot, status, this.reading, slot("footer"));
  }

  connect() {
    this.#connected = true;
    this.#dress();
    this.input?.listen();
  }

  disconnect() {
    this.#connected = false;
    this.input?.deafen();
  }

  async start() {
    const { host, page } = this;
    try {
      await this.#language.fit?.(host, host.messages);
      this.frame.lang = this.#language.id;
      if (!this.input) this.#makeInput();
      await breathe();
      const desk = await (page?.desk ?? makeDesk(host, this.#language));
      desk.say = (/** @type {import("../voice.js").Words} */ words) => this.say(words);
      this.#desk = desk;
      await this.#sit(desk);
      this.complain();
    } catch (error) {
      if (!page) this.#fail(error);
      throw error;
    }
  }

  /** @param {string} name */
  changed(name) {
    const { host } = this;
    if (LISTED.includes(name)) this.#pass(name);
    else if (name === "text" && this.#desk) this.#take();
    else if ((name === "lang" || name === "messages") && this.input && !this.page) void this.#language.fit?.(host, host.messages).then(() => this.speak());
    else if (!this.#desk && ["engine", "base", "model", "model-integrity", "themes"].includes(name)) void host.load().catch(() => {});
  }

  // What the shell asks: most of it of the reader

  get text() {
    return this.#reader?.text ?? null;
  }

  get results() {
    return this.#reader?.results ?? [];
  }

  get profile() {
    return this.#reader?.profile ?? null;
  }

  get modelInfo() {
    return this.#reader?.modelInfo ?? null;
  }

  get engineInUse() {
    return this.#reader?.engineInUse ?? null;
  }

  get selected() {
    return this.#reader?.selected ?? -1;
  }

  get usualView() {
    return "strip labels bars list";
  }

  /** @param {AbortSignal} [signal] */
  async read(signal) {
    await this.#opening;
    return this.reader.read(signal);
  }

  /** @param {number} index @param {readonly string[] | null} themes @param {string} [coder] */
  setCodes(index, themes, coder) {
    this.reader.setCodes(index, themes, coder);
  }

  undo() {
    return this.reader.undo();
  }

  redo() {
    return this.reader.redo();
  }

  /** @param {number} index */
  focusParagraph(index) {
    return this.reader.focusParagraph(index);
  }

  /** @param {string} format */
  export(format) {
    return this.reader.export(format);
  }

  toProject() {
    return this.reader.toProject();
  }

  /** Opens all of its articles. @param {string} json */
  async fromProject(json) {
    const { openProject } = await import("./files.js");
    openProject(/** @type {Desk} */ (this.#desk), json);
  }

  forget() {
    this.#desk?.workspace.forget();
    this.input?.forget();
  }

  startInput() {
    this.input?.start();
  }

  openFiles() {
    this.input?.files.click();
  }

  /** @param {import("../workspace.js").Paste[]} pastes */
  async open(pastes) {
    await this.input?.take(pastes.map(({ name, source }) => ({ name, source })));
  }

  /** The reading, once there is an engine. */
  get reader() {
    return /** @type {ReaderParts} */ (this.#reader);
  }

  /** Everything in another language. */
  async speak() {
    this.frame.lang = this.#language.id;
    this.input?.update();
    this.fresh.textContent = this.#language.t().newPaste;
    await this.#reader?.speak();
    this.#show();
  }

  // Beginning

  #makeInput() {
    const { host, page } = this;
    const voice = { complain: (/** @type {string[]} */ ...lines) => this.complain(...lines), say: (/** @type {import("../voice.js").Words} */ words) => this.say(words) };
    this.input = new InputBox(this.inputRoot, this.#language, voice, page ? document : host);
    this.tabsRoot.before(this.input.progress);
    this.input.onMode = () => this.#show();
    this.input.onProjects = (files) => this.#openProjects(files);
    this.input.onLeave = () => this.#reader?.view?.list.focus({ preventScroll: true });
    this.fresh.textContent = this.#language.t().newPaste;
    // What was typed early.
    const early = /** @type {HTMLTextAreaElement | null} */ (host.querySelector(":scope textarea"));
    const had = early !== null && host.ownerDocument.activeElement === early;
    const [from, to] = early ? [early.selectionStart, early.selectionEnd] : [0, 0];
    if (early) this.input.box.value = early.value;
    /** @type {ShadowRoot} */ (host.shadowRoot).replaceChildren(this.frame);
    this.#dress();
    if (had) this.input.box.focus({ preventScroll: true });
    if (early) this.input.box.setSelectionRange(from, to);
    this.input.update();
  }

  /** @param {Desk} desk */
  async #sit(desk) {
    const { host, page } = this;
    const { workspace, themes } = desk;
    if (this.#reader) return;
    // The inner element needs its name, whoever registered this one.
    register();
    const reader = /** @type {LeitmotifReader} */ (document.createElement("leitmotif-reader"));
    reader.desk = desk;
    reader.loading = "eager";
    reader.setAttribute("exportparts", EXPORTED);
    for (const name of LISTED) this.#pass(name, reader);
    this.#found = new FoundLine(this.foundRoot, workspace, this.#language, () => this.input?.edit());
    this.reading.replaceChildren(this.foundRoot, reader);
    if (!page) {
      this.foundRoot.append(this.fresh);
      this.#tabs = new ArticleTabs(this.tabsRoot, workspace, this.#language);
      workspace.onTrouble = (/** @type {unknown} */ problem) => this.#fail(problem);
    }
    this.#reader = await reader.load();
    this.element = reader;
    if (!page) {
      reader.addEventListener("leitmotif-result", () => {
        const article = workspace.article;
        const profile = this.profile;
        if (!article || !profile) return;
        const out = article.paragraphs.filter(({ included }) => !included).length;
        if (this.input?.remark) this.#spoken.tell(this.input.remark);
        if (this.input) this.input.remark = "";
        this.#spoken.report(statusSentence(profile, out, themes));
      });
    }
    let known = workspace.project.articles.length;
    workspace.listen(() => {
      const { articles } = workspace.project;
      if (articles.length > known) {
        const names = articles.slice(known).map(({ name }) => name);
        this.#voice.fire("leitmotif-open", { names });
      }
      known = articles.length;
    });
    this.input?.serve(workspace);
    if (!this.#connected) this.input?.deafen();
    workspace.listen(() => this.#show());
    if (host.givenText !== null || host.paragraphs) this.#take();
    this.#show();
  }

  /** Opens the last sound one of some project files. @param {File[]} files @returns {Promise<string[]>} what is wrong with the others */
  async #openProjects(files) {
    const troubles = [];
    for (const file of files) {
      try {
        await this.fromProject(await file.text());
      } catch (problem) {
        troubles.push(`${file.name}: ${/** @type {Error} */ (problem).message}`);
      }
    }
    return troubles;
  }

  /** A text that a program gave. */
  #take() {
    const { givenText, paragraphs } = this.host;
    const source = paragraphs ? paragraphs.join("\n\n") : givenText;
    if (source === null || source.trim() === "") return;
    const blocks = paragraphs?.map((text) => ({ text, hint: null }));
    this.#opening = this.input?.take([{ name: nameOf(source), source, ...(blocks && { blocks }) }]);
  }

  #show() {
    const workspace = this.#desk?.workspace;
    const { input } = this;
    if (!workspace || !input) return;
    const { article } = workspace;
    const reading = article !== null && !input.open;
    // Undone to the beginning: no field yet, which would take the next keys for a text.
    if (!reading && this.reading.contains(focusedNear(this.reading))) this.inputRoot.focus();
    this.reading.hidden = !reading;
    // What stands above the list comes with it: nothing may move once it is seen.
    this.#tabs?.show();
    this.page?.shown();
    // What was said of an article is over with it.
    if (!article) this.#spoken.report("");
    if (reading) this.#found?.show(article);
    void this.#reader?.show(article, reading);
  }

  // Looks

  #dress() {
    const { host } = this;
    this.frame.style.setProperty("--measured", getComputedStyle(host).fontSize);
    const root = /** @type {ShadowRoot} */ (host.shadowRoot);
    root.adoptedStyleSheets = elementSheets(host.ownerDocument, this.#desk?.themes.all.map(({ id }) => id) ?? []);
  }

  /** Gives an attribute on to the reader. @param {string} name @param {Element} [reader] */
  #pass(name, reader = this.element) {
    const value = this.host.getAttribute(name);
    if (value === null) reader?.removeAttribute(name);
    else reader?.setAttribute(name, value);
  }

  // Saying

  /** @param {import("../voice.js").Words} words */
  say(words) {
    if (this.page) this.page.say(words);
    else this.#spoken.tell(words);
  }

  /** @param {...string} lines none: the last trouble is over */
  complain(...lines) {
    if (this.page) return this.page.complain(...lines);
    this.error.replaceChildren(...lines.map((line) => element("p", "", line)));
    this.error.hidden = lines.length === 0;
  }

  /** @param {unknown} problem */
  #fail(problem) {
    const { words } = this.#voice.fail(problem, this.#language.t()?.wrong);
    this.complain(words);
    if (!this.#desk && this.host.children.length > 0) {
      this.children.hidden = false;
      this.inputRoot.hidden = true;
    }
  }
}

/** @param {string} name */
function slot(name) {
  const made = element("slot");
  made.name = name;
  return made;
}
