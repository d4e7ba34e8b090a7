/** Themes by articles: the numbers behind a comparison, their order, and the same numbers as a tidy table. */

import { measured } from "./measure.js";

/** @typedef {import("./measure.js").Project} Project */
/** @typedef {import("./measure.js").OpenArticle} OpenArticle */

/**
 * @typedef {object} ThemeRow one theme in every article
 * @property {string | null} theme null: no theme
 * @property {{ words: number, paragraphs: number }[]} cells one an article, in their order; words: fraction, 0 to 1
 * @property {number} spread the largest share less the smallest, 0 to 1
 *
 * @typedef {{ by: "theme" | "spread" | number, descending: boolean }} Order by: a number is an article's place, from 0
 */

/**
 * @param {readonly OpenArticle[]} articles
 * @param {readonly string[]} themeIds the model's, in its order
 * @returns {(string | null)[]} these, then others that occur, "no theme" last
 */
export function themesOf(articles, themeIds) {
  const all = articles.flatMap((article) => measured(article, themeIds).shares.map(({ theme }) => theme));
  return [...themeIds, ...new Set(all.filter((theme) => theme !== null && !themeIds.includes(theme))), null];
}

/** @typedef {{ by: string, descending: boolean }} ArticleOrder by: "article", "words", "none", or a theme's id */

/**
 * @param {readonly OpenArticle[]} articles
 * @param {readonly string[]} themeIds
 * @param {ArticleOrder} order
 * @returns {number[]} places of the articles; equal ones stay as they were
 */
export function articlesOrdered(articles, themeIds, { by, descending }) {
  const places = articles.map((_, i) => i);
  if (by === "article") return descending ? places.reverse() : places;
  const theme = by === "none" ? null : by;
  const values = articles.map((article) => {
    const { words, shares } = measured(article, themeIds);
    return by === "words" ? words : (shares.find((share) => share.theme === theme)?.words ?? 0);
  });
  const sign = descending ? -1 : 1;
  return places.sort((a, b) => sign * (values[a] - values[b]));
}

/**
 * @param {readonly OpenArticle[]} articles
 * @param {readonly string[]} themeIds the model's, in its order
 * @returns {ThemeRow[]} in the model's order, "no theme" last
 */
export function themeRows(articles, themeIds) {
  const measures = articles.map((article) => measured(article, themeIds));
  return themesOf(articles, themeIds).map((theme) => {
    const cells = measures.map(({ shares }) => {
      const { words, paragraphs } = shares.find((share) => share.theme === theme) ?? { words: 0, paragraphs: 0 };
      return { words, paragraphs };
    });
    const words = cells.map(({ words }) => words);
    return { theme, cells, spread: words.length === 0 ? 0 : Math.max(...words) - Math.min(...words) };
  });
}

/**
 * The rows in another order; equal ones stay as they were.
 *
 * @param {readonly ThemeRow[]} rows in the model's order
 * @param {Order} order
 */
export function ordered(rows, { by, descending }) {
  const value = (/** @type {ThemeRow} */ row) => (by === "spread" ? row.spread : by === "theme" ? 0 : row.cells[by].words);
  const sign = descending ? -1 : 1;
  if (by === "theme") return descending ? [...rows].reverse() : [...rows];
  return [...rows].sort((a, b) => sign * (value(a) - value(b)));
}

/**
 * One row a theme and article.
 *
 * @param {Project} project
 * @param {readonly string[]} themeIds
 * @returns {string[][]} the first row names the columns
 */
export function comparison({ articles, model, app }, themeIds) {
  const head = ["article", "theme", "share_of_words", "paragraphs", "model", "model_sha256", "app_version"];
  const rows = themeRows(articles, themeIds);
  return [
    head,
    ...articles.flatMap(({ name }, i) =>
      rows.map(({ theme, cells }) => [
        name, theme ?? "none", cells[i].words.toFixed(4), String(cells[i].paragraphs), model.id, model.sha256, `leitmotif ${app}`,
      ]),
    ),
  ];
}
