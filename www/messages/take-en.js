/** What the page says in English about taking things away: exports, project files, comparison, storage, offline use. */

import { listsIn, numbersIn } from "./formats.js";

const numbers = numbersIn("en");
const lists = listsIn("en");
const count = (/** @type {number} */ n, /** @type {string} */ one) => `${numbers.format(n)} ${one}${n === 1 ? "" : "s"}`;
const percent = (/** @type {number} */ fraction) => `${Math.round(fraction * 100)}\u00a0%`;

export const en = {
  language: "en",
  percent,

  export: {
    title: "Take it away",
    group: "Export as",
    csv: "CSV",
    csvHint: "One row a paragraph, plain UTF-8",
    excel: "CSV for Excel",
    excelHint: "Opens in Excel by a double click; cells that look like formulas are made harmless",
    json: "JSON",
    jsonHint: "Everything that the page knows of the article",
    svg: "Picture (SVG)",
    html: "Page (HTML)",
    print: "Print",
    copyTable: "Copy table",
    copyTableHint: "The rows of the CSV, to paste into a spreadsheet",
    copyPicture: "Copy picture",
    saved: (/** @type {string} */ file) => `Saved: ${file}.`,
    copiedTable: (/** @type {number} */ rows) => `${count(rows, "row")} copied.`,
    copiedPicture: "Picture copied.",
    notCopied: "The browser did not allow copying. Save the file instead.",
    nothing: "There is nothing to export yet.",
    more: (/** @type {string} */ first, /** @type {number} */ others) => `${first} and ${others} more`,
    unnamed: "Article",
    paperMore: (/** @type {number} */ left) => `${count(left, "more paragraph")}: too many for paper. The CSV has them all.`,
    cut: (/** @type {number} */ length) => ` … [cut here: ${numbers.format(length)} characters are more than a cell of Excel holds; the plain CSV has them all]`,
    provenance: (/** @type {{ id: string, sha256: string, app: string }} */ { id, sha256, app }) =>
      `Model ${id}, SHA-256 ${sha256}; Leitmotif ${app}.`,
  },

  figure: {
    heading: (/** @type {string} */ name) => `What “${name}” is about`,
    lanes: "From beginning to end",
    theme: "Theme",
    words: "Words",
    columns: "Share of the words · paragraphs",
    paragraphs: "Paragraphs",
    basis: (/** @type {import("../measure.js").Measure} */ { words, paragraphs, unsure, coded, leftOut }) =>
      [
        `${count(words, "word")} in ${count(paragraphs, "paragraph")}.`,
        coded > 0 ? `${numbers.format(coded)} coded by a person (underlined).` : "",
        unsure > 0 ? `${numbers.format(unsure)} unsure (striped).` : "",
        leftOut > 0 ? `${numbers.format(leftOut)} left out as page furniture.` : "",
        "A paragraph with several themes counts for each; its words are split.",
      ]
        .filter(Boolean)
        .join(" "),
    lane: (/** @type {{ name: string, words: number, numbers: number[] }} */ { name, words, numbers }) =>
      numbers.length === 0
        ? `${name}: no paragraph.`
        : numbers.length > 300
        ? `${name}: ${percent(words)} of the words; many paragraphs, from ${numbers[0]} to ${numbers.at(-1)}.`
        : `${name}: ${percent(words)} of the words; paragraph${numbers.length === 1 ? "" : "s"} ${lists.format(numbers.map(String))}.`,
    standing: { clear: "clear", likely: "likely", unsure: "unsure", coded: "coded by a person", unread: "not read yet" },
  },

  file: {
    title: "Project",
    save: "Save project",
    open: "Open project …",
    saved: (/** @type {string} */ file) => `Project saved: ${file}.`,
    opened: (/** @type {number} */ articles) => `Project opened: ${count(articles, "article")}.`,
    undoable: "What was open before comes back with Undo.",
    named: (/** @type {string} */ name, /** @type {string} */ why) => `${name}: ${why}`,
    oneAtATime: (/** @type {string} */ name) => `${name}: another project was opened in the same go, and one at a time can be open.`,
    stale: "It was saved with another model: the machine's labels are read again, your codes are kept.",
    unknownThemes: (/** @type {string[]} */ ids) =>
      `It holds codes that this codebook does not know: ${ids.join(", ")}. They are kept as they are.`,
    refused: {
      "too-large": (/** @type {string} */ found, /** @type {string} */ limit) => `This file is ${found} large; at most ${limit} are opened.`,
      "cut-off": (/** @type {string} */ _, /** @type {string} */ detail) => `This project file is not whole: it may have been cut off when it was saved or sent (${detail}).`,
      "not-json": (/** @type {string} */ _, /** @type {string} */ detail) => `This is no project file: it is not JSON (${detail}).`,
      "not-project": (/** @type {string} */ found) =>
        `This is no project file of Leitmotif: its “format” should be “leitmotif project 1”, and is ${found}.`,
      field: (/** @type {string} */ field, /** @type {string} */ expected, /** @type {string} */ found) =>
        `This project file is damaged at ${field}: there should be ${expected}, and there is ${found}.`,
      "unknown-field": (/** @type {string} */ field) => `This project file has a field that Leitmotif does not know: ${field}.`,
    },
    unread: "The file could not be read.",
  },

  storage: {
    keep: "Keep this project in this browser",
    keepNote: "A convenience: browsers may delete it. The project file is the safe place.",
    kept: (/** @type {string} */ time) => `Kept in this browser, last at ${time}.`,
    restored: (/** @type {string} */ time) => `Brought back from this browser, as it was on ${time}.`,
    forget: "Forget everything",
    sure: "Really forget? The open articles and codes go too.",
    yes: "Yes, forget everything",
    no: "No, keep it",
    forgotten: (/** @type {number} */ pageFiles) =>
      `Forgotten. What is left of you in this browser: nothing. Looked in databases, storage and caches${
        pageFiles > 0 ? `; there are only the page's own ${count(pageFiles, "file")} for offline use` : ""
      }.`,
    left: (/** @type {string[]} */ what) => `Not everything could be removed. Left: ${what.join(", ")}. Close other tabs of this page and try again.`,
    refused: "This browser does not let the page keep anything. Save the project as a file.",
    damaged: (/** @type {string} */ why) => `What this browser had kept could not be read: ${why}`,
    gone: "What this browser had kept is gone: another tab or the browser itself deleted it. What is open here is kept no longer.",
    ended: "Another tab has ended the keeping. What is open here stays open, and is not kept.",
    newer: (/** @type {string} */ time) =>
      `Another tab of this page has kept another state of the project (${time}). Nothing was written over it, and what is open here is not kept until you decide.`,
    notKept: "Not kept: another tab has kept another state. See above.",
    loadOther: "Open the other state",
    keepMine: "Keep mine instead",
    saveMine: "Save mine as a file",
    loaded: "The state of the other tab is open now; what was open here comes back with Undo.",
    full: "This browser has no room to keep the project. Save it as a file.",
  },

  compare: {
    title: "Compare",
    sample: "The same visit, reported twice",
    table: "Share of the words, and number of paragraphs",
    article: (/** @type {number} */ n) => `Article ${n}`,
    words: "words",
    paragraphs: "paragraphs",
    order: (/** @type {string} */ by) => `Sort by ${by}`,
    theme: "Theme",
    spread: "Spread",
    spreadHint: "The largest share less the smallest, in percentage points",
    csv: "CSV of this table",
    shareTable: "Share of the words",
    articleColumn: "Article",
    wordsColumn: "Words",
    number: (/** @type {number} */ n) => numbers.format(n),
    more: (/** @type {number} */ n, /** @type {number} */ left) => `Show ${numbers.format(n)} more (${count(left, "article")} to come)`,
    firstLanes: (/** @type {number} */ n) => `The first ${numbers.format(n)} of this order, from beginning to end:`,
    counted: (/** @type {import("../measure.js").Measure} */ { words, paragraphs, unsure, leftOut }) =>
      [
        `${count(words, "word")} in ${count(paragraphs, "paragraph")}`,
        unsure > 0 ? `${numbers.format(unsure)} unsure (striped)` : "",
        leftOut > 0 ? `${numbers.format(leftOut)} left out` : "",
      ]
        .filter(Boolean)
        .join(", ") + ".",
    points: (/** @type {number} */ fraction) => `${Math.round(fraction * 100)}`,
    missing: "The sample articles are not there.",
  },

  offline: {
    ready: "Ready for use without a network.",
    update: "A new version is ready.",
    reload: "Reload",
    unsaved: "A new version is ready, but your work is not saved. Save the project first, then reload.",
    anyway: "Reload without saving",
  },
};

/** @typedef {typeof en} TakeMessages */
