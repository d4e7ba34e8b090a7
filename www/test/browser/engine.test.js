/** The engine in Chromium: the golden numbers from both engines, and an engine in every kind of page, with a word on which. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ARTICLE_001, featuresOf, goldenVectors, mixedText } from "../site.js";
import { ADDRESS, assertQuiet, openPage, paste, rows, startChromium } from "./chromium.js";

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

const vectors = goldenVectors();
const texts = vectors.map(({ text }) => text);
const WASM = "**/leitmotif_wasm_bg.wasm";
const FALLBACK = "**/leitmotif_wasm.fallback.js";

/** In a page of the site: what `Leitmotif.create` gives, and its readings of texts. */
async function readIn(frame, texts, options = {}) {
  return frame.evaluate(async ({ address, texts, options }) => {
    const { Leitmotif } = await import(`${address}leitmotif.js`);
    try {
      const motif = await Leitmotif.create(options);
      const readings = [];
      for (const text of texts) readings.push(await motif.read(text, { evidence: true }));
      return { engine: motif.engineInUse, code: motif.fallback?.code ?? null, readings };
    } catch (error) {
      return { thrown: `${error.name} ${error.code}`, message: error.message };
    }
  }, { address: ADDRESS, texts, options });
}

function assertGolden({ engine, code, readings, message }, expected) {
  assert.deepStrictEqual({ engine, code, message }, { code: null, message: undefined, ...expected });
  for (const [i, { text, reading }] of vectors.entries()) {
    assert.deepStrictEqual(readings[i], reading, `of ${JSON.stringify(text.slice(0, 60))}`);
  }
}

test("every golden text gives exactly the golden features and reading in Chromium, from both engines side by side", async () => {
  const { page, watch } = await openPage(browser.context);
  assertGolden(await readIn(page, texts, { engine: "wasm" }), { engine: "wasm" });
  assertGolden(await readIn(page, texts, { engine: "js" }), { engine: "js" });
  const got = await page.evaluate(async (texts) => {
    const { loadEngine } = await import("/engine-load.js");
    const engines = await Promise.all(["wasm", "js"].map((engine) => loadEngine({ engine })));
    return engines.map(({ bindings }) => {
      const engine = bindings.Engine.load();
      return texts.map((text) => [...engine.features(text)]);
    });
  }, texts);
  for (const rows of got) {
    for (const [i, { text, features }] of vectors.entries()) {
      assert.deepStrictEqual(featuresOf(rows[i]), features, `of ${JSON.stringify(text.slice(0, 60))}`);
    }
  }
  assert.deepStrictEqual(watch.errors, []);
  await page.close();
});

test("a long mixed text is read to the same bits by both engines", async () => {
  const { page } = await openPage(browser.context);
  const same = await page.evaluate(async (text) => {
    const { Leitmotif } = await import("/leitmotif.js");
    const readings = [];
    for (const engine of ["wasm", "js"]) readings.push(JSON.stringify(await (await Leitmotif.create({ engine })).read(text)));
    return { same: readings[0] === readings[1], length: readings[0].length };
  }, mixedText(200_000));
  assert.ok(same.same && same.length > 1_000_000, JSON.stringify(same));
  await page.close();
});

const withoutWasm = (page) => page.addInitScript(() => delete globalThis.WebAssembly);
const answering = (answer) => (page) => page.route(WASM, (route) => route.fulfill(answer));
const withPolicy = (change) => (page) =>
  page.route((url) => url.pathname === "/", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });

/** Every way in which the wasm is not to be had: the code, and what the page says. */
const WAYS = [
  ["no WebAssembly, as in Lockdown Mode", withoutWasm, "wasm-unavailable", /^WebAssembly is switched off in this browser: /],
  ["a policy that forbids WebAssembly", withPolicy((html) => html.replace(" 'wasm-unsafe-eval'", "")), "csp-wasm", /^This site’s security policy does not allow WebAssembly: /],
  ["a missing file", answering({ status: 404, contentType: "text/html", body: "<p>404" }), "not-found", /did not arrive: /],
  ["a page in its place", answering({ contentType: "text/html", body: "<!doctype html><p>Welcome" }), "bad-mime", /damaged or another file: /],
  ["a page in its place that claims to be wasm", answering({ contentType: "application/wasm", body: "<!doctype html><p>Welcome" }), "not-wasm", /damaged or another file: /],
  ["a connection that breaks", (page) => page.route(WASM, (route) => route.abort()), "not-found", /did not arrive: /],
];

for (const [name, prepare, code, sentence] of WAYS) {
  test(`${name}: the page reads with JavaScript, the very same, and says why`, async () => {
    const { page, watch } = await openPage(browser.context, { prepare });
    assert.match(await page.locator("#engine").textContent(), sentence);
    assert.ok(await page.locator("#error").isHidden());
    assertGolden(await readIn(page, texts), { engine: "js", code });
    await paste(page, "The factory makes steel.\n\nHe smiled.");
    assert.match((await rows(page))[0].verdict, /^Industry/);
    assert.deepStrictEqual(watch.errors, []);
    // Asked for WebAssembly and nothing else, it fails with that reason.
    const { thrown, message } = await readIn(page, [], { engine: "wasm" });
    assert.equal(thrown, `LeitmotifError ${code}`);
    assert.match(message, /\w{3,}.*\.$/);
    await page.close();
  });
}

test("without WebAssembly everything else is as usual: keys, languages, no request for the wasm, nothing on the console", async () => {
  const { page, watch } = await openPage(browser.context, { prepare: withoutWasm });
  assert.deepStrictEqual(watch.requests.filter((url) => url.endsWith(".wasm")), []);
  await paste(page, ARTICLE_001);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("4");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#paragraphs .codes").first().textContent().then((text) => text.includes("Ecology")), true);
  await page.locator("#language").selectOption("zh");
  await page.waitForFunction(() => document.documentElement.lang === "zh");
  assert.match(await page.locator("#engine").textContent(), /^此浏览器关闭了 WebAssembly/);
  assertQuiet(watch);
  await page.close();
});

test("where WebAssembly works, the fallback is neither fetched nor spoken of", async () => {
  const { page, watch } = await openPage(browser.context);
  assert.ok(await page.locator("#engine").isHidden());
  assert.deepStrictEqual(watch.requests.filter((url) => url.includes("fallback")), []);
  assertQuiet(watch);
  await page.close();
});

test("where neither engine is to be had, the page says both failures, and a call that waits ends in time", async () => {
  const { page } = await openPage(browser.context, {
    ready: false,
    prepare: async (page) => {
      await page.route(WASM, (route) => route.fulfill({ status: 404, body: "" }));
      await page.route(FALLBACK, (route) => route.fulfill({ status: 404, body: "" }));
    },
  });
  await page.getByRole("alert").waitFor();
  assert.match(await page.getByRole("alert").textContent(), /answered 404.+JavaScript could not be loaded/);
  assert.equal(await page.locator("#main").getAttribute("aria-busy"), "false");
  await page.close();

  const silent = await openPage(browser.context, { path: "codebook.json", ready: false, prepare: (page) => page.route(WASM, () => {}) });
  const { thrown } = await readIn(silent.page, [], { engine: "wasm", timeout: 300 });
  assert.equal(thrown, "LeitmotifError timeout");
  assertGolden(await readIn(silent.page, texts, { timeout: 10_000 }), { engine: "js", code: "timeout" });
  await silent.page.close();
});

/** Pages of another site's making: their policy, and the way in which they hold the engine. */
const HOSTS = [
  ["no policy", "", "wasm"],
  ["script-src 'self'", "default-src 'none'; script-src 'self'; connect-src 'self'", "js"],
  ["'wasm-unsafe-eval'", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'", "wasm"],
  ["Trusted Types, none allowed", "require-trusted-types-for 'script'; trusted-types 'none'", "wasm"],
  ["Trusted Types, none allowed, and script-src 'self'", "script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'", "js"],
];

for (const [name, policy, engine] of HOSTS) {
  test(`in a page with ${name} the engine is ${engine}, and the golden readings are the same`, async () => {
    const { page, watch } = await openPage(browser.context, {
      path: "host.html",
      ready: false,
      prepare: (page) =>
        page.route("**/host.html", (route) =>
          route.fulfill({ contentType: "text/html", headers: policy && { "content-security-policy": policy }, body: "<!doctype html><title>A host</title>" }),
        ),
    });
    assertGolden(await readIn(page, texts), { engine, code: engine === "js" ? "csp-wasm" : null });
    assert.deepStrictEqual(watch.errors, []);
    await page.close();
  });
}

for (const [engine, init] of [["wasm", undefined], ["js", () => delete globalThis.WebAssembly]]) {
  test(`in a sandboxed frame the engine is ${engine}, and the golden readings are the same`, async () => {
    const { page } = await openPage(browser.context, {
      path: "host.html",
      ready: false,
      prepare: async (page) => {
        if (init) await page.addInitScript(init);
        const html = (body) => ({ contentType: "text/html", body: `<!doctype html>${body}` });
        // A frame without an origin may load modules and wasm only from a server that lets everyone.
        await page.route(/\.(js|wasm)$/, async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, headers: { ...response.headers(), "access-control-allow-origin": "*" } });
        });
        await page.route("**/host.html", (route) => route.fulfill(html('<iframe sandbox="allow-scripts" src="framed.html"></iframe>')));
        await page.route("**/framed.html", (route) => route.fulfill(html("<p>Framed")));
      },
    });
    await page.frameLocator("iframe").getByText("Framed").waitFor();
    const frame = page.frames().find((frame) => frame.url().endsWith("framed.html"));
    assert.equal(await frame.evaluate(() => self.origin), "null");
    assertGolden(await readIn(frame, texts), { engine, code: engine === "js" ? "wasm-unavailable" : null });
    await page.close();
  });
}

test("a wrong MIME type is no obstacle", async () => {
  const { page, watch } = await openPage(browser.context, {
    prepare: (page) =>
      page.route(WASM, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { "content-type": "application/octet-stream" } });
      }),
  });
  assert.deepStrictEqual([watch.console, watch.errors], [[], []]);
  assert.ok(await page.locator("#engine").isHidden());
  assertGolden(await readIn(page, texts), { engine: "wasm" });
  await page.close();
});

test("a damaged model, a text that is none, and a classifier that is gone have their codes", async () => {
  const { page } = await openPage(browser.context);
  const codes = await page.evaluate(async () => {
    const { Leitmotif } = await import("/leitmotif.js");
    const codeOf = (promise) => promise.then(() => "none", ({ code }) => code);
    const motif = await Leitmotif.create();
    const got = [await codeOf(Leitmotif.create({ model: new Uint8Array(64) })), await codeOf(motif.read(null))];
    got.push(await codeOf(motif.read("x".repeat(50_000_001))), await codeOf(motif.read("still there")));
    motif.dispose();
    return [...got, await codeOf(motif.read("text"))];
  });
  assert.deepStrictEqual(codes, ["corrupt-model", "not-text", "too-large", "none", "disposed"]);
  await page.close();
});
