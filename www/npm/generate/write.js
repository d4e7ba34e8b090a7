/**
 * Writes what is generated from the doc comments of the elements, npm/custom-elements.json, npm/elements.d.ts and
 * docs/reference.md, and puts the examples' code into docs/embedding.md and npm/README.md. A test compares the committed
 * files with what would be written.
 *
 *     node www/npm/generate/write.js
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { elementTypes } from "./element-types.js";
import { withExamples } from "./examples.js";
import { manifestOf } from "./manifest.js";
import { reference } from "./reference.js";

export const WWW = fileURLToPath(new URL("../..", import.meta.url));

/** @returns {Record<string, string>} the texts, by their place in www/ */
export function generated() {
  const manifest = manifestOf(WWW);
  const source = (/** @type {string} */ place) => readFileSync(join(WWW, place), "utf8");
  return {
    "npm/custom-elements.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "npm/elements.d.ts": elementTypes(manifest, source("elements/leitmotif-reader.js")),
    "docs/embedding.md": withExamples(source("docs/embedding.md"), (place) => source(`examples/${place}`)),
    "npm/README.md": withExamples(source("npm/README.md"), (place) => source(`examples/${place}`)),
    "docs/reference.md": reference(manifest, [source("elements/results.js"), source("leitmotif.js")]),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [place, text] of Object.entries(generated())) writeFileSync(join(WWW, place), text);
}
