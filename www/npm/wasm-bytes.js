/** The wasm file as text. `cargo xtask pack` writes it into the place of the empty one here. */

const PACKED = "";
/** How many bytes before it are no part of it. */
const BEFORE = 0;

/** @returns {Uint8Array} the wasm file */
export const bytes = () => Uint8Array.from(atob(PACKED), (letter) => letter.charCodeAt(0)).subarray(BEFORE);
