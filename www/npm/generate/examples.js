/** Code in the documentation is the examples' own: it is put in from their files, which are built and driven by the tests. */

const MARK = /^<!-- example: (\S+)(?:, (.+) to (.+?))? -->\n(?:\n?```\w*\n[\s\S]*?\n```\n)?/gm;

const LANGUAGES = { html: "html", js: "js", jsx: "jsx", vue: "vue", svelte: "svelte", astro: "astro" };

/**
 * @param {string} page Markdown with marks such as `<!-- example: module/index.html -->`, or with words of the first and the
 *   last line that are wanted: `<!-- example: module/index.html, <script to </script -->`
 * @param {(place: string) => string} read gives an example's file
 * @returns {string} the page with the code after each mark
 */
export function withExamples(page, read) {
  return page.replaceAll(MARK, (mark, place, first, last) => {
    const head = mark.slice(0, mark.indexOf("\n") + 1);
    const language = /** @type {Record<string, string>} */ (LANGUAGES)[place.split(".").pop()] ?? "";
    return `${head}\n\`\`\`${language}\n${part(read(place), place, first, last)}\n\`\`\`\n`;
  });
}

/** @param {string} text @param {string} place @param {string} [first] @param {string} [last] */
function part(text, place, first, last) {
  const lines = text.trimEnd().split("\n");
  if (first === undefined || last === undefined) return lines.join("\n");
  const from = lines.findIndex((line) => line.includes(first));
  const to = lines.findIndex((line, i) => i >= from && line.includes(last));
  if (from < 0 || to < 0) throw new Error(`${place} has no lines from “${first}” to “${last}”`);
  const wanted = lines.slice(from, to + 1);
  const margin = Math.min(...wanted.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length));
  return wanted.map((line) => line.slice(margin)).join("\n");
}
