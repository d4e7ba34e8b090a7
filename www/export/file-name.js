/** File names from what people call their articles: safe on every system. */

/** Longer names are cut here, in code points: with four bytes each they still fit into 255 bytes. */
const LONGEST = 48;
/** What Windows keeps for devices, whatever the ending. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;

/**
 * @param {string} name
 * @param {string} ending without its dot, such as "csv"
 * @param {string} [fallback] where nothing usable is left of the name
 */
export function fileName(name, ending, fallback = "article") {
  const clean = name
    .normalize("NFC")
    // Controls, invisible and direction marks, lone surrogates: a name must not look like another one.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[<>:"/\\|?*]+/g, "-")
    .replace(/\s+/gu, " ");
  // No hidden file, no "-option", no dot or space at the end, which Windows takes away.
  const trim = (/** @type {string} */ text) => text.replace(/^[\s.\-~]+|[\s.\-]+$/gu, "");
  const short = trim([...trim(clean)].slice(0, LONGEST).join("")) || fallback;
  return `${RESERVED.test(short) ? `_${short}` : short}.${ending}`;
}
