/** Files: which encodings are told apart, and what is refused. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { siteModule } from "../site.js";

const { FileTrouble, decode, readFile } = await siteModule("files.js");
const { TEXT_LIMIT } = await siteModule("leitmotif.js");

const bytes = (...parts) => new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)));
const utf16 = (text, mark, swap) => {
  const body = Buffer.from(text, "utf16le");
  return new Uint8Array([...mark, ...(swap ? body.swap16() : body)]);
};
/** "生态保护和城市治理，很重要。" in GB 18030. */
const CHINESE = bytes([0xc9, 0xfa, 0xcc, 0xac, 0xb1, 0xa3, 0xbb, 0xa4, 0xba, 0xcd, 0xb3, 0xc7, 0xca, 0xd0, 0xd6, 0xce, 0xc0, 0xed, 0xa3, 0xac, 0xba, 0xdc, 0xd6, 0xd8, 0xd2, 0xaa, 0xa1, 0xa3]);

for (const [name, given, html, encoding, text] of [
  ["plain ASCII", bytes("Steel\r\n"), false, "utf-8", "Steel\r\n"],
  ["UTF-8", new Uint8Array(Buffer.from("Zürich 生态 🏭")), false, "utf-8", "Zürich 生态 🏭"],
  ["UTF-8 with a mark", bytes([0xef, 0xbb, 0xbf], "Steel"), false, "utf-8", "Steel"],
  ["UTF-16, low byte first", utf16("Steel 生态", [0xff, 0xfe], false), false, "utf-16le", "Steel 生态"],
  ["UTF-16, high byte first", utf16("Steel 生态", [0xfe, 0xff], true), false, "utf-16be", "Steel 生态"],
  // Its quotation marks are tested in the browser: Node 20 takes them for controls.
  ["Windows-1252", bytes("Z\xfcrich, d\xe9j\xe0 vu"), false, "windows-1252", "Zürich, déjà vu"],
  ["GB 18030", CHINESE, false, "gb18030", "生态保护和城市治理，很重要。"],
  ["HTML that names its encoding", bytes('<meta charset="iso-8859-2"><p>\xb3\xf3d\xbc'), true, "iso-8859-2", '<meta charset="iso-8859-2"><p>łódź'],
  ["HTML that names an unknown one", bytes("<meta charset=x-none><p>Z\xfcrich"), true, "windows-1252", "<meta charset=x-none><p>Zürich"],
]) {
  test(`${name} is read as ${encoding}`, () => assert.deepStrictEqual(decode(given, html), { text, encoding }));
}

const file = (name, ...parts) => new File(parts, name);

for (const [name, given, trouble] of [
  ["a picture", file("a.txt", bytes([0x89], "PNG\r\n", [0x1a, 0x0a, 0, 0, 0, 13])), "not-text"],
  ["a PDF", file("report.PDF", "%PDF-1.7"), "kind"],
  ["a Word file", file("report.docx", "PK"), "kind"],
  ["a file that cannot be read", Object.assign(file("gone.txt", "x"), { arrayBuffer: () => Promise.reject(new Error("gone")) }), "unreadable"],
  ["more characters than are read", file("long.txt", "x".repeat(TEXT_LIMIT + 1)), "too-big"],
  ["a huge file, unopened", Object.defineProperty(file("huge.txt", "x"), "size", { value: 1e12 }), "too-big"],
]) {
  test(`${name} is ${trouble}`, async () => {
    await assert.rejects(readFile(given), (problem) => problem instanceof FileTrouble && problem.trouble === trouble);
  });
}

test("an HTML file is known by its name or its type", async () => {
  assert.equal((await readFile(file("a.HTM", "<p>x"))).html, true);
  assert.equal((await readFile(new File(["<p>x"], "page", { type: "text/html" }))).html, true);
  assert.equal((await readFile(file("notes.md", "# x"))).html, false);
});
