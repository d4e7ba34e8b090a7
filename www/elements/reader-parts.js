/** What `<leitmotif-reader>` shows and does, once it is loaded: the page's own views over a text that stands somewhere. */

import { nameOf } from "../article-name.js";
import { CodingKeys } from "../coding-keys.js";
import { element } from "../dom.js";
import { LeitmotifError, mustBeSignal } from "../leitmotif-error.js";
import { ProfileView } from "../profile-view.js";
import { isUnsure, tally } from "../project.js";
import { ReadingView } from "../reading-view.js";
import { statusSentence } from "../sentences.js";
import { breathe, painted } from "../slices.js";
import { StripView } from "../strip-view.js";
import { isTooLong, tooLong } from "../text-limit.js";
import { Voice } from "../voice.js";
import { textOf } from "../workspace.js";
import { makeDesk } from "./desk.js";
import { ElementLanguage } from "./element-language.js";
import { elementSheets } from "./element-styles.js";
import { HostMarks, paragraphMarks, reveal } from "./host-marks.js";
import { HostVoice, NoTarget } from "./host-voice.js";
import { resultsOf, spansOf } from "./results.js";
import { PageText, TextWatch, ownText, targetOf } from "./text-source.js";

/** @typedef {import("../project.js").OpenArticle} OpenArticle */
/** @typedef {import("./leitmotif-reader.js").LeitmotifReader} LeitmotifReader */
/** @typedef {import("./results.js").Result} Result */

/** @typedef {import("./desk.js").Desk} Desk */

/** What asks for another engine or another reading of it, for the same text in other words, and for other looks. */
const ENGINE = ["engine", "base", "model", "model-integrity", "themes", "desk"];
const TEXT = ["text", "target", "split"];
const WORDS = ["lang", "messages"];

export class ReaderParts {
  #marks = new HostMarks();
  #voice;
  #language = new ElementLanguage();
  /** @type {Desk | null} */
  #desk = null;
  /** @type {ReadingView | null} */
  #view = null;
  /** @type {StripView | null} */
  #strip = null;
  /** @type {ProfileView | null} */
  #bars = null;
  /** The list's way with its paragraphs. @type {import("../paragraph-item.js").Manner} */
  #manner = { codes: false, edits: false, explain: true, heading: 0 };
  /** @type {CodingKeys | null} */
  #keys = null;
  /** Where the text stands, if it is the page's. @type {import("./host-marks.js").Place | null} */
  #place = null;
  #watch = new TextWatch(() => this.#readPage());
  #spoken;
  /** @type {OpenArticle | null} as shown */
  #article = null;
  /** Goes up with every change: an older one gives up. */
  #run = 0;
  #shown = "";
  /** Settles when what is around the list is shown. @type {Promise<void>} */
  #around = Promise.resolve();
  #since = 0;
  /** Settles when the text that was opened last is shown. @type {Promise<void>} */
  #opening = Promise.resolve();
  #chosen = -1;
  /** The one that was told of last. */
  #told = -1;
  #connected = false;
  /** Whether codes are given by a program. */
  #own = false;
  /** @type {{ article: OpenArticle, results: Result[] } | null} */
  #results = null;

  /** @param {LeitmotifReader} host */
  constructor(host) {
    this.host = host;
    this.#voice = new HostVoice(host);
    this.header = slot("header");
    this.footer = slot("footer");
    this.empty = slot("empty");
    this.error = slot("error");
    this.children = slot("");
    this.portrait = element("div", "portrait");
    this.profileRoot = element("div", "share-bars");
    this.listing = element("div", "listing");
    this.listing.id = "paragraphs";
    // What a translator does to its elements would mix text and labels.
    this.listing.translate = false;
    this.portrait.id = "strip";
    this.status = element("p", "status");
    this.status.part.add("status");
    this.status.setAttribute("role", "status");
    this.#spoken = new Voice(this.status);
    this.frame = element("div", "leitmotif reader");
    this.frame.append(this.header, this.portrait, this.profileRoot, this.children, this.empty, this.listing, this.status, this.error, this.footer);
    for (const part of [this.portrait, this.profileRoot, this.listing, this.empty, this.error]) part.hidden = true;
    const root = /** @type {ShadowRoot} */ (host.shadowRoot);
    root.replaceChildren(this.frame);
  }

  connect() {
    this.#connected = true;
    const root = /** @type {ShadowRoot} */ (this.host.shadowRoot);
    // The measure of the words around it, whatever the page has made of its root's.
    this.frame.style.setProperty("--measured", getComputedStyle(this.host).fontSize);
    // In another document they are to be made anew.
    root.adoptedStyleSheets = elementSheets(this.host.ownerDocument, this.#desk?.themes.all.map(({ id }) => id) ?? []);
    // The page may have changed meanwhile.
    if (this.#desk && !this.host.desk) this.#readPage();
    if (this.#chosen >= 0) this.#mark();
  }

  disconnect() {
    this.#connected = false;
    this.#watch.stop();
    this.#marks.clear();
  }

  /** Gets the engine, makes the views, begins to read. */
  async start() {
    this.#voice.state("busy", true);
    try {
      await this.speak();
      if (!this.host.desk) this.status.textContent = this.#language.t().loading;
      await this.#sit();
      this.#complain(null);
      this.#since = performance.now();
      this.#read();
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }

  /** @param {string} name */
  changed(name) {
    if (ENGINE.includes(name)) void this.#restart();
    else if (!this.#desk) return;
    else if (TEXT.includes(name)) this.#read();
    else if (WORDS.includes(name)) void this.speak();
    else if (["view", "explain", "editable", "heading-level"].includes(name)) this.#rebuild();
  }

  // What the shell asks

  get text() {
    return this.#article ? textOf(this.#article) : null;
  }

  get usualView() {
    return this.#place ? "strip labels bars" : "strip labels bars list";
  }

  get modelInfo() {
    return this.#desk?.motif.model ?? null;
  }

  get engineInUse() {
    return this.#desk?.motif.engineInUse ?? null;
  }

  get selected() {
    return this.#chosen;
  }

  get results() {
    const article = this.#article;
    if (!article || !this.#desk || !isRead(article)) return [];
    if (this.#results?.article !== article) this.#results = { article, results: resultsOf(article, this.#desk.workspace.reader.steps) };
    return this.#results.results;
  }

  get profile() {
    const article = this.#article;
    return article && isRead(article) ? this.#tally(article) : null;
  }

  /** @param {AbortSignal} [signal] */
  async read(signal) {
    mustBeSignal(signal);
    const { workspace } = /** @type {Desk} */ (this.#desk);
    // What is being read already is waited for.
    await this.#opening;
    if (!this.host.desk && (this.#article === null || isRead(this.#article))) this.#read(true);
    if (this.#trouble) throw this.#trouble;
    await this.#opening;
    while (this.#article && !isRead(this.#article) && !signal?.aborted) {
      await workspace.settled;
      if (this.#trouble) throw this.#trouble;
      await breathe();
    }
    signal?.throwIfAborted();
    return this.results;
  }

  /**
   * @param {number} index
   * @param {readonly string[] | null} themes
   * @param {string} [coder]
   */
  setCodes(index, themes, coder) {
    const { workspace } = /** @type {Desk} */ (this.#desk);
    this.#own = true;
    try {
      if (coder !== undefined) workspace.nameCoder(coder);
      workspace.code(index, themes && [...themes]);
    } finally {
      this.#own = false;
    }
  }

  undo() {
    return this.#desk?.workspace.undo() !== null;
  }

  redo() {
    return this.#desk?.workspace.redo() !== null;
  }

  /** @param {number} index */
  async focusParagraph(index) {
    if (this.#listed) await this.#view?.jump(index, { focus: true, scroll: !this.#place });
    else this.#choose(index);
    this.#reveal(index);
  }

  /** @param {string} format */
  async export(format) {
    const { exported } = await import("./files.js");
    return exported(/** @type {Desk} */ (this.#desk), format);
  }

  async toProject() {
    const { projectText } = await import("./files.js");
    return projectText(/** @type {Desk} */ (this.#desk));
  }

  /** @param {string} json */
  async fromProject(json) {
    const { takeCodes } = await import("./files.js");
    takeCodes(/** @type {Desk} */ (this.#desk), json);
  }

  forget() {
    const { workspace } = /** @type {Desk} */ (this.#desk);
    const { article } = workspace;
    workspace.forget();
    if (article && !this.host.desk) this.#read(true);
  }

  /** Everything in another language: the box calls this when the page's has changed. */
  async speak() {
    const { desk } = this.host;
    if (!desk) await this.#language.fit(this.host, this.host.messages);
    this.frame.lang = desk?.language.id ?? this.#language.id;
    this.#view?.speak();
    void this.show(this.#article);
  }

  /** The list of paragraphs, for the page. */
  get view() {
    return this.#view;
  }

  /** Whether the list's letters and digits do anything, where it is editable: the page can switch them off. */
  keysOn = true;

  /** @param {boolean} on */
  switchKeys(on) {
    this.keysOn = on;
    this.#dress();
  }

  /** A key that was pressed beside the list. @param {KeyboardEvent} event */
  press(event) {
    this.#keys?.hear(event);
  }

  /**
   * Shows an article: the box calls this for one of its own.
   *
   * @param {OpenArticle | null} article
   * @param {boolean} [visible] whether the list is to be filled
   */
  async show(article, visible = true) {
    const desk = this.#desk;
    if (!desk || !this.#view || !this.#strip || !this.#bars) return;
    const own = ++this.#run;
    // Of another article the first screen of paragraphs is seen before all else is made.
    const other = article !== null && article.name !== this.#shown;
    if (other) {
      this.#strip.clearFilter();
      this.#shown = article.name;
    }
    this.#article = article;
    this.#dress();
    this.#view.show(visible && this.#listed ? article : null);
    this.#around = this.#showAround(article, visible, () => own === this.#run, other ? painted : breathe);
    await this.#around;
  }

  /**
   * What is around the list: it can wait until the article is read, and each part is a task of its own.
   *
   * @param {OpenArticle | null} article
   * @param {boolean} visible
   * @param {() => boolean} wanted
   * @param {() => Promise<void>} pause
   */
  async #showAround(article, visible, wanted, pause) {
    if (!article || !isRead(article)) return this.#voice.state("busy", article !== null);
    if (!visible) return;
    const { reader } = /** @type {Desk} */ (this.#desk).workspace;
    const shown = new Set(this.host.view.split(/\s+/));
    const updates = [
      () => shown.has("strip") && this.#strip?.show(article),
      () => shown.has("bars") && this.#bars?.show(article, reader.wordsOf),
      () => this.#tell(article),
    ];
    for (const update of updates) {
      await pause();
      if (!wanted()) return;
      update();
    }
    await pause();
  }

  // Beginning, and beginning again

  /** Takes its place at a desk: its own, or one that was handed in. */
  async #sit() {
    const { host } = this;
    /** @type {Desk} */
    const desk = host.desk ?? (await makeDesk(host, this.#language));
    this.#desk = desk;
    const { workspace, motif } = desk;
    if (!host.desk) {
      workspace.onTrouble = (/** @type {unknown} */ problem) => this.#fail(problem);
      workspace.listen(() => void this.show(workspace.article));
    }
    workspace.guard = (/** @type {number} */ index, /** @type {string[] | null} */ after) => {
      const before = workspace.article?.paragraphs[index]?.codes?.themes ?? null;
      return this.#own || this.#voice.fire("leitmotif-code", { index, before, after }, true);
    };
    this.status.hidden = host.desk !== null;
    // On the page others have made their parts before it.
    if (host.desk) await breathe();
    const root = /** @type {ShadowRoot} */ (host.shadowRoot);
    root.adoptedStyleSheets = elementSheets(host.ownerDocument, desk.themes.all.map(({ id }) => id));
    this.#makeViews();
    const { fallback } = motif;
    this.#voice.state("fallback", fallback !== null);
    this.#voice.fire("leitmotif-ready", { engine: this.engineInUse, model: motif.model, fallback });
  }

  #makeViews() {
    const { workspace, themes, further } = /** @type {Desk} */ (this.#desk);
    this.#view = new ReadingView(this.listing, workspace, themes, this.#manner);
    this.#strip = new StripView(this.portrait, themes);
    this.#bars = new ProfileView(themes, this.host.headingLevel);
    this.#keys = new CodingKeys(this.#view, workspace, further ?? { undo: () => this.undo(), redo: () => this.redo() });
    this.#view.around = () => this.#around;
    this.#view.onChoose = (index) => this.#choose(index);
    this.#view.onPress = (index) => this.#reveal(index);
    this.#strip.onJump = (index) => {
      if (this.#listed) void this.#view?.jump(index, { scroll: !this.#place });
      else this.#choose(index);
      this.#reveal(index);
    };
    this.#strip.onFilter = (shows, on) => {
      this.#view?.filter(shows);
      const article = this.#article;
      const all = article?.paragraphs ?? [];
      const shown = all.filter(shows).length;
      if (on) this.say(() => themes.t().shownOf(shown, all.length));
      else if (article && isRead(article)) this.say(() => this.#summary(article));
    };
  }

  /** Another engine, other themes: the codes stay with their paragraphs. */
  async #restart() {
    // Where there was no engine, there may be one now.
    if (!this.#desk) return void this.host.load().catch(() => {});
    const before = this.#article?.paragraphs ?? [];
    const own = ++this.#run;
    this.#desk.workspace.stop();
    this.#voice.state("busy", true);
    try {
      await this.#sit();
      if (own !== this.#run) return;
      this.#complain(null);
      this.#article = null;
      this.#read(true, before);
    } catch (error) {
      this.#fail(error);
    }
  }

  #rebuild() {
    if (!this.#desk) return;
    this.#makeViews();
    this.#shown = "";
    this.#strip?.choose(this.#chosen);
    void this.show(this.#article);
  }

  // Reading

  /**
   * Reads the text that is given, or the page's.
   *
   * @param {boolean} [again] even if it has not changed
   * @param {readonly import("../project.js").OpenParagraph[]} [work] codes and notes that it gets
   */
  #read(again = false, work) {
    const { host } = this;
    if (!this.#desk || host.desk) return;
    const { paragraphs } = host;
    const given = paragraphs ? null : host.givenText;
    this.#watch.stop();
    if (!paragraphs && given === null) return this.#readPage(again, work);
    this.#place = null;
    this.#marks.clear();
    const blocks = paragraphs?.map((text) => ({ text: text.replace(/\n[^\S\n]*(?=\n)/g, "").replace(/\n+/g, "\n").trim(), hint: null })).filter(({ text }) => text !== "");
    const source = blocks ? blocks.map(({ text }) => text).join("\n\n") : /** @type {string} */ (given);
    this.#open({ name: nameOf(source), source, ...(blocks && { blocks }) }, work);
  }

  /** @param {boolean} [again] @param {readonly import("../project.js").OpenParagraph[]} [work] */
  #readPage(again = false, work) {
    if (this.host.paragraphs || this.host.givenText !== null) return;
    const { target } = this.host;
    const found = targetOf(this.host);
    if (this.#connected) this.#watch.follow(found, this.host.ownerDocument);
    if (found === null) {
      const trouble = new NoTarget(String(target));
      // Once is enough, however often the page changes.
      if (this.#trouble?.message !== trouble.message) this.#fail(trouble);
      return;
    }
    if (this.#trouble) this.#complain(null);
    const page = new PageText(found === this.host ? ownText(found) : [found]);
    const before = this.#place?.page;
    this.#place = { page, element: found };
    if (!again && before?.source === page.source && this.#article) return void this.#mark();
    const { source, blocks } = page;
    const name = nameOf(blocks.find(({ hint }) => hint === "heading")?.text ?? source);
    const split = this.host.split;
    const byBlocks = blocks.length >= 2 && (split === "auto" || split === "block");
    this.#open({ name, source, ...(byBlocks && { blocks }) }, work);
  }

  /**
   * @param {import("../workspace.js").Paste} paste
   * @param {readonly import("../project.js").OpenParagraph[]} [work]
   */
  #open(paste, work) {
    const { workspace } = /** @type {Desk} */ (this.#desk);
    const { split } = this.host;
    this.#since = performance.now();
    this.#chosen = -1;
    this.#marks.clear();
    if (isTooLong(paste.source)) return this.#fail(new LeitmotifError("too-large", tooLong(paste.source)));
    if (this.#trouble) this.#complain(null);
    this.empty.hidden = paste.source.trim() !== "";
    if (paste.source.trim() === "") {
      workspace.forget();
      this.#article = null;
      this.#spoken.say("");
      return void this.show(null);
    }
    this.#opening = workspace.renew(paste, split === "block" || (split === "auto" && paste.blocks) ? undefined : split, work);
  }

  // Showing

  /** Whether the list is shown, in full or as labels. */
  get #listed() {
    return /\b(?:labels|list)\b/.test(this.host.view);
  }

  /** What is shown, and how. */
  #dress() {
    const { host } = this;
    const shown = new Set(host.view.split(/\s+/));
    const full = shown.has("list");
    const some = this.#article !== null;
    Object.assign(this.#manner, {
      codes: host.editable,
      edits: host.editable && host.desk !== null,
      explain: host.explain,
      heading: full ? Math.min(6, host.headingLevel + (host.desk ? 0 : 1)) : 0,
    });
    this.portrait.hidden = !some || !shown.has("strip");
    this.profileRoot.hidden = !some || !shown.has("bars");
    this.profileRoot.replaceChildren(...(shown.has("bars") && this.#bars ? [this.#bars.root] : []));
    this.listing.hidden = !some || !this.#listed;
    this.listing.classList.toggle("excerpts", !full);
    this.listing.classList.toggle("unlabelled", !shown.has("labels"));
    if (this.#keys) this.#keys.on = host.editable && this.keysOn;
    // Own children are the text, or stand in for what does not work.
    this.children.hidden = some && this.#place?.element !== host;
  }

  /** All is read and shown. @param {OpenArticle} article */
  #tell(article) {
    this.#voice.state("busy", false);
    this.#voice.state("unsure", article.paragraphs.some((paragraph) => paragraph.included && isUnsure(paragraph)));
    if (!this.host.desk) {
      this.say(this.#summary(article));
    }
    const parts = this;
    this.#voice.fire("leitmotif-result", {
      get results() {
        return parts.results;
      },
      get profile() {
        return parts.profile;
      },
      ms: performance.now() - this.#since,
    });
  }

  /** How things stand, in a sentence. @param {OpenArticle} article */
  #summary(article) {
    const out = article.paragraphs.filter(({ included }) => !included).length;
    return statusSentence(this.#tally(article), out, /** @type {Desk} */ (this.#desk).themes);
  }

  /** @param {OpenArticle} article */
  #tally(article) {
    const { workspace, themes } = /** @type {Desk} */ (this.#desk);
    return tally(article, themes.ids, workspace.reader.wordsOf);
  }

  /** @param {number} index −1: none */
  #choose(index) {
    this.#chosen = index;
    this.#strip?.choose(index);
    // One is left before another is chosen: that is one step.
    queueMicrotask(() => {
      if (this.#told === this.#chosen) return;
      this.#told = this.#chosen;
      this.#mark();
      this.#voice.fire("leitmotif-select", { index: this.#chosen });
    });
  }

  /** Paints the chosen paragraph, and its words, where they stand in the page. */
  #mark() {
    const place = this.#place;
    const paragraph = this.#article?.paragraphs[this.#chosen];
    if (!place || !this.#article || !paragraph || !this.#connected) return this.#marks.clear();
    const { steps } = /** @type {Desk} */ (this.#desk).workspace.reader;
    this.#marks.show(place.element, paragraphMarks(place, paragraph, spansOf(this.#article)[this.#chosen], this.host.explain ? steps : null));
  }

  /** Brings a paragraph of the page into view. @param {number} index */
  #reveal(index) {
    if (!this.#place || !this.#article?.paragraphs[index]) return;
    const { start, end } = spansOf(this.#article)[index];
    reveal(this.#place.page.rangeOf(start, end));
  }

  // Saying

  /** @param {import("../voice.js").Words} words */
  say(words) {
    if (this.host.desk) this.host.desk.say?.(words);
    else if (!this.#trouble) this.#spoken.report(words);
  }

  /** @type {Error | null} what is wrong now */
  #trouble = null;

  /** @param {unknown} problem */
  #fail(problem) {
    const { error, words } = this.#voice.fail(problem, this.#language.t()?.wrong);
    this.#complain(error, words);
    this.#voice.state("busy", false);
  }

  /** @param {Error | null} trouble @param {string} [words] */
  #complain(trouble, words = "") {
    this.#trouble = trouble;
    this.error.hidden = trouble === null;
    this.#voice.state("error", trouble !== null);
    this.#spoken.say(words);
    if (trouble === null) return;
    this.children.hidden = false;
    for (const part of [this.portrait, this.profileRoot, this.listing]) part.hidden = true;
  }
}

/** @param {string} name */
function slot(name) {
  const made = document.createElement("slot");
  if (name) made.name = name;
  return made;
}

/** @param {OpenArticle} article */
const isRead = ({ paragraphs }) => paragraphs.every(({ machine }) => machine);
