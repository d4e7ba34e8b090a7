/**
 * The sample articles, fetched together when the page starts, so that pressing
 * a button asks the network for nothing.
 */

/** The files in samples/, with names short enough for a button. */
export const SAMPLES = [
  { file: "000_a08b41564befa531.txt", name: "A premier’s tour" },
  { file: "001_e4ce4b60b7b2072c.txt", name: "Chongqing’s chapter" },
  { file: "002_a9e8f232c92e8555.txt", name: "A translated daily" },
  { file: "003_a84aa33bf6dbb46e.txt", name: "The western region" },
  { file: "004_0cf619ff3bf5cef8.txt", name: "A call to factories" },
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
