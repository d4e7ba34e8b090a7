/**
 * The service worker: keeps one whole version of the page's own files, so that the next visit needs no network.
 *
 * A version is taken whole or not at all: every file is fetched past the browser's cache and compared with the hash that
 * the build wrote below, so that files of two versions never meet. A new version waits until the page asks for it.
 */

/** Of every file of the site, by its path: SHA-256, hexadecimal. `cargo xtask build` writes them here. @type {Record<string, string>} */
const FILES = /* files */ {};
/** The version: a hash over all of them. */
const VERSION = /* version */ "none";

const PREFIX = "leitmotif-files-";
const CACHE = PREFIX + VERSION;
/** The page itself, under its short name. */
const PAGE = "index.html";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", (event) => event.waitUntil(take()));
worker.addEventListener("activate", (event) => event.waitUntil(tidy()));
worker.addEventListener("message", ({ data }) => {
  if (data === "take over") worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== null) event.respondWith(answer(path, event.request));
});

async function take() {
  try {
    const cache = await caches.open(CACHE);
    const before = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
    await Promise.all(Object.entries(FILES).map(([path, hash]) => fetchInto(cache, path, hash, before)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

/**
 * A file that did not change is taken from the version before.
 *
 * @param {Cache} cache
 * @param {string} path
 * @param {string} hash
 * @param {string[]} before the caches of other versions
 */
async function fetchInto(cache, path, hash, before) {
  for (const name of before) {
    const kept = await (await caches.open(name)).match(path);
    if (kept && (await sha256(kept.clone())) === hash) return cache.put(path, kept);
  }
  const response = await fetch(path, { cache: "reload" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  if ((await sha256(response.clone())) !== hash) throw new Error(`${path} is of another version`);
  // Made anew: one that was redirected may not answer a navigation, and the body is no longer packed for the way.
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  await cache.put(path, new Response(response.body, { headers }));
}

/** @param {Response} response */
async function sha256(response) {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Old versions go when the new one is in force; open tabs of this page are served from it at once. */
async function tidy() {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** The file of the site that a request means; null: none of ours. @param {Request} request */
function pathOf({ method, url }) {
  const { scope } = worker.registration;
  const bare = url.split(/[?#]/)[0];
  if (method !== "GET" || !bare.startsWith(scope)) return null;
  const path = decodeURIComponent(bare.slice(scope.length)) || PAGE;
  return Object.hasOwn(FILES, path) ? path : null;
}

/**
 * @param {string} path
 * @param {Request} request
 */
async function answer(path, request) {
  const kept = await (await caches.open(CACHE)).match(path);
  return kept ?? fetch(request);
}
