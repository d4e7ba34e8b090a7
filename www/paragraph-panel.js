/** One paragraph in numbers: every theme's probability, the words for and against one, and why it is not another. */

import { element } from "./dom.js";
import { EXPLAINED } from "./evidence.js";
import { chosenLanguage, t } from "./messages.js";
import { glyph, themeClass } from "./palette.js";
import { capitalised, chance, doubtSentence, nearestTheme, shortVerdict } from "./sentences.js";

/** @typedef {import("./leitmotif.js").Evidence} Evidence */
/** @typedef {import("./project.js").OpenParagraph} OpenParagraph */
/** @typedef {import("./sentences.js").Themes} Themes */
/** @typedef {import("./workspace.js").Workspace} Workspace */

/** Words listed for a theme, and against it. */
const LISTED = 10;

/** @typedef {{ word: string, logit: number, term: boolean }} Entry all occurrences of a word in the paragraph */

export class ParagraphPanel {
  /** The theme that is explained, and the one that it is set against; null: chosen by the verdict. @type {string | null} */
  #theme = null;
  /** @type {string | null} */
  #rival = null;
  /** @type {OpenParagraph | null} */
  #paragraph = null;
  #index = -1;

  /**
   * @param {Workspace} workspace
   * @param {Themes} themes
   */
  constructor(workspace, themes) {
    this.workspace = workspace;
    this.themes = themes;
    this.numbers = element("div");
    // Fields stay where they are, so that neither the focus nor what is typed is lost when numbers change.
    this.note = element("textarea", "field");
    this.note.rows = 2;
    let before = "";
    this.note.addEventListener("focus", () => (before = this.note.value));
    this.note.addEventListener("input", () => workspace.draftNote(this.#index, this.note.value));
    this.note.addEventListener("change", () => {
      workspace.finishNote(this.#index, before, this.note.value);
      before = this.note.value;
    });
    this.noteText = element("span");
    this.coder = element("input", "field");
    this.coder.type = "text";
    this.coder.autocomplete = "off";
    this.coder.addEventListener("change", () => workspace.nameCoder(this.coder.value.trim()));
    this.coderText = element("span");
    const label = (/** @type {HTMLElement[]} */ ...content) => element("label", "field-label", ...content);
    this.fields = element("div", "", label(this.noteText, this.note), label(this.coderText, this.coder));
    this.root = element("div", "numbers", this.numbers, this.fields);
  }

  /** @param {OpenParagraph | null} paragraph @param {number} index */
  show(paragraph, index) {
    const other = index !== this.#index;
    if (other) this.#theme = this.#rival = null;
    this.#paragraph = paragraph;
    this.#index = index;
    this.#render();
    this.fields.hidden = !paragraph;
    if (!paragraph) return;
    this.noteText.textContent = t().note;
    this.coderText.textContent = t().coder;
    if (other || document.activeElement !== this.note) this.note.value = paragraph.note;
    if (document.activeElement !== this.coder) this.coder.value = this.workspace.project.coder;
  }

  #render() {
    const { themes } = this;
    const paragraph = this.#paragraph;
    if (!paragraph?.machine) {
      this.numbers.replaceChildren(element("p", "note", paragraph ? t().reading : t().noParagraph));
      return;
    }
    const { machine, codes } = paragraph;
    const theme = this.#theme ?? machine.themes[0] ?? nearestTheme(machine, themes);
    const rest = themes.ids.filter((id) => id !== theme);
    const likeliest = (/** @type {string[]} */ ids) => ids.reduce((best, id) => (machine.probability[id] > machine.probability[best] ? id : best), ids[0]);
    const rival = this.#rival !== theme && this.#rival !== null ? this.#rival : likeliest(rest);
    const evidence = this.#evidence(theme);

    const title = element("h2", "", t().place(this.#index + 1, shortVerdict(paragraph, themes)));
    const doubt = doubtSentence(machine, themes);
    const when = codes && element("p", "note", t().codedBy(codes.coder, new Date(codes.at).toLocaleString(chosenLanguage())));
    const listed = entries(paragraph.text, evidence);
    const of = (/** @type {number} */ sign) => listed.filter(({ logit }) => logit * sign > 0).sort((a, b) => sign * (b.logit - a.logit)).slice(0, LISTED);
    const name = themes.name(theme);
    const sum = evidence.words.reduce((total, { logit }) => total + logit, 0);
    this.numbers.replaceChildren(
      title,
      ...(doubt ? [element("p", "note", doubt)] : []),
      ...(when ? [when] : []),
      this.#probabilities(theme),
      element("p", "note", t().probabilityNote),
      element("h3", "", t().wordsFor(name)),
      wordList(of(1)),
      element("h3", "", t().wordsAgainst(name)),
      wordList(of(-1)),
      element("p", "note", t().sum(signed(sum), signed(evidence.context), signed(evidence.bias), signed(evidence.logit))),
      ...(rival === undefined ? [] : this.#contrast(theme, rival, rest, evidence)),
      element("p", "note", t().evidenceNote),
    );
  }

  /** @param {string} theme @returns {Evidence} */
  #evidence(theme) {
    const { text, machine } = /** @type {OpenParagraph} */ (this.#paragraph);
    const probability = machine?.probability[theme] ?? 0.5;
    const logit = Math.log(probability / (1 - probability));
    if (text.length > EXPLAINED) return { theme, logit, bias: 0, context: logit, words: [] };
    return this.workspace.reader.steps.evidence(text, theme, probability);
  }

  /** The probabilities of all themes, as choices of the one to be explained. @param {string} chosen */
  #probabilities(chosen) {
    const { machine } = /** @type {OpenParagraph} */ (this.#paragraph);
    const group = element("div", "choices");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", t().probability);
    for (const id of this.themes.ids) {
      const position = this.themes.position(id);
      const probability = machine?.probability[id] ?? 0;
      const bar = element("span", "bar");
      bar.style.setProperty("--length", String(probability));
      const made = element("button", `choice ${themeClass(position)}`, glyph(position), element("span", "name", capitalised(this.themes.name(id))), element("span", "room", bar), element("span", "number", chance(probability)));
      made.type = "button";
      made.setAttribute("aria-pressed", String(id === chosen));
      made.addEventListener("click", () => {
        this.#theme = id;
        this.#render();
        /** @type {HTMLElement | null} */ (this.root.querySelector('.choices [aria-pressed="true"]'))?.focus();
      });
      group.append(made);
    }
    return group;
  }

  /**
   * @param {string} theme
   * @param {string} rival
   * @param {string[]} rest
   * @param {Evidence} evidence
   */
  #contrast(theme, rival, rest, evidence) {
    const { text } = /** @type {OpenParagraph} */ (this.#paragraph);
    const select = element("select");
    select.append(...rest.map((id) => new Option(capitalised(this.themes.name(id)), id, false, id === rival)));
    select.setAttribute("aria-label", t().whyNot);
    select.addEventListener("change", () => {
      this.#rival = select.value;
      this.#render();
      this.root.querySelector("select")?.focus();
    });
    const other = new Map(entries(text, this.#evidence(rival)).map(({ word, logit }) => [word, logit]));
    const own = entries(text, evidence);
    const words = new Map([...other].map(([word, logit]) => [word, { word, logit: -logit, term: false }]));
    for (const entry of own) words.set(entry.word, { ...entry, logit: entry.logit - (other.get(entry.word) ?? 0) });
    const differences = [...words.values()].sort((a, b) => Math.abs(b.logit) - Math.abs(a.logit)).slice(0, LISTED);
    return [
      element("h3", "", t().whyNot),
      element("p", "row", select),
      element("p", "note", t().whyNotWords(this.themes.name(theme), this.themes.name(rival))),
      wordList(differences),
    ];
  }
}

/** A list of words with what each adds. @param {Entry[]} listed */
function wordList(listed) {
  if (listed.length === 0) return element("p", "note", t().none);
  const items = listed.map(({ word, logit, term }) => {
    const item = element("li", "", element("span", "word", word), element("span", "number", signed(logit)));
    if (term) item.title = t().glossaryTerm;
    return item;
  });
  return element("ul", "words", ...items);
}

/**
 * @param {string} text
 * @param {Evidence} evidence
 * @returns {Entry[]}
 */
function entries(text, { words }) {
  /** @type {Map<string, Entry>} */
  const found = new Map();
  for (const { start, end, logit, term } of words) {
    const word = text.slice(start, end).toLowerCase();
    const before = found.get(word);
    found.set(word, { word, logit: logit + (before?.logit ?? 0), term: term || (before?.term ?? false) });
  }
  return [...found.values()];
}

/** @param {number} number */
const signed = (number) => `${number < 0 ? "−" : "+"}${Math.abs(number).toFixed(2)}`;
