/**
 * Undo and redo for everything: states are never changed, so that going back is taking an older one. What two states
 * share they share in memory too.
 *
 * @template S
 */
export class History {
  /** @type {{ state: S, what: string }[]} */
  #past = [];
  /** @type {{ state: S, what: string }[]} */
  #future = [];

  /** @param {S} state */
  constructor(state) {
    this.state = state;
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
    this.#past.push({ state: this.state, what });
    this.#future = [];
    this.state = state;
  }

  /** The same state, better known: nothing that a person did. @param {S} state */
  amend(state) {
    this.state = state;
  }

  /** How many steps undo can take back. */
  get depth() {
    return this.#past.length;
  }

  /**
   * Something belongs to a step that was taken a while ago: it is in all states since, also those that redo would bring.
   *
   * @param {number} depth right after that step, and not yet undone
   * @param {(state: S) => S} change
   */
  since(depth, change) {
    const changed = (/** @type {{ state: S, what: string }} */ { state, what }) => ({ state: change(state), what });
    this.#past = [...this.#past.slice(0, depth), ...this.#past.slice(depth).map(changed)];
    this.#future = this.#future.map(changed);
    this.state = change(this.state);
  }

  /** Nothing was ever done. @param {S} state */
  forget(state) {
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
   * @param {{ state: S, what: string }[]} from
   * @param {{ state: S, what: string }[]} to
   */
  #step(from, to) {
    const step = from.pop();
    if (!step) return null;
    to.push({ state: this.state, what: step.what });
    this.state = step.state;
    return step.what;
  }
}
