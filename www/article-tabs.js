/** The open articles, to switch between them and to close them; where there are many, to find one by its name. */

import { button, element, focusedNear } from "./dom.js";
import { rove } from "./roving.js";

/** @typedef {import("./workspace.js").Workspace} Workspace */
/** @typedef {{ item: HTMLElement, open: HTMLButtonElement, close: HTMLButtonElement, title: string }} Tab */

/** More articles than this scroll in a room of their own. */
const FEW = 12;

export class ArticleTabs {
  /** In the order of the articles, and kept: with hundreds of them nothing may be made anew at each step. @type {Tab[]} */
  #tabs = [];
  #current = -1;

  /**
   * @param {HTMLElement} root
   * @param {Workspace} workspace
   * @param {import("./messages.js").Language} language
   */
  constructor(root, workspace, language) {
    this.language = language;
    this.root = root;
    this.workspace = workspace;
    this.count = element("label", "count");
    this.field = element("input", "field");
    this.field.type = "search";
    this.field.id = "find-article";
    this.field.autocomplete = "off";
    this.field.spellcheck = false;
    this.count.htmlFor = this.field.id;
    this.head = element("div", "articles-head", this.count, this.field);
    this.list = element("ul", "articles");
    this.tools = element("div", "", this.list);
    root.replaceChildren(this.head, this.tools);
    rove(this.tools);
    this.field.addEventListener("input", () => this.#filter());
  }

  show() {
    const { workspace } = this;
    const { t } = this.language;
    const { articles } = workspace.project;
    const many = articles.length > FEW;
    this.root.hidden = articles.length === 0;
    this.tools.setAttribute("aria-label", t().articles);
    this.list.classList.toggle("many", many);
    if (!many) this.field.value = "";
    const focused = focusedNear(this.list);
    const at = this.#tabs.findIndex(({ item }) => item.contains(focused));
    const [add, cut] = [articles.length - this.#tabs.length, this.#tabs.length - articles.length];
    for (let i = 0; i < add; i++) this.#add(this.#tabs.length);
    const gone = cut > 0 ? this.#tabs.splice(articles.length) : [];
    for (const { item } of gone) item.remove();
    articles.forEach(({ name }, i) => this.#name(this.#tabs[i], name || t().untitled));
    this.#filter();
    this.#mark(many);
    if (at < 0) return;
    // Where the one with the focus was, another one is now, or none that the field has found.
    const shown = (/** @type {Tab} */ { item }) => !item.hidden;
    const next = this.#tabs.find((tab, i) => i >= at && shown(tab)) ?? this.#tabs.findLast(shown);
    if (!next?.item.contains(focused)) (next?.close ?? this.field).focus();
  }

  /** @param {number} index */
  #add(index) {
    const open = button("", () => this.workspace.show(index), "open");
    const close = button("×", () => this.workspace.close(index), "close");
    const item = element("li", "", open, close);
    this.#tabs.push({ item, open, close, title: "" });
    this.list.append(item);
  }

  /** @param {Tab} tab @param {string} title */
  #name(tab, title) {
    const label = this.language.t().closeArticle(title);
    if (tab.title === title && tab.close.ariaLabel === label) return;
    tab.title = title;
    tab.open.textContent = title;
    tab.close.setAttribute("aria-label", label);
  }

  /** Which one is shown. @param {boolean} many */
  #mark(many) {
    const current = this.workspace.open;
    const changed = current !== this.#current;
    this.#current = current;
    for (const { open } of this.#tabs) if (open.hasAttribute("aria-current") && this.#tabs[current]?.open !== open) open.removeAttribute("aria-current");
    const tab = this.#tabs[current];
    tab?.open.setAttribute("aria-current", "true");
    if (!many || !changed || !tab) return;
    // Only this list scrolls, whatever is around it.
    const { offsetTop, offsetHeight } = tab.item;
    const { scrollTop, clientHeight } = this.list;
    if (offsetTop < scrollTop) this.list.scrollTop = offsetTop;
    else if (offsetTop + offsetHeight > scrollTop + clientHeight) this.list.scrollTop = offsetTop + offsetHeight - clientHeight;
  }

  /** Shows those whose names hold what is in the field. */
  #filter() {
    const { t } = this.language;
    const many = this.#tabs.length > FEW;
    const wanted = many ? this.field.value.trim().toLocaleLowerCase() : "";
    let shown = 0;
    for (const { item, open, close, title } of this.#tabs) {
      const hidden = wanted !== "" && !title.toLocaleLowerCase().includes(wanted);
      if (item.hidden !== hidden) for (const one of [item, open, close]) one.hidden = hidden;
      shown += Number(!hidden);
    }
    this.head.hidden = !many;
    if (!many) return;
    this.field.placeholder = t().findArticle;
    const words = wanted === "" ? t().articlesOpen(shown) : t().articlesFound(shown, this.#tabs.length);
    if (this.count.textContent !== words) this.count.textContent = words;
  }
}
