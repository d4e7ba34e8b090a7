/**
 * The article as a list of paragraphs. Put on the page in slices, kept up to date with as few changes as possible; one
 * paragraph at most is chosen: the one that the keys work on and that the inspector shows.
 */

import { button, element, marksText, named } from "./dom.js";
import { EVERYTHING, ParagraphItem } from "./paragraph-item.js";
import { breathe, painted, slice } from "./slices.js";

/** @typedef {import("./project.js").OpenParagraph} OpenParagraph */
/** @typedef {import("./sentences.js").Themes} Themes */
/** @typedef {import("./workspace.js").Workspace} Workspace */

/** Paragraphs put on the page before one asks for more: a book must not freeze the tab. */
const CHUNK = 200;
/** The list grows up to a paragraph that is jumped to; one that is farther away gets a window of its own. */
const FAR = 2_000;
/** Put there at once, whatever it takes: the first screen. */
const FIRST_SCREEN = 6;

export class ReadingView {
  /** @type {ParagraphItem[]} in the order of the list */
  #items = [];
  /** The window of the list that is on the page: places of its first paragraph and of the one after its last. */
  #from = 0;
  #limit = CHUNK;
  #run = 0;
  #made = 0;
  /** @type {ParagraphItem | null} */
  #chosen = null;
  /** @type {(paragraph: OpenParagraph) => boolean} */
  #shows = () => true;
  /** @type {import("./project.js").OpenArticle | null} */
  #article = null;
  /** Called when another paragraph, or none (−1), is chosen. @type {(index: number) => void} */
  onChoose = () => {};
  /** Called when one is pressed, also when it was chosen before. @type {(index: number) => void} */
  onPress = () => {};
  /** @type {Promise<void>} settles when all is on the page */
  settled = Promise.resolve();
  /** What comes between the first screen and the rest of the list. @type {() => Promise<void>} */
  around = async () => {};

  /**
   * @param {HTMLElement} root filled by this view alone
   * @param {Workspace} workspace
   * @param {Themes} themes
   * @param {import("./paragraph-item.js").Manner} [manner]
   */
  constructor(root, workspace, themes, manner = EVERYTHING) {
    this.workspace = workspace;
    this.themes = themes;
    this.manner = manner;
    this.list = named("list", element("ol", "paragraphs"));
    // Safari takes the role away from lists without markers.
    this.list.setAttribute("role", "list");
    // So that the focus can be put before the first paragraph.
    this.list.tabIndex = -1;
    this.more = named("button", button("", () => this.#showMore(), "more"));
    this.more.hidden = true;
    this.earlier = named("button", button("", () => this.#showEarlier(), "more"));
    this.earlier.hidden = true;
    root.replaceChildren(this.earlier, this.list, this.more);

    this.list.addEventListener("pointerover", ({ target }) => {
      this.list.classList.remove("quiet");
      this.#itemAt(target)?.explain();
    });
    this.list.addEventListener("focusin", ({ target }) => {
      const item = this.#itemAt(target);
      if (item) this.#choose(item);
    });
    this.list.addEventListener("click", ({ target }) => {
      const item = this.#itemAt(target);
      // Text that was marked with the mouse is to be copied, not pressed.
      if (!item || marksText(this.list)) return;
      this.#choose(item);
      this.onPress(item.index);
    });
  }

  /** @param {import("./project.js").OpenArticle | null} article */
  show(article) {
    if (article === this.#article) return;
    if (this.#article?.name !== article?.name || this.#article?.source !== article?.source) this.#window(0, CHUNK);
    this.#article = article;
    this.settled = this.#render();
  }

  /** Everything anew, as after a change of language. */
  rebuild() {
    this.#leave();
    this.#items = [];
    this.list.replaceChildren();
    this.settled = this.#render();
  }

  /** @param {(paragraph: OpenParagraph) => boolean} shows which paragraphs are listed */
  filter(shows) {
    this.#shows = shows;
    if (this.#from > 0) this.#window(0, CHUNK);
    this.settled = this.#render();
  }

  /** Position in the article of the chosen paragraph; −1: none. */
  get chosen() {
    return this.#chosen?.index ?? -1;
  }

  /** @returns {ParagraphItem | null} */
  get chosenItem() {
    return this.#chosen;
  }

  /**
   * Brings a paragraph into view and chooses it.
   *
   * @param {number} index in the article
   * @param {{ focus?: boolean, scroll?: boolean }} [further] also give it the focus; scroll: false leaves it where it is
   */
  async jump(index, { focus = false, scroll = true } = {}) {
    const place = this.#listed().findIndex((entry) => entry.index >= index);
    if (place < 0) return;
    if (place < this.#from || place > this.#limit + FAR) {
      // Some before it: who reads on upwards finds something.
      this.#window(Math.max(0, place - 20), place + CHUNK);
      this.settled = this.#render();
    } else if (place >= this.#limit) {
      this.#limit = place + CHUNK;
      this.settled = this.#render();
    }
    await this.settled;
    const item = this.#items[place - this.#from];
    if (!item) return;
    this.#choose(item);
    if (scroll) item.element.scrollIntoView({ block: "center" });
    if (focus) item.label.focus({ preventScroll: true });
  }

  /** Goes some paragraphs on from the chosen one, as far as there are. @param {number} steps @returns {boolean} whether it went anywhere */
  go(steps) {
    const from = this.#chosen ? this.#items.indexOf(this.#chosen) : -1;
    const to = Math.max(0, Math.min(this.#items.length - 1, from + steps));
    const item = this.#items[to];
    if (!item) return false;
    this.#choose(item);
    item.label.focus({ preventScroll: true });
    item.element.scrollIntoView({ block: "nearest" });
    // Of one that is higher than the window its label is what must be seen.
    item.head.scrollIntoView({ block: "nearest" });
    return to !== from;
  }

  /** Gives the focus to the chosen paragraph, or to the first. */
  focus() {
    (this.#chosen ?? this.#items[0])?.label.focus();
  }

  /** Puts reasons away that are shown for what is pointed at or chosen. */
  quiet() {
    this.list.classList.add("quiet");
  }

  /** @returns {{ paragraph: OpenParagraph, index: number }[]} */
  #listed() {
    const all = this.#article?.paragraphs.map((paragraph, index) => ({ paragraph, index })) ?? [];
    return all.filter(({ paragraph }) => this.#shows(paragraph));
  }

  /** Keeps the items before and after the change: typing touches one paragraph, and so does this. */
  async #render() {
    const run = ++this.#run;
    const listed = this.#listed();
    const wanted = listed.slice(this.#from, this.#limit);
    const hidden = listed.length - this.#from - wanted.length;
    this.more.hidden = hidden <= 0;
    this.more.textContent = this.themes.t().showMore(Math.min(CHUNK, hidden), hidden);
    this.earlier.hidden = this.#from === 0;
    this.earlier.textContent = this.themes.t().showEarlier(Math.min(CHUNK, this.#from), this.#from);

    const before = this.#items;
    const fits = (/** @type {ParagraphItem | undefined} */ item, /** @type {OpenParagraph | undefined} */ paragraph) =>
      item?.paragraph?.text === paragraph?.text && item?.paragraph?.kind === paragraph?.kind;
    const shorter = Math.min(before.length, wanted.length);
    let head = 0;
    let tail = 0;
    if (before.length === wanted.length && wanted.filter((entry, i) => !fits(before[i], entry.paragraph)).length <= 1) {
      head = before.length;
    } else {
      while (head < shorter && fits(before[head], wanted[head].paragraph)) head++;
      while (tail < shorter - head && fits(before.at(-1 - tail), wanted.at(-1 - tail)?.paragraph)) tail++;
    }
    for (const item of before.slice(head, before.length - tail)) {
      if (item === this.#chosen) this.#leave();
      item.element.remove();
    }
    this.#items = [...before.slice(0, head), ...before.slice(before.length - tail)];

    const watch = slice();
    for (const [i, { paragraph, index }] of wanted.entries()) {
      if (i >= FIRST_SCREEN) {
        // The engine comes first: what follows the first screen is shown once it is read.
        if (!paragraph.machine && i >= this.#items.length) break;
        const fresh = i === FIRST_SCREEN && i >= this.#items.length;
        if (fresh || watch.over()) {
          await (fresh ? painted() : breathe());
          if (fresh) await this.around();
          if (run !== this.#run) return;
          watch.again();
        }
      }
      if (i >= head && i < wanted.length - tail) {
        const item = new ParagraphItem(this.workspace, this.themes, this.#made++, this.manner);
        item.first = i < FIRST_SCREEN;
        this.list.insertBefore(item.element, this.#items[i]?.element ?? null);
        this.#items.splice(i, 0, item);
      }
      this.#items[i].update(paragraph, index);
      const part = wanted.length < listed.length;
      // Of what is not on the page nobody else can tell how much there is.
      this.#items[i].element.ariaPosInSet = part ? String(this.#from + i + 1) : null;
      this.#items[i].element.ariaSetSize = part ? String(listed.length) : null;
    }
    // One of the labels can always be reached by the Tab key.
    const first = this.#items[0];
    if (first) first.label.tabIndex = this.#chosen && this.#chosen !== first ? -1 : 0;
  }

  #showMore() {
    const first = this.#limit - this.#from;
    this.#limit += CHUNK;
    this.settled = this.#render();
    this.settled.then(() => this.#items[first]?.label.focus());
  }

  #showEarlier() {
    const added = Math.min(CHUNK, this.#from);
    this.#from -= added;
    this.settled = this.#render();
    this.settled.then(() => this.#items[added - 1]?.label.focus());
  }

  /** @param {number} from @param {number} limit */
  #window(from, limit) {
    this.#from = from;
    this.#limit = limit;
  }

  /** @param {EventTarget | null} target */
  #itemAt(target) {
    const element = target instanceof Element ? target.closest("li.paragraph") : null;
    return element ? (this.#items.find((item) => item.element === element) ?? null) : null;
  }

  /** @param {ParagraphItem} item */
  #choose(item) {
    this.list.classList.remove("quiet");
    if (this.#chosen === item) return;
    if (this.#chosen) this.#leave();
    this.#chosen = item;
    if (this.#items[0]) this.#items[0].label.tabIndex = -1;
    item.choose();
    this.onChoose(item.index);
  }

  #leave() {
    const item = this.#chosen;
    this.#chosen = null;
    item?.leave();
    if (this.#items[0]) this.#items[0].label.tabIndex = 0;
    this.onChoose(-1);
  }
}
