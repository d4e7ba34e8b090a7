/** How the page looks and whether everyone can use it: zoom, fingers, forced colours, pictures. */

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { after, before, test } from "node:test";

import { ARTICLE_001 } from "../site.js";
import { AXE, openPage, paste, shot, startChromium } from "./chromium.js";
import { STATES, assertNoSidewaysScrolling, axe, closeEmpty, openIn, tooSmall } from "./states.js";

let browser;
before(async () => (browser = await startChromium({ bundled: true })));
after(() => browser.close());

/** 1280 px at 400 % are 320 px, and 900 px are 225. */
test("at 400 % zoom nothing scrolls sideways in any state, and what is chosen can be read", async () => {
  const page = await openIn(browser.context, "en", (page) => page.setViewportSize({ width: 320, height: 225 }));
  for (const [state, enter] of STATES) {
    await enter(page);
    await assertNoSidewaysScrolling(page, state);
    await page.screenshot({ path: shot(`zoom-400-${state}`) });
    if (state !== "coded") continue;
    const text = page.locator("#paragraphs .text").nth(4);
    await text.scrollIntoViewIfNeeded();
    const seen = await text.evaluate((text) => {
      const { left, top } = text.getBoundingClientRect();
      const root = /** @type {Document | ShadowRoot} */ (text.getRootNode());
      return text.contains(root.elementFromPoint(left + 5, Math.max(top, 0) + 12));
    });
    assert.ok(seen, "something lies over the text");
  }
  await closeEmpty(page);
});

test("under a finger everything to press is 44 px or more, in every state", async () => {
  const page = await openIn(browser.context, "en", async (page) => {
    await page.setViewportSize({ width: 390, height: 740 });
    await (await browser.context.newCDPSession(page)).send("Emulation.setTouchEmulationEnabled", { enabled: true });
  });
  assert.ok(await page.evaluate(() => matchMedia("(pointer: coarse)").matches));
  for (const [state, enter] of STATES) {
    await enter(page);
    assert.deepStrictEqual(await tooSmall(page, 44), [], state);
    await page.screenshot({ path: shot(`touch-${state}`) });
  }
  await closeEmpty(page);
});

test("axe would see a violation", async () => {
  const { page } = await openPage(browser.context, { prepare: (page) => page.addInitScript({ path: AXE }) });
  await page.evaluate(() => document.querySelector("main").append(document.createElement("button")));
  assert.deepStrictEqual((await axe(page)).violations.map((line) => line.split(":")[0]), ["button-name"]);
  await page.close();
});

/** Of two computed colours, as WCAG 2 has it. */
function contrast(...colours) {
  const [a, b] = colours.map((colour) => {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  });
  return Math.max(a, b) / Math.min(a, b);
}

/** Without its colours the page still says everything: pictures to look at, and what they must hold in words. */
for (const [name, prepare] of /** @type {const} */ ([
  ["forced colours, light", (page) => page.emulateMedia({ forcedColors: "active", colorScheme: "light" })],
  ["forced colours, dark", (page) => page.emulateMedia({ forcedColors: "active", colorScheme: "dark" })],
  ["no colour seen", async (page) => (await browser.context.newCDPSession(page)).send("Emulation.setEmulatedVisionDeficiency", { type: "achromatopsia" })],
])) {
  test(`${name}: every label and every lane is named in words`, async () => {
    const { page } = await openPage(browser.context, { prepare });
    await page.locator("#samples button").last().click();
    await page.locator("#compare .compared").nth(1).waitFor();
    await page.locator("#status", { hasText: "paragraphs: " }).waitFor();
    await page.locator("#paragraphs .verdict").nth(4).click();
    await page.keyboard.press("4");
    const named = /Urbanization|Opening-up|Industry|Ecology|Governance|No theme|Left out/;
    for (const words of await page.locator("#paragraphs .verdict").allTextContents()) assert.match(words, named);
    for (const words of await page.locator(":is(.lanes, .matrix) tbody th").allTextContents()) assert.match(words, named);
    for (const label of await page.locator("#paragraphs .label").all()) assert.ok(await label.isVisible());
    // What is pressed can still be read, and looks other than what is not.
    const chip = await page.locator('.work .chip[aria-pressed="true"]').first().evaluate((chip) => [getComputedStyle(chip).color, getComputedStyle(chip).backgroundColor]);
    assert.ok(contrast(...chip) >= 4.5, `${chip.join(" on ")}`);
    const edges = await page.locator(".work .chip").evaluateAll((chips) => chips.map((chip) => [chip.ariaPressed, getComputedStyle(chip).boxShadow + getComputedStyle(chip).borderColor + getComputedStyle(chip).backgroundColor]));
    const looks = (pressed) => new Set(edges.filter(([is]) => is === pressed).map(([, look]) => look));
    assert.ok([...looks("true")].every((look) => !looks("false").has(look)));
    await page.screenshot({ path: shot(name.replace(/\W+/g, "-")), fullPage: true });
    await page.close();
  });
}

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
  await page.evaluate(() => focused().blur());
  await page.evaluate(() => scrollTo(0, 0));
  const path = shot("picture");
  await page.screenshot({ path });
  assert.ok(statSync(path).size < 250_000, `${statSync(path).size} bytes`);
  await page.close();
});
