/** The states of the page, and what holds in each of them whatever the language, the scheme and the width. */

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { after, before, test } from "node:test";

import { manyArticles } from "../many.js";
import { ARTICLE_001 } from "../site.js";
import { AXE, openPage, paste, shot, startChromium } from "./chromium.js";

/** Enough for every kind of paragraph, and soon looked through. */
const BEGINNING = ARTICLE_001.split("\n\n").slice(0, 9).join("\n\n");

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export const axe = (page) =>
  page.evaluate(async (values) => {
    const { violations, passes } = await window.axe.run(document, { runOnly: { type: "tag", values } });
    return {
      passes: passes.length,
      violations: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" | ")}`),
    };
  }, TAGS);

/** The states of the page in any language, each entered from the one before. */
export const STATES = /** @type {const} */ ([
  ["empty", async () => {}],
  ["reading", async (page) => {
    await paste(page, BEGINNING);
    await page.locator("#status", { hasText: /\d+ (paragraphs: |段：)/ }).waitFor();
  }],
  ["chosen", async (page) => {
    await page.locator("#paragraphs .verdict").nth(3).click();
    await page.locator("#tab-paragraph").click();
  }],
  ["coded", async (page) => {
    await page.locator("#paragraphs .verdict").nth(4).focus();
    for (const key of ["4", "1", "u"]) await page.keyboard.press(key);
  }],
  ["codebook", async (page) => {
    await page.locator("#tab-codebook").click();
    await page.locator("#panel-codebook summary").first().click();
  }],
  ["editing", async (page) => {
    await page.locator("#paragraphs .verdict").nth(4).focus();
    await page.keyboard.press("e");
  }],
  ["filtered", async (page) => {
    await page.keyboard.press("Escape");
    await page.locator(".legend .key").nth(6).click();
  }],
  ["help", async (page) => {
    await page.locator(".legend .key").nth(6).click();
    await page.locator("#action-help").click();
  }],
  ["export", async (page) => {
    await page.keyboard.press("Escape");
    await page.locator("#action-take").click();
  }],
  ["forgetting", (page) => page.locator("#forget").click()],
  ["trouble", async (page) => {
    await page.keyboard.press("Escape");
    await page.locator("#files").setInputFiles([{ name: "photo.txt", mimeType: "text/plain", buffer: Buffer.from([0, 1]) }]);
    await page.locator("#error").waitFor();
  }],
  ["comparison", async (page) => {
    await page.locator("#action-new").click();
    await page.locator("#samples button").last().click();
    await page.locator("#compare .compared").nth(2).waitFor();
    await page.locator("#compare .matrix button").nth(1).click();
  }],
  ["other-tab", async (page) => {
    await page.locator("#keep").check();
    await page.locator("#keep-note", { hasText: /\d\d:\d\d/ }).waitFor();
    await page.evaluate(async () => {
      const { keep, load } = await import("/storage.js");
      const kept = await load();
      await keep(`${kept.file} `, kept, "another tab");
      new BroadcastChannel("leitmotif").postMessage("kept");
    });
    await page.locator("#other-tab").waitFor();
    await page.locator("#other-tab").scrollIntoViewIfNeeded();
  }],
  ["whole-text", (page) => page.locator("#edit-all").click()],
  // The last one never comes: it is read for ever.
  ["many", async (page) => {
    await page.evaluate((articles) => {
      const dataTransfer = new DataTransfer();
      for (const { name, text } of articles) dataTransfer.items.add(new File([text], name, { type: "text/plain" }));
      const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
      const never = Object.assign(new File(["<p>x"], "never.html", { type: "text/html" }), { arrayBuffer: () => new Promise(() => {}) });
      Object.defineProperty(drop, "dataTransfer", { value: { files: [...dataTransfer.files, never] } });
      document.querySelector("main").dispatchEvent(drop);
    }, manyArticles(30));
    await page.locator(".progress-words", { hasText: /30\D+31|31\D+30/ }).waitFor();
    await page.locator("#compare .articles-matrix").waitFor();
    await page.evaluate(() => scrollTo(0, 0));
  }],
  ["many-compared", async (page) => {
    await page.locator("#cancel-many").click();
    await page.waitForFunction(() => document.querySelectorAll("#articles .open").length > 30);
    await page.locator("#compare .articles-matrix button").nth(4).click();
    await page.locator("#compare [aria-sort='descending']").scrollIntoViewIfNeeded();
  }],
]);

/** @param {import("playwright-core").BrowserContext} context @param {string} language @param {(page: import("playwright-core").Page) => Promise<void>} prepare */
export async function openIn(context, language, prepare) {
  const { page } = await openPage(context, { prepare });
  await page.locator("#language").selectOption(language);
  await page.waitForFunction((language) => document.documentElement.lang === language, language);
  await page.locator("#text").focus();
  return page;
}

/** What was kept goes: the next page begins with nothing. */
export async function closeEmpty(page) {
  await page.evaluate(async () => (await import("/storage.js")).forget());
  await page.close();
}

/** No bar to scroll sideways by: its width and the room there is. */
export async function assertNoSidewaysScrolling(page, state) {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${state}: ${wide} px in ${room}`);
}

/** Things to press that are smaller than `least` pixels in either direction, as far as they can be seen. */
export const tooSmall = (page, least) =>
  page.evaluate((least) => {
    /** @type {Element[]} */
    const all = [];
    const collect = (/** @type {Document | ShadowRoot} */ root) => {
      for (const one of root.querySelectorAll("*")) {
        if (one.shadowRoot) collect(one.shadowRoot);
        if (one.matches("button, select, input, textarea, summary, a[href], [role=slider]")) all.push(one.closest("label") ?? one);
      }
    };
    collect(document);
    return all
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".skip"))
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < least - 0.5 || box.height < least - 0.5))
      .map(({ one, box }) => `${one.localName}.${one.className} “${(one.textContent ?? "").trim().slice(0, 20)}” ${Math.round(box.width)} × ${Math.round(box.height)}`);
  }, least);

/**
 * Tests of one language; a file for each, so that none takes longer than the runner lets a file.
 *
 * @param {string} language
 */
export function axeInEveryState(language) {
  let browser;
  before(async () => (browser = await startChromium()));
  after(() => browser.close());

  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const width of [1280, 360]) {
      test(`${language}, ${colorScheme}, ${width} px: no violation by axe, no sideways scrolling, nothing too small to press, in every state`, async () => {
        const page = await openIn(browser.context, language, async (page) => {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await page.setViewportSize({ width, height: width > 1000 ? 900 : 740 });
          await page.addInitScript({ path: AXE });
        });
        for (const [state, enter] of STATES) {
          await enter(page);
          const { violations, passes } = await axe(page);
          assert.deepStrictEqual(violations, [], state);
          assert.ok(passes > 10, `axe looked at ${passes} rules only`);
          await assertNoSidewaysScrolling(page, state);
          assert.deepStrictEqual(await tooSmall(page, 24), [], state);
          const path = shot(`${language}-${colorScheme}-${width}-${state}`);
          await page.screenshot({ path });
          assert.ok(statSync(path).size > 5_000);
        }
        await closeEmpty(page);
      });
    }
  }
}
