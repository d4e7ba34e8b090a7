/**
 * The article for paper: its profile, what made it, and every paragraph with its label in words, however little of it the
 * screen shows. Made when the browser is about to print, and taken away again.
 */

import { cell, lanesTable } from "./lanes-view.js";
import { t } from "./messages.js";
import { glyph, themeClass } from "./palette.js";
import { inForce } from "./project.js";
import { capitalised, chance, doubtSentence, leftOutSentence } from "./sentences.js";

/** @typedef {import("./project.js").OpenParagraph} OpenParagraph */
/** @typedef {import("./sentences.js").Themes} Themes */
/** @typedef {import("./messages/take-en.js").TakeMessages} Messages */

/** Paragraphs that are printed: more would be a thousand sheets, and no browser lays them out. */
const PRINTED = 2_000;

export class Paper {
  /**
   * @param {HTMLElement} root filled by this view alone; the style sheets show it on paper only
   * @param {import("./take.js").Host} host
   * @param {Messages} messages
   */
  constructor(root, host, messages) {
    this.root = root;
    this.host = host;
    this.messages = messages;
    addEventListener("beforeprint", () => this.#write());
    addEventListener("afterprint", () => this.root.replaceChildren());
  }

  #write() {
    const { messages, host } = this;
    const { articles, model, app } = host.project();
    const article = articles[host.current()];
    if (!article) return this.root.replaceChildren(cell("p", messages.export.nothing));
    const { table, measure } = lanesTable(article, host.themes, messages);
    const list = cell("ol", "", { class: "paper-list" });
    list.append(...article.paragraphs.slice(0, PRINTED).map((paragraph) => this.#paragraph(paragraph)));
    const left = article.paragraphs.length - PRINTED;
    this.root.replaceChildren(
      cell("h1", messages.figure.heading(article.name), { dir: "auto" }),
      table,
      cell("p", messages.figure.basis(measure), { class: "note" }),
      cell("p", messages.export.provenance({ ...model, app }), { class: "note provenance" }),
      list,
      ...(left > 0 ? [cell("p", messages.export.paperMore(left), { class: "note" })] : []),
    );
  }

  /** @param {OpenParagraph} paragraph */
  #paragraph(paragraph) {
    const { themes } = this.host;
    const { machine, codes, included, text, kind, note } = paragraph;
    const item = cell("li", "", { class: included ? kind : `${kind} out` });
    const held = inForce(paragraph);
    const shown = codes || (included && machine) ? (held.length === 0 ? [null] : held) : [];
    const label = cell("p", "", { class: "paper-label" });
    for (const id of shown) {
      const sign = cell("span", "", { class: themeClass(themes.position(id)) });
      sign.append(glyph(themes.position(id)));
      label.append(sign);
    }
    label.append(cell("strong", labelWords(paragraph, themes)));
    const doubt = included && !codes && machine ? doubtSentence(machine, themes) : "";
    const further = [doubt, included ? "" : leftOutSentence(paragraph, themes)].filter(Boolean).join(" ");
    if (further) label.append(" ", further);
    item.append(label, cell(kind === "heading" ? "h2" : "p", text, { class: "paper-text", dir: "auto" }));
    if (note) item.append(cell("p", `${t().note}${t().colon}${note}`, { class: "note", dir: "auto" }));
    return item;
  }
}

/**
 * "Industry 93 %, Ecology 71 % · likely"; "Coded: Ecology · AB; Machine: Industry 93 % · clear".
 *
 * @param {OpenParagraph} paragraph
 * @param {import("./lanes.js").ThemeNames} themes
 */
function labelWords({ machine, codes, included }, themes) {
  const name = (/** @type {string | null} */ id) => capitalised(themes.name(id));
  const list = (/** @type {readonly string[]} */ ids, /** @type {(id: string) => string} */ words) => ids.map(words).join(t().comma) || name(null);
  const parts = [];
  if (codes) {
    const facts = [list(codes.themes, name), codes.unsure && t().certainty.unsure, codes.coder];
    parts.push(`${t().coded}${t().colon}${facts.filter(Boolean).join(" · ")}`);
  }
  if (!included) parts.push(t().leftOutLabel);
  else if (machine) {
    const words = `${list(machine.themes, (id) => `${name(id)} ${chance(machine.probability[id])}`)} · ${t().certainty[machine.certainty]}`;
    parts.push(codes ? `${t().machine}${t().colon}${words}` : words);
  } else if (!codes) parts.push(t().reading);
  return parts.join(t().semicolon);
}
