/**
 * The portrait of an article as lanes: one row a theme, its paragraphs as blocks from the article's beginning to its end.
 * The row says which theme it is, so that colour has nothing to tell alone. Numbers only: the page and the exported figure
 * draw from the same ones.
 */

import { measured, standing, themesInForce } from "./measure.js";

/** @typedef {import("./measure.js").OpenArticle} OpenArticle */

/**
 * What is asked of a list of themes: `Themes` of sentences.js has it all.
 *
 * @typedef {object} ThemeNames
 * @property {readonly string[]} ids
 * @property {(id: string | null) => string} name
 * @property {(id: string | null) => number | null} position
 *
 * @typedef {object} Block a paragraph in the lane of one of its themes
 * @property {number} paragraph its place in the article, from 1; of several in one block the first
 * @property {number} start 0 to 1, by length among the paragraphs that count
 * @property {number} end
 * @property {ReturnType<typeof standing>} standing
 *
 * @typedef {object} Lane
 * @property {string | null} theme
 * @property {string} name with a capital
 * @property {number | null} position in the model's list, for colour and glyph
 * @property {Block[]} blocks
 * @property {number} paragraphs
 * @property {number} words fraction of the article's words, 0 to 1
 */

/** Of an article of more paragraphs than this, blocks that nobody can tell apart are one: neighbours less than a pixel away. */
const MANY = 1_000;
const APART = 0.001;

/**
 * @param {OpenArticle} article
 * @param {ThemeNames} themes
 * @returns {{ lanes: Lane[], measure: import("./measure.js").Measure }}
 */
export function lanesOf(article, themes) {
  const { paragraphs } = article;
  const whole = measured(article, themes.ids);
  const lanes = whole.shares.map(({ theme, paragraphs, words }) => {
    const name = themes.name(theme).replace(/^./u, (first) => first.toUpperCase());
    return { theme, name, position: themes.position(theme), blocks: /** @type {Block[]} */ ([]), paragraphs, words };
  });
  const byTheme = new Map(lanes.map((lane) => [lane.theme, lane]));

  const counted = paragraphs.map((paragraph, i) => ({ paragraph, number: i + 1 })).filter(({ paragraph }) => paragraph.included);
  const length = counted.reduce((sum, { paragraph }) => sum + paragraph.text.length, 0);
  let at = 0;
  for (const { paragraph, number } of counted) {
    const start = at / Math.max(length, 1);
    at += paragraph.text.length;
    const block = { paragraph: number, start, end: at / Math.max(length, 1), standing: standing(paragraph) };
    if (block.standing === "unread") continue;
    const found = themesInForce(paragraph);
    for (const theme of found.length > 0 ? found : [null]) {
      const blocks = byTheme.get(theme)?.blocks;
      const last = counted.length > MANY ? blocks?.at(-1) : undefined;
      if (last && block.end - last.end < APART) last.end = block.end;
      else blocks?.push({ ...block });
    }
  }
  return { lanes, measure: whole };
}
