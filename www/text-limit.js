/** How long a text may be. Its bytes are what is bounded: by them go the engine's memory and the browser's. */

/** The longest text that is read, in bytes as UTF-8: 50 MB, several seconds of work. Longer ones are refused. */
export const TEXT_LIMIT = 50_000_000;

/** All texts that are open at once, in UTF-16 code units: what a tab holds with ease. */
export const OPEN_LIMIT = 2 * TEXT_LIMIT;

/** Looked at in one go, in UTF-16 code units. */
const PIECE = 65_536;

/** Whether a text is longer than {@link TEXT_LIMIT}. @param {string} text */
export function isTooLong(text) {
  // A code unit takes one to three bytes; most texts need no counting.
  if (text.length * 3 <= TEXT_LIMIT) return false;
  if (text.length > TEXT_LIMIT) return true;
  const encoder = new TextEncoder();
  const room = new Uint8Array(3 * PIECE);
  let bytes = 0;
  for (let at = 0; at < text.length; ) {
    const { read, written } = encoder.encodeInto(text.slice(at, at + PIECE), room);
    at += read;
    bytes += written;
  }
  return bytes > TEXT_LIMIT;
}

/** The limit in words, for messages. */
export const LIMIT_MB = `${TEXT_LIMIT / 1_000_000} MB`;

/** Why a text was refused, in English. @param {string} text */
export const tooLong = ({ length }) =>
  `This text is ${length.toLocaleString("en")} characters long; at most ${LIMIT_MB} (as UTF-8) are read at once. Read it in parts, or in the terminal: leitmotif label.`;
