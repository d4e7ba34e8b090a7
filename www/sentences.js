/** What the page says of a paragraph or of an article, as sentences of the message table. */

import { reasons, surroundingsDecided } from "./evidence.js";
import { inForce } from "./project.js";

/** @typedef {import("./leitmotif.js").Evidence} Evidence */
/** @typedef {import("./leitmotif.js").Theme} Theme */
/** @typedef {import("./messages.js").Language} Language */
/** @typedef {import("./project.js").OpenParagraph} OpenParagraph */
/** @typedef {import("./project.js").Tally} Tally */
/** @typedef {import("./steps.js").Verdict} Verdict */

/** Two probabilities nearer than this are a close call between the two themes. */
const CLOSE = 0.2;

/** The model's themes by id: their names in a language, and their positions for the colours. */
export class Themes {
  /** @type {Map<string, { names: Record<string, string>, position: number }>} */
  #byId;

  /**
   * @param {readonly Theme[]} themes all of the model's: a theme has the colour of its place there
   * @param {Language} language
   * @param {readonly string[]} [ids] those that are shown, in the order wanted; without it all
   */
  constructor(themes, language, ids = themes.map(({ id }) => id)) {
    this.#byId = new Map(themes.map(({ id, names }, position) => [id, { names, position }]));
    this.language = language;
    this.ids = ids;
    this.all = themes;
  }

  /** The words of the interface. */
  t = () => this.language.t();

  /** @param {string | null} id null: no theme */
  name(id) {
    if (id === null) return this.t().noTheme;
    const names = this.#byId.get(id)?.names;
    return names?.[this.language.id] ?? names?.en ?? id;
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
  // A theme that is not shown is not named either.
  if (runnerUp === null || !themes.ids.includes(runnerUp)) return themes.t().unsure;
  const name = themes.name(runnerUp);
  if (verdict.length === 0) return themes.t().unsureBetween(themes.t().noTheme, name);
  if (verdict.includes(runnerUp)) {
    return verdict.length === 1 ? themes.t().unsureBetween(name, themes.t().noTheme) : themes.t().unsureWhether(name);
  }
  // Themes do not exclude each other: "between" is true only where the two are near each other.
  const near = verdict.length === 1 && probability[verdict[0]] - probability[runnerUp] < CLOSE;
  return near ? themes.t().unsureBetween(themes.name(verdict[0]), name) : themes.t().unsureToo(name);
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
  const causes = shown.map((evidence) => causesOf(text, evidence, themes));
  if (verdict.themes.length === 0) return themes.t().spoke(themes.name(shown[0].theme), causes[0]);
  if (shown.length === 1) return themes.t().because(causes[0]);
  return themes.t().because(shown.map(({ theme }, i) => themes.t().causesOf(causes[i], themes.name(theme))).join(themes.t().semicolon));
}

/**
 * @param {string} text
 * @param {Evidence} evidence
 * @param {Themes} themes
 */
function causesOf(text, evidence, themes) {
  const words = reasons(text, evidence)
    .filter(({ logit }) => logit > 0)
    .map(({ start, end }) => text.slice(start, end).replace(/\s+/g, " "));
  if (surroundingsDecided(evidence)) words.push(themes.t().restOfArticle);
  return distinct(words).join(themes.t().comma) || themes.t().noSingleWord;
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
  return nearest === undefined ? "" : themes.t().nearest(themes.name(nearest), chance(verdict.probability[nearest]));
}

/**
 * What is said of a paragraph that does not count: "It would read as industry, likely."
 *
 * @param {OpenParagraph} paragraph
 * @param {Themes} themes
 */
export function leftOutSentence({ kind, machine }, themes) {
  const out = kind === "furniture" ? themes.t().furniture : themes.t().leftOut;
  if (!machine || machine.themes.length === 0) return out;
  return `${out} ${themes.t().wouldRead(machine.themes.map((id) => themes.name(id)), themes.t().certainty[machine.certainty])}`;
}

/** "Industry, Ecology · likely": a verdict where there is no room for more. @param {OpenParagraph} paragraph @param {Themes} themes */
export function shortVerdict(paragraph, themes) {
  const { codes, machine } = paragraph;
  if (!codes && !machine) return themes.t().reading;
  const held = inForce(paragraph);
  const names = held.length === 0 ? capitalised(themes.t().noTheme) : held.map((id) => capitalised(themes.name(id))).join(themes.t().comma);
  return `${names} · ${codes ? codedWord(codes, themes) : themes.t().certainty[/** @type {Verdict} */ (machine).certainty]}`;
}

/** "Coded", or "coded, unsure". @param {import("./project.js").Codes} codes @param {Themes} themes */
const codedWord = ({ unsure }, { t }) => [t().coded, unsure && t().certainty.unsure].filter(Boolean).join(t().comma);

/**
 * One line for a whole reading: "12 paragraphs: 5 industry, 2 no theme. 1 unsure."
 *
 * @param {Tally} tally
 * @param {number} out paragraphs left out
 * @param {Themes} themes
 */
export function statusSentence(tally, out, themes) {
  const found = tally.shares.filter(({ paragraphs }) => paragraphs > 0);
  const sentences = [themes.t().summary(tally.paragraphs, found.map(({ paragraphs, theme }) => themes.t().summaryPart(paragraphs, themes.name(theme))))];
  if (tally.unsure > 0) sentences.push(themes.t().summaryUnsure(tally.unsure));
  if (out > 0) sentences.push(themes.t().summaryOut(out));
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
