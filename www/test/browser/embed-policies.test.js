/** The elements on pages of other sites, under what those sites allow: an engine always, and nothing said on the console. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { dist } from "../package/installed.js";
import { openPage, startChromium } from "./chromium.js";
import { articleHtml, hostPage, readingOf, startHost, themesInNode } from "./host.js";

let browser;
/** The themes of the host's article, as the engine in Node has it. */
let expected;
before(async () => {
  browser = await startChromium();
  expected = await themesInNode();
  assert.ok(new Set(expected.map(String)).size >= 4, "an article with one theme could not show a wrong label");
});
after(() => browser.close());

const WAYS = {
  "the classic script": `<script src="/dist/leitmotif.iife.js"></script>`,
  "the module": `<script type="module" src="/dist/npm/define.js"></script>`,
};

const POLICIES = {
  "no policy": { policy: null, engine: "wasm", violations: [] },
  "'self' alone": {
    policy: "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
    engine: "js",
    violations: ["script-src wasm-eval"],
  },
  "'self' and 'wasm-unsafe-eval'": {
    policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'",
    engine: "wasm",
    violations: [],
  },
  "Trusted Types without any policy": {
    policy: "require-trusted-types-for 'script'; trusted-types 'none'",
    engine: "wasm",
    violations: [],
  },
  "Trusted Types, 'self' alone": {
    policy: "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
    engine: "js",
    violations: ["script-src wasm-eval"],
  },
};

for (const [way, script] of Object.entries(WAYS)) {
  for (const [name, { policy, engine, violations }] of Object.entries(POLICIES)) {
    test(`${way}, ${name}: ${engine}`, async () => {
      const body = `${articleHtml()}\n<leitmotif-reader target="#article"></leitmotif-reader>\n<leitmotif-box></leitmotif-box>`;
      const host = await startHost(
        { "/": hostPage({ head: script, body }), "/dist/": dist() },
        policy === null ? {} : { "content-security-policy": policy },
      );
      const { page, watch } = await openPage(browser.context, { path: host.origin, ready: false });
      const before = await page.locator("#article").evaluate((article) => article.outerHTML);
      assert.deepStrictEqual(await readingOf(page), { engine, themes: expected });
      // The widget shows what it gives to programs.
      for (const paragraph of ["Urbanization", "Industry", "Ecology"]) await page.getByText(paragraph).first().waitFor();
      assert.equal(await page.locator("#article").evaluate((article) => article.outerHTML), before, "the host's article was changed");
      assert.deepStrictEqual([...new Set(watch.violations)], violations);
      assert.deepStrictEqual(watch.console.filter((line) => !isReport(line, violations)), []);
      assert.deepStrictEqual(watch.errors, []);
      await page.close();
      host.close();
    });
  }
}

/** The browser's own line on a refusal that is expected. */
const isReport = (line, violations) => violations.length > 0 && /Content Security Policy|unsafe-eval/.test(line);

test("a script from another site, checked by its integrity, works; with another hash it is not run", async () => {
  const integrity = readFileSync(dist("integrity.txt"), "utf8").match(/^(sha384-\S+) leitmotif\.iife\.js$/m)[1];
  const shop = await startHost({ "/dist/": dist() }, { "access-control-allow-origin": "*" });
  const page = (hash) =>
    hostPage({
      head: `<script src="${shop.origin}/dist/leitmotif.iife.js" integrity="${hash}" crossorigin="anonymous"></script>`,
      body: `${articleHtml()}\n<leitmotif-reader target="#article"></leitmotif-reader>`,
    });
  const host = await startHost({ "/": page(integrity), "/wrong": page(integrity.replace(/.{4}$/, "AAAA")) });

  const good = await openPage(browser.context, { path: host.origin, ready: false });
  assert.deepStrictEqual(await readingOf(good.page), { engine: "wasm", themes: expected });
  assert.deepStrictEqual([good.watch.console, good.watch.errors], [[], []]);
  // The script is one file: nothing else was asked for anywhere.
  assert.deepStrictEqual(shop.asked, ["/dist/leitmotif.iife.js"]);
  await good.page.close();

  const bad = await openPage(browser.context, { path: `${host.origin}/wrong`, ready: false });
  assert.equal(await bad.page.evaluate(() => customElements.get("leitmotif-reader")), undefined);
  assert.match(bad.watch.console.join("\n"), /integrity/);
  await bad.page.close();
  host.close();
  shop.close();
});

test("modules from another site work where it allows them, with their wasm", async () => {
  const shop = await startHost({ "/leitmotif@0/": dist("npm") }, { "access-control-allow-origin": "*" });
  const host = await startHost({
    "/": hostPage({
      head: `<script type="module" src="${shop.origin}/leitmotif@0/define.js"></script>`,
      body: `${articleHtml()}\n<leitmotif-reader target="#article"></leitmotif-reader>`,
    }),
  });
  const { page, watch } = await openPage(browser.context, { path: host.origin, ready: false });
  assert.deepStrictEqual(await readingOf(page), { engine: "wasm", themes: expected });
  assert.ok(shop.asked.includes("/leitmotif@0/leitmotif.wasm"), `${shop.asked}`);
  assert.deepStrictEqual([watch.console, watch.errors], [[], []]);
  await page.close();
  host.close();
  shop.close();
});
