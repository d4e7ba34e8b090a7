/** The whole way without a pointer: paste, read, correct three labels, take the CSV away; and how many keys it takes. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { manyArticles } from "../many.js";
import { ARTICLE_001 } from "../site.js";
import { openPage, paste, startChromium } from "./chromium.js";
import { byKeyboard, handsOf } from "./keyboard.js";

let browser;
before(async () => (browser = await startChromium({ bundled: true })));
after(() => browser.close());

test("paste, read, correct three labels, export CSV: no pointer, at most twelve stops of Tab before the list", async () => {
  const { page } = await openPage(browser.context);
  await byKeyboard(handsOf(page), ARTICLE_001);
  await page.close();
});

const label = (page) => page.evaluate(() => focused().textContent.trim());

test("the buttons above the article are one stop: arrows go round, over what has nothing to do too", async () => {
  const { page } = await openPage(browser.context);
  await page.locator("#text").focus();
  await page.keyboard.press("Shift+Tab");
  const seen = [await label(page)];
  for (let i = 0; i < 7; i++) {
    await page.keyboard.press("ArrowRight");
    seen.push(await label(page));
  }
  assert.deepStrictEqual(seen, ["New paste", "Open files …", "Undo", "Redo", "Keys: on", "Export", "Keys and help", "New paste"]);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await label(page), "Keys and help");
  await page.keyboard.press("Home");
  assert.equal(await label(page), "New paste");
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "language");
  await page.keyboard.press("Tab");
  assert.equal(await label(page), "Keys and help", "the toolbar is entered where it was left");
  await page.close();
});

test("undo by the keyboard to the last step keeps the focus", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "The factory makes steel.");
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  assert.ok(await undo.isEnabled());
  await undo.focus();
  await page.keyboard.press("Enter");
  await page.locator("#reading").waitFor({ state: "hidden" });
  assert.ok(await undo.isDisabled());
  assert.equal(await label(page), "Undo");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.locator("#reading").waitFor();
  await page.close();
});

for (const [width, height] of [[1280, 900], [1280, 560], [360, 740]]) {
  test(`what has the focus never lies under something else, ${width} × ${height}`, async () => {
    const { page } = await openPage(browser.context, { prepare: (page) => page.setViewportSize({ width, height }) });
    await paste(page, ARTICLE_001);
    await page.locator("#paragraphs .verdict").first().focus();
    await page.locator("#tab-paragraph").click();
    await page.locator("#paragraphs .verdict").first().focus();
    const covered = () =>
      page.evaluate(() => {
        const one = focused();
        const { left, top, bottom } = one.getBoundingClientRect();
        const hits = [top + 4, bottom - 4].map((y) => one.getRootNode().elementFromPoint(left + 8, y));
        return hits.every((hit) => hit && one.contains(hit)) ? null : `${one.textContent.trim()} at ${top}`;
      });
    for (const key of [...Array(9).fill("ArrowDown"), ...Array(9).fill("ArrowUp"), "End", "ArrowUp", "ArrowUp", "ArrowUp", "Home"]) {
      await page.keyboard.press(key);
      assert.equal(await covered(), null, key);
    }
    await page.close();
  });
}

test("articles and legend are one stop each, and give the focus back to where it was", async () => {
  const { page } = await openPage(browser.context);
  await page.locator("#samples button").last().click();
  await page.locator("#compare .compared").nth(1).waitFor();
  await page.locator("#status", { hasText: "paragraphs: " }).waitFor();
  const open = page.locator("#articles button");
  assert.equal(await open.evaluateAll((all) => all.filter(({ tabIndex }) => tabIndex === 0).length), 1);
  await open.first().focus();
  await page.keyboard.press("ArrowRight");
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /^Close /);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-current")), "true");
  const legend = page.locator(".legend button");
  assert.equal(await legend.evaluateAll((all) => all.filter(({ tabIndex }) => tabIndex === 0).length), 1);
  await page.close();
});

test("an article that was found by its name is closed, and the focus goes to the next that is found, or to the field", async () => {
  const { page } = await openPage(browser.context);
  const named = ["wetland", "steel", "wetland", "metro", "wetland"];
  const files = manyArticles(18).map(({ name, text }, i) => ({ name: `${named[i] ?? "other"}-${name}`, mimeType: "text/plain", buffer: Buffer.from(text) }));
  await page.locator("#files").setInputFiles(files);
  const titles = page.locator("#articles .open:visible");
  await page.waitForFunction((many) => document.querySelectorAll("#articles .open").length === many, files.length);
  await page.locator("#find-article").fill("wetland");
  const found = await titles.allTextContents();
  assert.equal(found.length, 3);
  await page.locator("#articles .close:visible").nth(1).focus();
  for (const left of [[found[0], found[2]], [found[0]], []]) {
    await page.keyboard.press("Enter");
    assert.deepStrictEqual(await titles.allTextContents(), left);
    const last = left.at(-1);
    assert.equal(await page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.id), last ? `Close ${last}` : "find-article");
  }
  await page.close();
});
