/** What readers who listen are told: one message for each settled change. */

/** @typedef {string | (() => string)} Words a function: in the language that is chosen when it is called */

/** @param {Words} words */
const inWords = (words) => (typeof words === "string" ? words : words());

/** A message comes so long after the last change, in milliseconds. */
const SETTLED = 700;

export class Voice {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** What has happened since the last message, by its words: each thing once. @type {Map<string, Words>} */
  #news = new Map();
  /** How things stand, if that has changed since. @type {Words} */
  #state = "";
  /** How things stand as it was said last, if nothing was said since. @type {Words} */
  #stands = "";
  /** What was said last. @type {Words[]} */
  #said = [];

  /** @param {HTMLElement} place a polite live region, on the page from the start */
  constructor(place) {
    this.place = place;
  }

  /** Something happened: said once, before how things stand. @param {Words} words */
  tell(words) {
    this.#news.set(inWords(words), words);
    this.#soon();
  }

  /** How things stand now, instead of what was to be said of it before. @param {Words} words */
  report(words) {
    // It was said already, with what had led to it.
    const said = inWords(words) === inWords(this.#stands) && this.#news.size === 0;
    this.#state = said ? "" : words;
    if (said) clearTimeout(this.#timer);
    else this.#soon();
  }

  /** At once, instead of all that was to be said. @param {...Words} words */
  say(...words) {
    clearTimeout(this.#timer);
    this.#news.clear();
    this.#state = "";
    this.#stands = "";
    this.#said = words;
    this.place.removeAttribute("aria-live");
    this.#write();
  }

  /** Another language is chosen: what was said last is there in it, to be read and not to be heard. */
  translate() {
    // Until there is news.
    this.place.setAttribute("aria-live", "off");
    this.#write();
  }

  #write() {
    const words = this.#said.map(inWords).filter(Boolean).join(" ");
    if (this.place.textContent !== words) this.place.textContent = words;
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const state = this.#state;
      this.say(...this.#news.values(), state);
      this.#stands = state;
    }, SETTLED);
  }
}
