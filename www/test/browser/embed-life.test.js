/** What happens to the elements on other people's pages: loaded late, twice, in two versions, taken out, put back. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { dist } from "../package/installed.js";
import { openPage, startChromium } from "./chromium.js";
import { ARTICLE, articleHtml, hostPage, readingOf, startHost, themesInNode } from "./host.js";

let browser;
let expected;
before(async () => {
  browser = await startChromium();
  expected = await themesInNode();
});
after(() => browser.close());

/** The most that may come before an element is near the view, in bytes with brotli, each file on its own. */
const LIGHT = 8_000;

const CLASSIC = `<script src="/dist/leitmotif.iife.js"></script>`;
const MODULE = `<script type="module" src="/dist/npm/define.js"></script>`;
const READER = `<leitmotif-reader target="#article"></leitmotif-reader>`;

/** A host's page under watch. */
async function visit(parts, places = {}) {
  const host = await startHost({ "/": hostPage(parts), "/dist/": dist(), ...places });
  const { page, watch } = await openPage(browser.context, { path: host.origin, ready: false });
  const leave = async () => {
    await page.close();
    host.close();
    assert.deepStrictEqual([watch.console, watch.errors, watch.violations], [[], [], []]);
  };
  return { host, page, leave };
}

test(`./define brings at most ${LIGHT} bytes before the element is near the view, and all else after`, async () => {
  const far = `<div style="height: 6000px"></div>`;
  const { host, page, leave } = await visit({ head: MODULE, body: `${articleHtml()}${far}${READER}<leitmotif-box></leitmotif-box>` });
  await page.waitForFunction(() => customElements.get("leitmotif-reader"));
  await page.waitForLoadState("networkidle");
  const early = host.asked.filter((path) => path.startsWith("/dist/"));
  const weights = early.map((path) => [path, brotliCompressSync(readFileSync(dist(path.slice("/dist/".length)))).length]);
  const sum = weights.reduce((sum, [, weight]) => sum + weight, 0);
  assert.ok(early.length > 0 && sum <= LIGHT, `${sum} bytes: ${JSON.stringify(weights)}`);
  console.log(`before the element is near the view: ${sum} bytes with brotli in ${early.length} files`);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  assert.equal(host.asked.filter((path) => path.startsWith("/dist/")).length, early.length, "more was asked for, out of view");
  await page.locator("leitmotif-reader").scrollIntoViewIfNeeded();
  assert.deepStrictEqual(await readingOf(page), { engine: "wasm", themes: expected });
  await leave();
});

test("the classic script, included twice, is there once", async () => {
  const { page, leave } = await visit({ head: CLASSIC, body: `${CLASSIC}${articleHtml()}${READER}` });
  assert.deepStrictEqual(await readingOf(page), { engine: "wasm", themes: expected });
  await leave();
});

test("the classic script and the module on one page: the first one stays, both are quiet", async () => {
  const { page, leave } = await visit({ head: CLASSIC + MODULE, body: `${articleHtml()}${READER}` });
  assert.deepStrictEqual(await readingOf(page), { engine: "wasm", themes: expected });
  assert.ok(await page.evaluate(() => customElements.get("leitmotif-reader") === globalThis.leitmotif.LeitmotifReader));
  await leave();
});

test("two versions on a page: the first one's elements and global stay", async () => {
  const other = readFileSync(dist("leitmotif.iife.js"), "utf8");
  const { page, leave } = await visit(
    { head: `<script src="/other.js"></script>\n<script>globalThis.first = leitmotif;</script>\n${CLASSIC}`, body: `${articleHtml()}${READER}` },
    { "/other.js": { body: other.replaceAll(/"0\.\d+\.\d+"/g, `"0.0.9"`), type: "text/javascript" } },
  );
  assert.deepStrictEqual(await readingOf(page), { engine: "wasm", themes: expected });
  const [version, same] = await page.evaluate(() => [leitmotif.VERSION, leitmotif === first && customElements.get("leitmotif-reader") === first.LeitmotifReader]);
  assert.deepStrictEqual([version, same], ["0.0.9", true]);
  await leave();
});

test("an element whose id is leitmotif does not stand in the way of the global object", async () => {
  const { page, leave } = await visit({ body: `<div id="leitmotif"></div>${CLASSIC}` });
  assert.equal(await page.evaluate(() => typeof leitmotif.Leitmotif.create), "function");
  await leave();
});

test("removed and put back, an element goes on as it was", async () => {
  const { page, leave } = await visit({ head: MODULE, body: `${articleHtml()}${READER}` });
  assert.deepStrictEqual(await readingOf(page), { engine: "wasm", themes: expected });
  await page.evaluate(async () => {
    const reader = document.querySelector("leitmotif-reader");
    reader.remove();
    await new Promise((resolve) => setTimeout(resolve, 50));
    document.querySelector("#article p").textContent = "Wetlands are being restored, and migrating birds find reeds and clean water.";
    document.body.prepend(reader);
  });
  await page.waitForFunction(() => document.querySelector("leitmotif-reader").results[0]?.themes[0] === "ecology");
  await page.locator("leitmotif-reader").getByText("Ecology").first().waitFor();
  await leave();
});

test("two widgets share one engine", async () => {
  const { host, page, leave } = await visit({ head: MODULE, body: `${articleHtml()}${READER}<leitmotif-reader></leitmotif-reader>` });
  await page.evaluate((text) => (document.querySelectorAll("leitmotif-reader")[1].text = text), ARTICLE.join("\n\n"));
  for (const index of [0, 1]) assert.deepStrictEqual(await readingOf(page, index), { engine: "wasm", themes: expected });
  assert.equal(host.asked.filter((path) => path.endsWith(".wasm")).length, 1);
  await leave();
});

test("without the wasm file the elements read all the same, by the fallback, and say why", async () => {
  const { host, page } = await visit(
    { head: MODULE, body: `${articleHtml()}${READER}` },
    { "/dist/npm/leitmotif.wasm": { body: "<!doctype html><p>Not here", type: "text/html" } },
  );
  assert.deepStrictEqual(await readingOf(page), { engine: "js", themes: expected });
  assert.ok(await page.locator("leitmotif-reader:state(fallback)").count());
  assert.equal(host.asked.filter((path) => /fallback/.test(path)).length, 1);
  await page.close();
  host.close();
});
