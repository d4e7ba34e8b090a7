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
  await until(tab, () => document.querySelector("#save-project") !== null);
  await tab.evaluate((articles) => {
    globalThis.threads = [];
    globalThis.Worker = class extends Worker {
      constructor(address, options) {
        super(address, options);
        globalThis.threads.push(String(address));
        this.addEventListener("error", () => globalThis.threads.push("error"));
      }
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
      const threads = await tab.evaluate(() => globalThis.threads);
      assert.equal(threads.length, 1, threads.join());
      assert.match(threads[0], from === "file://" ? /^blob:/ : /\/reading-worker\.js$/);
      const found = await readings(tab);
      inChromium ??= found;
      assert.deepStrictEqual(found, inChromium);
      await assertQuiet(tab);
    });
  }
}
