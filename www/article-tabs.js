/** The open articles, to switch between them and to close them. */

import { button, element, focusedNear } from "./dom.js";
import { rove } from "./roving.js";

/** @typedef {import("./workspace.js").Workspace} Workspace */

export class ArticleTabs {
  /**
   * @param {HTMLElement} root
   * @param {Workspace} workspace
   * @param {import("./messages.js").Language} language
   */
  constructor(root, workspace, language) {
    this.language = language;
    this.root = root;
    this.workspace = workspace;
    this.list = element("ul", "articles");
    root.replaceChildren(this.list);
    rove(root);
  }

  show() {
    const { workspace } = this;
    const { t } = this.language;
    const { articles } = workspace.project;
    this.root.hidden = articles.length === 0;
    this.root.setAttribute("aria-label", t().articles);
    const focused = [...this.list.querySelectorAll("button")].indexOf(/** @type {any} */ (focusedNear(this.list)));
    this.list.replaceChildren(
      ...articles.map(({ name }, i) => {
        const title = name || t().untitled;
        const open = button(title, () => workspace.show(i), "open");
        if (i === workspace.open) open.setAttribute("aria-current", "true");
        const close = button("×", () => workspace.close(i), "close");
        close.setAttribute("aria-label", t().closeArticle(title));
        return element("li", "", open, close);
      }),
    );
    const buttons = this.list.querySelectorAll("button");
    if (focused >= 0) buttons[Math.min(focused, buttons.length - 1)]?.focus();
  }
}
