/** The wasm and its translation to JavaScript, under Node, give the very numbers that native Rust wrote down. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { featuresOf, goldenVectors, mixedText, project, rawEngine, siteModule } from "../site.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const motif = await Leitmotif.create({ engine: "wasm" });
const translated = await Leitmotif.create({ engine: "js" });
const vectors = goldenVectors();

test("there are golden vectors, some with themes and some without", () => {
  const paragraphs = vectors.flatMap(({ reading }) => reading.paragraphs);
  assert.ok(paragraphs.some(({ themes }) => themes.length > 0));
  assert.ok(paragraphs.some(({ themes }) => themes.length === 0));
});

for (const reader of [motif, translated]) {
  test(`${reader.engineInUse}: every golden text gives exactly the golden reading`, async () => {
    for (const { text, reading } of vectors) {
      assert.deepStrictEqual(await reader.read(text, { evidence: true }), reading, `of ${JSON.stringify(text.slice(0, 60))}`);
    }
  });

  test(`${reader.engineInUse}: every golden text gives exactly the golden features`, async () => {
    const engine = await rawEngine(reader.engineInUse);
    for (const { text, features } of vectors) {
      assert.deepStrictEqual(featuresOf(engine.features(text)), features, `of ${JSON.stringify(text.slice(0, 60))}`);
    }
    engine.free();
  });
}

test("both engines read a long mixed text to the same bits, in whole and in steps", async () => {
  const text = mixedText(400_000);
  assert.deepStrictEqual(await translated.read(text), await motif.read(text));
  const [one, other] = [motif, translated].map(({ steps }) => {
    const { paragraphs } = steps.split(text);
    const texts = paragraphs.map(({ start, end }) => text.slice(start, end));
    const scores = steps.score(texts);
    const verdicts = steps.weigh(scores, paragraphs.map(({ kind }) => kind));
    const evidence = texts.slice(0, 200).map((text, i) => steps.evidence(text, motif.themes[i % motif.themes.length].id, 0.25));
    return { paragraphs, scores, verdicts, evidence };
  });
  assert.ok(one.paragraphs.length > 1000);
  assert.deepStrictEqual(other, one);
});

test("scores do not depend on which paragraphs are scored together, whatever characters they end with", () => {
  const texts = ["The port \ud83c", "\udfed opened", "", "a\0b", "两国签署协议。", "🏭", "\n", "The river was cleaned."];
  for (const { steps } of [motif, translated]) {
    assert.deepStrictEqual(steps.score(texts), texts.flatMap((text) => steps.score([text])));
  }
});

test("two engines are at work side by side, and each keeps its own memory", async () => {
  const before = await motif.read(vectors[0].text);
  await translated.read(mixedText(2_000_000), { evidence: false });
  assert.deepStrictEqual(await motif.read(vectors[0].text), before);
  assert.deepStrictEqual(await translated.read(vectors[0].text), before);
});

test("without evidence the verdicts are the same, and no words come", async () => {
  for (const { text, reading } of vectors) {
    const { paragraphs, profile } = await motif.read(text, { evidence: false });
    assert.deepStrictEqual(profile, reading.profile);
    assert.deepStrictEqual(paragraphs.map(({ themes }) => themes), reading.paragraphs.map(({ themes }) => themes));
    assert.deepStrictEqual(paragraphs.flatMap(({ evidence }) => evidence ?? []).flatMap(({ words }) => words ?? []), []);
  }
});

test("the words, the bias and the context add up to the logit, and that is the probability", async () => {
  let sums = 0;
  for (const { text } of vectors) {
    for (const { evidence, probability } of (await motif.read(text)).paragraphs) {
      for (const { theme, logit, bias, context, words } of evidence) {
        const sum = words.reduce((total, word) => total + word.logit, bias + context);
        assert.ok(Math.abs(sum - logit) < 1e-9, `${sum} is not ${logit}`);
        assert.ok(Math.abs(1 / (1 + Math.exp(-logit)) - probability[theme]) < 1e-9);
        sums += words.length > 0 ? 1 : 0;
      }
    }
  }
  assert.ok(sums > 0, "no golden text has evidence");
});

test("the engine names its themes as the seeds do, and the model file by its SHA-256", () => {
  const themes = JSON.parse(readFileSync(project("seeds/themes.json"), "utf8"));
  assert.deepStrictEqual(motif.themes.map(({ id, names }) => ({ id, names })), themes.map(({ id, names }) => ({ id, names })));
  const file = readFileSync(project("crate/model/leitmotif.safetensors"));
  assert.equal(motif.model.sha256, createHash("sha256").update(file).digest("hex"));
  assert.match(motif.model.id, /^leitmotif-\d/);
});
