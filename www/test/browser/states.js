/** The states of the page, and what holds in each of them whatever the language, the scheme and the width. */

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { after, before, test } from "node:test";

import { manyArticles } from "../many.js";
import { ARTICLE_001 } from "../site.js";
import { AXE, openPage, paste, shot, startChromium } from "./chromium.js";

/** Enough for every kind of paragraph, and soon looked through. */
const BEGINNING = ARTICLE_001.split("\n\n").slice(0, 9).join("\n\n");

/** More than are read, listed and compared one by one. */
const MANY = 14;

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export const axe = (page) =>
  page.evaluate(async (values) => {
    const { violations, passes } = await window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
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
    await page.evaluate(keepAsAnotherTab);
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
    }, manyArticles(MANY));
    await page.locator(".progress-words", { hasText: new RegExp(`${MANY}\\D+${MANY + 1}|${MANY + 1}\\D+${MANY}`) }).waitFor();
    await page.locator("#compare .articles-matrix").waitFor();
    await page.evaluate(() => scrollTo(0, 0));
  }],
  ["many-compared", async (page) => {
    await page.locator("#cancel-many").click();
    await page.waitForFunction((many) => document.querySelectorAll("#articles .open").length > many, MANY);
    await page.locator("#compare .articles-matrix button").nth(4).click();
    await page.locator("#compare [aria-sort='descending']").scrollIntoViewIfNeeded();
  }],
]);

/** Writes another state over the one that is kept, as storage.js does. Runs in the page. */
const keepAsAnotherTab = () =>
  new Promise((done) => {
    indexedDB.open("leitmotif").onsuccess = ({ target: { result: database } }) => {
      const transaction = database.transaction("projects", "readwrite");
      const store = transaction.objectStore("projects");
      store.get("current").onsuccess = ({ target: { result: kept } }) =>
        store.put({ ...kept, file: `${kept.file} `, revision: kept.revision + 1, writer: "another tab" }, "current");
      transaction.oncomplete = () => {
        database.close();
        new BroadcastChannel("leitmotif").postMessage("kept");
        done(undefined);
      };
    };
  });

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
  await page.evaluate(() => new Promise((done) => (indexedDB.deleteDatabase("leitmotif").onsuccess = () => done(undefined))));
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
  before(async () => (browser = await startChromium({ bundled: true })));
  after(() => browser.close());

  for (const width of [1280, 360]) {
    test(`${language}, ${width} px, light and dark: no violation by axe, no sideways scrolling, nothing too small to press, in every state`, async () => {
      const media = { reducedMotion: /** @type {const} */ ("reduce") };
      const page = await openIn(browser.context, language, async (page) => {
        await page.emulateMedia(media);
        await page.setViewportSize({ width, height: width > 1000 ? 900 : 740 });
        await page.addInitScript({ path: AXE });
      });
      for (const [state, enter] of STATES) {
        await enter(page);
        for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
          await page.emulateMedia({ ...media, colorScheme });
          const { violations, passes } = await axe(page);
          assert.deepStrictEqual(violations, [], `${state}, ${colorScheme}`);
          assert.ok(passes > 10, `axe looked at ${passes} rules only`);
          await assertNoSidewaysScrolling(page, `${state}, ${colorScheme}`);
          assert.deepStrictEqual(await tooSmall(page, 24), [], `${state}, ${colorScheme}`);
          const path = shot(`${language}-${colorScheme}-${width}-${state}`);
          await page.screenshot({ path });
          assert.ok(statSync(path).size > 5_000);
        }
      }
      await closeEmpty(page);
    });
  }
}
