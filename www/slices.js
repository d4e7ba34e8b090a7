/** Long work in slices, so that the page answers between two of them. */

/** The longest slice, in milliseconds: on a machine six times slower a task still stays under 50. */
const SLICE = 6;

const channel = new MessageChannel();
/** @type {(() => void)[]} */
const waiting = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Lets the browser paint and answer; unlike setTimeout(0) it costs no four milliseconds each time. */
export function breathe() {
  return new Promise((resolve) => {
    waiting.push(() => resolve(undefined));
    channel.port2.postMessage(null);
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
