/**
 * The Trusted Types policy for scripts. The browser refuses every string that would become one, except the one address
 * allowed here.
 */

const WORKER = new URL("./sw.js", import.meta.url).href;

/** @typedef {{ createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): unknown } }} Factory */

const factory = /** @type {{ trustedTypes?: Factory }} */ (/** @type {unknown} */ (globalThis)).trustedTypes;

const policy = factory?.createPolicy("leitmotif-worker", {
  createScriptURL(url) {
    if (url !== WORKER) throw new TypeError(`no script may be loaded from ${url}`);
    return url;
  },
});

/** The address of the service worker, as `register` takes it: a plain string where the browser has no Trusted Types. */
export const workerAddress = () => /** @type {string} */ (policy?.createScriptURL(WORKER) ?? WORKER);
