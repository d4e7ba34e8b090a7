/**
 * The thread beside the page that reads many articles, or a long one: with an engine of its own, files as they are, texts as
 * they were pasted. It asks the network for nothing: the page hands its compiled engine over.
 *
 * Only the text of an HTML file it is handed as blocks: there are no documents here, and the walk over them stays one.
 */

import { ArticleReader } from "./article-reader.js";
import { articleOf } from "./article-of.js";
import { FileTrouble, readFile, titleOf } from "./files.js";
import { flatten } from "./flat-article.js";
import { Leitmotif } from "./leitmotif.js";

/** @typedef {import("./workspace.js").Paste} Paste */

/**
 * From the page: first how to start, then jobs, each answered in its turn.
 *
 * @typedef {{ engine: "wasm" | "js", module?: WebAssembly.Module }} Start
 * @typedef {{ id: number, job: File | Paste }} Task
 *
 * To the page: which model is at work or, once, why none is; then answers.
 *
 * @typedef {{ model: string } | { failed: string }} Started
 * @typedef {{ id: number, flat: import("./flat-article.js").FlatArticle, encoding: string }} Answer flat: a paste's without its source
 * @typedef {{ id: number, trouble: import("./files.js").Trouble }} Refused
 */

const page = /** @type {{ postMessage(message: Started | Answer | Refused, transfer?: ArrayBufferLike[]): void }} */ (/** @type {unknown} */ (globalThis));

/** @type {ArticleReader | null} */
let reader = null;
/** One after the other. */
let queue = Promise.resolve();

addEventListener("message", ({ data }) => {
  queue = queue.then(() => ("id" in data ? answer(data) : start(data)));
});

/** @param {Start} how */
async function start({ engine, module }) {
  try {
    const { steps, model } = await Leitmotif.create({ engine, wasm: module });
    reader = new ArticleReader(steps);
    page.postMessage({ model: model.sha256 });
  } catch (problem) {
    page.postMessage({ failed: String(problem) });
  }
}

/** @param {Task} task */
async function answer({ id, job }) {
  try {
    const { flat, transfer, encoding } = await read(/** @type {ArticleReader} */ (reader), job);
    page.postMessage({ id, flat, encoding }, transfer);
  } catch (problem) {
    page.postMessage({ id, trouble: problem instanceof FileTrouble ? problem.trouble : "engine" });
  }
}

/** @param {ArticleReader} reader @param {File | Paste} job */
async function read(reader, job) {
  const file = job instanceof File ? await readFile(job) : null;
  const paste = file ? { name: titleOf(/** @type {File} */ (job)), source: file.text } : /** @type {Paste} */ (job);
  const article = /** @type {import("./project.js").OpenArticle} */ (await reader.read(await articleOf(reader, paste), () => true));
  const { flat, transfer } = flatten(article, reader.scoresOf(article), reader.steps.themes.map(({ id }) => id));
  reader.forget();
  // The page has it already.
  if (!file) flat.source = "";
  return { flat, transfer, encoding: file?.encoding ?? "utf-8" };
}
