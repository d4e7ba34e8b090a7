/** Texts made by rule: the wasm's readings have, to the last bit, the fingerprints of native Rust (crate/tests/generated.rs). */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { project, siteModule } from "../site.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const { pieces, fingerprints } = JSON.parse(readFileSync(project("crate/tests/generated.json"), "utf8"));

/** The text of a number: the same generator as in Rust. */
function textOf(number) {
  let seed = number;
  const next = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed >>> 16;
  };
  return Array.from({ length: next() % 90 }, () => pieces[next() % pieces.length]).join("");
}

/** FNV-1a over every number of a reading, doubles as their eight bytes. */
function fingerprintOf({ paragraphs }, themes) {
  let print = 0x811c9dc5;
  const double = new DataView(new ArrayBuffer(8));
  const add = (number) => {
    double.setFloat64(0, number, true);
    for (let byte = 0; byte < 8; byte++) print = Math.imul(print ^ double.getUint8(byte), 0x01000193);
  };
  for (const { start, end, kind, words, certainty, themes: carried, probability, evidence } of paragraphs) {
    add(start);
    add(end);
    add(["body", "heading", "furniture"].indexOf(kind));
    add(words);
    add(["unsure", "likely", "clear"].indexOf(certainty));
    add(carried.reduce((bits, theme) => bits | (1 << themes.indexOf(theme)), 0));
    for (const theme of themes) add(probability[theme]);
    for (const { logit, bias, context, words: parts } of evidence) {
      for (const number of [logit, bias, context]) add(number);
      for (const part of parts) for (const number of [part.start, part.end, part.logit]) add(number);
    }
  }
  return print >>> 0;
}

test("every generated text gives exactly the native reading", async () => {
  const motif = await Leitmotif.create();
  const themes = motif.themes.map(({ id }) => id);
  for (const [number, expected] of fingerprints.entries()) {
    const reading = await motif.read(textOf(number), { evidence: true });
    assert.equal(fingerprintOf(reading, themes), expected, `text ${number}: ${JSON.stringify(textOf(number))}`);
  }
  assert.ok(fingerprints.length >= 400 && new Set(fingerprints).size > 380, "the texts differ");
  motif.dispose();
});
