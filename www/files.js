/** Files to texts: which ones can be read, and in which encoding they were written. */

import { TEXT_LIMIT, isTooLong } from "./text-limit.js";

/** What a file picker offers. */
export const ACCEPTED = ".txt,.text,.md,.markdown,.html,.htm,.xhtml,.json,text/plain,text/html,text/markdown,application/json";

/** A file above this many bytes is not even opened: no encoding makes a text within the limit of it. */
const BYTE_LIMIT = 2 * TEXT_LIMIT;
/** HTML becomes a document on its way to a text, which takes twenty times its room: above this many bytes it is not opened. */
const HTML_LIMIT = 20_000_000;

/** @typedef {{ text: string, encoding: string, html: boolean }} Decoded encoding: as the browser names it */
/** @typedef {"too-big" | "html-too-big" | "not-text" | "unreadable" | "kind" | "empty" | "engine" | "full"} Trouble engine: it gave up on this one; full: the page holds enough */

/** Why a file is no article. */
export class FileTrouble extends Error {
  /**
   * @param {Trouble} trouble
   * @param {unknown} [cause]
   */
  constructor(trouble, cause) {
    super(trouble, { cause });
    this.trouble = trouble;
  }
}

/** @param {File} file */
const endingOf = ({ name }) => /\.([a-z\d]+)$/i.exec(name)?.[1].toLowerCase() ?? "";

/** Whether a file is HTML, by its name or its type. @param {File} file */
export const isHtml = (file) => ["html", "htm", "xhtml"].includes(endingOf(file)) || file.type === "text/html";

/** What the article of a file is called. @param {File} file */
export const titleOf = ({ name }) => name.replace(/\.[^.]+$/, "") || name;

/**
 * @param {File} file
 * @returns {Promise<Decoded>} not empty, but for HTML: that is known when it has been walked
 * @throws {FileTrouble}
 */
export async function readFile(file) {
  const ending = endingOf(file);
  const html = isHtml(file);
  if (["pdf", "doc", "docx", "odt", "rtf", "epub", "pages"].includes(ending)) throw new FileTrouble("kind");
  if (file.size > (html ? HTML_LIMIT : BYTE_LIMIT)) throw new FileTrouble(html ? "html-too-big" : "too-big");
  let bytes;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    // Taken away since it was chosen, or a folder.
    throw new FileTrouble("unreadable", cause);
  }
  const { text, encoding } = decode(bytes, html);
  if (isTooLong(text)) throw new FileTrouble("too-big");
  if (!html && text.trim() === "") throw new FileTrouble("empty");
  return { text, encoding, html };
}

/**
 * Whether a file is meant as a project: every JSON file, as no article is written in it; and whatever begins as a project
 * does, since phones and mail programs give files other names.
 *
 * @param {File} file
 * @returns {Promise<boolean>}
 */
export async function isProjectFile(file) {
  if (/\.json$/i.test(file.name) || file.type === "application/json") return true;
  try {
    return /^\ufeff?\s*\{\s*"format"\s*:\s*"leitmotif project /.test(await file.slice(0, 200).text());
  } catch {
    return false;
  }
}

/**
 * UTF-8 if it is; UTF-16 by its byte order mark; what an HTML file says of itself; else GB 18030 where that gives
 * Chinese, and Windows-1252.
 *
 * @param {Uint8Array} bytes
 * @param {boolean} [html]
 * @returns {{ text: string, encoding: string }}
 * @throws {FileTrouble} not-text
 */
export function decode(bytes, html = false) {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    const encoding = a === 0xff ? "utf-16le" : "utf-16be";
    return { text: new TextDecoder(encoding).decode(bytes), encoding };
  }
  // A text has no zeros; pictures, archives and office files have.
  if (bytes.subarray(0, 65_536).includes(0)) throw new FileTrouble("not-text");
  const utf8 = strictly("utf-8", bytes);
  if (utf8 !== null) return { text: utf8, encoding: "utf-8" };
  const said = html ? saidCharset(bytes) : null;
  const own = said && strictly(said, bytes);
  if (said && own) return { text: own, encoding: said };
  const chinese = strictly("gb18030", bytes);
  if (chinese !== null && looksChinese(chinese)) return { text: chinese, encoding: "gb18030" };
  return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" };
}

/**
 * @param {string} encoding
 * @param {Uint8Array} bytes
 * @returns {string | null} null: they are not in that encoding, or it is unknown
 */
function strictly(encoding, bytes) {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** @param {Uint8Array} bytes */
function saidCharset(bytes) {
  const head = new TextDecoder("windows-1252").decode(bytes.subarray(0, 2_048));
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1].toLowerCase() ?? null;
}

/** Accented letters read as GB 18030 give rare characters among Latin ones; Chinese gives common ones in rows. @param {string} text */
function looksChinese(text) {
  const wide = text.match(/[^\x00-\x7f]/gu)?.length ?? 0;
  const rows = (text.match(/[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]{3,}/gu) ?? []).reduce((sum, row) => sum + row.length, 0);
  return rows * 2 > wide;
}
