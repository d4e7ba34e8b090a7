/** Leitmotif's one kind of error. */

/**
 * - `wasm-unavailable`: the browser has no WebAssembly, or cannot start it
 * - `csp-wasm`: the page's Content-Security-Policy forbids it
 * - `not-found`: a file of the engine is missing, or its connection failed
 * - `timeout`: it did not arrive in time
 * - `integrity`: what came is not the file that the caller's hash means
 * - `bad-mime`: a web page came in its place, and says that it is one
 * - `not-wasm`: what came is damaged, no WebAssembly, or of another build
 * - `corrupt-model`: the model is none, or of another version
 * - `too-large`, `not-text`: this text cannot be read
 * - `disposed`, `stopped`: this classifier is gone
 * - `aborted`: the caller's signal
 * - `bad-option`: there is no such option, or it cannot have this value
 *
 * @typedef {"wasm-unavailable" | "csp-wasm" | "not-found" | "timeout" | "integrity" | "bad-mime" | "not-wasm" | "corrupt-model"
 *   | "too-large" | "not-text" | "disposed" | "stopped" | "aborted" | "bad-option"} ErrorCode
 */

/**
 * Every failure of the engine. `code` is for programs, `message` for people, `cause` is the error underneath, if there was
 * one.
 */
export class LeitmotifError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message
   * @param {unknown} [cause]
   */
  constructor(code, message, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "LeitmotifError";
    /** @type {ErrorCode} */
    this.code = code;
  }
}

/**
 * @param {AbortSignal | null} [signal]
 * @throws {LeitmotifError} bad-option
 */
export function mustBeSignal(signal) {
  // By what it can do: another window's is as good.
  if (signal && !signal.throwIfAborted) throw new LeitmotifError("bad-option", "A signal is an AbortSignal.");
}
