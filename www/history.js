/** What all steps together may weigh, in machine words or so: when it is more, the oldest cannot be taken back any more. */
const ROOM = 10_000_000;

/**
 * @template S
 * @typedef {{ state: S, what: string, weight: number }} Step
 */

/**
 * Undo and redo for everything: states are never changed, so that going back is taking an older one. What two states
 * share they share in memory too.
 *
 * @template S
 */
export class History {
  /** @type {Step<S>[]} */
  #past = [];
  /** @type {Step<S>[]} */
  #future = [];
  /** Steps that were too old to be kept. */
  #gone = 0;

  /**
   * @param {S} state
   * @param {(before: S, after: S) => number} [weigh] what a state takes beside the one that follows it
   */
  constructor(state, weigh = () => 1) {
    this.state = state;
    this.weigh = weigh;
  }

  /** @returns {string | null} what undo would take back */
  get undoable() {
    return this.#past.at(-1)?.what ?? null;
  }

  /** @returns {string | null} what redo would do again */
  get redoable() {
    return this.#future.at(-1)?.what ?? null;
  }

  /**
   * @param {S} state the new one
   * @param {string} what was done, as a key of the message table
   */
  commit(state, what) {
    this.#past.push({ state: this.state, what, weight: this.weigh(this.state, state) });
    this.#future = [];
    this.state = state;
    let weight = this.#past.reduce((sum, step) => sum + step.weight, 0);
    while (weight > ROOM && this.#past.length > 1) {
      weight -= this.#past[0].weight;
      this.#past.shift();
      this.#gone++;
    }
  }

  /** The same state, better known: nothing that a person did. @param {S} state */
  amend(state) {
    this.state = state;
  }

  /** How many steps lead to this state. */
  get depth() {
    return this.#gone + this.#past.length;
  }

  /**
   * Something belongs to a step that was taken a while ago: it is in all states since, also those that redo would bring.
   *
   * @param {number} depth right after that step, and not yet undone
   * @param {(state: S) => S} change
   */
  since(depth, change) {
    const changed = (/** @type {Step<S>} */ step) => ({ ...step, state: change(step.state) });
    const kept = Math.max(0, depth - this.#gone);
    this.#past = [...this.#past.slice(0, kept), ...this.#past.slice(kept).map(changed)];
    this.#future = this.#future.map(changed);
    this.state = change(this.state);
  }

  /** Nothing was ever done. @param {S} state */
  forget(state) {
    this.#gone = 0;
    this.#past = [];
    this.#future = [];
    this.state = state;
  }

  /** @returns {string | null} what was taken back */
  undo() {
    return this.#step(this.#past, this.#future);
  }

  /** @returns {string | null} what was done again */
  redo() {
    return this.#step(this.#future, this.#past);
  }

  /**
   * @param {Step<S>[]} from
   * @param {Step<S>[]} to
   */
  #step(from, to) {
    const step = from.pop();
    if (!step) return null;
    to.push({ ...step, state: this.state });
    this.state = step.state;
    return step.what;
  }
}
