/** The elements where there is no browser, and what of them needs none. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { site, siteModule } from "../site.js";

test("every module of the elements can be imported in bare Node, and leaves nothing behind", async () => {
  const before = Reflect.ownKeys(globalThis);
  for (const name of ["define", "registry", "leitmotif-reader", "leitmotif-box", "reader-parts", "box-parts", "shared-engine", "files"]) {
    await siteModule(`elements/${name}.js`);
  }
  assert.deepStrictEqual(Reflect.ownKeys(globalThis), before);
  const { LeitmotifBox, LeitmotifReader } = await siteModule("elements/define.js");
  assert.ok(LeitmotifBox.prototype instanceof LeitmotifReader);
});

test("a signal that is none is bad-option", async () => {
  const { LeitmotifReader, LeitmotifBox } = await siteModule("elements/define.js");
  const { ReaderParts } = await siteModule("elements/reader-parts.js");
  const element = { load: async () => ({ read: (signal) => ReaderParts.prototype.read.call({}, signal) }) };
  for (const { prototype } of [LeitmotifReader, LeitmotifBox]) {
    for (const signal of [5, "x", {}, new AbortController()]) {
      await assert.rejects(prototype.read.call(element, undefined, { signal }), { name: "LeitmotifError", code: "bad-option", message: /AbortSignal/ });
    }
  }
});

test("the elements' own colours are the page's, in both schemes", () => {
  const page = readFileSync(site("style.css"), "utf8");
  const element = readFileSync(site("elements/element-styles.js"), "utf8");
  const blocks = [...page.matchAll(/:root \{([^}]*)\}/g)].slice(0, 2).map(([, block]) => Object.fromEntries([...block.matchAll(/--(\w+): (#[0-9A-F]{6});/g)].map(([, name, hex]) => [name, hex])));
  const own = [...element.matchAll(/--(\w+): [^;]*light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\)/g)].map(([, name, light, dark]) => [name, light, dark]);
  assert.ok(own.length >= 7, `${own.length} colours found`);
  for (const [name, light, dark] of own) assert.deepStrictEqual([light, dark], blocks.map((block) => block[name]), name);
});

test("some of the themes, in another order: verdicts of these alone, scores and evidence as they are", async () => {
  const { Leitmotif } = await siteModule("leitmotif.js");
  const { chosenSteps } = await siteModule("elements/chosen-steps.js");
  const { steps } = await Leitmotif.create();
  const text = "The factory makes steel and machine tools, and wetlands were restored.";
  const chosen = chosenSteps(steps, ["ecology", "industry"]);
  assert.deepStrictEqual(chosen.themes.map(({ id }) => id), ["ecology", "industry"]);
  assert.deepStrictEqual(chosen.score([text]), steps.score([text]));
  const [[all], [some]] = [steps, chosen].map((one) => one.weigh(one.score([text]), ["body"]));
  assert.deepStrictEqual(Object.keys(some.probability), ["ecology", "industry"]);
  for (const id of ["ecology", "industry"]) assert.equal(some.probability[id], all.probability[id]);
  assert.deepStrictEqual(some.themes, ["ecology", "industry"].filter((id) => all.themes.includes(id)));
  assert.deepStrictEqual(chosen.evidence(text, "ecology", 0.5), steps.evidence(text, "ecology", 0.5));
  assert.deepStrictEqual(chosen.split(text), steps.split(text));
});

test("results stand where their text does, in UTF-16 and in code points, lone surrogates among them", async () => {
  const { resultsOf } = await siteModule("elements/results.js");
  const machine = { themes: [], certainty: "clear", probability: {}, runnerUp: null };
  const texts = ["🏭 steel", "steel \ud800 🏭", "steel"];
  const article = { name: "", source: ` ${texts.join(" \n\n ")}`, split: "blank", paragraphs: texts.map((text) => ({ text, kind: "body", included: true, machine, codes: null, note: "" })) };
  const results = resultsOf(article, { evidence: () => assert.fail("nothing is explained that has no theme") });
  const points = [...article.source];
  for (const [i, { start, end, startCodePoint, endCodePoint, evidence }] of results.entries()) {
    assert.equal(article.source.slice(start, end), texts[i]);
    assert.equal(points.slice(startCodePoint, endCodePoint).join(""), texts[i]);
    assert.deepStrictEqual(evidence, []);
  }
});
