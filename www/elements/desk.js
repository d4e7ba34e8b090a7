/** What an element reads at: an engine, a workspace, the themes shown, and the words for them. */

import { ArticleReader } from "../article-reader.js";
import { Themes } from "../sentences.js";
import { VERSION } from "../version.js";
import { Workspace } from "../workspace.js";
import { chosenSteps } from "./chosen-steps.js";
import { sharedEngine } from "./shared-engine.js";

/** @typedef {import("../leitmotif.js").Leitmotif} Leitmotif */
/** @typedef {import("../messages.js").Language} Language */

/**
 * The box and the page hand theirs to the reader: the text is their business then, and what is said of it.
 *
 * @typedef {object} Desk
 * @property {Leitmotif} motif
 * @property {Workspace} workspace
 * @property {Language} language
 * @property {Themes} themes
 * @property {{ undo: () => void, redo: () => void, help?: () => void }} [further] what keys of the list do besides
 * @property {(words: import("../voice.js").Words) => void} [say]
 */

/**
 * A desk for one element: the engine that it asks for, and a workspace of its own.
 *
 * @param {import("./leitmotif-reader.js").LeitmotifReader} host
 * @param {Language} language
 * @returns {Promise<Desk>}
 */
export async function makeDesk(host, language) {
  const motif = await sharedEngine({ engine: host.engine, base: host.base, model: host.model, integrity: host.modelIntegrity });
  const wanted = host.themes.split(/\s+/).filter(Boolean);
  const known = wanted.filter((id, i) => wanted.indexOf(id) === i && motif.themes.some((theme) => theme.id === id));
  const ids = known.length > 0 ? known : undefined;
  const themes = new Themes(motif.themes, language, ids);
  const workspace = new Workspace(new ArticleReader(ids ? chosenSteps(motif.steps, ids) : motif.steps), motif.model, VERSION);
  return { motif, workspace, language, themes };
}
