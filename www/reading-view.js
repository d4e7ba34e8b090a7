/**
 * The article as a list of paragraphs. Put on the page in slices, kept up to date with as few changes as possible; one
 * paragraph at most is chosen: the one that the keys work on and that the inspector shows. Where it leaves the list, as
 * when it is coded under a filter, the one that comes to stand there is chosen, with the focus if the list had it.
 */

import { button, element, focusedNear, marksText, named } from "./dom.js";
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
/** Up to here browsers lay out what is put below the window. */
const NEAR = 26;
/** Of those of an article that comes, so many are put there in a frame, or it would be a long one. */
const FEW = 2;

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
  /** Position in the article of the paragraph that was chosen last: where a person is. */
  #place = 0;
  /** Whether the article that is shown has just come: the page has much else to do then. */
  #comes = false;
  /** Whether what stands there is to have the focus, once it is on the page. */
  #owed = false;
  /** The one whose label the Tab key comes to. @type {ParagraphItem | undefined} */
  #stop;
  /** All paragraphs of the article, as they were when the list was last brought up to date. @type {readonly OpenParagraph[]} */
  #before = [];
  /** @type {(paragraph: OpenParagraph) => boolean} */
  #shows = () => true;
  /** @type {import("./project.js").OpenArticle | null} */
  #article = null;
  /** Of the article that is or was shown: back at it, a person is where they were. */
  #name = "";
  #source = "";
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
      if (item) this.#press(item);
    });
    this.list.addEventListener("click", ({ target }) => {
      const item = this.#itemAt(target);
      // Text that was marked with the mouse is to be copied, not pressed.
      if (!item || marksText(this.list)) return;
      this.#press(item);
      this.onPress(item.index);
    });
  }

  /** @param {import("./project.js").OpenArticle | null} article */
  show(article) {
    if (article === this.#article) return;
    if (article && (article.name !== this.#name || article.source !== this.#source)) {
      this.#window(0, CHUNK);
      this.#place = 0;
      this.#name = article.name;
      this.#source = article.source;
      this.#comes = true;
    }
    this.#article = article;
    this.settled = this.#render();
  }

  /** @param {(paragraph: OpenParagraph) => boolean} shows which paragraphs are listed */
  filter(shows) {
    this.#shows = shows;
    if (this.#from > 0) this.#window(0, CHUNK);
    this.#comes = false;
    // What is pressed for this stays in view.
    this.settled = this.#render(false);
  }

  /** Everything in another language; who reads stays where they are. */
  speak() {
    for (const item of this.#items) item.renew();
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
    const place = this.#reach(index);
    await this.settled;
    const item = this.#items[place - this.#from];
    if (!item) return;
    this.#choose(item);
    if (scroll) item.element.scrollIntoView({ block: "center" });
    if (focus) item.label.focus({ preventScroll: true });
  }

  /** Goes some paragraphs on from the chosen one, as far as there are; with none chosen, to where a person is. @param {number} steps @returns {boolean} whether there are any */
  go(steps) {
    const from = this.#items.indexOf(/** @type {ParagraphItem} */ (this.#here));
    const to = this.#chosen || !isFinite(steps) ? from + steps : from;
    return this.#visit(this.#items.at(Math.max(0, Math.min(this.#items.length - 1, to))));
  }

  /** Takes the focus to a paragraph, or to the one listed after it, as soon as that is on the page. @param {number} index in the article */
  visit(index) {
    // Its label, or what can be done to it, may have the focus.
    this.list.focus({ preventScroll: true });
    this.#leave();
    this.#place = index;
    this.#owed = true;
    this.#reach(index);
  }

  /** Gives the focus to the chosen paragraph, or to the one where a person was. */
  focus() {
    this.#here?.label.focus();
  }

  /** Puts reasons away that are shown for what is pointed at or chosen. */
  quiet() {
    this.list.classList.add("quiet");
  }

  /** The chosen one, or the one that has come to stand there. */
  get #here() {
    return this.#items.find(({ index }) => index >= this.#place) ?? this.#items.at(-1);
  }

  /** @param {ParagraphItem | undefined} item @param {boolean} [scroll] @returns {boolean} whether there is one */
  #visit(item, scroll = true) {
    if (!item) return false;
    this.#choose(item);
    item.label.focus({ preventScroll: true });
    if (!scroll) return true;
    item.element.scrollIntoView({ block: "nearest" });
    // Of one that is higher than the window its label is what must be seen.
    item.head.scrollIntoView({ block: "nearest" });
    return true;
  }

  /** What stands where a person is, is what Tab comes to, and gets the focus that another one had. @param {boolean} [scroll] */
  #arrive(scroll) {
    const item = this.#here;
    // Whoever went elsewhere meanwhile stays there.
    if (this.#owed && this.list.contains(focusedNear(this.list))) this.#visit(item, scroll);
    else this.#offer(item);
    if (item) this.#owed = false;
  }

  /** @param {ParagraphItem | undefined} item to be reached by the Tab key: one always can be */
  #offer(item) {
    if (item === this.#stop) return;
    if (this.#stop) this.#stop.label.tabIndex = -1;
    if (item) item.label.tabIndex = 0;
    this.#stop = item;
  }

  /** Those that are listed. One that is being edited stays, whatever becomes of its themes. @returns {{ paragraph: OpenParagraph, index: number }[]} */
  #listed() {
    const all = this.#article?.paragraphs.map((paragraph, index) => ({ paragraph, index })) ?? [];
    const edited = this.#chosen?.editor ? this.#chosen.index : -1;
    return all.filter(({ paragraph, index }) => index === edited || this.#shows(paragraph));
  }

  /**
   * Keeps the items before and after the change: typing touches one paragraph, and so does this.
   *
   * @param {boolean} [scroll] whether what gets the focus of one that is gone is brought into view
   */
  async #render(scroll) {
    const run = ++this.#run;
    const listed = this.#listed();
    const wanted = listed.slice(this.#from, this.#limit);
    const hidden = listed.length - this.#from - wanted.length;
    this.more.hidden = hidden <= 0;
    this.more.textContent = this.themes.t().showMore(Math.min(CHUNK, hidden), hidden);
    this.earlier.hidden = this.#from === 0;
    this.earlier.textContent = this.themes.t().showEarlier(Math.min(CHUNK, this.#from), this.#from);

    const moved = this.#moved();
    const places = new Map(wanted.map(({ index }, i) => [index, i]));
    /** @type {ParagraphItem[]} */
    const kept = [];
    for (const item of this.#items) {
      const i = places.get(moved(item.index));
      if (i !== undefined) {
        item.index = wanted[i].index;
        if (item === this.#chosen) this.#place = item.index;
        kept[i] = item;
        continue;
      }
      if (item.element.contains(focusedNear(this.list))) {
        this.list.focus({ preventScroll: true });
        this.#owed = true;
      }
      if (item === this.#chosen) this.#leave();
      item.element.remove();
    }
    this.#items = kept.filter(Boolean);

    const watch = slice();
    let arrived = false;
    let whole = true;
    this.list.classList.add("filling");
    for (const [i, { paragraph, index }] of wanted.entries()) {
      if (i >= FIRST_SCREEN) {
        // The engine comes first: what follows the first screen is shown once it is read.
        whole = Boolean(paragraph.machine) || i < this.#items.length;
        if (!whole) break;
        const fresh = i === FIRST_SCREEN && i >= this.#items.length;
        const few = this.#comes && i < NEAR && (i - FIRST_SCREEN) % FEW === 0 && i >= this.#items.length;
        const paced = fresh || few;
        if (paced || watch.over()) {
          await (paced ? painted() : breathe());
          if (fresh) await this.around();
          if (run !== this.#run) return;
          watch.again();
        }
      }
      if (!kept[i]) {
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
      if (arrived || index < this.#place) continue;
      arrived = true;
      this.#arrive(scroll);
    }
    if (!arrived) this.#arrive(scroll);
    if (!whole) return;
    this.#comes = false;
    this.list.classList.remove("filling");
  }

  /** Where the paragraphs of the article as it was are now; −1: nowhere. @returns {(index: number) => number} */
  #moved() {
    const before = this.#before;
    const now = this.#article?.paragraphs ?? [];
    this.#before = now;
    const fits = (/** @type {number} */ from, /** @type {number} */ to) => before[from].text === now[to].text && before[from].kind === now[to].kind;
    const more = now.length - before.length;
    const shorter = Math.min(before.length, now.length);
    let head = 0;
    while (head < shorter && fits(head, head)) head++;
    let tail = 0;
    while (tail < shorter - head && fits(before.length - 1 - tail, now.length - 1 - tail)) tail++;
    // The one that is typed in stays itself.
    if (more === 0 && head + tail >= shorter - 1) return (index) => index;
    return (index) => (index < head ? index : index < before.length - tail ? -1 : index + more);
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

  /** Makes the list hold a paragraph, or the one after it. @param {number} index in the article @returns {number} its place in the list; −1: none */
  #reach(index) {
    const place = this.#listed().findIndex((entry) => entry.index >= index);
    // Some before it: who reads on upwards finds something.
    if (place >= 0 && (place < this.#from || place > this.#limit + FAR)) this.#window(Math.max(0, place - 20), place + CHUNK);
    else if (place >= this.#limit) this.#limit = place + CHUNK;
    this.settled = this.#render();
    return place;
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

  /** What is pressed stays under the pointer, though the one before it becomes lower. @param {ParagraphItem} item */
  #press(item) {
    if (this.#chosen === item) return this.#choose(item);
    const top = () => item.head.getBoundingClientRect().top;
    const before = top();
    this.#choose(item);
    scrollBy({ top: top() - before, behavior: "instant" });
  }

  /** @param {ParagraphItem} item */
  #choose(item) {
    this.list.classList.remove("quiet");
    if (this.#chosen === item) return;
    this.#leave();
    this.#chosen = item;
    this.#place = item.index;
    this.#offer(item);
    item.choose();
    this.onChoose(item.index);
  }

  #leave() {
    const item = this.#chosen;
    if (!item) return;
    this.#chosen = null;
    item.leave();
    this.onChoose(-1);
  }
}
