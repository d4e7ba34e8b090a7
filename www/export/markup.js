/** Writing SVG and HTML as text, so that no name and no paragraph can become part of the markup. */

/**
 * A text as it may stand between tags and in quoted attributes. What XML forbids (most control characters, lone
 * surrogates) becomes the replacement character.
 *
 * @param {string | number} text
 */
export function escaped(text) {
  return String(text)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/**
 * An element. Children are markup already: give texts through {@link escaped}.
 *
 * @param {string} name
 * @param {Record<string, string | number | undefined>} attributes undefined: left out
 * @param {...string} children
 */
export function tag(name, attributes, ...children) {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(/** @type {string | number} */ (value))}"`)
    .join("");
  return `<${name}${written}>${children.join("")}</${name}>`;
}

/**
 * A number for a coordinate: two decimals are more than any screen shows.
 *
 * @param {number} n
 */
export const coordinate = (n) => String(Math.round(n * 100) / 100);
