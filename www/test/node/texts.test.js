/** Odd texts: each has a clear outcome, and the engine lives on after it. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { ARTICLE_001, siteModule } from "../site.js";

const { Leitmotif, LeitmotifError, TEXT_LIMIT } = await siteModule("leitmotif.js");
const { isTooLong } = await siteModule("text-limit.js");
const motif = await Leitmotif.create();
const before = await motif.read(ARTICLE_001);

afterEach(async () => assert.deepStrictEqual(await motif.read(ARTICLE_001), before));

/** Spans lie in the text, in order, without overlap, and leave out nothing but white space. */
function covers(text, { paragraphs }) {
  let at = 0;
  for (const { start, end } of paragraphs) {
    assert.ok(at <= start && start < end && end <= text.length, `${start}..${end} after ${at} of ${text.length}`);
    assert.equal(text.slice(at, start).trim(), "");
    at = end;
  }
  assert.equal(text.slice(at).trim(), "");
}

test("no text, or white space alone, has no paragraphs", async () => {
  for (const text of ["", " ", "\n\n\r\n\t\u00a0\u3000"]) {
    const { paragraphs, profile } = await motif.read(text);
    assert.deepStrictEqual(paragraphs, []);
    assert.deepStrictEqual([profile.words, profile.paragraphs, profile.unsure], [0, 0, 0]);
    assert.ok(profile.shares.every(({ words }) => words === 0));
  }
});

test("one word is one paragraph", async () => {
  const reading = await motif.read("  Wetlands ");
  covers("  Wetlands ", reading);
  assert.equal(reading.paragraphs.length, 1);
  assert.deepStrictEqual([reading.paragraphs[0].start, reading.paragraphs[0].end], [2, 10]);
});

test("a profile's shares add up to one, and furniture has no part in them", async () => {
  const { paragraphs, profile } = before;
  covers(ARTICLE_001, before);
  assert.ok(Math.abs(profile.shares.reduce((sum, { words }) => sum + words, 0) - 1) < 1e-9);
  assert.ok(paragraphs.some(({ kind }) => kind === "furniture"));
  assert.equal(profile.paragraphs, paragraphs.filter(({ kind }) => kind !== "furniture").length);
});

test("offsets count UTF-16 code units, beyond the basic plane too", async () => {
  const text = "🏭🏭 The steel mill 𝒎ade 𠮷 tonnes of steel in its new factories.\r\n\r\n生态保护 🌱 wetlands and forests were restored.";
  const reading = await motif.read(text);
  covers(text, reading);
  const words = reading.paragraphs.flatMap(({ evidence }) => evidence.flatMap(({ words }) => words));
  assert.ok(words.some(({ start, end }) => /^(steel|factories|wetlands|forests)$/.test(text.slice(start, end))));
});

test("lone surrogates keep their place, and move no offset", async () => {
  const clean = "The factory makes steel x and machines.\n\nWetlands x were restored along the river.";
  const broken = clean.replaceAll("x", "\ud83c");
  const [expected, reading] = [await motif.read(clean.replaceAll("x", "\ufffd")), await motif.read(broken)];
  covers(broken, reading);
  assert.deepStrictEqual(reading, expected);
  for (const text of ["\ud800", "\udc00\ud800", "a\udfff", "\ud800\n\n\udc00"]) covers(text, await motif.read(text));
});

test("controls, separators and unusual white space change nothing but the split", async () => {
  const text = "\ufeffSteel\u0000 mills\u00ad and\u200b ports\u2028Wetlands\u2029and\u0085rivers\u000b\u000c.";
  const { paragraphs } = await motif.read(text);
  const kept = paragraphs.map(({ start, end }) => text.slice(start, end)).join("").replace(/[\s\u0085\u200b\ufeff]/g, "");
  assert.equal(kept, text.replace(/[\s\u0085\u200b\ufeff]/g, ""));
});

test("5 MB of articles are read", async () => {
  const text = `${ARTICLE_001}\n\n`.repeat(Math.ceil(5_000_000 / ARTICLE_001.length));
  assert.ok(text.length >= 5_000_000);
  const reading = await motif.read(text, { evidence: false });
  covers(text, reading);
  assert.ok(reading.profile.paragraphs > 10_000);
});

test("5 MB in one paragraph, and 5 MB in one word, are read", async () => {
  for (const text of ["The factory makes steel. ".repeat(200_000), "x".repeat(5_000_000)]) {
    const reading = await motif.read(text, { evidence: false });
    covers(text, reading);
    assert.equal(reading.paragraphs.length, 1);
  }
});

test("more than the limit is too-large, the limit itself is not", async () => {
  await assert.rejects(motif.read("\n".repeat(TEXT_LIMIT + 1)), { name: "LeitmotifError", code: "too-large" });
  assert.deepStrictEqual((await motif.read("\n".repeat(TEXT_LIMIT))).paragraphs, []);
  // It counts bytes, as UTF-8: three for each of these, four for a pair of surrogates.
  for (const [character, bytes] of [["\u3000", 3], ["🏭", 4], ["é", 2]]) {
    const most = Math.floor(TEXT_LIMIT / bytes);
    assert.ok(!isTooLong(character.repeat(most)), character);
    assert.ok(isTooLong(character.repeat(most + 1)), character);
  }
});

test("what is no string is not-text", async () => {
  for (const what of [undefined, null, 3, {}, ["a"], new String("a"), Buffer.from("a")]) {
    await assert.rejects(motif.read(what), (error) => error instanceof LeitmotifError && error.code === "not-text");
  }
});

test("a classifier that was disposed of says so; others live on", async () => {
  const other = await Leitmotif.create();
  other.dispose();
  other.dispose();
  await assert.rejects(other.read("text"), { name: "LeitmotifError", code: "disposed" });
});
