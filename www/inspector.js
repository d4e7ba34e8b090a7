/** What is known of the article, of the chosen paragraph, and of the themes: three panels behind tabs. */

import { CodebookPanel } from "./codebook-panel.js";
import { button, element } from "./dom.js";
import { t } from "./messages.js";
import { ParagraphPanel } from "./paragraph-panel.js";
import { ProfileView } from "./profile-view.js";

/** @typedef {import("./sentences.js").Themes} Themes */
/** @typedef {import("./workspace.js").Workspace} Workspace */
/** @typedef {"overview" | "paragraph" | "codebook"} Tab */

/** @type {readonly Tab[]} */
const TABS = ["overview", "paragraph", "codebook"];

export class Inspector {
  /** @type {Tab} */
  #tab = "overview";
  #chosen = -1;

  /**
   * @param {HTMLElement} root
   * @param {Workspace} workspace
   * @param {Themes} themes
   * @param {Promise<import("./codebook-panel.js").Codebook | null>} codebook
   */
  constructor(root, workspace, themes, codebook) {
    this.root = root;
    this.workspace = workspace;
    this.themes = themes;
    this.tabs = element("div", "tabs");
    this.tabs.setAttribute("role", "tablist");
    this.closer = button("", () => {
      this.toggle(false);
      this.#focusTab();
    }, "closer");
    this.panels = {
      overview: new ProfileView(themes),
      paragraph: new ParagraphPanel(workspace, themes),
      codebook: new CodebookPanel(themes, codebook),
    };
    for (const tab of TABS) {
      const made = button("", () => this.open(tab), "tab");
      made.id = `tab-${tab}`;
      made.setAttribute("role", "tab");
      made.setAttribute("aria-controls", `panel-${tab}`);
      this.tabs.append(made);
      const panel = this.panels[tab].root;
      panel.id = `panel-${tab}`;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", made.id);
      panel.tabIndex = 0;
    }
    this.tabs.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.open(TABS[(TABS.indexOf(this.#tab) + step + TABS.length) % TABS.length]);
      this.#focusTab();
    });
    root.replaceChildren(element("div", "bar-of-tabs", this.tabs, this.closer), ...TABS.map((tab) => this.panels[tab].root));
  }

  #focusTab() {
    /** @type {HTMLElement} */ (this.tabs.children[TABS.indexOf(this.#tab)]).focus();
  }

  /** Brings all up to date. */
  show() {
    this.closer.textContent = t().close;
    this.tabs.setAttribute("aria-label", t().inspector);
    for (const [i, tab] of TABS.entries()) {
      const button = /** @type {HTMLButtonElement} */ (this.tabs.children[i]);
      const on = tab === this.#tab;
      button.textContent = t()[tab];
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
      this.panels[tab].root.hidden = !on;
    }
    const { article, reader } = this.workspace;
    if (this.#tab === "overview") this.panels.overview.show(article, reader.wordsOf);
    else if (this.#tab === "paragraph") this.panels.paragraph.show(article?.paragraphs[this.#chosen] ?? null, this.#chosen);
    else this.panels.codebook.show();
  }

  /** @param {Tab} tab */
  open(tab) {
    this.#tab = tab;
    this.toggle(true);
    this.show();
  }

  /** On a small screen it is a sheet that can be put away. @param {boolean} open */
  toggle(open) {
    this.root.classList.toggle("open", open);
  }

  /** @param {number} index of the chosen paragraph; −1: none */
  choose(index) {
    this.#chosen = index;
    if (index >= 0 && this.#tab === "overview") this.#tab = "paragraph";
    this.show();
  }
}
