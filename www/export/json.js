/** Everything that the page knows of its articles, for programs. To reopen in the page, save the project instead. */

import { measure, themesInForce } from "../measure.js";

/** @typedef {import("../measure.js").Project} Project */

/** The name and version of the format. */
export const FORMAT = "leitmotif export 1";

/**
 * @param {Project} project
 * @param {readonly { id: string, names: Record<string, string>, definition: string }[]} codebook the model's themes
 * @returns {string} JSON, ending with a line feed
 */
export function exportJson({ articles, coder, model, app }, codebook) {
  const ids = codebook.map(({ id }) => id);
  const whole = {
    format: FORMAT,
    app: `leitmotif ${app}`,
    model: { id: model.id, sha256: model.sha256 },
    coder,
    themes: codebook.map(({ id, names, definition }) => ({ id, names, definition })),
    articles: articles.map(({ name, source, split, paragraphs }) => ({
      name,
      split,
      profile: measure(paragraphs, ids),
      paragraphs: paragraphs.map((paragraph, i) => ({
        paragraph: i + 1,
        kind: paragraph.kind,
        included: paragraph.included,
        text: paragraph.text,
        machine: paragraph.machine,
        codes: paragraph.codes,
        themesInForce: themesInForce(paragraph),
        note: paragraph.note,
      })),
      source,
    })),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
