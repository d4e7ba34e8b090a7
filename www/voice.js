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
    this.#state = words;
    this.#soon();
  }

  /** At once, instead of all that was to be said. @param {string} words */
  say(words) {
    clearTimeout(this.#timer);
    this.#news.clear();
    this.#state = "";
    if (this.place.textContent !== words) this.place.textContent = words;
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.say([...this.#news, this.#state].filter(Boolean).join(" ")), SETTLED);
  }
}
