/** The open project, what can be done to it, and whoever wants to know. Everything that a person does can be undone. */

import { articleOf, hintsAfter, paragraphsOf } from "./article-of.js";
import { History } from "./history.js";
import { inForce, keepWork, replaced } from "./project.js";

/** @typedef {import("./article-reader.js").ArticleReader} ArticleReader */
/** @typedef {import("./blocks.js").Block} Block */
/** @typedef {import("./project.js").OpenArticle} OpenArticle */
/** @typedef {import("./project.js").OpenParagraph} OpenParagraph */
/** @typedef {import("./project.js").Project} Project */
/** @typedef {import("./project.js").Split} Split */
/** @typedef {import("./steps.js").Way} Way */

/** @typedef {{ name: string, source: string, blocks?: Block[] }} Paste blocks: of pasted HTML; the source is then their text */
/** @typedef {{ project: Project, open: number }} State open: position of the article that is shown */

/**
 * @typedef {object} Opening
 * @property {(articles: OpenArticle[]) => void} add after all that are open; the first that is added is shown
 * @property {() => boolean} wanted false: what it added was taken back, or something else is open instead
 */

/** More paragraphs than a book has. */
export const LONG = 20_000;
/** How long an article may be read before it is shown without its labels, in milliseconds. */
const PATIENCE = 400;
/** Texts of so many UTF-16 code units, a quarter of an hour's reading, would hold up a slow page. */
const BESIDE = 20_000;

export class Workspace {
  /** @type {History<State>} */
  #history;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {((problem: unknown) => void) | null} */
  onTrouble = null;
  /** Asked before codes are given or taken; false: they stay as they are. @type {((index: number, themes: string[] | null) => boolean) | null} */
  guard = null;
  /** Reads a paste beside the page, if that can be done at the moment. @type {((paste: Paste) => Promise<OpenArticle | null>) | null} */
  beside = null;
  /** Ends what is typed in a paragraph: it belongs to the article that is shown, and is done before another one is. @type {(() => void) | null} */
  typing = null;
  /** Goes up with every reading: an older one gives up. */
  #run = 0;
  /** The last answer to how a text would be split, and the text. @type {{ source: string | null, way: Way }} */
  #guess = { source: null, way: "auto" };
  /** Goes up with all that a person does, looking at another article among it. */
  steps = 0;
  /** @type {Promise<void>} settles when the article that is shown is read */
  settled = Promise.resolve();
  /** What splits a text takes its time: one thing after the other. @type {Promise<void>} */
  #queue = Promise.resolve();
  /** Goes up with every text that comes instead of another: only the last one matters. */
  #renewals = 0;
  /** Goes up when all is forgotten: what was begun before is dropped. */
  #era = 0;
  /** Goes up when articles that come one by one are of no use any more. */
  #openings = 0;

  /**
   * @param {ArticleReader} reader
   * @param {{ id: string, sha256: string }} model
   * @param {string} app the version
   */
  constructor(reader, { id, sha256 }, app) {
    this.reader = reader;
    const project = { articles: [], coder: "", model: { id, sha256 }, app };
    this.#history = new History(/** @type {State} */ ({ project, open: 0 }), weightOf);
  }

  get project() {
    return this.#history.state.project;
  }

  /** Position of the article that is shown. */
  get open() {
    return this.#history.state.open;
  }

  /** @returns {OpenArticle | null} the one that is shown */
  get article() {
    return this.project.articles[this.open] ?? null;
  }

  get undoable() {
    return this.#history.undoable;
  }

  get redoable() {
    return this.#history.redoable;
  }

  /** The way in which an article is split where the choice is automatic. @param {OpenArticle} article @returns {Way} */
  guessOf({ source, way }) {
    if (way) return way;
    if (this.#guess.source !== source) this.#guess = { source, way: this.reader.steps.wayOf(source) };
    return this.#guess.way;
  }

  /** @param {() => void} listener called after every change */
  listen(listener) {
    this.#listeners.add(listener);
  }

  /**
   * Articles that come one by one, already read: together one step to undo, however much is done between them.
   *
   * @returns {Opening}
   */
  opening() {
    const own = ++this.#openings;
    let depth = -1;
    const wanted = () => own === this.#openings && (depth < 0 || this.#history.depth >= depth);
    /** @param {OpenArticle[]} fresh */
    const add = (fresh) => {
      if (!wanted() || fresh.length === 0) return;
      const more = (/** @type {State} */ { project, open }) => ({ open, project: { ...project, articles: [...project.articles, ...fresh] } });
      if (depth >= 0) {
        this.#history.since(depth, more);
        this.#tell();
        return;
      }
      this.typing?.();
      const state = more(this.#history.state);
      this.#commit({ ...state, open: state.project.articles.length - fresh.length }, "open");
      depth = this.#history.depth;
    };
    return { add, wanted };
  }

  /** @param {Paste[]} pastes each becomes an article; the first of them is shown @returns {Promise<void>} settles when it is */
  openPastes(pastes) {
    return this.#then(async (wanted) => {
      const fresh = [];
      for (const paste of pastes) fresh.push((await this.#readBeside(paste)) ?? (await articleOf(this.reader, paste)));
      if (fresh.length === 0) return;
      fresh[0] = await this.#labelled(fresh[0], wanted);
      if (!wanted()) return;
      this.typing?.();
      const articles = [...this.project.articles, ...fresh];
      this.#commit({ project: { ...this.project, articles }, open: articles.length - fresh.length }, "open");
    });
  }

  /**
   * A whole project instead of this one, as from a file; what was open can be brought back by undo.
   *
   * @param {Project} project
   * @param {number} [open] place of the article that is shown
   */
  openProject(project, open = 0) {
    this.typing?.();
    this.#openings++;
    this.#commit({ project, open }, "open");
  }

  /** A project to begin with, as from the last visit: no undo takes it away. @param {Project} project @param {number} [open] */
  beginWith(project, open = 0) {
    this.#openings++;
    this.#history.forget({ project, open });
    this.steps++;
    this.#changed();
  }

  /**
   * The text of the one article has changed where it comes from. Codes stay with their paragraphs; there is nothing to undo.
   *
   * @param {Paste} paste
   * @param {Split} [split]
   * @param {readonly OpenParagraph[]} [work] whose codes and notes are kept; without it those of the article as it was
   * @returns {Promise<void>} settles when it is shown, or another text has come meanwhile
   */
  renew({ name, source, blocks }, split, work) {
    const own = ++this.#renewals;
    return this.#then(async (wanted) => {
      const latest = () => wanted() && own === this.#renewals;
      if (!latest()) return;
      const read = await this.#labelled(await articleOf(this.reader, { name, source, blocks }, split), latest);
      if (!latest()) return;
      // Codes may have been given meanwhile.
      const article = { ...read, paragraphs: keepWork(work ?? this.article?.paragraphs ?? [], read.paragraphs) };
      this.#history.forget({ project: { ...this.project, articles: [article] }, open: 0 });
      this.steps++;
      this.#changed();
    });
  }

  /** What is being read is given up, until something changes. */
  stop() {
    this.#run++;
  }

  /** Everything is closed, and no undo brings it back. */
  forget() {
    this.#run++;
    this.#era++;
    this.#openings++;
    this.reader.forget();
    this.#history.forget({ project: { ...this.project, articles: [], coder: "" }, open: 0 });
    this.steps++;
    this.#changed();
  }

  /** @param {number} index */
  close(index) {
    const articles = this.project.articles.filter((_, i) => i !== index);
    const open = Math.max(0, Math.min(this.open > index ? this.open - 1 : this.open, articles.length - 1));
    this.#commit({ project: { ...this.project, articles }, open }, "close");
  }

  /** Shows another article: looking is nothing to undo. @param {number} index */
  show(index) {
    this.#history.amend({ ...this.#history.state, open: index });
    this.steps++;
    this.#changed();
  }

  /** @param {Split} split another way to split the article that is shown @returns {Promise<void>} settles when it is */
  resplit(split) {
    return this.#again("split", (article) => (split === article.split ? null : { ...article, source: textOf(article), split }));
  }

  /** @param {string} source the whole text instead of the article that is shown @returns {Promise<void>} settles when it is */
  rewrite(source) {
    return this.#again("edit", (article) => {
      if (source === textOf(article)) return null;
      return { name: article.name, source, split: article.split === "blocks" ? "auto" : article.split, rewritten: true, paragraphs: [] };
    });
  }

  /**
   * Splits the article that is shown once more.
   *
   * @param {string} what is done
   * @param {(article: OpenArticle) => OpenArticle | null} change null: nothing is
   * @returns {Promise<void>}
   */
  #again(what, change) {
    return this.#then(async (wanted) => {
      const { article, open } = this;
      const changed = article && change(article);
      if (!changed) return;
      const { way, paragraphs } = await paragraphsOf(this.reader, changed.source, changed.split, changed.hints);
      // Codes may have been given meanwhile.
      const now = this.article;
      if (!wanted() || !now || this.open !== open) return;
      const known = way ?? (changed.source === article.source ? article.way : undefined);
      this.#commitArticle({ ...changed, way: known, paragraphs: keepWork(now.paragraphs, paragraphs) }, what);
    });
  }

  /** A long paste, if it is soon read beside the page. @param {Paste} paste @returns {Promise<OpenArticle | null>} */
  async #readBeside({ name, source, blocks }) {
    if (!this.beside || source.length < BESIDE) return null;
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
    // What went wrong there is tried here.
    return Promise.race([this.beside({ name, source, blocks }), late]).catch(() => null);
  }

  /** An article with its labels, unless that takes long: it is shown at once then. @param {OpenArticle} article @param {() => boolean} wanted */
  async #labelled(article, wanted) {
    const deadline = performance.now() + PATIENCE;
    return (await this.reader.read(article, () => wanted() && performance.now() < deadline)) ?? article;
  }

  /** @param {(wanted: () => boolean) => Promise<void>} work done after all that was asked for before @returns {Promise<void>} */
  #then(work) {
    const era = this.#era;
    this.#queue = this.#queue.then(() => work(() => era === this.#era)).catch((problem) => this.onTrouble?.(problem));
    return this.#queue;
  }

  /**
   * @param {number} index
   * @param {string[] | null} themes the person's codes; null: none given
   * @param {boolean} [unsure] whether the person is in doubt
   */
  code(index, themes, unsure = false) {
    const { coder } = this.project;
    const order = this.reader.steps.themes.map(({ id }) => id);
    const sorted = themes && order.filter((id) => themes.includes(id));
    if (this.guard?.(index, sorted) === false) return;
    const codes = sorted && { themes: sorted, coder, at: new Date().toISOString(), ...(unsure && { unsure }) };
    this.#change(index, { codes }, "code");
  }

  /** Gives the theme to a paragraph, or takes it: the first one given replaces what the machine said. @param {number} index @param {string} theme */
  toggle(index, theme) {
    const { themes: held = [], unsure } = this.article?.paragraphs[index]?.codes ?? {};
    const themes = held.includes(theme) ? held.filter((id) => id !== theme) : [...held, theme];
    this.code(index, themes.length === 0 ? null : themes, unsure);
  }

  /** Marks the person's codes as unsure, or takes the mark; where there are none, the machine's verdict becomes theirs. @param {number} index */
  doubt(index) {
    const paragraph = this.article?.paragraphs[index];
    if (!paragraph || (!paragraph.codes && !paragraph.machine)) return;
    this.code(index, [...inForce(paragraph)], !paragraph.codes?.unsure);
  }

  /** Makes the machine's verdict the person's, unless there is one. @param {number} index */
  accept(index) {
    const paragraph = this.article?.paragraphs[index];
    if (paragraph?.machine && !paragraph.codes) this.code(index, [...inForce(paragraph)]);
  }

  /** @param {number} index @param {boolean} included */
  include(index, included) {
    this.#change(index, { included }, "include");
  }

  /** @param {number} index @param {string} note */
  annotate(index, note) {
    this.#change(index, { note }, "note");
  }

  /** While a note is typed: there, not yet done. @param {number} index @param {string} note */
  draftNote(index, note) {
    this.#amendNote(index, note);
    this.#tell();
  }

  /** What was typed as a note is done: one step to undo. @param {number} index @param {string} before @param {string} note */
  finishNote(index, before, note) {
    this.#amendNote(index, before);
    if (note !== before) this.annotate(index, note);
  }

  /** @param {number} index @param {string} note */
  #amendNote(index, note) {
    const { article } = this;
    const paragraph = article?.paragraphs[index];
    if (!article || !paragraph) return;
    this.#history.amend(this.#withArticle({ ...article, paragraphs: replaced(article.paragraphs, index, { ...paragraph, note }) }));
  }

  /** @param {string} coder who gives the codes from now on */
  nameCoder(coder) {
    if (coder !== this.project.coder) this.#commit({ ...this.#history.state, project: { ...this.project, coder } }, "coder");
  }

  /** While a paragraph is typed: shown and read, not yet done. @param {number} index @param {string} text */
  draft(index, text) {
    const { article } = this;
    // All of a very long article would be weighed again at each key: when the edit is done is soon enough.
    if (!article || article.paragraphs.length > LONG) return;
    const paragraphs = replaced(article.paragraphs, index, { ...article.paragraphs[index], text });
    this.#history.amend(this.#withArticle({ ...article, paragraphs }));
    this.#changed();
  }

  /**
   * What was typed is done: one step to undo. An emptied paragraph is gone.
   *
   * @param {number} index
   * @param {string} before
   * @param {string} text
   */
  finishDraft(index, before, text) {
    const { article } = this;
    if (!article) return;
    const { paragraphs } = article;
    const back = { ...article, paragraphs: replaced(paragraphs, index, { ...paragraphs[index], text: before }) };
    this.#history.amend(this.#withArticle(back));
    if (text.trim() === "") {
      this.#commitArticle({ ...article, rewritten: true, hints: hintsAfter(article, index, text), paragraphs: paragraphs.filter((_, i) => i !== index) }, "edit");
    } else if (text !== before) {
      this.#change(index, { text: text.trim() }, "edit");
    } else {
      this.#changed();
    }
  }

  /** @returns {string | null} what was taken back, as a key of the message table */
  undo() {
    const what = this.#history.undo();
    if (!what) return null;
    this.steps++;
    this.#changed();
    return what;
  }

  /** @returns {string | null} what was done again */
  redo() {
    const what = this.#history.redo();
    if (!what) return null;
    this.steps++;
    this.#changed();
    return what;
  }

  /**
   * @param {number} index
   * @param {Partial<OpenParagraph>} change
   * @param {string} what
   */
  #change(index, change, what) {
    const { article } = this;
    const paragraph = article?.paragraphs[index];
    if (!article || !paragraph) return;
    /** @type {OpenArticle} */
    const changed = { ...article, paragraphs: replaced(article.paragraphs, index, { ...paragraph, ...change }) };
    if (change.text === undefined) this.reader.follow(article, changed);
    else Object.assign(changed, { rewritten: true, hints: hintsAfter(article, index, change.text) });
    this.#commitArticle(changed, what);
  }

  /** @param {OpenArticle} article @param {string} what */
  #commitArticle(article, what) {
    this.#commit(this.#withArticle(article), what);
  }

  /** @param {OpenArticle} article @returns {State} */
  #withArticle(article) {
    const { project, open } = this.#history.state;
    return { open, project: { ...project, articles: replaced(project.articles, open, article) } };
  }

  /** @param {State} state @param {string} what */
  #commit(state, what) {
    this.#history.commit(state, what);
    this.steps++;
    this.#changed();
  }

  #changed() {
    this.settled = this.#read().catch((problem) => this.onTrouble?.(problem));
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  /** Reads the article that is shown, then the others, as far as that is not done. */
  async #read() {
    const run = ++this.#run;
    const first = this.open;
    const others = this.project.articles.flatMap((article, i) => (i !== first && article.paragraphs.some(({ machine }) => !machine) ? [i] : []));
    for (const index of [first, ...others]) {
      const article = this.project.articles[index];
      const read = article && (await this.reader.read(article, () => run === this.#run));
      if (run !== this.#run) return;
      if (!read || read === article) continue;
      const { project, open } = this.#history.state;
      this.#history.amend({ open, project: { ...project, articles: replaced(project.articles, index, read) } });
      this.#tell();
    }
  }
}

/**
 * What a state takes beside the one that follows it, in words of eight bytes or so: a list for each article that the step
 * changes, and the texts that are gone after it. All else they share.
 *
 * @param {State} before
 * @param {State} after
 */
function weightOf({ project: { articles: before } }, { project: { articles: after } }) {
  const kept = new Set(after);
  const changed = before.filter((article) => !kept.has(article));
  const gone = changed.filter(({ source }) => !after.some((article) => article.source === source));
  return 1 + changed.reduce((sum, { paragraphs }) => sum + paragraphs.length, 0) + gone.reduce((sum, { source }) => sum + source.length, 0) / 8;
}

/** The article's text as it now is: as pasted or, once paragraphs were edited, these. @param {OpenArticle} article */
export function textOf({ source, paragraphs }) {
  let at = 0;
  const follows = (/** @type {string} */ text) => {
    const start = source.indexOf(text, at);
    const blank = start >= 0 && source.slice(at, start).trim() === "";
    at = start + text.length;
    return blank;
  };
  const asPasted = paragraphs.every(({ text }) => follows(text)) && source.slice(at).trim() === "";
  return asPasted ? source : paragraphs.map(({ text }) => text).join("\n\n");
}
