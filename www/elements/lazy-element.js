/**
 * What the two elements have in common: they cost nothing until they come near the view, then load their parts and the
 * engine; they keep what was set on them before; removed and put back, they go on as they were.
 */

/** How far outside of the view an element begins to load. */
const NEAR = "400px";

/** @typedef {{ connect(): void, disconnect(): void, changed(name: string): void, start(): Promise<void> }} Parts */

/** Where the page's own code finds the parts of an element; no part of what is promised. */
export const PARTS = Symbol("parts");

/** In Node there are no elements, and importing this must not fail. @type {typeof HTMLElement} */
const Base = globalThis.HTMLElement ?? /** @type {any} */ (class {});

export class LazyElement extends Base {
  /** @type {Promise<Parts> | null} once they are asked for */
  #loading = null;
  /** @type {Parts | null} once they are there */
  #parts = null;
  /** @type {IntersectionObserver | null} while it waits to come near the view */
  #watch = null;
  /** @type {PromiseWithResolvers<any>} */
  #ready = deferred();

  constructor() {
    super();
    // Own children show from the start, whatever becomes of the rest.
    this.attachShadow({ mode: "open" }).append(document.createElement("slot"));
  }

  /** Loads and makes the parts. @internal @returns {Promise<Parts>} */
  async makeParts() {
    throw new Error("an element says itself of which parts it is");
  }

  connectedCallback() {
    // Set before the element was defined: they hide its own properties.
    for (const name of Object.keys(this)) {
      if (!(name in Object.getPrototypeOf(this))) continue;
      const value = /** @type {any} */ (this)[name];
      delete (/** @type {any} */ (this)[name]);
      /** @type {any} */ (this)[name] = value;
    }
    if (this.#parts) this.#parts.connect();
    else this.#wait();
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
    this.#watch = null;
    // Moved to another place: it is connected again by now.
    queueMicrotask(() => {
      if (!this.isConnected) this.#parts?.disconnect();
    });
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === "loading" && this.isConnected && !this.#loading) this.#wait();
    this.changed(name);
  }

  /** Something that the parts go by has changed. @internal @param {string} name of an attribute or property */
  changed(name) {
    this.#parts?.changed(name);
  }

  /**
   * When the engine and the element's own parts are there. It is rejected with a `LeitmotifError` where there is no engine;
   * it waits for the element to come near the view, unless `loading` is "eager" or a method was called.
   *
   * @type {Promise<this>}
   */
  get ready() {
    return this.#ready.promise;
  }

  /** When the element loads: "lazy", near the view, or "eager", at once. @type {"lazy" | "eager"} */
  get loading() {
    return this.getAttribute("loading") === "eager" ? "eager" : "lazy";
  }

  set loading(loading) {
    this.setAttribute("loading", loading);
  }

  /** The parts, if they are there. @type {any} */
  get [PARTS]() {
    return this.#parts;
  }

  /** Loads the element now, wherever it is; a failure can be tried again. @internal @returns {Promise<any>} its parts, with an engine */
  async load() {
    this.#watch?.disconnect();
    this.#watch = null;
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load() {
    try {
      this.#parts ??= await this.makeParts();
      if (this.isConnected) this.#parts.connect();
      await this.#parts.start();
      this.#ready.resolve(this);
      return this.#parts;
    } catch (error) {
      this.#loading = null;
      this.#ready.reject(error);
      this.#ready = deferred();
      throw error;
    }
  }

  #wait() {
    this.#watch?.disconnect();
    this.#watch = null;
    // What failed has said so in the element and by an event.
    const load = () => void this.load().catch(() => {});
    if (this.loading === "eager" || !globalThis.IntersectionObserver) return load();
    this.#watch = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && load(), { rootMargin: NEAR });
    this.#watch.observe(this);
  }
}

/** A promise whose failure is nobody's fault: not everyone waits for it. @returns {PromiseWithResolvers<any>} */
function deferred() {
  /** @type {any} */
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  made.promise.catch(() => {});
  return made;
}
