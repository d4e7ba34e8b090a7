/** The lanes of an article on the page: a table whose middle column draws, so that the numbers are there for everyone. */

import { lanesOf } from "./lanes.js";
import { glyph, themeClass } from "./palette.js";

/** @typedef {import("./lanes.js").Lane} Lane */
/** @typedef {import("./messages/take-en.js").TakeMessages} Messages */

/**
 * @param {import("./measure.js").OpenArticle} article
 * @param {import("./lanes.js").ThemeNames} themes
 * @param {Messages} messages
 * @returns {{ table: HTMLElement, measure: import("./measure.js").Measure }}
 */
export function lanesTable(article, themes, messages) {
  const { lanes, measure } = lanesOf(article, themes);
  const longest = Math.max(...lanes.map(({ words }) => words), Number.MIN_VALUE);
  const table = document.createElement("table");
  table.className = "lanes";
  const head = document.createElement("thead");
  const { figure } = messages;
  head.append(row([figure.theme, figure.lanes, figure.words, figure.paragraphs].map((name) => cell("th", name, { scope: "col" }))));
  const body = document.createElement("tbody");
  body.append(...lanes.map((lane) => laneRow(lane, lane.words / longest, messages)));
  table.append(cell("caption", figure.columns), head, body);
  return { table, measure };
}

/**
 * @param {Lane} lane
 * @param {number} length of its bar, 0 to 1
 * @param {Messages} messages
 */
function laneRow(lane, length, messages) {
  const name = cell("th", lane.name, { scope: "row" });
  name.prepend(glyph(lane.position));

  const picture = cell("div", "", { class: "lane", role: "img" });
  const numbers = lane.blocks.map(({ paragraph }) => paragraph);
  picture.setAttribute("aria-label", messages.figure.lane({ name: lane.name, words: lane.words, numbers }));
  picture.append(...lane.blocks.map((block) => blockOf(block, messages)));
  const portrait = cell("td", "");
  portrait.append(picture);

  const share = cell("td", "", { class: "lane-share" });
  const bar = cell("span", "", { class: "lane-bar" });
  bar.style.setProperty("--length", String(length));
  const room = cell("span", "", { class: "lane-room" });
  room.append(bar);
  share.append(room, cell("span", messages.percent(lane.words)));

  const line = row([name, portrait, share, cell("td", String(lane.paragraphs), { class: "lane-count" })]);
  line.className = themeClass(lane.position);
  return line;
}

/**
 * @param {import("./lanes.js").Block} block
 * @param {Messages} messages
 */
function blockOf({ paragraph, start, end, standing }, messages) {
  const block = cell("span", "", { class: standing, title: `${paragraph}: ${messages.figure.standing[standing]}` });
  // Plainly: of variables the browser would have to work each of hundreds out.
  block.style.insetInlineStart = `${100 * start}%`;
  block.style.inlineSize = `max(1px, ${100 * (end - start)}% - 1px)`;
  return block;
}

/** @param {HTMLElement[]} cells */
function row(cells) {
  const row = document.createElement("tr");
  row.append(...cells);
  return row;
}

/**
 * @param {string} tag
 * @param {string} words
 * @param {Record<string, string>} [attributes]
 */
export function cell(tag, words, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = words;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
