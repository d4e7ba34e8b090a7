/**
 * The page's own files that are no code: the engine and the sample articles. On a site they are fetched. `cargo xtask pack`
 * puts another module in the place of this one, which has them inside.
 */

/** @returns {Promise<import("./leitmotif.js").WasmSource | undefined>} undefined: the file beside leitmotif.js */
export const engine = async () => undefined;

/** @type {Map<string, Promise<string>>} each is fetched once */
const samples = new Map();

/**
 * @param {string} file in samples/
 * @returns {Promise<string>}
 */
export function sampleText(file) {
  const text = samples.get(file) ?? fetchSample(file);
  samples.set(file, text);
  return text;
}

/** @param {string} file */
async function fetchSample(file) {
  const response = await fetch(new URL(`./samples/${file}`, import.meta.url));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.text();
}
