/**
 * The figure of an article, to take away: its lanes from beginning to end, and beside each lane how much of the article it
 * is. A file of its own, without script or outside reference; light or dark as the reader prefers, light on paper.
 */

import { lanesOf } from "../lanes.js";
import { SURFACE, colours, glyphPath } from "../palette.js";
import { coordinate, escaped, tag } from "./markup.js";

/** @typedef {import("../measure.js").OpenArticle} OpenArticle */
/** @typedef {import("../lanes.js").Lane} Lane */
/** @typedef {import("../lanes.js").ThemeNames} ThemeNames */
/** @typedef {import("../messages/take-en.js").TakeMessages} Messages */

/**
 * @typedef {object} Source of a figure
 * @property {OpenArticle} article
 * @property {ThemeNames} themes
 * @property {{ id: string, sha256: string, app: string }} made by which model and version
 * @property {Messages} messages
 */

/** Ink, soft ink and lines: as in style.css. */
export const INK = {
  light: { ink: "#1B1F24", soft: "#565B64", line: "#D9D7D0" },
  dark: { ink: "#E8EAED", soft: "#A8ADB6", line: "#30353E" },
};

/** In pixels. The columns: glyph and name, lane, bar with its share, paragraphs. */
const WIDTH = 760;
const MARGIN = 20;
const ROW = 32;
const BLOCK = 18;
const LANE = { start: 176, width: 316 };
const BAR = { start: 510, width: 118 };
const RIGHT = WIDTH - MARGIN;

/**
 * A whole SVG file.
 *
 * @param {Source} source
 * @returns {string}
 */
export function svgFigure({ article, themes, made, messages }) {
  const { lanes, measure } = lanesOf(article, themes);
  const title = wrapped(messages.figure.heading(article.name), 62, 3);
  const top = MARGIN + 24 * title.length + 8;
  const body = top + 26;
  const notes = [...wrapped(messages.figure.basis(measure), 116, 4), ...wrapped(messages.export.provenance(made), 116, 3)];
  const below = body + ROW * lanes.length + 18;
  const height = below + 18 * notes.length + MARGIN;
  const longest = Math.max(...lanes.map(({ words }) => words), Number.MIN_VALUE);
  const text = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ words, /** @type {Record<string, string | number>} */ more = {}) =>
    tag("text", { x, y, class: "ink", fill: INK.light.ink, "font-size": 14, ...more }, escaped(words));
  const soft = { class: "soft", fill: INK.light.soft, "font-size": 12 };

  return [
    tag(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        width: WIDTH,
        height,
        viewBox: `0 0 ${WIDTH} ${height}`,
        role: "img",
        "aria-labelledby": "leitmotif-title leitmotif-description",
        lang: messages.language,
        "font-family": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
      },
      tag("title", { id: "leitmotif-title" }, escaped(messages.figure.heading(article.name))),
      tag("desc", { id: "leitmotif-description" }, escaped(description({ lanes, measure, made, messages }))),
      tag("style", {}, `${svgStyle(lanes)}`),
      tag("defs", {}, ...lanes.map((lane) => stripes(lane, "leitmotif", 45))),
      tag("rect", { class: "surface", fill: SURFACE.light, width: WIDTH, height }),
      ...title.map((line, i) => text(MARGIN, MARGIN + 18 + 24 * i, line, { "font-size": 18, "font-weight": 650 })),
      text(LANE.start, top + 12, messages.figure.lanes, soft),
      text(BAR.start, top + 12, messages.figure.words, soft),
      text(RIGHT, top + 12, messages.figure.paragraphs, { ...soft, "text-anchor": "end" }),
      ...lanes.map((lane, i) => {
        const y = body + ROW * i;
        const middle = y + BLOCK / 2 + 5;
        const bar = (BAR.width * lane.words) / longest;
        return tag(
          "g",
          {},
          tag(
            "g",
            { transform: `translate(${MARGIN} ${y + 1})` },
            glyph(lane),
          ),
          text(MARGIN + 24, middle, shortened(lane.name, 19), { "font-weight": 600 }),
          tag("line", { class: "line", stroke: INK.light.line, x1: LANE.start, x2: LANE.start + LANE.width, y1: y + BLOCK + 4, y2: y + BLOCK + 4 }),
          tag("g", { transform: `translate(${LANE.start} ${y})` }, blocks(lane, LANE.width, "leitmotif")),
          tag("rect", { ...solid(lane), x: BAR.start, y: y + 2, width: coordinate(bar), height: BLOCK - 4, rx: 2 }),
          text(BAR.start + bar + 6, middle, messages.percent(lane.words)),
          text(RIGHT, middle, String(lane.paragraphs), { "text-anchor": "end" }),
        );
      }),
      ...notes.map((line, i) => text(MARGIN, below + 12 + 18 * i, line, { ...soft, "font-size": 11 })),
    ),
    "\n",
  ].join("");
}

/**
 * A whole HTML file: the same figure as a table that fits narrow screens and reads aloud.
 *
 * @param {Source} source
 * @returns {string}
 */
export function htmlFigure({ article, themes, made, messages }) {
  const { lanes, measure } = lanesOf(article, themes);
  const heading = messages.figure.heading(article.name);
  const longest = Math.max(...lanes.map(({ words }) => words), Number.MIN_VALUE);
  const { figure } = messages;
  const row = (/** @type {Lane} */ lane, /** @type {number} */ i) =>
    tag(
      "tr",
      {},
      tag("th", { scope: "row" }, tag("svg", { class: "glyph", viewBox: "0 0 16 16", "aria-hidden": "true" }, glyph(lane)), escaped(lane.name)),
      tag(
        "td",
        { class: "lane" },
        tag(
          "svg",
          { viewBox: `0 0 1000 ${BLOCK + 4}`, preserveAspectRatio: "none", role: "img", "aria-label": figure.lane(spoken(lane)) },
          tag("defs", {}, stripes(lane, `row-${i}`, 90)),
          tag("line", { class: "line", x1: 0, x2: 1000, y1: BLOCK + 3.5, y2: BLOCK + 3.5, "vector-effect": "non-scaling-stroke" }),
          blocks(lane, 1000, `row-${i}`),
        ),
      ),
      tag(
        "td",
        { class: "share" },
        tag("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
          tag("rect", { ...solid(lane), width: coordinate((100 * lane.words) / longest), height: 10 })),
        tag("span", {}, escaped(messages.percent(lane.words))),
      ),
      tag("td", { class: "count" }, String(lane.paragraphs)),
    );
  const page = tag(
    "html",
    { lang: messages.language },
    tag(
      "head",
      {},
      '<meta charset="utf-8">',
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      '<meta name="color-scheme" content="light dark">',
      tag("title", {}, escaped(heading)),
      tag("style", {}, htmlStyle(lanes)),
    ),
    tag(
      "body",
      {},
      tag(
        "main",
        {},
        tag("h1", { dir: "auto" }, escaped(heading)),
        tag(
          "figure",
          {},
          tag(
            "table",
            {},
            tag("caption", {}, escaped(figure.columns)),
            tag("thead", {}, tag("tr", {}, ...[figure.theme, figure.lanes, figure.words, figure.paragraphs].map((name) => tag("th", { scope: "col" }, escaped(name))))),
            tag("tbody", {}, ...lanes.map(row)),
          ),
          tag("figcaption", {}, tag("p", {}, escaped(figure.basis(measure))), tag("p", {}, escaped(messages.export.provenance(made)))),
        ),
      ),
    ),
  );
  return `<!doctype html>\n${page}\n`;
}

/**
 * All that the picture shows, in words.
 *
 * @param {{ lanes: Lane[], measure: import("../measure.js").Measure, made: Source["made"], messages: Messages }} shown
 */
function description({ lanes, measure, made, messages }) {
  return [messages.figure.basis(measure), ...lanes.map((lane) => messages.figure.lane(spoken(lane))), messages.export.provenance(made)].join(" ");
}

/** @param {Lane} lane */
const spoken = ({ name, words, blocks }) => ({ name, words, numbers: blocks.map(({ paragraph }) => paragraph) });

/** Light colours as attributes too, for programs that know no style sheets. @param {Lane} lane */
const solid = ({ position }) => ({ class: fillClass(position), fill: colours(position).light.solid });

/** @param {number | null} position */
const fillClass = (position) => `fill-${position ?? "none"}`;

/** @param {Lane} lane */
function glyph({ position }) {
  return tag("path", {
    d: glyphPath(position), class: `stroke-${position ?? "none"}`, stroke: colours(position).light.solid,
    fill: "none", "stroke-width": 1.6, "stroke-linejoin": "round", "stroke-linecap": "round",
  });
}

/**
 * The stripes of a lane's unsure blocks.
 *
 * @param {Lane} lane
 * @param {string} prefix of its id
 * @param {number} turn in degrees; at 90 they lie flat, and hold where the lane is stretched
 */
function stripes(lane, prefix, turn) {
  return tag(
    "pattern",
    { id: `${prefix}-stripes-${lane.position ?? "none"}`, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` },
    tag("rect", { ...solid(lane), width: 2.5, height: 5 }),
  );
}

/**
 * @param {Lane} lane
 * @param {number} width of the whole lane
 * @param {string} prefix of the stripes' id
 */
function blocks(lane, width, prefix) {
  return lane.blocks
    .map(({ start, end, standing }) => {
      const x = start * width;
      // A gap of a pixel between neighbours; even the shortest paragraph is seen.
      const wide = Math.max((end - start) * width - 1, 1);
      const place = { x: coordinate(x), width: coordinate(wide), height: BLOCK };
      if (standing !== "unsure") {
        const person = standing === "coded" ? tag("rect", { class: "ink", fill: INK.light.ink, ...place, y: BLOCK + 1, height: 2.5 }) : "";
        return tag("rect", { ...solid(lane), ...place }) + person;
      }
      const outline = { fill: `url(#${prefix}-stripes-${lane.position ?? "none"})`, stroke: colours(lane.position).light.solid };
      return tag("rect", { class: `stroke-${lane.position ?? "none"}`, ...outline, ...place, "vector-effect": "non-scaling-stroke" });
    })
    .join("");
}

/** @param {Lane[]} lanes @param {"light" | "dark"} scheme */
function scheme(lanes, scheme) {
  const { ink, soft, line } = INK[scheme];
  const themes = lanes.map(({ position }) => {
    const { solid } = colours(position)[scheme];
    return `.${fillClass(position)}{fill:${solid}}.stroke-${position ?? "none"}{stroke:${solid}}`;
  });
  return `.surface{fill:${SURFACE[scheme]}}.ink{fill:${ink}}.soft{fill:${soft}}.line{stroke:${line}}${themes.join("")}`;
}

/** @param {Lane[]} lanes */
const svgStyle = (lanes) => `${scheme(lanes, "light")}@media screen and (prefers-color-scheme:dark){${scheme(lanes, "dark")}}`;

/** @param {Lane[]} lanes */
function htmlStyle(lanes) {
  const page = (/** @type {"light" | "dark"} */ name) =>
    `body{background:${SURFACE[name]};color:${INK[name].ink}}thead,caption,figcaption{color:${INK[name].soft}}${scheme(lanes, name)}`;
  return [
    ":root{color-scheme:light dark}",
    "body{margin:0;font:1rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif;overflow-wrap:anywhere}",
    "main{max-width:56rem;margin:auto;padding:1rem}h1{font-size:1.25rem;line-height:1.3}figure{margin:0}",
    "table{width:100%;border-collapse:collapse}th,td{padding:.25rem .5rem .25rem 0;text-align:start;vertical-align:middle}",
    "caption{display:none;text-align:end;font-size:.8125rem;padding-block-end:.25rem}thead th{font-weight:400;font-size:.8125rem;overflow-wrap:normal}tbody th{font-weight:600;white-space:nowrap}",
    ".lane{width:60%}.lane svg{display:block;width:100%;height:1.5rem}",
    ".share{white-space:nowrap;font-variant-numeric:tabular-nums}.bar{width:5rem;height:.75rem;margin-inline-end:.5rem}",
    ".count{white-space:nowrap}.count,thead th:last-child{text-align:end;padding-inline-end:0}.glyph{width:1em;height:1em;margin-inline-end:.4em;vertical-align:-.125em}",
    "figcaption{margin-block-start:.75rem;font-size:.875rem}figcaption p{margin:.25rem 0}",
    "@media (max-width:40rem){.bar{display:none}th,td{padding-inline-end:.375rem}tbody{font-size:.875rem}.lane{width:45%}caption{display:table-caption}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}",
    "@media print{svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}",
    page("light"),
    `@media screen and (prefers-color-scheme:dark){${page("dark")}}`,
  ].join("");
}

/**
 * Lines of about `room` letters, broken at spaces where there are any, the last one ending in "…" where more would follow.
 *
 * @param {string} text
 * @param {number} room in Latin letters; wide scripts take two each
 * @param {number} most lines
 */
function wrapped(text, room, most) {
  const lines = [""];
  for (const word of text.split(/\s+/u).flatMap((word) => pieces(word, room))) {
    const last = lines[lines.length - 1];
    const joined = last === "" || word.glued ? last + word.text : `${last} ${word.text}`;
    if (breadth(joined) <= room) lines[lines.length - 1] = joined;
    else lines.push(word.text);
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), shortened(lines[most - 1], room - 1, true)];
}

/** A word that is itself longer than a line, or of a script without spaces, may break anywhere. @param {string} word @param {number} room */
function pieces(word, room) {
  const breaks = breadth(word) > room || /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]/.test(word);
  return breaks ? [...word].map((text, i) => ({ text, glued: i > 0 })) : [{ text: word, glued: false }];
}

/** @param {string} text @param {number} room @param {boolean} [always] end with "…" even where it fits */
function shortened(text, room, always = false) {
  if (!always && breadth(text) <= room) return text;
  const letters = [...text];
  while (letters.length > 0 && breadth(letters.join("")) > room - 1) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** @param {string} text */
function breadth(text) {
  let sum = 0;
  for (const letter of text) sum += /[\u1100-\u115f\u2e80-\uffef\u{1f000}-\u{3ffff}]/u.test(letter) ? 2 : 1;
  return sum;
}
