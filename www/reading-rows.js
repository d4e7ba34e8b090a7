/** The objects of a reading, from the flat rows that the engine hands over (crate/src/wasm.rs says what is in them). */

/** @typedef {import("./leitmotif.js").Model} Model */
/** @typedef {import("./leitmotif.js").Reading} Reading */
/** @typedef {import("./leitmotif.js").Theme} Theme */

/** In the engine's order, as the certainties. */
export const KINDS = /** @type {const} */ (["body", "heading", "furniture"]);
export const CERTAINTIES = /** @type {const} */ (["unsure", "likely", "clear"]);

/**
 * @param {Float64Array} row
 * @param {readonly Theme[]} themes
 * @returns {Reading}
 */
export function readingOf(row, themes) {
  let at = 0;
  const next = () => row[at++];
  /** @template T @param {number} length @param {(nothing: unknown, position: number) => T} make */
  const list = (length, make) => {
    const made = [];
    for (let position = 0; position < length; position++) made.push(make(undefined, position));
    return made;
  };
  const ids = themes.map(({ id }) => id);
  const probabilities = () => {
    /** @type {Record<string, number>} */
    const probability = {};
    for (const id of ids) probability[id] = next();
    return probability;
  };
  const id = (/** @type {number} */ position) => ids[position] ?? null;
  const word = () => ({ start: next(), end: next(), logit: next(), term: next() === 1 });
  const evidence = () => ({ theme: themes[next()].id, logit: next(), bias: next(), context: next(), words: list(next(), word) });
  const paragraph = () => ({
    start: next(),
    end: next(),
    kind: KINDS[next()],
    words: next(),
    certainty: CERTAINTIES[next()],
    runnerUp: id(next()),
    themes: verdict(next()),
    probability: probabilities(),
    evidence: list(next(), evidence),
  });
  const verdict = (/** @type {number} */ set) => (set === 0 ? [] : ids.filter((_, position) => (set >> position) & 1));
  const share = (/** @type {unknown} */ _, /** @type {number} */ position) => ({ theme: id(position), paragraphs: next(), words: next() });
  const profile = { paragraphs: next(), words: next(), unsure: next(), shares: list(themes.length + 1, share) };
  return { paragraphs: list(next(), paragraph), profile };
}

/**
 * @param {{ metadata(position: number): string | undefined }} engine
 * @returns {Map<string, string>}
 */
export function metadataOf(engine) {
  const facts = new Map();
  for (let at = 0; ; at += 2) {
    const [key, value] = [engine.metadata(at), engine.metadata(at + 1)];
    if (key === undefined) return facts;
    facts.set(key, value);
  }
}

/**
 * @param {Map<string, string>} facts
 * @returns {Theme[]}
 */
export function themesOf(facts) {
  return (facts.get("themes") ?? "").trim().split(/\s+/).map((id) => {
    const prefix = `theme.${id}.name.`;
    const names = [...facts].filter(([key]) => key.startsWith(prefix)).map(([key, name]) => [key.slice(prefix.length), name]);
    return { id, names: Object.fromEntries(names), definition: facts.get(`theme.${id}.definition`) ?? "" };
  });
}

/**
 * @param {Map<string, string>} facts
 * @returns {Model}
 */
export function modelOf(facts) {
  return { id: "", sha256: "", ...Object.fromEntries([...facts].filter(([key]) => !key.startsWith("theme"))) };
}
