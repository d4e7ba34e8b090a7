/** Keeping in the browser, in every browser: only when asked, back on the next visit, forgotten without a trace. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ADDRESS } from "../browser/chromium.js";
import { ARTICLE } from "../browser/host.js";
import { BROWSERS, started } from "./browsers.js";
import { assertQuiet, coded, openPage, paste, press, pressButton, rows, until, watch } from "./page.js";

const leftovers = (tab) =>
  tab.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    // The page's own files, for use without a network, are not the reader's.
    caches: (await caches.keys()).filter((name) => !name.startsWith("leitmotif-files-")),
  }));
const NOTHING = { databases: [], local: [], session: [], caches: [] };

/** In the page: what the database holds, as a project file's value. */
const defineKeptFile = () => {
  globalThis.keptFile = () =>
    new Promise((done, fail) => {
      const opening = indexedDB.open("leitmotif");
      opening.onerror = () => fail(opening.error);
      opening.onsuccess = () => {
        const kept = opening.result.transaction("projects").objectStore("projects").get("current");
        kept.onsuccess = () => {
          opening.result.close();
          done(kept.result && JSON.parse(kept.result.file));
        };
      };
    });
};

const noted = (tab, words) =>
  until(tab, (words) => document.querySelector("#keep-note").textContent.includes(words), words).catch(async (error) => {
    throw new Error(`the note says: ${await tab.evaluate(() => document.querySelector("#keep-note").textContent)}`, { cause: error });
  });
const firstPress = (tab, key) => tab.evaluate(() => globalThis.everywhere("#paragraphs .verdict")[0].focus()).then(() => press(tab, key));

for (const browser of BROWSERS) {
  test(`${browser.name}: kept when asked, back on the next visit, and forgotten`, { skip: browser.missing }, async () => {
    const tab = await started(browser);
    await openPage(tab, ADDRESS);
    await paste(tab, ARTICLE.join("\n\n"));
    assert.deepStrictEqual(await leftovers(tab), NOTHING);
    await until(tab, () => document.querySelector("#keep")?.disabled === false);
    await tab.evaluate(() => document.querySelector("#keep").click());
    await noted(tab, "Kept in this browser");
    await tab.evaluate(defineKeptFile);
    await firstPress(tab, "4");
    await coded(tab, "Coded: Ecology");
    const before = await rows(tab);
    await noted(tab, "Kept in this browser");
    // A change is kept a second later.
    await until(tab, async () => (await globalThis.keptFile())?.articles[0].paragraphs[0].codes?.themes.join() === "ecology");
    assert.deepStrictEqual((await leftovers(tab)).databases, ["leitmotif"]);

    await tab.open(ADDRESS);
    await watch(tab);
    await until(tab, () => document.querySelector("#main").getAttribute("aria-busy") === "false" && globalThis.everywhere("#paragraphs > ol > li").length > 0 && globalThis.everywhere("#paragraphs .unread").length === 0);
    await noted(tab, "Brought back from this browser");
    assert.deepStrictEqual(await rows(tab), before);

    await pressButton(tab, "Forget everything");
    await pressButton(tab, "Yes, forget everything");
    await until(tab, () => document.querySelector("#take [role=status]").textContent.includes("nothing."));
    assert.deepStrictEqual(await leftovers(tab), NOTHING);
    assert.equal(await tab.evaluate(() => document.querySelector("#keep").checked), false);
    await openPage(tab, ADDRESS);
    assert.deepStrictEqual(await tab.evaluate(() => [globalThis.everywhere("#paragraphs .text").length, globalThis.everywhere("#text")[0].value]), [0, ""]);
    await assertQuiet(tab);
  });
}
