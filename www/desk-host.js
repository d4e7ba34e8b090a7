/** The workspace as what take.js asks for. */

import { unread } from "./project.js";
import { VERSION } from "./version.js";
import { textOf } from "./workspace.js";

/** @typedef {import("./project.js").Project} Project */

/**
 * @param {import("./workspace.js").Workspace} workspace
 * @param {import("./sentences.js").Themes} themes
 * @param {{ cleared: () => void, say: (words: string) => void, input: import("./input-box.js").InputBox }} page
 *   cleared: shows that nothing is open
 * @returns {import("./take.js").Host}
 */
export function deskHost(workspace, themes, { cleared, say, input }) {
  const { model } = workspace.project;
  return {
    themes,
    codebook: themes.all,
    project: () => workspace.project,
    current: () => workspace.open,
    open: async (project, stale, first) => {
      const whole = { ...project, model, app: VERSION, articles: stale ? project.articles.map(unread) : project.articles };
      // Whoever was quicker than the page keeps what they did.
      if (first && workspace.undoable === null) workspace.beginWith(whole);
      else workspace.openProject(whole);
      await workspace.settled;
    },
    draft: () => {
      const text = input.box.value;
      // An article that is only looked at in the box is kept as what it is.
      return text.trim() === "" || (workspace.article && text === textOf(workspace.article)) ? "" : text;
    },
    takeDraft: (text) => {
      if (input.box.value.trim() !== "") return;
      input.start();
      input.box.value = text;
      input.update();
    },
    clear: async () => {
      workspace.forget();
      cleared();
    },
    say,
  };
}
