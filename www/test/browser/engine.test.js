/** The engine in Chromium: the golden numbers, and a clear word for each way in which it can fail. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { featuresOf, goldenVectors } from "../site.js";
import { openPage, startChromium } from "./chromium.js";

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

const vectors = goldenVectors();
const WASM = "**/leitmotif_wasm_bg.wasm";

test("every golden text gives exactly the golden features and reading in Chromium", async () => {
  const { page, watch } = await openPage(browser.context);
  const got = await page.evaluate(async (texts) => {
    const { Leitmotif } = await import("/leitmotif.js");
    const { Engine } = await import("/wasm/leitmotif_wasm.js");
    const motif = await Leitmotif.create();
    const engine = new Engine();
    const readings = [];
    for (const text of texts) readings.push({ features: [...engine.features(text)], reading: await motif.read(text, { evidence: true }) });
    return readings;
  }, vectors.map(({ text }) => text));
  for (const [i, { text, features, reading }] of vectors.entries()) {
    assert.deepStrictEqual({ ...got[i], features: featuresOf(got[i].features) }, { features, reading }, `of ${JSON.stringify(text.slice(0, 60))}`);
  }
  assert.deepStrictEqual(watch.errors, []);
  await page.close();
});

/** What `Leitmotif.create` throws in a page of the site, prepared in some way. */
async function failure(options) {
  const { page } = await openPage(browser.context, { ...options, ready: false });
  await page.getByRole("alert").waitFor();
  const said = await page.getByRole("alert").textContent();
  const code = await page.evaluate(async () => {
    const { Leitmotif } = await import("/leitmotif.js");
    return Leitmotif.create().then(() => "none", ({ name, code }) => `${name} ${code}`);
  });
  assert.equal(await page.locator("#main").getAttribute("aria-busy"), "false");
  await page.close();
  return { code, said };
}

test("a missing wasm file is not-found, and the page says so", async () => {
  const { code, said } = await failure({
    prepare: (page) => page.route(WASM, (route) => route.fulfill({ status: 404, contentType: "text/html", body: "<p>404" })),
  });
  assert.equal(code, "LeitmotifError not-found");
  assert.match(said, /404/);
});

test("a page in the wasm's place is not-wasm, whatever type it claims", async () => {
  for (const contentType of ["text/html", "application/wasm"]) {
    const { code, said } = await failure({
      prepare: (page) => page.route(WASM, (route) => route.fulfill({ contentType, body: "<!doctype html><p>Welcome" })),
    });
    assert.equal(code, "LeitmotifError not-wasm");
    assert.match(said, /no WebAssembly file/);
  }
});

test("a connection that breaks is not-found", async () => {
  const { code, said } = await failure({ prepare: (page) => page.route(WASM, (route) => route.abort()) });
  assert.equal(code, "LeitmotifError not-found");
  assert.match(said, /could not be fetched/);
});

test("a policy that forbids WebAssembly is csp-wasm, and the page says what to add", async () => {
  const { code, said } = await failure({
    prepare: (page) =>
      page.route((url) => url.pathname === "/", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace(" 'wasm-unsafe-eval'", "") });
      }),
  });
  assert.equal(code, "LeitmotifError csp-wasm");
  assert.match(said, /wasm-unsafe-eval/);
});

test("a browser without WebAssembly is wasm-unavailable", async () => {
  const { code, said } = await failure({ prepare: (page) => page.addInitScript(() => delete globalThis.WebAssembly) });
  assert.equal(code, "LeitmotifError wasm-unavailable");
  assert.match(said, /switched off/);
});

test("a wrong MIME type is no obstacle", async () => {
  const { page, watch } = await openPage(browser.context, {
    prepare: (page) =>
      page.route(WASM, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { "content-type": "application/octet-stream" } });
      }),
  });
  assert.deepStrictEqual([watch.console, watch.errors], [[], []]);
  assert.ok(await page.locator("#error").isHidden());
  await page.close();
});

test("a damaged model, a text that is none, and a classifier that is gone have their codes", async () => {
  const { page } = await openPage(browser.context);
  const codes = await page.evaluate(async () => {
    const { Leitmotif } = await import("/leitmotif.js");
    const codeOf = (promise) => promise.then(() => "none", ({ code }) => code);
    const motif = await Leitmotif.create();
    const got = [await codeOf(Leitmotif.create({ model: new Uint8Array(64) })), await codeOf(motif.read(null))];
    got.push(await codeOf(motif.read("x".repeat(10_000_001))), await codeOf(motif.read("still there")));
    motif.dispose();
    return [...got, await codeOf(motif.read("text"))];
  });
  assert.deepStrictEqual(codes, ["corrupt-model", "not-text", "too-large", "none", "disposed"]);
  await page.close();
});
