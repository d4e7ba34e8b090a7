/** Some of the model's themes, in another order: every theme is judged on its own, so that the others can be left out. */

/** @typedef {import("../steps.js").Steps} Steps */

/**
 * The steps of an engine that knows these themes alone. How sure a paragraph is, is still said of the whole of it.
 *
 * @param {Steps} steps
 * @param {readonly string[]} ids
 * @returns {Steps}
 */
export function chosenSteps(steps, ids) {
  const themes = ids.flatMap((id) => steps.themes.filter((theme) => theme.id === id));
  return Object.create(steps, {
    themes: { value: themes },
    split: { value: steps.split.bind(steps) },
    splitting: { value: steps.splitting.bind(steps) },
    wayOf: { value: steps.wayOf.bind(steps) },
    score: { value: steps.score.bind(steps) },
    evidence: { value: steps.evidence.bind(steps) },
    weigh: {
      value: (/** @type {Parameters<Steps["weigh"]>} */ ...rows) =>
        steps.weigh(...rows).map((verdict) => ({
          ...verdict,
          themes: ids.filter((id) => verdict.themes.includes(id)),
          probability: Object.fromEntries(ids.map((id) => [id, verdict.probability[id]])),
          runnerUp: verdict.runnerUp !== null && ids.includes(verdict.runnerUp) ? verdict.runnerUp : null,
        })),
    },
  });
}
