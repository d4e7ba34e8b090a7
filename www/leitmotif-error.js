/** Leitmotif's one kind of error. */

/**
 * @typedef {"wasm-unavailable" | "csp-wasm" | "not-found" | "timeout" | "bad-mime" | "not-wasm" | "corrupt-model"
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
