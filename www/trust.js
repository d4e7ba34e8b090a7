/**
 * The Trusted Types policy for scripts. The browser refuses every string that would become one, except the two addresses
 * allowed here.
 */

const SERVICE = new URL("./sw.js", import.meta.url).href;
const READING = new URL("./reading-worker.js", import.meta.url).href;

/** @typedef {{ createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown } }} Factory */

const factory = /** @type {{ trustedTypes?: Factory }} */ (/** @type {unknown} */ (globalThis)).trustedTypes;

const policy = factory?.createPolicy("leitmotif-worker", {
  createScriptURL(url) {
    if (url !== SERVICE && url !== READING) throw new TypeError(`no script may be loaded from ${url}`);
    return url;
  },
});

/** An address as the browser takes it: a plain string where it has no Trusted Types. @param {string} url */
const trusted = (url) => /** @type {string} */ (policy?.createScriptURL(url) ?? url);

/** The address of the service worker. */
export const workerAddress = () => trusted(SERVICE);

/** Starts the thread that reads beside the page. @returns {Worker} */
export const openReadingWorker = () => new Worker(trusted(READING), { type: "module", name: "reading" });
