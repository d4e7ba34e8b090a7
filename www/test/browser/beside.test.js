/** A long paste is read in a thread that is kept ready beside the page, and on the page where there is none, with the same results. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { manyArticles } from "../many.js";
import { siteModule } from "../site.js";
import { assertQuiet, openPage, paste, read, startChromium } from "./chromium.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const motif = await Leitmotif.create();

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

const SHORT = "The factory makes steel.\n\nWetlands were restored along the river.";
const LONG = manyArticles(16).map(({ text }) => text).join("\n\n");
const OTHER = `Tariffs were cut.\n\n${LONG}`;

/** From now on the thread counts what it is asked. @param {import("playwright-core").Page} page */
const count = (page) =>
  page.workers()[0].evaluate(() => {
    globalThis.asked = 0;
    addEventListener("message", ({ data }) => (globalThis.asked += Number("id" in data)));
  });
const asked = (page) => page.workers()[0].evaluate(() => globalThis.asked);

/** @param {import("playwright-core").Page} page @param {number} count */
const drop = (page, count) =>
  page.evaluate((count) => {
    const dataTransfer = new DataTransfer();
    for (let i = 0; i < count; i++) dataTransfer.items.add(new File([`Wetlands were restored in ${1990 + i}.`], `${i}.txt`, { type: "text/plain" }));
    document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, count);

/** What is listed is what reading at once gives. @param {import("playwright-core").Page} page @param {string} text */
async function assertAsRead(page, text) {
  await page.waitForFunction((text) => text.startsWith(everywhere("#paragraphs .text")[0]?.textContent), text);
  await read(page);
  const { paragraphs } = await motif.read(text, { evidence: false });
  assert.match(await page.locator("#found").textContent(), new RegExp(`^${paragraphs.length} paragraphs`));
  const listed = await page.locator("#paragraphs li").evaluateAll((items) =>
    items.map(({ className, children: [, head, text] }) => ({ text: text.textContent, names: head.querySelectorAll(".verdict .name").length, signs: className.split(" ") })));
  assert.equal(listed.length, paragraphs.length);
  for (const [i, { start, end, kind, themes, certainty }] of paragraphs.entries()) {
    assert.equal(listed[i].text, text.slice(start, end));
    assert.deepStrictEqual(listed[i].signs.slice(0, 3), ["paragraph", kind, certainty]);
    if (!listed[i].signs.includes("out")) assert.equal(listed[i].names, Math.max(1, themes.length));
  }
}

test("a long paste is read beside the page, a short one on it", async () => {
  assert.ok(LONG.length > 20_000 && SHORT.length < 20_000);
  const { page, watch } = await openPage(browser.context);
  assert.equal(watch.workers.length, 1);
  await count(page);
  await paste(page, SHORT);
  assert.equal(await asked(page), 0);
  await paste(page, LONG);
  assert.equal(await asked(page), 1);
  await assertAsRead(page, LONG);
  await page.locator("#articles .open").first().click();
  await assertAsRead(page, SHORT);
  assert.equal(watch.workers.length, 1);
  assertQuiet(watch);
  await page.close();
});

const WITHOUT = /** @type {const} */ ([
  ["is slow", "const { flat, transfer, encoding } = await read(", "await new Promise((done) => setTimeout(done, 5_000)); $&"],
  ["fails", "const { flat, transfer, encoding } = await read(", "throw new Error(); $&"],
  ["never starts", "const { steps, model } = await Leitmotif.create(", "throw new Error(); $&"],
]);

for (const [what, code, instead] of WITHOUT) {
  test(`where the thread ${what}, a long paste is read on the page`, async () => {
    const { page, watch } = await openPage(browser.context, {
      prepare: (page) =>
        page.route("**/reading-worker.js", async (route) => {
          const response = await route.fetch();
          const text = await response.text();
          assert.ok(text.includes(code));
          await route.fulfill({ response, body: text.replace(code, instead) });
        }),
    });
    await paste(page, LONG);
    await assertAsRead(page, LONG);
    await paste(page, OTHER);
    await assertAsRead(page, OTHER);
    assert.equal(await page.locator("#articles .open").count(), 2);
    assert.ok(await page.getByRole("alert").first().isHidden());
    assertQuiet(watch);
    await page.close();
  });
}

test("many articles take the thread, and the next long paste has another one ready for the one after it", async () => {
  const { page, watch } = await openPage(browser.context);
  await drop(page, 12);
  await page.locator("#status", { hasText: "12 articles read." }).waitFor();
  assert.deepStrictEqual([watch.workers.length, page.workers().length], [1, 0]);
  await paste(page, LONG);
  await assertAsRead(page, LONG);
  assert.equal(watch.workers.length, 2);
  await count(page);
  await page.waitForFunction(() => document.querySelectorAll("#articles .open").length === 13);
  await paste(page, OTHER);
  assert.equal(await asked(page), 1);
  await assertAsRead(page, OTHER);
  assertQuiet(watch);
  await page.close();
});

test("files that are dropped and cancelled while the thread is on its way do not keep the page busy", async () => {
  let arrive = () => {};
  const arrived = new Promise((resolve) => (arrive = resolve));
  const { page } = await openPage(browser.context, {
    ready: false,
    prepare: (page) =>
      page.route("**/reading-worker.js", async (route) => {
        await arrived;
        await route.continue().catch(() => {});
      }),
  });
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/many-articles.js")));
  assert.equal(await page.locator("#main").getAttribute("aria-busy"), "true");
  await drop(page, 12);
  await page.locator("#cancel-many").press("Enter");
  await page.locator("#main[aria-busy=false]").waitFor();
  arrive();
  await paste(page, LONG);
  await assertAsRead(page, LONG);
  await page.close();
});
