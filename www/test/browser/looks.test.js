/** How the page looks and whether everyone can use it: axe, widths, schemes, pictures. */

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { after, before, test } from "node:test";

import { ARTICLE_001 } from "../site.js";
import { AXE, openPage, paste, shot, startChromium } from "./chromium.js";

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const axe = (page) =>
  page.evaluate(async (values) => {
    const { violations, passes } = await window.axe.run(document, { runOnly: { type: "tag", values } });
    return {
      passes: passes.length,
      violations: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" | ")}`),
    };
  }, TAGS);

/** The states of the page, each entered from the one before. */
const STATES = /** @type {const} */ ([
  ["empty", async () => {}],
  ["filled", async (page) => {
    await paste(page, ARTICLE_001);
    await page.locator("#status", { hasText: "paragraphs: " }).waitFor();
  }],
  ["chosen", (page) => page.locator("#paragraphs .verdict").nth(3).click()],
  ["paragraph", (page) => page.getByRole("tab", { name: "Paragraph" }).click()],
  ["coded", async (page) => {
    await page.locator("#paragraphs .verdict").nth(4).focus();
    await page.keyboard.press("4");
    await page.keyboard.press("1");
  }],
  ["codebook", async (page) => {
    await page.getByRole("tab", { name: "Codebook" }).click();
    await page.locator("#panel-codebook summary").first().click();
  }],
  ["editing", async (page) => {
    await page.locator("#paragraphs .verdict").nth(4).focus();
    await page.keyboard.press("e");
  }],
  ["filtered", async (page) => {
    await page.keyboard.press("Escape");
    await page.locator(".legend .key", { hasText: "Unsure" }).click();
  }],
  ["help", async (page) => {
    await page.locator(".legend .key", { hasText: "Unsure" }).click();
    await page.getByRole("button", { name: "Keys and help" }).click();
  }],
  ["chinese", async (page) => {
    await page.keyboard.press("Escape");
    await page.locator("#language").selectOption("zh");
    await page.locator("#language").selectOption("en");
  }],
  ["trouble", async (page) => {
    await page.locator("#files").setInputFiles([{ name: "photo.txt", mimeType: "text/plain", buffer: Buffer.from([0, 1]) }]);
    await page.getByRole("alert").waitFor();
  }],
  ["whole-text", (page) => page.getByRole("button", { name: "Edit the whole text" }).click()],
]);

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [1280, 360]) {
    test(`${colorScheme}, ${width} px: no violation by axe, no sideways scrolling, in every state`, async () => {
      const { page } = await openPage(browser.context, {
        prepare: async (page) => {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await page.setViewportSize({ width, height: width > 1000 ? 900 : 740 });
          await page.addInitScript({ path: AXE });
        },
      });
      for (const [state, enter] of STATES) {
        await enter(page);
        const { violations, passes } = await axe(page);
        assert.deepStrictEqual(violations, [], state);
        assert.ok(passes > 10, `axe looked at ${passes} rules only`);
        const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(wide <= room, `${state}: ${wide} px in ${room}`);
        const path = shot(`${colorScheme}-${width}-${state}`);
        await page.screenshot({ path });
        assert.ok(statSync(path).size > 5_000);
      }
      await page.close();
    });
  }
}

test("at 400 % zoom nothing scrolls sideways, and the text can be reached", async () => {
  const { page } = await openPage(browser.context, { prepare: (page) => page.setViewportSize({ width: 320, height: 225 }) });
  await paste(page, ARTICLE_001);
  await page.locator("#paragraphs .verdict").nth(3).focus();
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${wide} px in ${room}`);
  await page.locator("#paragraphs .text").nth(3).scrollIntoViewIfNeeded();
  await page.screenshot({ path: shot("zoom-400") });
  await page.close();
});

test("axe would see a violation", async () => {
  const { page } = await openPage(browser.context, { prepare: (page) => page.addInitScript({ path: AXE }) });
  await page.evaluate(() => document.querySelector("main").append(document.createElement("button")));
  assert.deepStrictEqual((await axe(page)).violations.map((line) => line.split(":")[0]), ["button-name"]);
  await page.close();
});

test("forced colours: every label is still named", async () => {
  const { page } = await openPage(browser.context, { prepare: (page) => page.emulateMedia({ forcedColors: "active" }) });
  await paste(page, ARTICLE_001);
  assert.ok(await page.locator(".label").first().isVisible());
  await page.screenshot({ path: shot("forced-colors-1280") });
  await page.close();
});

/** The README's picture: copied by hand from here to www/picture.png. */
test("the picture for the README is taken, and is small", async () => {
  const { page } = await openPage(browser.context, {
    prepare: async (page) => {
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize({ width: 1280, height: 860 });
    },
  });
  await paste(page, ARTICLE_001);
  await page.locator("#status", { hasText: "paragraphs: " }).waitFor();
  await page.evaluate(() => document.activeElement.blur());
  await page.evaluate(() => scrollTo(0, 0));
  const path = shot("picture");
  await page.screenshot({ path });
  assert.ok(statSync(path).size < 250_000, `${statSync(path).size} bytes`);
  await page.close();
});
