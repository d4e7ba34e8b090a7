/** One paragraph in the list: its rail, its label, why it has it, its text, and what can be done to it. */

import { button, element, focusedNear, named } from "./dom.js";
import { EXPLAINED, explainedThemes, marksOf } from "./evidence.js";
import { glyph, themeClass } from "./palette.js";
import { inForce } from "./project.js";
import { rove } from "./roving.js";
import { becauseSentence, capitalised, chance, doubtSentence, leftOutSentence, nearestSentence } from "./sentences.js";

/** @typedef {import("./project.js").OpenParagraph} OpenParagraph */
/** @typedef {import("./sentences.js").Themes} Themes */
/** @typedef {import("./steps.js").Steps} Steps */
/** @typedef {import("./workspace.js").Workspace} Workspace */

/**
 * What a list offers at its paragraphs; the list's owner may change it, and has the list made anew then.
 *
 * @typedef {object} Manner
 * @property {boolean} codes whether a person can give codes
 * @property {boolean} edits whether a person can edit the text
 * @property {boolean} explain whether reasons are shown
 * @property {number} heading level of the paragraphs that are headings; 0: as other paragraphs
 */

/** As on the page: everything. @type {Manner} */
export const EVERYTHING = { codes: true, edits: true, explain: true, heading: 3 };

/** Of one paragraph, in UTF-16 code units, at first: a text without line breaks must not freeze the tab. */
const LONG = 20_000;

export class ParagraphItem {
  /** @type {OpenParagraph | null} as shown */
  paragraph = null;
  /** Its position in the article. */
  index = -1;
  /** @type {HTMLTextAreaElement | null} while its text is edited */
  editor = null;
  /** Whether it was put on the page with the first screen. */
  first = false;
  #explained = false;
  #limit = LONG;
  /** @type {HTMLElement | null} what can be done to it, while it is chosen */
  #work = null;

  /**
   * @param {Workspace} workspace
   * @param {Themes} themes
   * @param {number} id for the page to refer to
   * @param {Manner} [manner]
   */
  constructor(workspace, themes, id, manner = EVERYTHING) {
    this.workspace = workspace;
    this.themes = themes;
    this.manner = manner;
    this.element = pattern();
    const [rail, head, text] = /** @type {HTMLCollectionOf<HTMLElement>} */ (this.element.children);
    this.rail = rail;
    this.head = head;
    this.text = text;
    /** The label: what the keyboard goes to. */
    this.label = /** @type {HTMLButtonElement} */ (this.head.firstChild);
    this.why = /** @type {HTMLElement} */ (this.head.lastChild);
    this.why.id = `why-${id}`;
    this.label.setAttribute("aria-describedby", this.why.id);
  }

  /**
   * @param {OpenParagraph} paragraph
   * @param {number} index
   */
  update(paragraph, index) {
    this.index = index;
    const before = this.paragraph;
    if (before === paragraph) return;
    this.paragraph = paragraph;
    const sameText = before?.text === paragraph.text && before.kind === paragraph.kind;
    if (!sameText && !this.editor) this.#newText();
    const { machine, codes, included, kind } = paragraph;
    if (sameText && included === before.included && codes === before.codes && looksSame(machine, before.machine)) return;
    const state = [kind, codes ? "coded" : (machine?.certainty ?? "unread"), !included && "out", this.first && "first", this.#work && "active"];
    this.element.className = ["paragraph", ...state].filter(Boolean).join(" ");
    this.#showVerdict();
    const explained = this.#explained;
    this.#explained = false;
    if (explained) this.explain();
    if (this.#work) this.#showWork();
  }

  /** To be written anew when it is brought up to date, as in another language. */
  renew() {
    this.paragraph = null;
    if (!this.#work) return;
    this.#work.remove();
    this.#work = this.#makeWork();
  }

  /** Shows because of which words it has its label; costs something, and so is done for those that are looked at. */
  explain() {
    const { paragraph, themes } = this;
    if (this.#explained || !paragraph?.machine || !this.manner.explain) return;
    this.#explained = true;
    const { text, machine, included } = paragraph;
    if (!included) {
      this.why.textContent = leftOutSentence(paragraph, themes);
      return;
    }
    if (text.length > EXPLAINED) {
      this.why.textContent = themes.t().tooLongToExplain;
      return;
    }
    const evidence = explainedThemes(machine).map((id) => this.workspace.reader.steps.evidence(text, id, machine.probability[id]));
    const sentences = [doubtSentence(machine, themes), becauseSentence(text, machine, evidence, themes)];
    if (machine.themes.length === 0) sentences.push(nearestSentence(machine, themes));
    this.why.textContent = sentences.filter(Boolean).join(" ");
    if (!this.editor) this.#fill(marksOf(text, evidence));
  }

  /** The one that is looked at: with what can be done to it. */
  choose() {
    this.element.classList.add("active");
    this.label.setAttribute("aria-expanded", "true");
    this.explain();
    if (this.manner.codes || this.manner.edits) this.#showWork();
  }

  leave() {
    this.finish();
    this.element.classList.remove("active");
    this.label.removeAttribute("aria-expanded");
    this.#work?.remove();
    this.#work = null;
  }

  /** Makes the text a field to type in; what is typed is read at once. */
  edit() {
    const { paragraph, workspace, index } = this;
    if (!paragraph || this.editor || !this.manner.edits || paragraph.text.length > EXPLAINED) return;
    const before = paragraph.text;
    const editor = element("textarea", "editor");
    editor.value = before;
    editor.setAttribute("aria-label", this.themes.t().paragraphText);
    editor.spellcheck = false;
    editor.setAttribute("autocomplete", "off");
    editor.rows = Math.min(16, Math.max(3, Math.ceil(before.length / 70)));
    let frame = 0;
    editor.addEventListener("input", () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => workspace.draft(index, editor.value));
    });
    editor.addEventListener("keydown", (event) => {
      if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
        event.preventDefault();
        // Which ends the edit.
        this.label.focus();
      }
      event.stopPropagation();
    });
    editor.addEventListener("focusout", ({ relatedTarget }) => {
      cancelAnimationFrame(frame);
      const next = /** @type {HTMLElement | null} */ (relatedTarget);
      const near = this.element.contains(next);
      // Emptied, or under a filter, the paragraph may go, with what is next: the list hands on a focus that is there by then.
      if (near) this.label.focus();
      this.finish();
      if (near) next?.focus();
    });
    this.editor = editor;
    this.#before = before;
    workspace.typing = () => this.finish();
    this.text.hidden = true;
    this.text.before(editor);
    this.#showWork();
    editor.focus();
    // The label is to be seen while it follows what is typed.
    this.head.scrollIntoView({ block: "nearest" });
  }

  #before = "";

  /** Ends an edit, if there is one. */
  finish() {
    const editor = this.editor;
    if (!editor) return;
    this.editor = null;
    this.workspace.typing = null;
    const text = editor.value;
    if (focusedNear(editor) === editor) this.label.focus();
    editor.remove();
    this.text.hidden = false;
    this.workspace.finishDraft(this.index, this.#before, text);
    this.#explained = false;
    this.#newText();
    this.explain();
    if (this.#work) this.#showWork();
  }

  #newText() {
    const { kind } = /** @type {OpenParagraph} */ (this.paragraph);
    const { heading } = this.manner;
    const tag = kind === "heading" && heading > 0 ? /** @type {"h3"} */ (`h${heading}`) : "p";
    if (this.text.localName !== tag) {
      const fresh = named("text", element(tag, "text"));
      fresh.dir = "auto";
      this.text.replaceWith(fresh);
      this.text = fresh;
    }
    this.#limit = LONG;
    this.#fill([]);
  }

  /** @param {import("./evidence.js").Reason[]} marks */
  #fill(marks) {
    const { text } = /** @type {OpenParagraph} */ (this.paragraph);
    const content = [];
    let at = 0;
    for (const { start, end, theme, logit, weight } of marks) {
      if (end > this.#limit) break;
      const classes = `${logit > 0 ? "for" : "against"} weight-${weight} ${themeClass(this.themes.position(theme))}`;
      content.push(text.slice(at, start), named("evidence", element("span", classes, text.slice(start, end))));
      at = end;
    }
    content.push(text.slice(at, this.#limit));
    this.text.replaceChildren(...content);
    if (text.length <= this.#limit) return;
    const rest = () => {
      this.#limit = text.length;
      this.#fill(marks);
      this.label.focus({ preventScroll: true });
    };
    const more = button(this.themes.t().moreCharacters(text.length - this.#limit), rest, "more");
    // With the focus the paragraph would be chosen, and move away from under the pointer before the button is let go.
    more.addEventListener("mousedown", (event) => event.preventDefault());
    this.text.append(more);
  }

  /** "Industry · clear · 93 %"; for several themes "Industry · 93 % Ecology · 71 % likely"; before it a person's codes. */
  #showVerdict() {
    const paragraph = /** @type {OpenParagraph} */ (this.paragraph);
    const { machine, codes, included } = paragraph;
    const { t } = this.themes;
    const held = inForce(paragraph);
    const content = [];
    if (codes) content.push(element("span", "codes", t().coded + t().colon, ...this.#names(codes.themes), codes.unsure ? t().certainty.unsure : ""));
    if (!included && !codes) {
      content.push(element("span", "label out", t().leftOutLabel));
    } else if (!machine) {
      content.push(element("span", "certainty", t().reading));
    } else {
      const alone = machine.themes.length <= 1;
      if (codes) content.push(element("span", "certainty", t().machine + t().colon));
      const given = machine.themes.length === 0 ? [null] : machine.themes;
      for (const id of given) {
        const facts = [alone && t().certainty[machine.certainty], id !== null && chance(machine.probability[id])];
        content.push(this.#name(id, facts.filter(Boolean).map((fact) => ` · ${fact}`).join("")), " ");
      }
      if (!alone) content.push(named("confidence", element("span", "certainty", t().certainty[machine.certainty])));
    }
    this.label.replaceChildren(...content);
    const counted = included || codes ? (held.length === 0 ? [null] : held) : [];
    this.rail.replaceChildren(...counted.map((id) => element("span", themeClass(this.themes.position(id)))));
  }

  /** @param {readonly string[]} ids */
  #names(ids) {
    return (ids.length === 0 ? [null] : ids).flatMap((id) => [this.#name(id, ""), " "]);
  }

  /** @param {string | null} id @param {string} facts */
  #name(id, facts) {
    const position = this.themes.position(id);
    const name = element("strong", "name", capitalised(this.themes.name(id)));
    return element("span", `label ${themeClass(position)}`, glyph(position), name, named("confidence", element("span", "facts", facts)));
  }

  #showWork() {
    const { codes, included, text } = /** @type {OpenParagraph} */ (this.paragraph);
    const { ids, t } = this.themes;
    this.#work ??= this.#makeWork();
    const buttons = [...this.#work.querySelectorAll("button")];
    for (const [i, id] of [...ids, null].entries()) buttons[i].ariaPressed = String(id === null ? codes?.themes.length === 0 : codes?.themes.includes(id) === true);
    const [accept, doubt, edit, include] = buttons.slice(-4);
    const say = (/** @type {HTMLElement} */ made, /** @type {string} */ text, /** @type {string} */ key) => made.replaceChildren(`${text} `, element("kbd", "", key));
    if (codes) say(accept, t().clearCodes, "Del");
    else say(accept, t().accept, "Enter");
    doubt.ariaPressed = String(codes?.unsure === true);
    if (this.editor) say(edit, t().doneEditing, "Esc");
    else say(edit, t().edit, "E");
    edit.hidden = !this.editor && (!this.manner.edits || text.length > EXPLAINED);
    include.textContent = included ? t().exclude : t().include;
  }

  /** Its buttons stay while what they say and do changes: neither the focus nor a click that has begun is lost. */
  #makeWork() {
    const { workspace, themes } = this;
    const { t } = themes;
    const now = () => /** @type {OpenParagraph} */ (this.paragraph);
    const chip = (/** @type {string | null} */ id, /** @type {number} */ key) => {
      const run = () => (id === null ? workspace.code(this.index, []) : workspace.toggle(this.index, id));
      const made = button("", run, `chip ${themeClass(themes.position(id))}`);
      made.append(glyph(themes.position(id)), capitalised(themes.name(id)));
      if (key < 10) made.append(element("kbd", "", String(key)));
      return made;
    };
    const codes = element("div", "chips", ...themes.ids.map((id, i) => chip(id, i + 1)), chip(null, 0));
    codes.setAttribute("role", "group");
    codes.setAttribute("aria-label", t().codes);
    const accept = button("", () => (now().codes ? workspace.code(this.index, null) : workspace.accept(this.index)));
    const doubt = button(t().markUnsure, () => workspace.doubt(this.index), "chip");
    doubt.append(element("kbd", "", "U"));
    const edit = button("", () => (this.editor ? this.label.focus() : this.edit()));
    // The field would lose the focus, which ends the edit by itself: the click would begin another.
    edit.addEventListener("mousedown", (event) => this.editor && event.preventDefault());
    const include = button("", () => workspace.include(this.index, !now().included));
    const work = element("div", "work", codes, element("div", "chips", accept, doubt, edit, include));
    for (const made of work.querySelectorAll("button")) named("button", made);
    work.setAttribute("aria-label", t().toolbar);
    rove(work);
    this.element.append(work);
    return work;
  }
}

/** @type {HTMLLIElement | undefined} */
let made;

/** What all paragraphs have in common: to copy it is cheaper than to make it two hundred times. @returns {HTMLLIElement} */
function pattern() {
  if (!made) {
    const label = named("label", button("", () => {}, "verdict"));
    label.tabIndex = -1;
    const head = element("div", "head", label, named("why", element("span", "why")));
    const text = named("text", element("p", "text"));
    text.dir = "auto";
    made = named("item", element("li", "paragraph", named("rail", element("div", "rail")), head, text));
  }
  return /** @type {HTMLLIElement} */ (made.cloneNode(true));
}

/**
 * @param {OpenParagraph["machine"]} a
 * @param {OpenParagraph["machine"]} b
 */
function looksSame(a, b) {
  if (a === null || b === null) return a === b;
  if (a.certainty !== b.certainty || a.runnerUp !== b.runnerUp || a.themes.join() !== b.themes.join()) return false;
  return Object.keys(a.probability).every((id) => chance(a.probability[id]) === chance(b.probability[id]));
}
