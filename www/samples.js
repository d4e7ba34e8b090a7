/**
 * The sample articles, fetched together when the page starts, so that pressing
 * a button asks the network for nothing.
 */

import { textFile } from "./assets.js";

/** The files in samples/, with names short enough for a button. */
export const SAMPLES = [
  { file: "001_e4ce4b60b7b2072c.txt", name: "Chongqing" },
  { file: "003_a84aa33bf6dbb46e.txt", name: "Western region" },
  { file: "004_0cf619ff3bf5cef8.txt", name: "Factories" },
];

/** Two reports of the same visit, to compare; the names that they get as open articles. */
export const SAME_VISIT = [
  { file: "001_e4ce4b60b7b2072c.txt", name: "Xinhua/Internews" },
  { file: "002_a9e8f232c92e8555.txt", name: "Changde Daily" },
];

/** @typedef {{ name: string, text: string }} Sample */

/**
 * Those samples that could be had: the page works without any.
 *
 * @param {readonly { file: string, name: string }[]} [wanted]
 * @returns {Promise<Sample[]>}
 */
export async function loadSamples(wanted = SAMPLES) {
  const loaded = await Promise.allSettled(wanted.map(async ({ file, name }) => ({ name, text: await textFile(`samples/${file}`) })));
  return loaded.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}
