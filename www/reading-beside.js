/** Many articles or a long one are read beside the page, so that it answers meanwhile: loaded behind the first reading. */

import { compiledEngine } from "./engine-load.js";
// Here before it is needed: without a network it could not be loaded then.
import "./many-articles.js";
import { ReadingHere } from "./reading-here.js";
import { openReadingWorker } from "./trust.js";
import { WorkerLink } from "./worker-link.js";

/** The one that was made last: as long as it is not stopped there is no other. @type {WorkerLink | null} */
let link = null;

/**
 * @param {import("./leitmotif.js").Leitmotif} motif
 * @param {import("./article-reader.js").ArticleReader} reader
 * @returns {Promise<WorkerLink>}
 */
export async function workBeside({ engineInUse, model }, reader) {
  if (link && !link.stopped) return link;
  const here = new ReadingHere(reader);
  const start = { engine: engineInUse, module: engineInUse === "wasm" ? await compiledEngine() : undefined };
  link = new WorkerLink(openReadingWorker, start, model.sha256, reader, here);
  return link;
}
