/**
 * A linear model over TF-IDF in plain JavaScript, as one would write it for a page: words, weighted by how rare they are,
 * one logistic regression a theme. Written to be fast: ids out of one Map, typed arrays, nothing allocated but the answer.
 */

const WORD = /[\p{L}\p{N}]+/gu;
/** Words of fewer paragraphs are not learnt. */
const LEAST = 2;
const PASSES = 8;

export class TfIdf {
  /** @type {Map<string, number>} */
  #ids = new Map();
  #rarity = new Float64Array(0);
  /** Flat, a row of T weights a word. */
  #weights = new Float64Array(0);
  #bias = new Float64Array(0);
  #counts = new Uint32Array(0);
  #found = new Uint32Array(0);

  /**
   * @param {import("./corpus.js").Paragraph[]} paragraphs
   * @param {string[]} themes
   */
  constructor(paragraphs, themes) {
    this.themes = themes;
    const frequency = new Map();
    for (const { text } of paragraphs) {
      for (const word of new Set(text.toLowerCase().match(WORD))) frequency.set(word, (frequency.get(word) ?? 0) + 1);
    }
    const kept = [...frequency].filter(([, paragraphs]) => paragraphs >= LEAST);
    this.#ids = new Map(kept.map(([word], id) => [word, id]));
    this.#rarity = Float64Array.from(kept, ([, times]) => Math.log((1 + paragraphs.length) / (1 + times)) + 1);
    this.#weights = new Float64Array(kept.length * themes.length);
    this.#bias = new Float64Array(themes.length);
    this.#counts = new Uint32Array(kept.length);
    this.#found = new Uint32Array(kept.length);
    this.#train(paragraphs);
  }

  /** The probability of each theme. @param {string} text @returns {Float64Array} */
  read(text) {
    const { values, found } = this.#vector(text);
    const answer = new Float64Array(this.#bias);
    for (let i = 0; i < found; i++) {
      const row = this.#found[i] * answer.length;
      for (let theme = 0; theme < answer.length; theme++) answer[theme] += values[i] * this.#weights[row + theme];
    }
    for (let theme = 0; theme < answer.length; theme++) answer[theme] = 1 / (1 + Math.exp(-answer[theme]));
    return answer;
  }

  #values = new Float64Array(64);

  /** @param {string} text */
  #vector(text) {
    let found = 0;
    for (const word of text.toLowerCase().match(WORD) ?? []) {
      const id = this.#ids.get(word);
      if (id === undefined) continue;
      if (this.#counts[id]++ === 0) this.#found[found++] = id;
    }
    if (found > this.#values.length) this.#values = new Float64Array(2 * found);
    const values = this.#values;
    let squares = 0;
    for (let i = 0; i < found; i++) {
      const id = this.#found[i];
      values[i] = (1 + Math.log(this.#counts[id])) * this.#rarity[id];
      squares += values[i] * values[i];
      this.#counts[id] = 0;
    }
    const scale = 1 / Math.sqrt(squares || 1);
    for (let i = 0; i < found; i++) values[i] *= scale;
    return { values, found };
  }

  /** Stochastic gradient descent over the logistic loss. @param {import("./corpus.js").Paragraph[]} paragraphs */
  #train(paragraphs) {
    for (let pass = 0; pass < PASSES; pass++) {
      const step = 4 / (1 + pass);
      for (const { text, labels } of paragraphs) {
        const answer = this.read(text);
        const { values, found } = this.#vector(text);
        this.themes.forEach((theme, position) => {
          const error = step * ((labels.includes(theme) ? 1 : 0) - answer[position]);
          this.#bias[position] += 0.1 * error;
          for (let i = 0; i < found; i++) this.#weights[this.#found[i] * answer.length + position] += error * values[i];
        });
      }
    }
  }
}
