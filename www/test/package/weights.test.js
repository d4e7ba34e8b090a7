/** What a host's readers load, in bytes as sent: each file with brotli on its own. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { dist } from "./installed.js";

/** The most that each may weigh. The classic script has both engines inside: by design it is one file. */
const BUDGETS = {
  "leitmotif.iife.js": 250_000,
  "embed.html": 250_000,
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
  // In base64 a piece has other letters by where it begins in a group of three bytes.
  const pieces = [0, 1, 2].map((shift) => wasm.subarray(30_000 + shift, 30_600 + shift).toString("base64"));
  const times = (place) => pieces.reduce((sum, piece) => sum + readFileSync(dist(place), "utf8").split(piece).length - 1, 0);
  for (const place of ["leitmotif.iife.js", "embed.html", "leitmotif.html", "npm/inline.js"]) assert.equal(times(place), 1, place);
  for (const place of ["npm/define.js", "npm/index.js", "npm/engine.js"]) {
    for (const part of atOnce(place)) assert.equal(times(part), 0, part);
  }
});
