/**
 * A project as a file, and back. A file may come from anyone: it is read as data, every field is checked, and the objects
 * that come out are built anew from checked values, so that nothing else in the file can reach the page.
 */

/** @typedef {import("./measure.js").Project} Project */
/** @typedef {import("./measure.js").OpenArticle} OpenArticle */
/** @typedef {import("./measure.js").OpenParagraph} OpenParagraph */

/** The name and version of the format. */
export const FORMAT = "leitmotif project 1";
/** How a project file begins, however it is spaced. */
const BEGINNING = new RegExp(`^\\ufeff?\\s*{\\s*"format"\\s*:\\s*"${FORMAT}"`);
/** What the files end with, without the first dot. */
export const ENDING = "leitmotif.json";
/** The largest file that is opened, in bytes: a project of the longest text, with a verdict on each of its paragraphs. */
export const FILE_LIMIT = 300_000_000;

/** @typedef {"too-large" | "cut-off" | "not-json" | "not-project" | "field" | "unknown-field"} Refusal */

/** Why a file was refused. `message` is English; `code` and `details` serve other languages. */
export class ProjectFileError extends Error {
  /**
   * @param {Refusal} code
   * @param {string[]} details in the order of the message table's arguments: field, expected, found and the like
   * @param {string} message
   */
  constructor(code, details, message) {
    super(message);
    this.name = "ProjectFileError";
    /** @type {Refusal} */
    this.code = code;
    this.details = details;
  }
}

/**
 * @param {Project} project
 * @param {number} [current] place of the article in view, from 0
 * @returns {string} JSON, ending with a line feed
 */
export function toFile({ app, model, coder, articles }, current) {
  const file = {
    format: FORMAT,
    app,
    model: { id: model.id, sha256: model.sha256 },
    // Not for the first: versions of the page that do not know the field refuse it.
    current: current || undefined,
    coder,
    articles: articles.map(({ name, source, split, hints, paragraphs }) => ({
      name,
      source,
      split,
      hints,
      paragraphs: paragraphs.map(({ text, kind, included, machine, codes, note }) => ({
        text,
        kind,
        included,
        machine: machine && {
          themes: machine.themes,
          certainty: machine.certainty,
          probability: machine.probability,
          runnerUp: machine.runnerUp,
        },
        codes: codes && { themes: codes.themes, coder: codes.coder, at: codes.at, ...(codes.unsure && { unsure: true }) },
        note,
      })),
    })),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * @param {string} text the file's
 * @param {{ sha256: string, themeIds: readonly string[] }} here the model of this page
 * @returns {{ project: Project, current: number, stale: boolean, unknownThemes: string[] }}
 *   current: place of the article that was in view;
 *   stale: the machine's parts are of another model and must be read again;
 *   unknownThemes: in human codes, kept, but not in this page's codebook
 * @throws {ProjectFileError}
 */
export function fromFile(text, { sha256, themeIds }) {
  if (text.length > FILE_LIMIT) throw tooLarge(text.length);
  let value;
  try {
    // A byte order mark is no JSON, and some programs put one there when they save.
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    const detail = String(/** @type {Error} */ (error).message);
    if (BEGINNING.test(text)) throw new ProjectFileError("cut-off", ["", detail], `This project file is not whole: it may have been cut off (${detail}).`);
    throw new ProjectFileError("not-json", ["", detail], `This is no project file: it is not JSON (${detail}).`);
  }
  if (!isObject(value) || value.format !== FORMAT) {
    const found = describe(isObject(value) ? value.format : value);
    throw new ProjectFileError("not-project", [found], `This is no project file: its “format” should be “${FORMAT}”, and is ${found}.`);
  }
  const { current, ...fields } = value;
  const project = projectOf(fields);
  const known = new Set(themeIds);
  const coded = project.articles.flatMap(({ paragraphs }) => paragraphs.flatMap(({ codes }) => codes?.themes ?? []));
  return {
    project,
    current: current === undefined ? 0 : placeOf(current, project.articles),
    stale: project.model.sha256 !== sha256,
    unknownThemes: [...new Set(coded)].filter((id) => !known.has(id)),
  };
}

/** What two tabs of the page may not differ in: a file's text without what stands before the coder. @param {string} text */
export const workIn = (text) => text.slice(text.indexOf('"coder"'));

/**
 * The error of a file that is not even read.
 *
 * @param {number} bytes
 */
export function tooLarge(bytes) {
  const [found, limit] = [bytes, FILE_LIMIT].map((n) => `${Math.ceil(n / 1_000_000)} MB`);
  return new ProjectFileError("too-large", [found, limit], `This file is ${found} large; at most ${limit} are opened.`);
}

/** @param {Record<string, unknown>} value @returns {Project} */
function projectOf(value) {
  const fields = object(value, "project", ["format", "app", "model", "coder", "articles"]);
  const model = object(fields.model, "model", ["id", "sha256"]);
  return {
    app: string(fields.app, "app"),
    model: {
      id: string(model.id, "model.id"),
      sha256: matching(model.sha256, "model.sha256", /^([0-9a-f]{64})?$/, "a SHA-256 of 64 hexadecimal digits, or nothing"),
    },
    coder: string(fields.coder, "coder"),
    articles: array(fields.articles, "articles").map((article, i) => articleOf(article, `articles[${i}]`)),
  };
}

/** @param {any} value @param {OpenArticle[]} articles @returns {number} */
const placeOf = (value, articles) => (Number.isInteger(value) && articles[value] ? value : refuse("current", "an article's place", value));

/** @param {unknown} value @param {string} at @returns {OpenArticle} */
function articleOf(value, at) {
  const fields = object(value, at, ["name", "source", "split", "paragraphs"], ["hints"]);
  const hint = (/** @type {unknown} */ one, /** @type {number} */ i) => (one === null ? null : oneOf(one, `${at}.hints[${i}]`, KINDS));
  return {
    name: string(fields.name, `${at}.name`),
    source: string(fields.source, `${at}.source`),
    split: oneOf(fields.split, `${at}.split`, /** @type {const} */ (["auto", "blank", "line", "unwrap", "blocks"])),
    ...(fields.hints === undefined ? {} : { hints: array(fields.hints, `${at}.hints`).map(hint) }),
    paragraphs: array(fields.paragraphs, `${at}.paragraphs`).map((paragraph, i) => paragraphOf(paragraph, `${at}.paragraphs[${i}]`)),
  };
}

const KINDS = /** @type {const} */ (["body", "heading", "furniture"]);

/** @param {unknown} value @param {string} at @returns {OpenParagraph} */
function paragraphOf(value, at) {
  const fields = object(value, at, ["text", "kind", "included", "machine", "codes", "note"]);
  return {
    text: string(fields.text, `${at}.text`),
    kind: oneOf(fields.kind, `${at}.kind`, KINDS),
    included: typeof fields.included === "boolean" ? fields.included : refuse(`${at}.included`, "true or false", fields.included),
    machine: fields.machine === null ? null : machineOf(fields.machine, `${at}.machine`),
    codes: fields.codes === null ? null : codesOf(fields.codes, `${at}.codes`),
    note: string(fields.note, `${at}.note`),
  };
}

/** @param {unknown} value @param {string} at @returns {NonNullable<OpenParagraph["machine"]>} */
function machineOf(value, at) {
  const fields = object(value, at, ["themes", "certainty", "probability", "runnerUp"]);
  if (!isObject(fields.probability)) return refuse(`${at}.probability`, "an object", fields.probability);
  const probability = Object.entries(fields.probability).map(([id, p]) => {
    const where = `${at}.probability.${themeId(id, `${at}.probability`)}`;
    const sound = typeof p === "number" && p >= 0 && p <= 1;
    return /** @type {[string, number]} */ ([id, sound ? p : refuse(where, "a number from 0 to 1", p)]);
  });
  return {
    themes: themes(fields.themes, `${at}.themes`),
    certainty: oneOf(fields.certainty, `${at}.certainty`, /** @type {const} */ (["clear", "likely", "unsure"])),
    probability: Object.fromEntries(probability),
    runnerUp: fields.runnerUp === null ? null : themeId(fields.runnerUp, `${at}.runnerUp`),
  };
}

/** @param {unknown} value @param {string} at @returns {NonNullable<OpenParagraph["codes"]>} */
function codesOf(value, at) {
  const fields = object(value, at, ["themes", "coder", "at"], ["unsure"]);
  const time = matching(fields.at, `${at}.at`, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/, "an ISO time");
  if (Number.isNaN(Date.parse(time))) refuse(`${at}.at`, "an ISO time", time);
  if (fields.unsure !== undefined && fields.unsure !== true) refuse(`${at}.unsure`, "true or nothing", fields.unsure);
  const codes = { themes: themes(fields.themes, `${at}.themes`), coder: string(fields.coder, `${at}.coder`), at: time };
  return fields.unsure === true ? { ...codes, unsure: true } : codes;
}

/** @param {unknown} value @param {string} at */
function themes(value, at) {
  const ids = array(value, at).map((id, i) => themeId(id, `${at}[${i}]`));
  const twice = ids.find((id, i) => ids.indexOf(id) < i);
  return twice === undefined ? ids : refuse(at, "each theme once", twice);
}

/** Letters, digits and single hyphens, so that no id can be a name such as __proto__. @param {unknown} value @param {string} at */
const themeId = (value, at) => matching(value, at, /^[a-z0-9]+(-[a-z0-9]+)*$/, "a theme's id");

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The fields of an object that has these and no others.
 *
 * @param {unknown} value
 * @param {string} at
 * @param {string[]} names
 * @param {string[]} [optional] those that it may have besides
 */
function object(value, at, names, optional = []) {
  if (!isObject(value)) return refuse(at, "an object", value);
  const inner = (/** @type {string} */ name) => (at === "project" ? name : `${at}.${name}`);
  const missing = names.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return refuse(inner(missing), "something", undefined);
  const unknown = Object.keys(value).find((name) => !names.includes(name) && !optional.includes(name));
  if (unknown !== undefined) {
    const field = inner(unknown.slice(0, 80));
    throw new ProjectFileError("unknown-field", [field], `This project file has a field that Leitmotif does not know: ${field}.`);
  }
  return value;
}

/** @param {unknown} value @param {string} at @returns {unknown[]} */
const array = (value, at) => (Array.isArray(value) ? value : refuse(at, "a list", value));

/** @param {unknown} value @param {string} at */
const string = (value, at) => (typeof value === "string" ? value : refuse(at, "a text", value));

/** @param {unknown} value @param {string} at @param {RegExp} pattern @param {string} expected */
function matching(value, at, pattern, expected) {
  return typeof value === "string" && pattern.test(value) ? value : refuse(at, expected, value);
}

/**
 * @template {string} T
 * @param {unknown} value
 * @param {string} at
 * @param {readonly T[]} choices
 * @returns {T}
 */
function oneOf(value, at, choices) {
  const found = choices.find((choice) => choice === value);
  return found ?? refuse(at, choices.map((choice) => `“${choice}”`).join(" or "), value);
}

/** @param {string} field @param {string} expected @param {unknown} value @returns {never} */
function refuse(field, expected, value) {
  const found = describe(value);
  throw new ProjectFileError(
    "field",
    [field, expected, found],
    `This project file is damaged at ${field}: there should be ${expected}, and there is ${found}.`,
  );
}

/** A value in a few words. @param {unknown} value */
function describe(value) {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  return typeof value === "string" ? `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”` : String(value);
}
