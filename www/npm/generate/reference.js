/** The reference page of the elements, from their manifest. */

/**
 * @param {any} manifest
 * @param {string[]} sources of the modules whose comments say what the types are that the elements speak of
 * @returns {string} Markdown
 */
export function reference(manifest, sources) {
  const elements = manifest.modules[0].declarations;
  const head = [
    "<!-- Written by www/npm/generate/write.js from the doc comments of the elements. -->",
    "# The elements: reference",
    "",
    "How to put them on a page is in [embedding.md](embedding.md). Every event bubbles and is composed; its data is in `detail`.",
    "",
  ];
  return [...head, ...elements.flatMap(element), "## Types", "", ...TYPES.flatMap((name) => type(name, sources))].join("\n");
}

/** The types of what the elements give. */
const TYPES = ["Result", "Evidence", "Word"];

/** @param {string} name @param {string[]} sources */
function type(name, sources) {
  const source = sources.find((source) => source.includes(`@typedef {object} ${name}`));
  if (source === undefined) throw new Error(`no doc comment says what a ${name} is`);
  const lines = source.slice(source.indexOf(`@typedef {object} ${name}`)).split("\n");
  const first = lines[0].replace(/^.*\} \w+ ?/, "");
  const end = lines.findIndex((line, i) => i > 0 && !line.includes("@property"));
  const rows = lines.slice(1, end).map((line) => /@property (\{.*\}) \[?(\w+)\]? ?(.*)$/.exec(line) ?? []);
  const [title, , ...rest] = table(name, ["Property", "Type", "What"], rows, ([, type, property, what]) => [
    code(property),
    code(type.slice(1, -1).replaceAll(/import\("[^"]*"\)\./g, "")),
    what,
  ]);
  return [title, "", ...(first ? [`${first[0].toUpperCase()}${first.slice(1)}.`, ""] : []), ...rest];
}

/** @param {any} declaration */
function element(declaration) {
  const { tagName, name, description, superclass, members, attributes, events, slots, cssParts, cssProperties, cssStates } = declaration;
  const properties = own(members).filter(({ kind }) => kind === "field");
  const methods = own(members).filter(({ kind }) => kind === "method");
  const parent = superclass.name === "HTMLElement" ? "" : `, a \`${superclass.name}\``;
  return [
    `## \`<${tagName}>\``,
    "",
    `Class \`${name}\`${parent}. ${flat(description.split("\n\n")[0])}`,
    "",
    ...description.split("\n\n").slice(1).flatMap((/** @type {string} */ paragraph) => [flat(paragraph), ""]),
    ...table("Attributes", ["Attribute", "Type", "Meaning"], own(attributes), ({ name, type, description }) => [code(name), typeOf(type), description]),
    ...table("Properties", ["Property", "Type", "Meaning"], properties, ({ name, type, description, readonly }) => [
      code(name),
      typeOf(type),
      `${description ?? ""}${readonly ? " Read only." : ""}`,
    ]),
    ...table("Methods", ["Method", "Gives", "Meaning"], methods, (method) => [code(signature(method, name)), typeOf(method.return?.type), meaning(method)]),
    ...table("Events", ["Event", "Type", "When"], own(events), ({ name, type, description }) => [code(name), typeOf(type), description]),
    ...table("Slots", ["Slot", "For"], slots, ({ name, description }) => [name === "" ? "(without a name)" : code(name), description]),
    ...table("CSS parts", ["Part", "What"], cssParts, ({ name, description }) => [code(`::part(${name})`), description]),
    ...table("CSS states", ["State", "When"], cssStates, ({ name, description }) => [code(`:state(${name})`), description]),
    ...table("CSS custom properties", ["Property", "Default", "What"], cssProperties, ({ name, default: usual, description }) => [code(name), usual ? code(usual) : "", description]),
  ];
}

/** What is not said of another element already. @param {any[] | undefined} entries */
const own = (entries) => (entries ?? []).filter(({ inheritedFrom }) => !inheritedFrom);

/**
 * @param {string} title
 * @param {string[]} heads
 * @param {any[] | undefined} rows
 * @param {(row: any) => string[]} cells
 */
function table(title, heads, rows, cells) {
  if (!rows || rows.length === 0) return [];
  const line = (/** @type {string[]} */ words) => `| ${words.map((word) => flat(word).replaceAll("|", "\\|")).join(" | ")} |`;
  return [`### ${title}`, "", line(heads), line(heads.map(() => "---")), ...rows.map((row) => line(cells(row))), ""];
}

/** @param {any} method @param {string} owner */
function signature({ name, static: fixed, parameters = [] }, owner) {
  const list = parameters.map(({ name, optional }) => `${name}${optional ? "?" : ""}`).join(", ");
  return `${fixed ? `${owner}.` : ""}${name}(${list})`;
}

/** @param {any} method */
function meaning({ description, parameters = [] }) {
  const said = parameters.filter((/** @type {any} */ { description, type }) => description || type);
  return [description, ...said.map(({ name, type, description }) => `${code(name)}: ${[typeOf(type), description].filter(Boolean).join(", ")}.`)].join(" ");
}

/** @param {{ text: string } | undefined} type */
const typeOf = (type) => (type ? code(type.text) : "");

/** @param {string} text */
const code = (text) => `\`${text.replace(/\s+/g, " ")}\``;

/** @param {string | undefined} text */
const flat = (text) => (text ?? "").replace(/\s*\n\s*/g, " ").trim();
