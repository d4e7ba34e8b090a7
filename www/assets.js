/**
 * The page's own files that are text: the sample articles, the codebook. On a site they are fetched.
 * `cargo xtask pack` puts another module in the place of this one, which has them inside.
 */

/** @type {Map<string, Promise<string>>} each is fetched once */
const texts = new Map();

/**
 * @param {string} path in the site, such as "samples/001.txt"
 * @returns {Promise<string>}
 */
export function textFile(path) {
  const text = texts.get(path) ?? fetchText(path);
  texts.set(path, text);
  return text;
}

/** @param {string} path */
async function fetchText(path) {
  const response = await fetch(new URL(path, import.meta.url));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
}
