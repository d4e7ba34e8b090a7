/**
 * The wasm file as text. `cargo xtask pack` writes it into the places of the empty ones here: what comes before its data a byte
 * each, and the data in base64 (crate/xtask/src/wasm_text.rs says why).
 */

const CODE = "";
const DATA = "";

/** A letter for each of the bytes 0 to 85; before it, one of the two letters behind those means 86 or 172 more. */
const LETTERS = " !#%&()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}";
const ONE = 86;

/** @returns {Uint8Array} the wasm file */
export function bytes() {
  const places = new Uint8Array(128);
  for (let place = 0; place < LETTERS.length; place++) places[LETTERS.charCodeAt(place)] = place;
  const data = atob(DATA);
  const file = new Uint8Array(CODE.length + data.length);
  let length = 0;
  let more = 0;
  for (let at = 0; at < CODE.length; at++) {
    const place = places[CODE.charCodeAt(at)];
    if (place >= ONE) {
      more = (place - ONE + 1) * ONE;
    } else {
      file[length++] = more + place;
      more = 0;
    }
  }
  for (let at = 0; at < data.length; at++) file[length++] = data.charCodeAt(at);
  return file.subarray(0, length);
}
