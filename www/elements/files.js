/** What an element gives away and takes back: tables, JSON, project files. Loaded when it is asked for. */

import { excelCsv, plainCsv, table } from "../export/csv.js";
import { exportJson } from "../export/json.js";
import { loadTakeMessages, takeMessages } from "../messages/take.js";
import { fromFile, toFile } from "../project-file.js";
import { keepWork, unread } from "../project.js";

/** @typedef {import("./desk.js").Desk} Desk */

/**
 * @param {Desk} desk
 * @param {string} format
 * @returns {Promise<Blob>}
 * @throws {TypeError} for a format that there is not
 */
export async function exported({ workspace, motif, themes }, format) {
  const { project } = workspace;
  const rows = () => table(project, themes.ids);
  switch (format) {
    case "json":
      return new Blob([exportJson(project, motif.themes)], { type: "application/json" });
    case "csv":
      return new Blob([plainCsv(rows())], { type: "text/csv;charset=utf-8" });
    case "csv-excel":
      await loadTakeMessages(themes.language.id);
      return new Blob([excelCsv(rows(), takeMessages([themes.language.id]).export.cut)], { type: "text/csv;charset=utf-8" });
    default:
      throw new TypeError(`“${format}” is no format: there are csv, csv-excel and json.`);
  }
}

/** @param {Desk} desk */
export const projectText = ({ workspace }) => toFile(workspace.project, workspace.open);

/**
 * @param {Desk} desk
 * @param {string} json
 * @throws {import("../project-file.js").ProjectFileError}
 */
function projectOf({ motif }, json) {
  return fromFile(json, { sha256: motif.model.sha256, themeIds: motif.themes.map(({ id }) => id) });
}

/** All articles of a project, instead of what is open. @param {Desk} desk @param {string} json */
export function openProject(desk, json) {
  const { project, current, stale } = projectOf(desk, json);
  const articles = stale ? project.articles.map(unread) : project.articles;
  desk.workspace.openProject({ ...desk.workspace.project, coder: project.coder, articles }, current);
}

/** Codes and notes of a project, for the paragraphs that are shown; its first article, where none is. @param {Desk} desk @param {string} json */
export function takeCodes(desk, json) {
  const { workspace } = desk;
  const { project } = projectOf(desk, json);
  const { article } = workspace;
  const saved = project.articles.flatMap(({ paragraphs }) => paragraphs);
  const articles = article ? [{ ...article, paragraphs: keepWork(saved, article.paragraphs) }] : project.articles.slice(0, 1).map(unread);
  workspace.openProject({ ...workspace.project, coder: project.coder, articles });
}
