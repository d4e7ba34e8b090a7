/** The golden numbers, to the last bit, from the page's own engine in every browser. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ADDRESS } from "../browser/chromium.js";
import { featuresOf, goldenVectors, mixedText, siteModule } from "../site.js";
import { BROWSERS, started, withoutWasm } from "./browsers.js";
import { openPage } from "./page.js";

const vectors = goldenVectors();
const texts = vectors.map(({ text }) => text);
const LONG = mixedText(30_000);
const { Leitmotif } = await siteModule("leitmotif.js");
const longReading = await (await Leitmotif.create()).read(LONG);

/** In the page: readings, features and a long reading from one of the engines. */
const readIn = (browser, engine, texts, long) =>
  browser.evaluate(async (address, engine, texts, long) => {
    const { Leitmotif } = await import(`${address}leitmotif.js`);
    const motif = await Leitmotif.create({ engine });
    const readings = [];
    for (const text of texts) readings.push(await motif.read(text, { evidence: true }));
    const { loadEngine } = await import(`${address}engine-load.js`);
    const { bindings } = await loadEngine({ engine });
    const raw = bindings.Engine.load();
    const features = texts.map((text) => [...raw.features(text)]);
    return { engine: motif.engineInUse, code: motif.fallback?.code ?? null, readings, features, long: await motif.read(long) };
  }, ADDRESS, engine, texts, long);

function assertGolden(got) {
  for (const [i, { text, reading, features }] of vectors.entries()) {
    const which = `of ${JSON.stringify(text.slice(0, 60))}`;
    assert.deepStrictEqual(got.readings[i], reading, which);
    assert.deepStrictEqual(featuresOf(got.features[i]), features, which);
  }
  assert.deepStrictEqual(got.long, JSON.parse(JSON.stringify(longReading)), "of the long mixed text");
}

// Chromium has its own tests of this.
for (const browser of BROWSERS.slice(1)) {
  for (const engine of ["wasm", "js"]) {
    test(`${browser.name}, engine ${engine}: every golden text has the golden features and reading`, { skip: browser.missing }, async () => {
      const tab = await started(browser);
      await openPage(tab, ADDRESS);
      const got = await readIn(tab, engine, texts, LONG);
      assert.deepStrictEqual([got.engine, got.code], [engine, null]);
      assertGolden(got);
    });
  }
}

test("Firefox without WebAssembly: the page says so, and JavaScript gives the very same", { skip: withoutWasm.missing }, async () => {
  const tab = await started(withoutWasm);
  await openPage(tab, ADDRESS);
  assert.match(await tab.evaluate(() => document.querySelector("#engine").textContent), /^WebAssembly is switched off in this browser: /);
  const got = await readIn(tab, "auto", texts, LONG);
  assert.deepStrictEqual([got.engine, got.code], ["js", "wasm-unavailable"]);
  assertGolden(got);
});
