/** The buttons that take the open articles away: files, clipboard, paper. */

import { excelCsv, plainCsv, tabbed, table } from "./export/csv.js";
import { copyPicture, copyText, download } from "./export/deliver.js";
import { htmlFigure, svgFigure } from "./export/figure.js";
import { fileName } from "./export/file-name.js";
import { exportJson } from "./export/json.js";
import { cell } from "./lanes-view.js";

/** @typedef {import("./take.js").Host} Host */

/**
 * @param {HTMLElement} root the buttons are added to it
 * @param {Host} host
 * @param {import("./messages/take-en.js").TakeMessages} messages
 * @param {(words: string) => void} say what came of it
 * @param {() => void} taken all that a person has done is in a file
 */
export function offerExports(root, host, messages, say, taken) {
  const { themes, codebook } = host;
  const words = messages.export;
  const made = (/** @type {import("./measure.js").Project} */ { model, app }) => ({ ...model, app });
  const picture = (/** @type {import("./measure.js").Project} */ project) =>
    ({ article: project.articles[host.current()] ?? project.articles[0], themes, made: made(project), messages });
  const rows = (/** @type {import("./measure.js").Project} */ project) => table(project, themes.ids);

  /**
   * A button for a file of the whole project, or of the current article alone.
   *
   * @param {string} title
   * @param {string | undefined} hint
   * @param {string} ending
   * @param {string} type
   * @param {(project: import("./measure.js").Project) => string} write
   * @param {boolean} [one] whether only the current article goes into it
   */
  const file = (title, hint, ending, type, write, one = false) =>
    button(title, hint, (project) => {
      const name = fileName(one ? picture(project).article.name : projectName(project, messages), ending);
      download(name, write(project), type);
      if (!one) taken();
      say(words.saved(name));
    });

  /**
   * @param {string} title
   * @param {string | undefined} hint
   * @param {(project: import("./measure.js").Project) => void | Promise<void>} act
   */
  const button = (title, hint, act) => {
    const made = cell("button", title, { type: "button" });
    if (hint) made.title = hint;
    made.addEventListener("click", () => {
      const project = host.project();
      if (project.articles.length === 0) say(words.nothing);
      else void act(project);
    });
    return made;
  };

  root.append(
    file(words.csv, words.csvHint, "csv", "text/csv;charset=utf-8", (project) => plainCsv(rows(project))),
    file(words.excel, words.excelHint, "excel.csv", "text/csv;charset=utf-8", (project) => excelCsv(rows(project), words.cut)),
    file(words.json, words.jsonHint, "json", "application/json", (project) => exportJson(project, codebook)),
    file(words.svg, undefined, "svg", "image/svg+xml", (project) => svgFigure(picture(project)), true),
    file(words.html, undefined, "html", "text/html", (project) => htmlFigure(picture(project)), true),
    button(words.copyTable, words.copyTableHint, async (project) => {
      const cells = rows(project);
      const copied = await copyText(tabbed(cells, words.cut));
      say(copied ? words.copiedTable(cells.length - 1) : words.notCopied);
    }),
    button(words.copyPicture, undefined, async (project) => {
      const copied = await copyPicture(svgFigure(picture(project)));
      say(copied ? words.copiedPicture : words.notCopied);
    }),
    button(words.print, undefined, () => print()),
  );
}

/**
 * What a file of the whole project is called, before its ending.
 *
 * @param {import("./measure.js").Project} project
 * @param {import("./messages/take-en.js").TakeMessages} messages
 */
export function projectName({ articles }, messages) {
  const first = articles[0]?.name || messages.export.unnamed;
  return articles.length > 1 ? messages.export.more([...first].slice(0, 32).join("").trim(), articles.length - 1) : first;
}
