/** Keeping in the browser: only when asked, back on the next visit, and forgotten without a trace. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ARTICLE_001 } from "../site.js";
import { assertQuiet, openPage, paste, settled, startChromium } from "./chromium.js";

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

const names = (page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
const keep = (page) => page.getByRole("checkbox", { name: "Keep this project in this browser" });
const note = (page, text) => page.locator("#keep-note", { hasText: text }).waitFor();
const said = (page, text) => page.locator("#take [role=status]", { hasText: text }).waitFor();
const leftovers = (page) =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).length,
    local: localStorage.length,
    session: sessionStorage.length,
    caches: (await caches.keys()).length,
  }));

/** Opens the page where something was kept: its status is that of the article. */
async function openAgain() {
  const opened = await openPage(browser.context, { ready: false });
  await opened.page.locator("#main[aria-busy=false]").waitFor();
  return opened;
}

async function forget(page) {
  await page.getByRole("button", { name: "Forget everything", exact: true }).click();
  await page.getByRole("button", { name: "Yes, forget everything" }).click();
}

test("nothing is stored unless asked", async () => {
  const { page, watch } = await openPage(browser.context);
  await paste(page, ARTICLE_001);
  await page.waitForTimeout(1500);
  assert.deepStrictEqual(await leftovers(page), { databases: 0, local: 0, session: 0, caches: 0 });
  assert.equal(await keep(page).isChecked(), false);
  assertQuiet(watch);
  await page.close();
});

test("kept, it comes back on the next visit with what was typed last; forgotten, nothing is left", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "The factory makes steel.");
  await keep(page).check();
  await note(page, "Kept in this browser");
  await paste(page, "The factory makes steel.\n\nWetlands were restored along the river.");
  await page.waitForTimeout(1800);
  assert.deepStrictEqual(await names(page), ["leitmotif"]);
  await page.close();

  const { page: second, watch } = await openAgain();
  await settled(second);
  assert.match(await second.locator("#text").inputValue(), /Wetlands/);
  assert.ok(await keep(second).isChecked());
  await note(second, "Brought back from this browser");

  await second.evaluate(() => localStorage.setItem("leitmotif-old", "text"));
  await second.evaluate(async () => (await caches.open("leitmotif-texts")).put("/x", new Response("text")));
  await forget(second);
  await said(second, "What is left of you in this browser: nothing.");
  assert.deepStrictEqual(await leftovers(second), { databases: 0, local: 0, session: 0, caches: 0 });
  assert.equal(await second.locator("#text").inputValue(), "");
  assert.ok(await second.getByRole("button", { name: "Bring back" }).isHidden());
  assert.equal(await keep(second).isChecked(), false);
  await paste(second, "Typed after forgetting.");
  await second.waitForTimeout(1500);
  assert.deepStrictEqual(await names(second), []);
  assertQuiet(watch);
  await second.close();
});

test("forgetting asks first, and Escape keeps everything", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "The factory makes steel.");
  const button = page.getByRole("button", { name: "Forget everything", exact: true });
  await button.click();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "No, keep it");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "forget");
  assert.equal(await page.locator("#text").inputValue(), "The factory makes steel.");
  await page.close();
});

test("not to keep any longer takes away what was kept, and leaves what is open", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "The factory makes steel.");
  await keep(page).check();
  await note(page, "Kept in this browser");
  await keep(page).uncheck();
  await note(page, "A convenience");
  assert.deepStrictEqual(await names(page), []);
  assert.equal(await page.locator("#text").inputValue(), "The factory makes steel.");
  await page.close();
});

test("what one tab forgets the other does not keep", async () => {
  const { page: one } = await openPage(browser.context);
  await paste(one, "The factory makes steel.");
  await keep(one).check();
  await note(one, "Kept in this browser");
  const { page: other } = await openAgain();
  await settled(other);
  await paste(other, "Changed in the other tab.");
  await forget(one);
  await said(one, "nothing.");
  await other.waitForFunction(() => !document.querySelector("#keep").checked);
  await other.waitForTimeout(1500);
  assert.deepStrictEqual(await names(one), []);
  await one.close();
  await other.close();
});

test("a tab that holds the database is named, and nothing is claimed", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "The factory makes steel.");
  await keep(page).check();
  await note(page, "Kept in this browser");
  const holder = await browser.context.newPage();
  await holder.goto(new URL("style.css", page.url()).href);
  await holder.evaluate(() => new Promise((done) => (indexedDB.open("leitmotif").onsuccess = ({ target }) => done(void (window.held = target.result)))));
  await forget(page);
  await said(page, "Left: database leitmotif");
  await holder.close();
  await forget(page);
  await said(page, "nothing.");
  assert.deepStrictEqual(await names(page), []);
  await page.close();
});

test("what was kept and is damaged is said, and is not written over", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "The factory makes steel.");
  await keep(page).check();
  await note(page, "Kept in this browser");
  await page.evaluate(
    () =>
      new Promise((done) => {
        indexedDB.open("leitmotif").onsuccess = ({ target }) => {
          const transaction = target.result.transaction("projects", "readwrite");
          transaction.objectStore("projects").put({ file: '{"format":"leitmotif project 1"}', at: new Date().toISOString() }, "current");
          transaction.oncomplete = () => done(target.result.close());
        };
      }),
  );
  await page.close();
  const { page: second, watch } = await openPage(browser.context);
  await note(second, "damaged at app");
  await paste(second, "Something new.");
  await second.waitForTimeout(1500);
  const file = await second.evaluate(
    () =>
      new Promise((done) => {
        indexedDB.open("leitmotif").onsuccess = ({ target }) => {
          const kept = target.result.transaction("projects").objectStore("projects").get("current");
          kept.onsuccess = () => {
            target.result.close();
            done(kept.result.file);
          };
        };
      }),
  );
  assert.equal(file, '{"format":"leitmotif project 1"}');
  assertQuiet(watch);
  await second.evaluate(() => new Promise((done) => (indexedDB.deleteDatabase("leitmotif").onsuccess = done)));
  await second.close();
});

test("where storage throws the page works, and says that it cannot keep", async () => {
  const { page, watch } = await openPage(browser.context, {
    prepare: (page) =>
      page.addInitScript(() => {
        for (const name of ["indexedDB", "localStorage", "sessionStorage", "caches", "BroadcastChannel"]) {
          Object.defineProperty(window, name, { get: () => { throw new DOMException("denied", "SecurityError"); } });
        }
      }),
  });
  await paste(page, "The factory makes steel.");
  await keep(page).click();
  await note(page, "does not let the page keep anything");
  assert.equal(await keep(page).isChecked(), false);
  await forget(page);
  await said(page, "nothing.");
  assertQuiet(watch);
  await page.close();
});
