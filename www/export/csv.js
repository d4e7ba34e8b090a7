/**
 * Tables: one row a paragraph, every row complete in itself, with the model and the version of the page that made it.
 *
 * In the theme columns "none" is a finding (no theme), an empty cell means that nobody coded the paragraph, or that the
 * machine has not read it, and `certainty` and `coder_unsure` tell who was unsure: three different things.
 */

import { standing, themesInForce } from "../measure.js";

/** @typedef {import("../measure.js").Project} Project */
/** @typedef {import("../measure.js").OpenParagraph} OpenParagraph */

/** The word for a finding of no theme, in every language: data, not interface. */
export const NONE = "none";
/** Between the themes of one cell. */
const BETWEEN = "; ";
/** The longest text that a cell of Excel holds, in UTF-16 code units; it spills longer ones into other rows. */
const EXCEL_CELL = 32_767;

/**
 * The table as rows of cells, the first being the names of the columns.
 *
 * @param {Project} project
 * @param {readonly string[]} themeIds the model's, in its order
 * @returns {string[][]}
 */
export function table({ articles, model, app }, themeIds) {
  const head = [
    "article", "paragraph", "kind", "included", "text",
    "machine_themes", "certainty", ...themeIds.map((id) => `probability_${id}`),
    "human_codes", "coder_unsure", "coder", "coded_at", "note", "themes_in_force",
    "split", "model", "model_sha256", "app_version",
  ];
  const rows = articles.flatMap(({ name, split, paragraphs }) =>
    paragraphs.map((paragraph, i) => {
      const { text, kind, included, machine, codes, note } = paragraph;
      return [
        name, String(i + 1), kind, included ? "yes" : "no", text,
        machine === null ? "" : cellOf(machine.themes), machine?.certainty ?? "", ...themeIds.map((id) => decimals(machine?.probability[id])),
        codes === null ? "" : cellOf(codes.themes), codes === null ? "" : codes.unsure ? "yes" : "no", codes?.coder ?? "", codes?.at ?? "", note,
        standing(paragraph) === "unread" ? "" : cellOf(themesInForce(paragraph)),
        split, model.id, model.sha256, `leitmotif ${app}`,
      ];
    }),
  );
  return [head, ...rows];
}

/**
 * Plain CSV: UTF-8 without a mark, LF, quotes where they are needed (RFC 4180). Every text is as it was.
 *
 * @param {string[][]} rows
 */
export function plainCsv(rows) {
  return rows.map((row) => row.map(quoted).join(",")).join("\n") + "\n";
}

/**
 * CSV that Excel opens rightly by a double click: with a byte order mark (without it every letter beyond ASCII is garbled)
 * and CRLF; cells that would be taken for formulas begin with an apostrophe, too long ones end with a remark.
 *
 * @param {string[][]} rows
 * @param {(length: number) => string} cut the remark
 */
export function excelCsv(rows, cut) {
  return `\ufeff${rows.map((row) => row.map((cell) => quoted(harmless(cell, cut))).join(",")).join("\r\n")}\r\n`;
}

/**
 * The same rows for a spreadsheet's "paste": tabs between cells.
 *
 * @param {string[][]} rows
 * @param {(length: number) => string} cut
 */
export function tabbed(rows, cut) {
  const cell = (/** @type {string} */ text) => {
    const safe = harmless(text, cut);
    return /["\t\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}

/** @param {readonly string[]} themes */
const cellOf = (themes) => themes.join(BETWEEN) || NONE;

/** @param {number | undefined} probability */
const decimals = (probability) => (probability === undefined ? "" : probability.toFixed(4));

/** @param {string} cell */
function quoted(cell) {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * @param {string} cell
 * @param {(length: number) => string} cut
 */
function harmless(cell, cut) {
  // The first characters by which spreadsheets know a formula, with their full-width forms (OWASP, "CSV Injection").
  const guarded = /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  const lines = guarded.replace(/\r\n?/g, "\n");
  if (lines.length <= EXCEL_CELL) return lines;
  const remark = cut(cell.length);
  // Not through the middle of a surrogate pair.
  return lines.slice(0, EXCEL_CELL - remark.length).replace(/[\ud800-\udbff]$/, "") + remark;
}
