/** What readers who listen are told: one message for each settled change. */

/** A message comes so long after the last change, in milliseconds. */
const SETTLED = 700;

export class Voice {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** What has happened since the last message, each thing once. @type {Set<string>} */
  #news = new Set();
  /** How things stand, if that has changed since. */
  #state = "";
  /** How things stand as it was said last, if nothing was said since. */
  #stands = "";

  /** @param {HTMLElement} place a polite live region, on the page from the start */
  constructor(place) {
    this.place = place;
  }

  /** Something happened: said once, before how things stand. @param {string} words */
  tell(words) {
    this.#news.add(words);
    this.#soon();
  }

  /** How things stand now, instead of what was to be said of it before. @param {string} words */
  report(words) {
    // It was said already, with what had led to it.
    if (words === this.#stands && this.#news.size === 0) return;
    this.#state = words;
    this.#soon();
  }

  /** At once, instead of all that was to be said. @param {string} words */
  say(words) {
    clearTimeout(this.#timer);
    this.#news.clear();
    this.#state = "";
    this.#stands = "";
    if (this.place.textContent !== words) this.place.textContent = words;
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const state = this.#state;
      this.say([...this.#news, state].filter(Boolean).join(" "));
      this.#stands = state;
    }, SETTLED);
  }
}
