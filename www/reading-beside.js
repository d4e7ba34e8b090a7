/** Many articles or a long one are read beside the page, so that it answers meanwhile: loaded behind the first reading. */

import { compiledEngine } from "./engine-load.js";
import { ReadingHere } from "./reading-here.js";
import { openReadingWorker } from "./trust.js";
import { WorkerLink } from "./worker-link.js";

/**
 * @param {import("./leitmotif.js").Leitmotif} motif
 * @param {import("./article-reader.js").ArticleReader} reader
 * @returns {Promise<import("./reading-here.js").Work>}
 */
export async function workBeside({ engineInUse, model }, reader) {
  const here = new ReadingHere(reader);
  const start = { engine: engineInUse, module: engineInUse === "wasm" ? await compiledEngine() : undefined };
  return new WorkerLink(openReadingWorker, start, model.sha256, reader, here);
}
