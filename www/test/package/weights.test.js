/** What a host's readers load, in bytes as sent: each file with brotli on its own. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { dist } from "./installed.js";

/** The most that each may weigh. The classic script has both engines inside: by design it is one file. */
const BUDGETS = {
  "leitmotif.iife.js": 245_000,
  "embed.html": 245_000,
  "embed.js": 500,
};

const weigh = (place) => brotliCompressSync(readFileSync(dist(place))).length;

for (const [place, limit] of Object.entries(BUDGETS)) {
  test(`${place} weighs at most ${limit} bytes`, () => {
    const weight = weigh(place);
    console.log(`${place}: ${weight} of ${limit} bytes with brotli`);
    assert.ok(weight <= limit, `${weight} bytes with brotli`);
  });
}

/** A module and those that it imports at once, not those that it imports later. */
function atOnce(place, seen = new Set()) {
  if (seen.has(place)) return seen;
  seen.add(place);
  for (const [, to] of readFileSync(dist(place), "utf8").matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g)) atOnce(normalize(join(dirname(place), to)), seen);
  return seen;
}

test("./define and what it imports at once weigh at most 8000 bytes", () => {
  const parts = [...atOnce("npm/define.js")];
  const sum = parts.reduce((sum, place) => sum + weigh(place), 0);
  console.log(`./define: ${sum} of 8000 bytes with brotli in ${parts.length} files`);
  assert.ok(parts.length > 1 && sum <= 8_000, `${sum} bytes: ${parts}`);
});

test("the engine's bytes stand once in each file that has them inside", () => {
  const wasm = readFileSync(dist("npm/leitmotif.wasm"));
  // Of its code, a letter or two a byte: its data stand in the fallback engine as well.
  const [, letters] = readFileSync(new URL("../../npm/wasm-bytes.js", import.meta.url), "utf8").match(/const LETTERS = "(.+)";/);
  const letter = (byte) => (byte < 86 ? "" : letters[85 + Math.floor(byte / 86)]) + letters[byte % 86];
  const piece = Array.from(wasm.subarray(30_000, 30_600), letter).join("");
  const times = (place) => readFileSync(dist(place), "utf8").split(piece).length - 1;
  for (const place of ["leitmotif.iife.js", "embed.html", "leitmotif.html", "npm/inline.js"]) assert.equal(times(place), 1, place);
  for (const place of ["npm/define.js", "npm/index.js", "npm/engine.js"]) {
    for (const part of atOnce(place)) assert.equal(times(part), 0, part);
  }
});
