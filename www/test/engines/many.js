/** Many articles in every browser: read in a thread beside the page, from a server and from file://, with the same labels. */

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

import { manyArticles } from "../many.js";
import { given } from "../site.js";
import { BROWSERS, started } from "./browsers.js";
import { assertQuiet, openPage, rows, until } from "./page.js";

const ARTICLES = manyArticles(60, 7);

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "leitmotif-many-"));
  copyFileSync(given("LEITMOTIF_PACKED"), join(folder, "leitmotif.html"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Drops them all, and waits until the last is there. */
async function drop(tab) {
  await until(tab, () => document.querySelector("#main").getAttribute("aria-busy") === "false");
  await tab.evaluate((articles) => {
    // One may be there already.
    globalThis.asked = new Map();
    globalThis.failed = 0;
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...rest) {
      const before = globalThis.asked.get(this);
      if (before === undefined) this.addEventListener("error", () => globalThis.failed++);
      globalThis.asked.set(this, (before ?? 0) + Number("id" in message));
      postMessage.call(this, message, ...rest);
    };
    const files = articles.map(({ name, text }) => new File([text], name, { type: "text/plain" }));
    // Not every browser lets a script put files into what is dropped.
    const event = new Event("drop", { bubbles: true, cancelable: true });
    Object.defineProperty(event, "dataTransfer", { value: { files, types: ["Files"], getData: () => "" } });
    document.querySelector("main").dispatchEvent(event);
  }, ARTICLES);
  await until(tab, (count) => document.querySelectorAll("#articles .open").length === count && globalThis.everywhere(".progress")[0].hidden, ARTICLES.length);
}

/** The shares of all articles as the comparison has them, and two of the articles paragraph by paragraph. */
async function readings(tab) {
  await until(tab, () => document.querySelectorAll("#compare .articles-matrix tbody tr").length === 50);
  const found = [await tab.evaluate(() => [...document.querySelectorAll("#compare .articles-matrix tr")].map(({ textContent }) => textContent))];
  for (const place of [0, 41]) {
    await tab.evaluate((place) => document.querySelectorAll("#articles .open")[place].click(), place);
    await until(tab, (name) => document.querySelector("#articles [aria-current]").textContent === name, ARTICLES[place].name.replace(".txt", ""));
    await until(tab, (text) => globalThis.everywhere("#paragraphs .text").map(({ textContent }) => textContent).join("") === text.replace(/\n/g, ""), ARTICLES[place].text);
    found.push(await rows(tab));
  }
  return found;
}

let inChromium;
for (const browser of BROWSERS) {
  for (const from of ["a server", "file://"]) {
    test(`${browser.name}, from ${from}: sixty articles are read in a thread, with the labels that Chromium gives`, { skip: browser.missing }, async () => {
      const tab = await started(browser);
      await openPage(tab, from === "file://" ? pathToFileURL(join(folder, "leitmotif.html")).href : given("LEITMOTIF_URL"));
      await drop(tab);
      const { asked, failed } = await tab.evaluate(() => ({ asked: [...globalThis.asked.values()], failed: globalThis.failed }));
      assert.deepStrictEqual([asked.length, failed], [1, 0]);
      // Where a thread reads no files it is asked again, with their texts.
      assert.ok(asked[0] >= ARTICLES.length && asked[0] <= ARTICLES.length + 4, String(asked));
      const found = await readings(tab);
      inChromium ??= found;
      assert.deepStrictEqual(found, inChromium);
      await assertQuiet(tab);
    });
  }
}
