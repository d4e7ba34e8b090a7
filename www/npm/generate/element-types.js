/** What the elements are to TypeScript's DOM: `document.querySelector("leitmotif-reader")` and event listeners, typed. */

/**
 * @param {any} manifest
 * @param {string} reader the source of elements/leitmotif-reader.js, whose comments name the types
 * @returns {string} a declaration file for types/npm/
 */
export function elementTypes(manifest, reader) {
  const elements = manifest.modules[0].declarations;
  /** @type {Map<string, { type: string, description: string }>} */
  const events = new Map();
  for (const { events: fired = [] } of elements) {
    for (const { name, type, description } of fired) events.set(name, { type: type.text, description });
  }
  const named = [...reader.matchAll(/@typedef \{.*\} (\w+) \*\/$/gm)].map(([, name]) => name);
  const used = named.filter((name) => [...events.values()].some(({ type }) => new RegExp(`\\b${name}\\b`).test(type)));
  const lines = [
    "// Written by www/npm/generate/write.js from the doc comments of the elements.",
    "",
    `import type { ${["LeitmotifReader", ...used].join(", ")} } from "../elements/leitmotif-reader.js";`,
    `import type { LeitmotifBox } from "../elements/leitmotif-box.js";`,
    "",
    "declare global {",
    "  interface HTMLElementTagNameMap {",
    ...elements.map(({ tagName, name }) => `    "${tagName}": ${name};`),
    "  }",
    "",
    "  interface HTMLElementEventMap {",
    ...[...events].flatMap(([name, { type, description }]) => [`    /** ${description} */`, `    "${name}": ${type};`]),
    "  }",
    "}",
    "",
  ];
  return lines.join("\n");
}
