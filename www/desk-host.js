/** The workspace as what take.js asks for. */

import { unread } from "./project.js";
import { VERSION } from "./version.js";
import { LONG, textOf } from "./workspace.js";

/** @typedef {import("./project.js").OpenArticle} OpenArticle */
/** @typedef {import("./project.js").Project} Project */

/** An article is never changed: it is looked through once. @type {WeakMap<OpenArticle, string[]>} */
const works = new WeakMap();

/** What a person did to an article, a text for each thing: codes and notes, and its own text where it is not as it came. @param {OpenArticle} article */
function workOf(article) {
  const { source, paragraphs, rewritten } = article;
  const work = works.get(article) ?? paragraphs.flatMap(({ text, codes, note }) => (codes || note ? [JSON.stringify([text, codes, note])] : []));
  if (!works.has(article) && (rewritten || (paragraphs.length <= LONG && textOf(article) !== source))) work.push(textOf(article));
  works.set(article, work);
  return work;
}

/**
 * @param {import("./workspace.js").Workspace} workspace
 * @param {import("./sentences.js").Themes} themes
 * @param {Pick<import("./take.js").Host, "say" | "calm" | "seen"> & { cleared: () => void, input: import("./input-box.js").InputBox }} page
 *   cleared: shows that nothing is open
 * @returns {import("./take.js").Host}
 */
export function deskHost(workspace, themes, { cleared, input, ...rest }) {
  const { model } = workspace.project;
  return {
    themes,
    codebook: themes.all,
    project: () => workspace.project,
    current: () => workspace.open,
    work: () => workspace.project.articles.flatMap(workOf),
    open: async (project, current, stale, first) => {
      const whole = { ...project, model, app: VERSION, articles: stale ? project.articles.map(unread) : project.articles };
      // Whoever was quicker than the page keeps what they did.
      if (first && workspace.undoable === null) workspace.beginWith(whole, current);
      else workspace.openProject(whole, current);
      await workspace.settled;
    },
    draft: () => input.draft,
    takeDraft: (text) => input.resume(text),
    clear: async () => {
      workspace.forget();
      cleared();
    },
    ...rest,
  };
}
