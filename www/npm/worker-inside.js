/**
 * What www/trust.js is to the site, for the page of one file: the code of the thread beside it stands inside the page, and
 * becomes a script by an address that holds in this tab alone. Trusted Types let no other script in.
 */

/** A classic script: modules of such an address fail in Chromium from file:. `cargo xtask pack` writes it into the place of the empty one. */
const CODE = "";

/** @type {string | undefined} made when it is first asked for */
let address;

/** @typedef {import("../trust.js").Factory} Factory */

const factory = /** @type {{ trustedTypes?: Factory }} */ (/** @type {unknown} */ (globalThis)).trustedTypes;

const policy = factory?.createPolicy("leitmotif-worker", {
  createScriptURL(url) {
    if (url !== address) throw new TypeError(`no script may be loaded from ${url}`);
    return url;
  },
});

/** One file has no service worker. @returns {string} */
export function workerAddress() {
  throw new TypeError("one file needs no service worker");
}

/** Starts the thread that reads beside the page. @returns {Worker} */
export function openReadingWorker() {
  address ??= URL.createObjectURL(new Blob([CODE], { type: "text/javascript" }));
  return new Worker(/** @type {string} */ (policy?.createScriptURL(address) ?? address), { name: "reading" });
}
