/** The way through an `<iframe>`: text in, height out, and no word from anyone else. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { dist } from "../package/installed.js";
import { openPage, startChromium } from "./chromium.js";
import { articleHtml, hostPage, readingOf, startHost, themesInNode } from "./host.js";

let browser;
let expected;
before(async () => {
  browser = await startChromium();
  expected = await themesInNode();
});
after(() => browser.close());

const HELPER = `<script src="/dist/embed.js"></script>`;
const frame = (attributes, address = "/dist/embed.html?view=strip%20labels") =>
  `<iframe id="themes" data-leitmotif="#article" src="${address}" title="The themes of this article" ${attributes}></iframe>`;

async function visit(body, places = {}, headers = {}) {
  const host = await startHost({ "/": { body: hostPage({ body }), headers }, "/dist/": dist(), ...places });
  const { page, watch } = await openPage(browser.context, { path: host.origin, ready: false });
  return { host, page, watch };
}

/** The frame's own reading, and how high the frame is. */
async function frameOf(page) {
  const inside = await (await page.locator("#themes").elementHandle()).contentFrame();
  const reading = await readingOf(inside);
  // What is shown of a reading comes bit by bit, where nobody sees it with a pause between two, and the frame grows with it.
  let wanted = 0;
  for (let [left, same] = [200, 0]; same < 10; left--) {
    assert.ok(left > 0, `the frame is not as high as its content, ${wanted} px`);
    const height = await inside.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
    const given = await page.locator("#themes").evaluate((frame) => frame.style.height);
    same = height === wanted && given === `${height}px` ? same + 1 : 0;
    wanted = height;
    await page.waitForTimeout(100);
  }
  return { inside, reading, wanted };
}

for (const [name, attributes, before] of [
  ["in a sandbox without an origin", `sandbox="allow-scripts"`, false],
  ["without a sandbox", "", false],
  ["with the helper before the frame", `sandbox="allow-scripts"`, true],
]) {
  test(`a frame ${name} reads the host's article and is as high as its content`, async () => {
    const parts = before ? [HELPER, articleHtml(), frame(attributes)] : [articleHtml(), frame(attributes), HELPER];
    const { host, page, watch } = await visit(parts.join("\n"));
    const { reading, wanted } = await frameOf(page);
    assert.deepStrictEqual(reading, { engine: "wasm", themes: expected });
    assert.ok(wanted > 60, `${wanted} px`);
    // The page in the frame is one file.
    assert.deepStrictEqual(host.asked.filter((path) => path.startsWith("/dist/")).sort(), ["/dist/embed.html", "/dist/embed.js"]);
    assert.deepStrictEqual([watch.console, watch.errors], [[], []]);
    await page.close();
    host.close();
  });
}

test("a frame from another site works, and the host's policy names it alone", async () => {
  const shop = await startHost({ "/": dist(), "/embed.html": { body: readFileSync(dist("embed.html")) } });
  const { host, page, watch } = await visit(articleHtml() + frame("", `${shop.origin}/embed.html`) + HELPER, {}, {
    "content-security-policy": `default-src 'none'; script-src 'self'; frame-src ${shop.origin}`,
  });
  const { reading } = await frameOf(page);
  assert.deepStrictEqual(reading, { engine: "wasm", themes: expected });
  // The height is set by a script, not by markup: no style-src is needed.
  assert.deepStrictEqual([watch.console, watch.errors, watch.violations], [[], [], []]);
  await page.close();
  host.close();
  shop.close();
});

const HOSTILE = `<!doctype html><script>
  setInterval(() => {
    parent.postMessage({ type: "leitmotif:size", id: "themes", height: 9999 }, "*");
    parent.postMessage({ type: "leitmotif:ready" }, "*");
    for (let i = 0; i < parent.length; i++) parent[i].postMessage({ type: "leitmotif:read", id: "themes", text: "A forged text on steel mills and turbines." }, "*");
  }, 20);
  addEventListener("message", ({ data }) => { if (data?.text?.includes("council")) document.title = "the text came here"; });
</script>`;

test("a hostile frame beside it neither sets the height, nor gives a text, nor gets one", async () => {
  const { host, page } = await visit(
    `<iframe id="hostile" src="/hostile.html"></iframe>${articleHtml()}${frame(`sandbox="allow-scripts"`)}${HELPER}`,
    { "/hostile.html": HOSTILE },
  );
  const { inside, reading, wanted } = await frameOf(page);
  assert.deepStrictEqual(reading.themes, expected);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  assert.equal(await page.locator("#themes").evaluate((frame) => frame.style.height), `${wanted}px`);
  assert.deepStrictEqual((await readingOf(inside)).themes, expected, "the forged text was read");
  const hostile = await (await page.locator("#hostile").elementHandle()).contentFrame();
  assert.equal(await hostile.title(), "", "the article's text was sent to another frame");
  await page.close();
  host.close();
});

test("a frame that went to another site is no longer heard", async () => {
  const elsewhere = await startHost({ "/": HOSTILE });
  const { host, page } = await visit(articleHtml() + frame("") + HELPER);
  const { wanted } = await frameOf(page);
  const inside = await (await page.locator("#themes").elementHandle()).contentFrame();
  await inside.goto(elsewhere.origin);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  assert.equal(await page.locator("#themes").evaluate((frame) => frame.style.height), `${wanted}px`);
  assert.equal(await inside.title(), "");
  await page.close();
  host.close();
  elsewhere.close();
});

test("what is no message of ours is passed over by both sides", async () => {
  const { host, page, watch } = await visit(articleHtml() + frame(`sandbox="allow-scripts"`) + HELPER);
  const { inside, wanted } = await frameOf(page);
  await page.evaluate(() => {
    const { contentWindow } = document.querySelector("#themes");
    for (const data of [null, 5, "leitmotif:read", {}, { type: "leitmotif:read" }, { type: "leitmotif:read", text: 5 }]) contentWindow.postMessage(data, "*");
    window.postMessage({ type: "leitmotif:size", height: 1 }, "*");
  });
  for (const height of [-1, 0, NaN, "1px; color: red", null]) {
    await inside.evaluate((height) => parent.postMessage({ type: "leitmotif:size", height }, "*"), height);
  }
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  assert.equal(await page.locator("#themes").evaluate((frame) => frame.style.height), `${wanted}px`);
  assert.deepStrictEqual((await readingOf(inside)).themes, expected);
  assert.deepStrictEqual([watch.console, watch.errors], [[], []]);
  await page.close();
  host.close();
});

test("the helper weighs at most 700 bytes", () => {
  const { length } = readFileSync(dist("embed.js"));
  assert.ok(length <= 700, `${length} bytes`);
});
