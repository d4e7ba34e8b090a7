/**
 * The sample articles, fetched together when the page starts, so that pressing
 * a button asks the network for nothing.
 */

/** The files in samples/, with names short enough for a button. */
export const SAMPLES = [
  { file: "001_e4ce4b60b7b2072c.txt", name: "Chongqing" },
  { file: "003_a84aa33bf6dbb46e.txt", name: "Western region" },
  { file: "004_0cf619ff3bf5cef8.txt", name: "Factories" },
];

/** @typedef {{ name: string, text: string }} Sample */

/**
 * Those samples that could be had: the page works without any.
 *
 * @returns {Promise<Sample[]>}
 */
export async function loadSamples() {
  const loaded = await Promise.allSettled(
    SAMPLES.map(async ({ file, name }) => {
      const response = await fetch(new URL(`./samples/${file}`, import.meta.url));
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      return { name, text: await response.text() };
    }),
  );
  return loaded.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}
