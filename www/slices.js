/** Long work in slices, so that the page answers between two of them. */

/** The longest slice, in milliseconds: with what it overshoots, a task still stays under 50. */
const SLICE = 16;

/** Lets the browser paint and answer; unlike setTimeout(0) it costs no four milliseconds each time. */
export function breathe() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      // An open port would keep Node from ending.
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}

/** A frame that does not come within so long will not: the page is not in view. In milliseconds. */
const UNSEEN = 150;

/** When what was changed until now is on the screen, or soon where nobody can see it. */
export function painted() {
  if (globalThis.document?.visibilityState !== "visible") return breathe();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, UNSEEN);
    // The frame is made after this; a message comes after the frame.
    requestAnimationFrame(() => {
      clearTimeout(timer);
      breathe().then(resolve);
    });
  });
}

/** So long the page waits for its own first paint, in milliseconds. */
const FIRST_PAINT = 1_000;

/** When the page as it came has been seen: before that everything else is in its way. */
export function firstPaint() {
  if (document.visibilityState !== "visible" || !PerformanceObserver.supportedEntryTypes?.includes("paint")) return painted();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, FIRST_PAINT);
    const observer = new PerformanceObserver((entries) => {
      if (entries.getEntriesByName("first-contentful-paint").length === 0) return;
      observer.disconnect();
      clearTimeout(timer);
      breathe().then(resolve);
    });
    observer.observe({ type: "paint", buffered: true });
  });
}

/** A watch that tells when a slice is over. */
export function slice() {
  let start = performance.now();
  return {
    over: () => performance.now() - start > SLICE,
    again: () => (start = performance.now()),
  };
}
