/**
 * The second visit without a network: registers the service worker once the page is idle, and tells when a new version is
 * ready. The page is never reloaded without being asked, and never over unsaved work.
 */

import { workerAddress } from "./trust.js";

/**
 * @typedef {object} Watcher
 * @property {() => void} ready the page works without a network from now on
 * @property {(reload: () => void) => void} update a new version waits; `reload` changes to it
 */

/**
 * @param {Watcher} watcher
 * @returns {Promise<void>} settles when the worker is registered, or cannot be: the page does not need it
 */
export async function workOffline(watcher) {
  // From a file there is nothing to register, and in some windows the property is there and throws.
  if (!/^https?:$/.test(location.protocol) || !("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(workerAddress(), { updateViaCache: "none" });
    const offer = (/** @type {ServiceWorker} */ waiting) => watcher.update(() => change(waiting));
    const follow = (/** @type {ServiceWorker | null} */ worker) =>
      worker?.addEventListener("statechange", () => {
        // Without an older worker the first one is no news.
        if (worker.state === "installed" && registration.active) offer(worker);
      });
    if (registration.waiting && registration.active) offer(registration.waiting);
    follow(registration.installing);
    registration.addEventListener("updatefound", () => follow(registration.installing));
    const { active } = await navigator.serviceWorker.ready;
    if (active && (!usesFallback() || (await keepFallback(active)))) watcher.ready();
  } catch {
    // Refused, as in private windows: the page works, with a network.
  }
}

/** Whether this page loaded the engine that the worker keeps for those alone who need it: perhaps before there was a worker. */
const usesFallback = () => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/wasm/leitmotif_wasm.fallback.js"));

/**
 * @param {ServiceWorker} worker
 * @returns {Promise<boolean>} whether it has it now
 */
function keepFallback(worker) {
  const { port1, port2 } = new MessageChannel();
  const kept = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
  worker.postMessage("keep fallback", [port2]);
  return kept;
}

/** @param {ServiceWorker} waiting */
function change(waiting) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("take over");
}
