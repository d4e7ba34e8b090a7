/** Keeping in the browser: only when asked, back on the next visit, and forgotten without a trace. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ARTICLE_001 } from "../site.js";
import { MODULES, assertQuiet, openPage, paste, read, startChromium } from "./chromium.js";

let browser;
before(async () => (browser = await startChromium({ bundled: true })));
after(() => browser.close());

const names = (page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
const keep = (page) => page.getByRole("checkbox", { name: "Keep this project in this browser" });
const note = (page, text) => page.locator("#keep-note", { hasText: text }).waitFor();
const said = (page, text) => page.locator("#take [role=status]", { hasText: text }).waitFor();
const texts = (page) => page.locator("#paragraphs .text").allTextContents();
const leftovers = (page) =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).length,
    local: localStorage.length,
    session: sessionStorage.length,
    caches: (await caches.keys()).length,
  }));

/** What the database holds. */
const record = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        indexedDB.open("leitmotif").onsuccess = ({ target }) => {
          const kept = target.result.transaction("projects").objectStore("projects").get("current");
          kept.onsuccess = () => {
            target.result.close();
            done(kept.result);
          };
        };
      }),
  );

/** Opens the page where something was kept: its status is that of the article. */
async function openAgain(prepare) {
  const opened = await openPage(browser.context, { ready: false, prepare });
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
  // Said in every language, and not only until another is chosen.
  for (const [language, words] of [["zh", "已保留在此浏览器中"], ["en", "Kept in this browser, last at"]]) {
    await page.locator("#language").selectOption(language);
    await note(page, words);
  }
  await paste(page, "The factory makes steel.\n\nWetlands were restored along the river.");
  await page.waitForTimeout(1800);
  assert.deepStrictEqual(await names(page), ["leitmotif"]);
  await page.close();

  const { page: second, watch } = await openAgain();
  await read(second);
  assert.equal(await second.locator("#articles .open").nth(1).getAttribute("aria-current"), "true", "the one that was in view");
  assert.match(await second.locator("#paragraphs").innerText(), /Wetlands/);
  assert.ok(await second.getByRole("button", { name: "Undo" }).isDisabled(), "one key too many must not take the project away");
  assert.ok(await keep(second).isChecked());
  await note(second, "Brought back from this browser");

  await second.evaluate(() => localStorage.setItem("leitmotif-old", "text"));
  await second.evaluate(async () => (await caches.open("leitmotif-texts")).put("/x", new Response("text")));
  await forget(second);
  await said(second, "What is left of you in this browser: nothing.");
  assert.deepStrictEqual(await leftovers(second), { databases: 0, local: 0, session: 0, caches: 0 });
  assert.equal(await second.locator("#text").inputValue(), "");
  assert.ok(await second.locator("#reading").isHidden());
  assert.ok(await second.getByRole("button", { name: "Undo" }).isDisabled());
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
  assert.deepStrictEqual(await page.locator("#paragraphs .text").allTextContents(), ["The factory makes steel."]);
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
  assert.deepStrictEqual(await page.locator("#paragraphs .text").allTextContents(), ["The factory makes steel."]);
  await page.close();
});

test("what one tab forgets the other forgets too: no database in either, and nothing on their pages", async () => {
  const { page: one } = await openPage(browser.context);
  await paste(one, "The factory makes steel.");
  await keep(one).check();
  await note(one, "Kept in this browser");
  const { page: other } = await openAgain();
  await read(other);
  await paste(other, "Changed in the other tab.");
  await forget(one);
  await said(one, "nothing.");
  await other.waitForFunction(() => !document.querySelector("#keep").checked);
  assert.ok(await other.locator("#reading").isHidden());
  assert.ok(await other.getByRole("button", { name: "Undo" }).isDisabled());
  await other.waitForTimeout(1500);
  for (const page of [one, other]) assert.deepStrictEqual(await leftovers(page), { databases: 0, local: 0, session: 0, caches: 0 });
  await one.close();
  await other.close();
});

test("a tab that keeps nothing loses nothing when another one forgets, or ends its keeping", async () => {
  const { page: own } = await openPage(browser.context);
  await paste(own, "Only in this tab.");
  const { page: one } = await openPage(browser.context);
  await paste(one, "The factory makes steel.");
  await keep(one).check();
  await note(one, "Kept in this browser");
  const { page: second } = await openAgain();
  await read(second);
  await keep(one).uncheck();
  await note(second, "Another tab has ended the keeping");
  assert.deepStrictEqual(await texts(second), ["The factory makes steel."]);
  assert.equal(await keep(second).isChecked(), false);
  await keep(second).check();
  await note(second, "Kept in this browser");
  await forget(second);
  await said(second, "nothing.");
  await own.waitForTimeout(300);
  assert.deepStrictEqual(await texts(own), ["Only in this tab."]);
  assert.deepStrictEqual(await texts(one), ["The factory makes steel."]);
  for (const page of [own, one, second]) await page.close();
});

/** Two tabs that keep the same project; deaf: they cannot hear each other. */
async function twoTabs({ deaf }) {
  const prepare = (page) => deaf && page.addInitScript(() => delete window.BroadcastChannel);
  const { page: one } = await openPage(browser.context, { prepare });
  await paste(one, "The factory makes steel.\n\nHe smiled.");
  await keep(one).check();
  await note(one, "Kept in this browser");
  const { page: other, watch } = await openAgain(prepare);
  await read(other);
  return { one, other, watch };
}

/** Gives the first paragraph a theme by its key. */
async function code(page, key) {
  await page.bringToFront();
  await page.locator("#paragraphs .verdict").first().focus();
  await page.keyboard.press(key);
}

const coded = (page) => page.locator("#paragraphs .codes").allTextContents();
const keptCodes = async (page) => JSON.parse((await record(page)).file).articles.at(-1).paragraphs.map(({ codes }) => codes?.themes ?? null);
const otherTab = (page) => page.locator("#other-tab");
const press = (page, name) => otherTab(page).getByRole("button", { name, exact: true }).click();

test("of two tabs that keep the same project none writes over the other's work: it says so, and both ways are open", async () => {
  const { one, other, watch } = await twoTabs({ deaf: true });
  await code(one, "4");
  await one.waitForTimeout(1500);
  assert.deepStrictEqual(await keptCodes(one), [["ecology"], null]);
  await code(other, "1");
  await otherTab(other).getByText("Another tab of this page has kept another state of the project").waitFor();
  await note(other, "Not kept");
  await other.locator("#language").selectOption("zh");
  await otherTab(other).getByText(/另一状态（\d{4}年/).waitFor();
  await other.locator("#language").selectOption("en");
  await note(other, "Not kept");
  await code(other, "2");
  await other.waitForTimeout(1500);
  assert.deepStrictEqual(await keptCodes(other), [["ecology"], null]);
  assert.deepStrictEqual(await coded(other), ["Coded: Urbanization Opening-up "]);
  const [download] = await Promise.all([other.waitForEvent("download"), press(other, "Save mine as a file")]);
  assert.match(download.suggestedFilename(), /\.leitmotif\.json$/);

  await press(other, "Open the other state");
  await other.locator("#status", { hasText: "comes back with Undo" }).waitFor();
  assert.deepStrictEqual(await coded(other), ["Coded: Ecology "]);
  assert.ok(await otherTab(other).isHidden());
  await other.getByRole("button", { name: "Undo" }).click();
  assert.deepStrictEqual(await coded(other), ["Coded: Urbanization Opening-up "]);
  await other.waitForTimeout(1500);
  assert.deepStrictEqual(await keptCodes(other), [["urbanization", "opening-up"], null]);

  await code(one, "5");
  await otherTab(one).getByText("Another tab").waitFor();
  await press(one, "Keep mine instead");
  await note(one, "Kept in this browser");
  assert.deepStrictEqual(await keptCodes(one), [["ecology", "governance"], null]);
  assert.ok(await otherTab(one).isHidden());
  assertQuiet(watch);
  await forget(one);
  await said(one, "nothing.");

  // Without hearing of it, the other tab does not make the database again.
  await code(other, "3");
  await note(other, "is gone");
  assert.deepStrictEqual(await names(other), []);
  assert.equal(await keep(other).isChecked(), false);
  assert.equal((await coded(other)).length, 1);
  await one.close();
  await other.close();
});

test("tabs that hear each other say so before anything is done twice; not keeping then deletes nothing", async () => {
  const { one, other } = await twoTabs({ deaf: false });
  await code(one, "4");
  await otherTab(other).getByText("Another tab").waitFor();
  await other.locator("#language").selectOption("zh");
  await other.waitForFunction(() => document.documentElement.lang === "zh");
  await otherTab(other).getByText("另一个标签页").waitFor();
  await other.locator("#language").selectOption("en");
  await other.waitForFunction(() => document.documentElement.lang === "en");
  await keep(other).uncheck();
  assert.ok(await otherTab(other).isHidden());
  assert.deepStrictEqual(await keptCodes(one), [["ecology"], null]);
  await keep(other).check();
  await otherTab(other).getByText("Another tab").waitFor();
  assert.deepStrictEqual(await keptCodes(one), [["ecology"], null]);
  await code(one, "1");
  await one.waitForTimeout(1500);
  await press(other, "Open the other state");
  await other.waitForFunction(() => everywhere("#paragraphs .codes")[0]?.textContent.includes("Urbanization"));
  await code(other, "2");
  await otherTab(one).getByText("Another tab").waitFor();
  assert.deepStrictEqual(await keptCodes(one), [["urbanization", "opening-up", "ecology"], null]);
  await forget(other);
  await said(other, "nothing.");
  await one.close();
  await other.close();
});

test("to look at another article in one tab is kept, and nothing that the other tab has to decide about", async () => {
  const { one, other } = await twoTabs({ deaf: false });
  await paste(one, "Wetlands were restored.");
  await otherTab(other).getByText("Another tab").waitFor();
  await press(other, "Open the other state");
  await other.waitForFunction(() => document.querySelectorAll("#articles .open").length === 2);
  const current = async () => JSON.parse((await record(one)).file).current;
  assert.equal(await current(), 1);
  await one.locator("#articles .open").first().click();
  await one.waitForTimeout(1800);
  assert.equal(await current(), undefined, "the first one");
  assert.ok(await otherTab(other).isHidden());
  await code(other, "4");
  await otherTab(one).getByText("Another tab").waitFor();
  await forget(other);
  await said(other, "nothing.");
  await one.close();
  await other.close();
});

test("of many writers that follow the same state exactly one writes", async () => {
  const { page } = await openPage(browser.context, { path: MODULES });
  const outcomes = await page.evaluate(async () => {
    const { keep, load } = await import("/storage.js");
    const first = await keep("0", null, "x");
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => keep(`after ${i}`, first, `tab ${i}`)));
    const { file } = await load();
    return { file, won: all.flatMap((outcome, i) => ("at" in outcome ? [i] : [])), newer: all.filter((outcome) => outcome.newer?.file === file).length };
  });
  assert.deepStrictEqual(outcomes, { file: `after ${outcomes.won[0]}`, won: [outcomes.won[0]], newer: 19 });
  await forget(page);
  await said(page, "nothing.");
  await page.close();
});

test("a tab that dies while one works without a pause loses less than two seconds of it", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "The factory makes steel.\n\nHe smiled.");
  await keep(page).check();
  await note(page, "Kept in this browser");
  await page.locator("#paragraphs .verdict").first().focus();
  await page.getByLabel("Note", { exact: true }).focus();
  /** When each letter was typed, in milliseconds. */
  const typed = [];
  const begun = Date.now();
  while (Date.now() - begun < 5_000) {
    await page.keyboard.type("x");
    typed.push(Date.now());
    await page.waitForTimeout(100);
  }
  const crashed = Date.now();
  const session = await browser.context.newCDPSession(page);
  session.send("Page.crash").catch(() => {});
  await page.waitForEvent("crash");
  const { page: again } = await openAgain();
  await read(again);
  const kept = JSON.parse((await record(again)).file).articles[0].paragraphs[0].note.length;
  assert.ok(kept > 0);
  const lost = kept === typed.length ? 0 : crashed - typed[kept];
  assert.ok(lost <= 2_000, `${lost} ms of work lost: ${kept} of ${typed.length} letters`);
  await again.locator("#paragraphs .verdict").first().focus();
  assert.equal((await again.getByLabel("Note", { exact: true }).inputValue()).length, kept);
  await forget(again);
  await said(again, "nothing.");
  await again.close();
});

/** Types into the box, as a person does: only then a browser asks before a page is left. */
async function type(page, text) {
  if (await page.locator("#text").isHidden()) await page.getByRole("button", { name: "New paste" }).click();
  await page.locator("#text").click();
  await page.keyboard.type(text);
}

/** Leaves for the same page; whether the browser asked first. */
async function leave(page) {
  let asked = false;
  page.removeAllListeners("dialog");
  page.on("dialog", async (dialog) => {
    assert.equal(dialog.type(), "beforeunload");
    asked = true;
    await dialog.accept();
  });
  await page.reload();
  await page.locator("#main[aria-busy=false]").waitFor();
  await page.waitForFunction(() => document.querySelector("#keep")?.disabled === false);
  return asked;
}

test("a text in the box that was not read is not stored unasked: the browser asks before it is lost, and only then", async () => {
  const { page } = await openPage(browser.context);
  await page.waitForFunction(() => document.querySelector("#keep")?.disabled === false);
  assert.equal(await leave(page), false, "nothing there");
  await type(page, "Half a sentence about steel");
  await page.waitForTimeout(1500);
  assert.deepStrictEqual(await leftovers(page), { databases: 0, local: 0, session: 0, caches: 0 });
  assert.equal(await leave(page), true);
  assert.equal(await page.locator("#text").inputValue(), "");
  await type(page, "The factory makes steel.");
  await page.getByRole("button", { name: "Read it" }).click();
  await read(page);
  assert.equal(await leave(page), false, "read, it is no draft");
  await paste(page, "The factory makes steel.");
  await page.getByRole("button", { name: "Edit the whole text" }).click();
  assert.equal(await leave(page), false, "only looked at");
  await paste(page, "The factory makes steel.");
  await type(page, "Half a sentence");
  await page.locator("#articles .open").click();
  await page.locator("#text").waitFor({ state: "hidden" });
  assert.equal(await asks(page), true, "out of sight, and not read");
  await page.getByRole("button", { name: "New paste" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  assert.equal(await asks(page), false, "cancelled");
  await page.getByRole("button", { name: "New paste" }).click();
  await type(page, " ");
  assert.equal(await leave(page), false, "nothing but white space");
  await page.close();
});

/** Whether the browser would ask now, were the page left. */
const asks = (page) => page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));

/** Takes something away by a button beside the reading. */
async function take(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#take").getByRole("button", { name, exact: true }).click()]);
  return download.path();
}

test("codes, notes and changes of the text are asked about before they are lost, and only while no file and no browser has them", async () => {
  const { page } = await openPage(browser.context);
  await page.waitForFunction(() => document.querySelector("#keep")?.disabled === false);
  const code = async (nth, key) => {
    await page.locator("#paragraphs .verdict").nth(nth).focus();
    await page.keyboard.press(key);
  };
  const undo = () => page.locator("#action-undo").click();
  await paste(page, "The factory makes steel.\n\nHe smiled.\n\nReeds grow in the wetlands.");
  assert.equal(await leave(page), false, "only read");
  await paste(page, "The factory makes steel.\n\nHe smiled.\n\nReeds grow in the wetlands.");
  await code(0, "4");
  assert.equal(await asks(page), true, "coded");
  assert.equal(await leave(page), true, "coded");
  await paste(page, "The factory makes steel.\n\nHe smiled.\n\nReeds grow in the wetlands.");
  await code(0, "4");
  await undo();
  assert.equal(await asks(page), false, "taken back");
  await code(0, "4");
  await take(page, "Picture (SVG)");
  assert.equal(await asks(page), true, "a picture holds no codes");
  for (const name of ["CSV", "CSV for Excel", "JSON", "Save project"]) {
    await code(0, "0");
    await code(0, "4");
    assert.equal(await asks(page), true, `before ${name}`);
    await take(page, name);
    assert.equal(await asks(page), false, name);
  }
  await code(1, "1");
  assert.equal(await asks(page), true, "one more than is saved");
  await undo();
  assert.equal(await asks(page), false, "as saved");
  await code(0, "u");
  assert.equal(await asks(page), true, "another code than is saved");
  const path = await take(page, "Save project");
  assert.equal(await leave(page), false, "saved");

  await page.locator("#project-file").setInputFiles(path);
  await page.locator("#paragraphs .verdict", { hasText: "Coded: Ecology" }).waitFor();
  assert.equal(await asks(page), false, "opened from a file");
  await page.locator("#paragraphs .verdict").nth(2).focus();
  await page.getByLabel("Note", { exact: true }).fill("see above");
  assert.equal(await asks(page), true, "a note that is being written");
  await take(page, "Save project");
  assert.equal(await asks(page), false, "with its note");
  await code(1, "e");
  await page.keyboard.type(" Then he left.");
  assert.equal(await asks(page), true, "a paragraph that is being edited");
  await code(0, "ArrowDown");
  assert.equal(await asks(page), true, "edited");
  await undo();
  assert.equal(await asks(page), false, "not edited any more");
  await page.getByRole("button", { name: "Edit the whole text" }).click();
  await page.locator("#text").press("End");
  await type(page, " And iron.");
  await page.getByRole("button", { name: "Read it" }).click();
  await page.locator("#paragraphs .text", { hasText: "And iron." }).waitFor();
  assert.equal(await asks(page), true, "the whole text edited");
  await undo();
  assert.equal(await asks(page), false, "as it was");

  await code(1, "3");
  assert.equal(await asks(page), true);
  await keep(page).check();
  await note(page, "Kept in this browser");
  assert.equal(await asks(page), false, "kept");
  await code(2, "3");
  assert.equal(await asks(page), true, "not yet kept");
  await page.waitForFunction(() => dispatchEvent(new Event("beforeunload", { cancelable: true })));
  assert.equal(await leave(page), false, "kept");
  await page.locator("#paragraphs .verdict", { hasText: "Coded: Industry" }).nth(1).waitFor();
  assert.equal(await asks(page), false, "restored");
  await keep(page).uncheck();
  await note(page, "A convenience");
  assert.equal(await asks(page), true, "no longer kept, and in no file");
  await forget(page);
  await said(page, "nothing.");
  assert.equal(await leave(page), false, "forgotten");
  await page.close();
});

test("with the project kept, the text in the box is kept too: after a crash it stands in the box again, and read or forgotten it is gone", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "The factory makes steel.");
  await keep(page).check();
  await note(page, "Kept in this browser");
  await type(page, "Half a sentence about the wetlands");
  await page.waitForTimeout(1800);
  assert.equal((await record(page)).draft, "Half a sentence about the wetlands");
  const session = await browser.context.newCDPSession(page);
  session.send("Page.crash").catch(() => {});
  await page.waitForEvent("crash");

  const { page: again, watch } = await openAgain();
  await again.waitForFunction(() => everywhere("#text")[0].value !== "");
  assert.equal(await again.locator("#text").inputValue(), "Half a sentence about the wetlands");
  assert.ok(await again.locator("#text").isVisible());
  assert.equal(await again.locator("#articles .open").count(), 1, "the article that was kept is there beside it");
  await again.locator("#text").press("End");
  assert.equal(await leave(again), false, "what is kept is not lost");
  await again.waitForFunction(() => everywhere("#text")[0].value !== "");
  await again.getByRole("button", { name: "Read it" }).click();
  await read(again);
  assert.deepStrictEqual(await texts(again), ["Half a sentence about the wetlands"]);
  await again.waitForTimeout(1800);
  const kept = await record(again);
  assert.deepStrictEqual([kept.draft, JSON.parse(kept.file).articles.length], ["", 2]);
  await type(again, "Once more");
  await again.waitForTimeout(1800);
  await forget(again);
  await said(again, "nothing.");
  assert.equal(await again.locator("#text").inputValue(), "");
  assert.deepStrictEqual(await names(again), []);
  assertQuiet(watch);
  await again.close();
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
  const { file } = await record(second);
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
