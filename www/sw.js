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
/** As much again as all the rest, for the few browsers without WebAssembly: kept once it was asked for, and then renewed. */
const ON_DEMAND = "wasm/leitmotif_wasm.fallback.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", (event) => event.waitUntil(take()));
worker.addEventListener("activate", (event) => event.waitUntil(tidy()));
worker.addEventListener("message", (event) => {
  if (event.data === "take over") worker.skipWaiting();
  if (event.data === "keep fallback") {
    const kept = answer(ON_DEMAND).then(() => true, () => false);
    event.waitUntil(kept.then((kept) => event.ports[0].postMessage(kept)));
  }
});
worker.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== null) event.respondWith(answer(path, event.request));
});

async function take() {
  try {
    const cache = await caches.open(CACHE);
    const before = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
    await Promise.all(Object.keys(FILES).map((path) => takeInto(cache, path, before)));
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
 * @param {string[]} before the caches of other versions
 */
async function takeInto(cache, path, before) {
  const olds = await Promise.all(before.map(async (name) => (await caches.open(name)).match(path)));
  for (const kept of olds) {
    if (kept && (await sha256(kept.clone())) === FILES[path]) return cache.put(path, kept);
  }
  if (path !== ON_DEMAND || olds.some(Boolean)) await cache.put(path, await fetchOwn(path, "reload"));
}

/**
 * A file of this version from the network, or an error.
 *
 * @param {string} path
 * @param {RequestCache} cache
 */
async function fetchOwn(path, cache) {
  const response = await fetch(path, { cache });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  if ((await sha256(response.clone())) !== FILES[path]) throw new Error(`${path} is of another version`);
  // Made anew: one that was redirected may not answer a navigation, and the body is no longer packed for the way.
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  return new Response(response.body, { headers });
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
 * @param {RequestInfo} [request] for what has no other way to the network
 */
async function answer(path, request = path) {
  const kept = await (await caches.open(CACHE)).match(path);
  return kept ?? (path === ON_DEMAND ? keepFallback() : fetch(request));
}

/** The fallback engine of this version, kept from now on if there is room. */
async function keepFallback() {
  const response = await fetchOwn(ON_DEMAND, "default");
  const copy = response.clone();
  await caches.open(CACHE).then((cache) => cache.put(ON_DEMAND, copy)).catch(() => {});
  return response;
}
