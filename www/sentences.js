/**
 * What the page says, in words: verdicts, reasons, counts. The only file to
 * translate, index.html apart.
 */

import { reasons, shownEvidence, surroundingsDecided } from "./evidence.js";

/** @typedef {import("./leitmotif.js").Evidence} Evidence */
/** @typedef {import("./leitmotif.js").Paragraph} Paragraph */
/** @typedef {import("./leitmotif.js").Reading} Reading */
/** @typedef {import("./leitmotif.js").Theme} Theme */

export const NO_THEME = "no theme";
export const FURNITURE = "Looks like page furniture: left out of the profile.";

/** Two probabilities nearer than this are a close call between the two themes. */
const CLOSE = 0.2;

const numbers = new Intl.NumberFormat("en");
const lists = new Intl.ListFormat("en", { type: "conjunction" });

/** The model's themes by id: their names, and their positions for the colours. */
export class Themes {
  /** @type {Map<string, { name: string, position: number }>} */
  #byId;

  /**
   * @param {readonly Theme[]} themes
   * @param {string} [language]
   */
  constructor(themes, language = "en") {
    this.#byId = new Map(
      themes.map(({ id, names }, position) => [id, { name: names[language] ?? names.en ?? id, position }]),
    );
    /** @type {readonly string[]} in the model's order */
    this.ids = themes.map(({ id }) => id);
  }

  /** @param {string | null} id null: no theme */
  name(id) {
    return id === null ? NO_THEME : (this.#byId.get(id)?.name ?? id);
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
 * @param {number} n
 * @param {string} one
 */
export function count(n, one) {
  return `${numbers.format(n)} ${one}${n === 1 ? "" : "s"}`;
}

/**
 * What is doubtful in an unsure verdict: "Unsure between industry and no theme."
 *
 * @param {Paragraph} paragraph
 * @param {Themes} themes
 * @returns {string} empty when it is not unsure
 */
export function doubtSentence({ certainty, themes: verdict, runnerUp, probability }, themes) {
  if (certainty !== "unsure") return "";
  if (runnerUp === null) return "Unsure.";
  const name = themes.name(runnerUp);
  if (verdict.length === 0) return `Unsure between ${NO_THEME} and ${name}.`;
  if (verdict.includes(runnerUp)) {
    return verdict.length === 1 ? `Unsure between ${name} and ${NO_THEME}.` : `Unsure whether ${name} belongs here.`;
  }
  // Themes do not exclude each other: "between" is true only where the two are near each other.
  const near = verdict.length === 1 && probability[verdict[0]] - probability[runnerUp] < CLOSE;
  return near ? `Unsure between ${themes.name(verdict[0])} and ${name}.` : `Unsure whether ${name} belongs here too.`;
}

/**
 * "Because of: wetland, emissions." For several themes: "Because of: factories
 * (industry); wetland (ecology)." Where no theme won but one came close: "For
 * industry spoke: factories."
 *
 * @param {string} text what was read
 * @param {Paragraph} paragraph
 * @param {Themes} themes
 * @returns {string} empty when there is nothing to give reasons for
 */
export function becauseSentence(text, paragraph, themes) {
  const shown = shownEvidence(paragraph);
  if (shown.length === 0) return "";
  const causes = shown.map((evidence) => causesOf(text, evidence));
  if (paragraph.themes.length === 0) return `For ${themes.name(shown[0].theme)} spoke: ${causes[0]}.`;
  if (shown.length === 1) return `Because of: ${causes[0]}.`;
  return `Because of: ${shown.map(({ theme }, i) => `${causes[i]} (${themes.name(theme)})`).join("; ")}.`;
}

/**
 * @param {string} text
 * @param {Evidence} evidence
 */
function causesOf(text, evidence) {
  const words = reasons(text, evidence)
    .filter(({ logit }) => logit > 0)
    .map(({ start, end }) => text.slice(start, end).replace(/\s+/g, " "));
  if (surroundingsDecided(evidence)) words.push("the rest of the article");
  return distinct(words).join(", ") || "no single word";
}

/**
 * For a paragraph without a theme: what came nearest.
 *
 * @param {Paragraph} paragraph
 * @param {Themes} themes
 */
export function nearestSentence({ probability }, themes) {
  const nearest = themes.ids.reduce((best, id) => (probability[id] > probability[best] ? id : best), themes.ids[0]);
  return nearest === undefined ? "" : `Nearest: ${themes.name(nearest)}, ${chance(probability[nearest])}.`;
}

/**
 * What furniture would have been: "It would read as industry, likely."
 *
 * @param {Paragraph} paragraph
 * @param {Themes} themes
 */
export function furnitureSentence({ themes: verdict, certainty }, themes) {
  if (verdict.length === 0) return FURNITURE;
  return `${FURNITURE} It would read as ${lists.format(verdict.map((id) => themes.name(id)))}, ${certainty}.`;
}

/**
 * One line for a whole reading: "12 paragraphs: 5 industry, 2 no theme. 1 unsure."
 *
 * @param {Reading} reading
 * @param {Themes} themes
 */
export function statusSentence({ paragraphs, profile }, themes) {
  if (paragraphs.length === 0) return "";
  const found = profile.shares
    .filter((share) => share.paragraphs > 0)
    .map((share) => `${numbers.format(share.paragraphs)} ${themes.name(share.theme)}`);
  const sentences = [`${count(profile.paragraphs, "paragraph")}${found.length > 0 ? `: ${found.join(", ")}` : ""}.`];
  if (profile.unsure > 0) sentences.push(`${numbers.format(profile.unsure)} unsure.`);
  const furniture = paragraphs.filter(({ kind }) => kind === "furniture").length;
  if (furniture > 0) sentences.push(`${numbers.format(furniture)} left out as furniture.`);
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
