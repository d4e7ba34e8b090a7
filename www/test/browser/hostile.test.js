/** What is pasted is shown as text and never becomes part of the page, however odd or long it is. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ARTICLE_001 } from "../site.js";
import { ADDRESS, assertQuiet, openPage, paste, rows, settled, startChromium } from "./chromium.js";

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

const HOSTILE = [
  "<script>window.ran = 'script'; alert(1)</script>",
  "<img src=x onerror=\"window.ran = 'img'\"> <svg onload=\"window.ran = 'svg'\"></svg>",
  "<iframe src=\"javascript:parent.ran = 'frame'\"></iframe><a href=\"javascript:alert(1)\">factories</a>",
  "</textarea></li></ol><style>body { display: none }</style><base href=https://leitmotif.invalid/>",
  "<b>The factory</b> makes &lt;steel&gt; &amp; machine tools{{constructor.constructor('window.ran=1')()}}",
  "<link rel=stylesheet href=//leitmotif.invalid/x.css><meta http-equiv=refresh content=0>",
].join("\n\n");

const INTRUDERS = "main :is(script, img, iframe, a, style, base, b, link, meta, object)";

async function inert(page, watch, loaded) {
  assert.equal(await page.locator(INTRUDERS).count(), 0);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.equal(watch.requests.length, loaded, `asked for: ${watch.requests.slice(loaded)}`);
  assertQuiet(watch);
}

test("pasted markup and script is shown as it is written, and is inert", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  await paste(page, HOSTILE);
  const shown = (await rows(page)).map(({ text }) => text);
  assert.deepStrictEqual(shown, HOSTILE.split("\n\n"));
  await inert(page, watch, loaded);
  await page.close();
});

test("a web page in the clipboard is pasted as its text", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  await browser.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(ADDRESS).origin });
  // Copied in a tab without a policy, as from any other site.
  const elsewhere = await browser.context.newPage();
  await elsewhere.goto(new URL("style.css", ADDRESS).href);
  await elsewhere.bringToFront();
  await elsewhere.evaluate(async (html) => {
    const blob = (type, text) => new Blob([text], { type });
    await navigator.clipboard.write([
      new ClipboardItem({ "text/html": blob("text/html", html), "text/plain": blob("text/plain", "The factory makes steel.\n\nHe smiled.") }),
    ]);
  }, `<p onclick="window.ran=1">The <b>factory</b> makes steel.</p><img src=x onerror="window.ran=1"><p>He smiled.</p>`);
  await elsewhere.close();
  await page.bringToFront();
  await page.locator("#text").focus();
  await page.keyboard.press("Control+V");
  await page.locator("#paragraphs li").nth(1).waitFor();
  assert.deepStrictEqual((await rows(page)).map(({ text }) => text), ["The factory makes steel.", "He smiled."]);
  await inert(page, watch, loaded);
  await page.close();
});

test("lone surrogates, controls and other scripts are read, and nothing is lost", async () => {
  const { page, watch } = await openPage(browser.context);
  const text = "a\ud800b \udc00 factory 🏭\n\n生态保护 مصنع للصلب\u0007\n\nabc\u202edef\u2028Wetlands";
  await page.locator("#text").evaluate((box, value) => {
    box.value = value;
    box.dispatchEvent(new Event("input"));
  }, text);
  await settled(page);
  const shown = (await rows(page)).map(({ text }) => text).join("");
  assert.equal(shown.replace(/\s/g, "").length, text.replace(/\s/g, "").length);
  assertQuiet(watch);
  await page.close();
});

test("5 MB are read, shown in part, and the rest comes on demand", async () => {
  const { page, watch } = await openPage(browser.context);
  const times = Math.ceil(5_000_000 / ARTICLE_001.length);
  await page.locator("#text").evaluate((box, value) => {
    box.value = value;
    box.dispatchEvent(new Event("input"));
  }, `${ARTICLE_001}\n\n`.repeat(times));
  const more = page.getByRole("button", { name: /^Show 200 more/ });
  await more.waitFor();
  assert.equal(await page.locator("#paragraphs li").count(), 200);
  await page.locator("#status", { hasText: "too long to underline" }).waitFor();
  await more.click();
  assert.equal(await page.locator("#paragraphs li").count(), 400);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll("#paragraphs li")].indexOf(document.activeElement)), 200);
  assertQuiet(watch);
  await page.close();
});

test("more than can be read is said, and the next text is read again", async () => {
  // With a lower limit: Chromium itself takes a minute to lay out ten million characters.
  const { page, watch } = await openPage(browser.context, {
    prepare: (page) =>
      page.route("**/leitmotif.js", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace("TEXT_LIMIT = 10_000_000", "TEXT_LIMIT = 1_000") });
      }),
  });
  await page.locator("#text").fill(ARTICLE_001);
  await page.getByRole("alert").getByText("at most 1,000 are read at once").waitFor();
  assert.deepStrictEqual(await rows(page), []);
  assert.ok(await page.locator("#profile").isHidden());
  await paste(page, "The factory makes steel.");
  assert.ok(await page.locator("#error").isHidden());
  assert.match((await rows(page))[0].verdict, /^Industry/);
  assertQuiet(watch);
  await page.close();
});
