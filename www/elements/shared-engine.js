/** One engine for all elements of a page that ask for the same one. */

import { wasmPlace } from "../engine-place.js";
import { Leitmotif, LeitmotifError } from "../leitmotif.js";

/**
 * @typedef {object} EngineChoice
 * @property {"auto" | "wasm" | "js"} engine
 * @property {string | null} base the folder that the engine's file is in; null: where the build has put it
 * @property {string | null} model address of another model; null: the one built in
 * @property {string | null} integrity of that model, such as "sha384-…"
 */

/** By what was asked for. @type {Map<string, Promise<Leitmotif>>} */
const engines = new Map();

/**
 * @param {EngineChoice} choice
 * @returns {Promise<Leitmotif>}
 * @throws {LeitmotifError}
 */
export function sharedEngine(choice) {
  const key = JSON.stringify([choice.engine, choice.base, choice.model, choice.integrity]);
  const known = engines.get(key);
  if (known) return known;
  const made = start(choice).catch((error) => {
    // The next one tries again.
    engines.delete(key);
    throw error;
  });
  engines.set(key, made);
  return made;
}

/** @param {EngineChoice} choice */
async function start({ engine, base, model, integrity }) {
  const [wasm, weights] = await Promise.all([base === null ? undefined : placeIn(base), model === null ? undefined : fetchModel(model, integrity)]);
  return Leitmotif.create({ engine, wasm, model: weights });
}

/** @param {string} base */
async function placeIn(base) {
  const place = await wasmPlace();
  // Where the build holds the engine inside itself there is nothing to look for.
  if (!(place instanceof URL)) return place;
  const folder = new URL(base.endsWith("/") ? base : `${base}/`, document.baseURI);
  return new URL(/** @type {string} */ (place.pathname.split("/").pop()), folder);
}

/** @param {string} address @param {string | null} integrity */
async function fetchModel(address, integrity) {
  const url = new URL(address, document.baseURI);
  try {
    const response = await fetch(url, integrity === null ? {} : { integrity });
    if (response.ok) return await response.arrayBuffer();
    throw new LeitmotifError("not-found", `The model is not at ${url.href}: the server answered ${response.status}.`);
  } catch (cause) {
    if (cause instanceof LeitmotifError) throw cause;
    const other = integrity === null ? "" : ", or is another file than its model-integrity says";
    throw new LeitmotifError("not-found", `The model could not be fetched from ${url.href}${other}.`, cause);
  }
}
