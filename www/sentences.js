/** What the page says of a paragraph or of an article, as sentences of the message table. */

import { reasons, surroundingsDecided } from "./evidence.js";
import { chosenLanguage, t } from "./messages.js";
import { inForce } from "./project.js";

/** @typedef {import("./leitmotif.js").Evidence} Evidence */
/** @typedef {import("./leitmotif.js").Theme} Theme */
/** @typedef {import("./project.js").OpenParagraph} OpenParagraph */
/** @typedef {import("./project.js").Tally} Tally */
/** @typedef {import("./steps.js").Verdict} Verdict */

/** Two probabilities nearer than this are a close call between the two themes. */
const CLOSE = 0.2;

/** The model's themes by id: their names in the language chosen, and their positions for the colours. */
export class Themes {
  /** @type {Map<string, { names: Record<string, string>, position: number }>} */
  #byId;

  /** @param {readonly Theme[]} themes */
  constructor(themes) {
    this.#byId = new Map(themes.map(({ id, names }, position) => [id, { names, position }]));
    /** @type {readonly string[]} in the model's order */
    this.ids = themes.map(({ id }) => id);
    this.all = themes;
  }

  /** @param {string | null} id null: no theme */
  name(id) {
    if (id === null) return t().noTheme;
    const names = this.#byId.get(id)?.names;
    return names?.[chosenLanguage()] ?? names?.en ?? id;
  }

  /**
   * @param {string | null} id
   * @returns {number | null} null: no theme
   */
  position(id) {
    return id === null ? null : (this.#byId.get(id)?.position ?? null);
  }
}

/** @param {number} fraction 0 to 1 */
export function percent(fraction) {
  return `${Math.round(fraction * 100)}\u00a0%`;
}

/**
 * A probability is never shown as certain, or as impossible: it is neither.
 *
 * @param {number} probability 0 to 1
 */
export function chance(probability) {
  return `${Math.min(99, Math.max(1, Math.round(probability * 100)))}\u00a0%`;
}

/**
 * What is doubtful in an unsure verdict: "Unsure between industry and no theme."
 *
 * @param {Verdict} verdict
 * @param {Themes} themes
 * @returns {string} empty when it is not unsure
 */
export function doubtSentence({ certainty, themes: verdict, runnerUp, probability }, themes) {
  if (certainty !== "unsure") return "";
  if (runnerUp === null) return t().unsure;
  const name = themes.name(runnerUp);
  if (verdict.length === 0) return t().unsureBetween(t().noTheme, name);
  if (verdict.includes(runnerUp)) {
    return verdict.length === 1 ? t().unsureBetween(name, t().noTheme) : t().unsureWhether(name);
  }
  // Themes do not exclude each other: "between" is true only where the two are near each other.
  const near = verdict.length === 1 && probability[verdict[0]] - probability[runnerUp] < CLOSE;
  return near ? t().unsureBetween(themes.name(verdict[0]), name) : t().unsureToo(name);
}

/**
 * "Because of: wetland, emissions." For several themes: "Because of: factories (industry); wetland (ecology)."
 * Where no theme won but one came close: "For industry spoke: factories."
 *
 * @param {string} text of the paragraph
 * @param {Verdict} verdict
 * @param {Evidence[]} shown the evidence that explains it
 * @param {Themes} themes
 * @returns {string} empty when there is nothing to give reasons for
 */
export function becauseSentence(text, verdict, shown, themes) {
  if (shown.length === 0) return "";
  const causes = shown.map((evidence) => causesOf(text, evidence));
  if (verdict.themes.length === 0) return t().spoke(themes.name(shown[0].theme), causes[0]);
  if (shown.length === 1) return t().because(causes[0]);
  return t().because(shown.map(({ theme }, i) => t().causesOf(causes[i], themes.name(theme))).join(t().semicolon));
}

/**
 * @param {string} text
 * @param {Evidence} evidence
 */
function causesOf(text, evidence) {
  const words = reasons(text, evidence)
    .filter(({ logit }) => logit > 0)
    .map(({ start, end }) => text.slice(start, end).replace(/\s+/g, " "));
  if (surroundingsDecided(evidence)) words.push(t().restOfArticle);
  return distinct(words).join(t().comma) || t().noSingleWord;
}

/** The most probable theme. @param {Verdict} verdict @param {Themes} themes */
export function nearestTheme({ probability }, themes) {
  return themes.ids.reduce((best, id) => (probability[id] > probability[best] ? id : best), themes.ids[0]);
}

/**
 * For a paragraph without a theme: what came nearest.
 *
 * @param {Verdict} verdict
 * @param {Themes} themes
 */
export function nearestSentence(verdict, themes) {
  const nearest = nearestTheme(verdict, themes);
  return nearest === undefined ? "" : t().nearest(themes.name(nearest), chance(verdict.probability[nearest]));
}

/**
 * What is said of a paragraph that does not count: "It would read as industry, likely."
 *
 * @param {OpenParagraph} paragraph
 * @param {Themes} themes
 */
export function leftOutSentence({ kind, machine }, themes) {
  const out = kind === "furniture" ? t().furniture : t().leftOut;
  if (!machine || machine.themes.length === 0) return out;
  return `${out} ${t().wouldRead(machine.themes.map((id) => themes.name(id)), t().certainty[machine.certainty])}`;
}

/** "Industry, Ecology · likely": a verdict where there is no room for more. @param {OpenParagraph} paragraph @param {Themes} themes */
export function shortVerdict(paragraph, themes) {
  const { codes, machine } = paragraph;
  if (!codes && !machine) return t().reading;
  const held = inForce(paragraph);
  const names = held.length === 0 ? capitalised(t().noTheme) : held.map((id) => capitalised(themes.name(id))).join(t().comma);
  return `${names} · ${codes ? codedWord(codes) : t().certainty[/** @type {Verdict} */ (machine).certainty]}`;
}

/** "Coded", or "coded, unsure". @param {import("./project.js").Codes} codes */
const codedWord = ({ unsure }) => [t().coded, unsure && t().certainty.unsure].filter(Boolean).join(t().comma);

/**
 * One line for a whole reading: "12 paragraphs: 5 industry, 2 no theme. 1 unsure."
 *
 * @param {Tally} tally
 * @param {number} out paragraphs left out
 * @param {Themes} themes
 */
export function statusSentence(tally, out, themes) {
  const found = tally.shares.filter(({ paragraphs }) => paragraphs > 0);
  const sentences = [t().summary(tally.paragraphs, found.map(({ paragraphs, theme }) => t().summaryPart(paragraphs, themes.name(theme))))];
  if (tally.unsure > 0) sentences.push(t().summaryUnsure(tally.unsure));
  if (out > 0) sentences.push(t().summaryOut(out));
  return sentences.join(" ");
}

/** @param {string} words */
export function capitalised(words) {
  return words.replace(/^./u, (first) => first.toUpperCase());
}

/**
 * Each word once, however it is capitalised, in the given order.
 *
 * @param {string[]} words
 */
function distinct(words) {
  const seen = new Set();
  return words.filter((word) => {
    const folded = word.toLowerCase();
    return !seen.has(folded) && seen.add(folded);
  });
}
