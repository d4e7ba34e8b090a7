/** Many articles at once: read in a thread beside the page, or in slices without one; shown as they come, until the reader's word. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { manyArticles } from "../many.js";
import { given, siteModule } from "../site.js";
import { assertQuiet, openPage, read, rows, shot, startChromium } from "./chromium.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const motif = await Leitmotif.create();

const ARTICLES = manyArticles(500);
const PACKED = pathToFileURL(given("LEITMOTIF_PACKED")).href;

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

/** @typedef {{ name: string, text: string, type?: string }} Given */

/** The page with all that it loads behind the first reading. */
async function open(options = {}) {
  const { page, watch } = await openPage(browser.context, options);
  // It comes after what there is to take away, and brings the way to read beside the page.
  await page.locator("#save-project").waitFor();
  await page.waitForLoadState("networkidle");
  return { page, watch, workers: watch.workers };
}

/** @param {import("playwright-core").Page} page @param {Given[]} files */
const drop = (page, files) =>
  page.evaluate((files) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text, type = "text/plain" } of files) dataTransfer.items.add(new File([text], name, { type }));
    document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, files);

/** From now on the page writes down what its progress says and how many articles are listed, at each change. */
const record = (page) =>
  page.evaluate(() => {
    window.heard = [];
    const [progress] = everywhere(".progress");
    const note = () => {
      const said = [progress.hidden ? null : progress.querySelector(".progress-words").textContent, document.querySelectorAll("#articles .open").length];
      if (String(said) !== String(window.heard.at(-1))) window.heard.push(said);
    };
    new MutationObserver(note).observe(progress, { attributes: true, childList: true, subtree: true, characterData: true });
    new MutationObserver(note).observe(document.querySelector("#articles"), { childList: true, subtree: true });
    // What the live region says, each time that it changes.
    window.told = [];
    new MutationObserver(() => window.told.push(document.querySelector("#status").textContent)).observe(document.querySelector("#status"), { childList: true });
  });

const over = (page) => page.waitForFunction(() => everywhere(".progress").every(({ hidden }) => hidden) && document.querySelectorAll("#articles .open").length > 0, null, { timeout: 90_000 });

/** Once there is something to be kept: by the keyboard. */
async function cancel(page) {
  await page.locator(".progress-words", { hasText: /^[1-9]\d* of/ }).waitFor();
  await page.locator("#cancel-many").focus();
  await page.keyboard.press("Enter");
}

const titles = (page) => page.locator("#articles .open").allTextContents();
const alerts = (page) => page.getByRole("alert").locator("p").allTextContents();

/** What the page would save: every article with every verdict. */
async function project(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-project").click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** @param {{ name: string, text: string }[]} given @param {any[]} found the saved project's articles */
async function assertAsReadAtOnce(given, found) {
  assert.deepStrictEqual(found.map(({ name, source }) => [name, source]), given.map(({ name, text }) => [name.replace(/\.\w+$/, ""), text]));
  for (const [i, { text }] of given.entries()) {
    const { paragraphs } = await motif.read(text, { evidence: false });
    const own = paragraphs.map(({ start, end, kind, themes, certainty, probability, runnerUp }) =>
      ({ text: text.slice(start, end), kind, machine: { themes, certainty, probability, runnerUp } }));
    assert.deepStrictEqual(found[i].paragraphs.map(({ text, kind, machine }) => ({ text, kind, machine })), own, given[i].name);
  }
}

test("500 dropped articles are read in a thread beside the page, in their order, shown as they come, and said once", async () => {
  const { page, watch, workers } = await open();
  await record(page);
  await drop(page, ARTICLES);
  // What is there can be used meanwhile: the first article is shown and coded while the others come.
  await page.locator("#paragraphs .verdict").first().focus();
  await page.keyboard.press("4");
  const atKey = await page.evaluate(() => [everywhere(".progress")[0].hidden, everywhere("#paragraphs .verdict")[0].textContent]);
  await over(page);
  const heard = await page.evaluate(() => window.heard);
  assert.equal(workers.length, 1);
  assert.match(workers[0], /\/reading-worker\.js$/);
  assert.equal(atKey[0], false, "the key was heard before the end");
  assert.match(atKey[1], /^Coded: Ecology/);
  assert.ok(heard.some(([words]) => /^[1-9]\d* of 500 articles$/.test(words ?? "")), JSON.stringify(heard));
  const counts = heard.map(([, count]) => count);
  assert.deepStrictEqual(counts, counts.toSorted((a, b) => a - b));
  assert.equal(counts.at(-1), 500);
  await page.locator("#status", { hasText: "500 articles read." }).waitFor();
  const told = await page.evaluate(() => window.told);
  assert.ok(told.length <= 6, told.join("\n"));
  assert.deepStrictEqual(await alerts(page), []);

  const { articles } = await project(page);
  assert.deepStrictEqual(articles[0].paragraphs[0].codes.themes, ["ecology"]);
  await assertAsReadAtOnce(ARTICLES, articles);
  // The opening is one step, whatever was done between.
  await page.locator("#action-undo").click();
  assert.equal((await titles(page)).length, 500);
  await page.locator("#action-undo").click();
  assert.equal((await titles(page)).length, 0);
  await page.locator("#action-redo").click();
  assert.equal((await titles(page)).length, 500);
  assertQuiet(watch);
  await page.close();
});

test("a key ends the reading at once: what was read stays, and how many were left out is said", async () => {
  const { page, watch } = await open();
  await drop(page, ARTICLES);
  await cancel(page);
  await over(page);
  const kept = await titles(page);
  assert.ok(kept.length > 0 && kept.length < 500, String(kept.length));
  await page.locator("#status", { hasText: `Stopped: ${kept.length} article${kept.length === 1 ? "" : "s"} read and kept, ${500 - kept.length} left out.` }).waitFor();
  assert.equal(await page.evaluate(() => focused() !== document.body), true, "the focus is somewhere");
  await page.waitForTimeout(300);
  assert.equal((await titles(page)).length, kept.length, "nothing comes after the end");
  await assertAsReadAtOnce(ARTICLES.slice(0, kept.length), (await project(page)).articles);
  // And the page reads on.
  await drop(page, ARTICLES.slice(400, 420));
  await page.waitForFunction((count) => document.querySelectorAll("#articles .open").length === count, kept.length + 20);
  assertQuiet(watch);
  await page.close();
});

test("files that are none are named, HTML is walked as ever, and the rest goes on", async () => {
  const { page, watch, workers } = await open();
  const wrong = [
    { name: "photo.txt", text: "\u0000\u0001" },
    { name: "report.pdf", text: "%PDF" },
    { name: "empty.txt", text: " \n" },
    { name: "nothing.html", text: "<p> </p>", type: "text/html" },
  ];
  const html = { name: "page.html", text: "<title>x</title><h1>Rain</h1><p onclick='window.ran=1'>It rained on the wetlands.</p><script>window.ran=1</script>", type: "text/html" };
  const [a, b, ...rest] = ARTICLES.slice(0, 12);
  await drop(page, [a, wrong[0], html, wrong[1], wrong[2], b, wrong[3], ...rest]);
  await over(page);
  assert.deepStrictEqual(await titles(page), [a, html, b, ...rest].map(({ name }) => name.replace(/\.\w+$/, "")));
  const said = await alerts(page);
  assert.equal(said.length, 4);
  for (const [i, { name }] of wrong.entries()) assert.ok(said[i].startsWith(name), said[i]);
  await page.locator("#articles .open").nth(1).click();
  await read(page);
  assert.deepStrictEqual((await rows(page)).map(({ text }) => text), ["Rain", "It rained on the wetlands."]);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.equal(workers.length, 1);
  await drop(page, Array.from({ length: 20 }, (_, i) => ({ name: `broken-${i}.txt`, text: "\u0000" })));
  await page.getByRole("alert").getByText("12 more files could not be read.").waitFor();
  assert.equal((await alerts(page)).length, 9);
  assertQuiet(watch);
  await page.close();
});

test("a file that is too much for the engine is named, and another thread reads the rest", async () => {
  const { page, workers } = await open({
    prepare: (page) =>
      page.route("**/article-reader.js", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace("  async split(text, way) {", "  async split(text, way) {\n    if (text.includes(\"TRAP\")) throw new Error(\"trap\");") });
      }),
  });
  const given = ARTICLES.slice(0, 12).map((article, i) => (i === 5 ? { ...article, text: "TRAP" } : article));
  await drop(page, given);
  await over(page);
  assert.deepStrictEqual(await alerts(page), ["article-006.txt: the engine gave up on it. Read it in parts."]);
  assert.equal(workers.length, 2);
  await assertAsReadAtOnce(given.filter((_, i) => i !== 5), (await project(page)).articles);
  await page.close();
});

test("a thread that cannot read files, as WebKit's from file:, is handed their texts", async () => {
  const { page, watch, workers } = await open({
    prepare: (page) =>
      page.route("**/reading-worker.js", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace("await readFile(job)", "await Promise.reject(new FileTrouble(\"unreadable\"))") });
      }),
  });
  const some = ARTICLES.slice(0, 40);
  const old = { name: "old.txt", text: "Steel.\u0000", type: "text/plain" };
  await drop(page, [...some.slice(0, 20), old, ...some.slice(20)]);
  await over(page);
  assert.equal(workers.length, 1);
  const said = await alerts(page);
  assert.deepStrictEqual([said.length, said[0].startsWith("old.txt is not a text")], [1, true]);
  await assertAsReadAtOnce(some, (await project(page)).articles);
  assertQuiet(watch);
  await page.close();
});

test("without WebAssembly the thread has the same engine as the page, in JavaScript", async () => {
  const { page, watch, workers } = await open({ prepare: (page) => page.addInitScript(() => delete window.WebAssembly) });
  await drop(page, ARTICLES.slice(0, 20));
  await over(page);
  assert.equal(workers.length, 1);
  await assertAsReadAtOnce(ARTICLES.slice(0, 20), (await project(page)).articles);
  assertQuiet(watch);
  await page.close();
});

const WITHOUT = /** @type {const} */ ([
  ["is refused by a policy", async (page) => {
    await page.route("**/", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("worker-src 'self'", "worker-src 'none'") });
    });
  }],
  ["cannot be loaded", (page) => page.route("**/reading-worker.js", (route) => route.abort())],
  ["does not exist", (page) => page.addInitScript(() => delete window.Worker)],
]);

for (const [why, prepare] of WITHOUT) {
  test(`where a thread ${why}, the page reads in slices, with the same results, and can be stopped`, async () => {
    const { page, watch, workers } = await open({ prepare });
    await record(page);
    const some = ARTICLES.slice(0, 120);
    await drop(page, some);
    await page.locator("#paragraphs .verdict").first().focus();
    await page.keyboard.press("ArrowDown");
    await over(page);
    const heard = await page.evaluate(() => window.heard);
    assert.ok(heard.some(([words]) => /^[1-9]\d* of 120 articles$/.test(words ?? "")), JSON.stringify(heard));
    assert.equal(heard.at(-1)[1], 120);
    await assertAsReadAtOnce(some, (await project(page)).articles);
    await drop(page, ARTICLES.slice(120));
    await cancel(page);
    await page.waitForFunction(() => everywhere(".progress").every(({ hidden }) => hidden));
    await page.locator("#status", { hasText: /Stopped: \d+ articles? read and kept, \d+ left out\./ }).waitFor();
    assert.ok((await titles(page)).length < 500);
    assert.deepStrictEqual(watch.errors, []);
    assert.ok(workers.length === 0 || why === "cannot be loaded");
    await page.close();
  });
}

const bundled = { path: given("LEITMOTIF_BUNDLED_URL") };

for (const [kept, what, where] of /** @type {const} */ ([[true, "in the thread that was kept", {}], [false, "in slices", {}], [false, "in slices, bundled", bundled]])) {
  test(`without a network they are read ${what}`, async () => {
    const { page, workers } = await open({ worker: kept, ...where });
    if (kept) await page.locator("#offline", { hasText: "Ready for use without a network." }).waitFor();
    await browser.context.setOffline(true);
    try {
      await drop(page, ARTICLES.slice(0, 60));
      await over(page);
      await page.locator("#status", { hasText: "60 articles read." }).waitFor();
      const found = await project(page);
      await assertAsReadAtOnce(ARTICLES.slice(0, 60), found.articles);
      if (kept) assert.equal(workers.length, 1);
    } finally {
      await browser.context.setOffline(false);
      await page.evaluate(async () => {
        for (const registration of (await navigator.serviceWorker?.getRegistrations()) ?? []) await registration.unregister();
      });
      await page.close();
    }
  });
}

test("where the part with the progress did not arrive they are read without it, and so is a long text", async () => {
  const prepare = (page) => page.route("**/many-articles.js", (route) => route.abort());
  const { page, watch } = await open({ prepare });
  await drop(page, ARTICLES.slice(0, 10));
  await page.waitForFunction(() => document.querySelectorAll("#articles .open").length === 10);
  const long = "The council renews drains in the old town.\n\n".repeat(24_000);
  await drop(page, [{ name: "long.txt", text: long }]);
  await page.waitForFunction(() => document.querySelectorAll("#articles .open").length === 11);
  assert.deepStrictEqual(watch.errors, []);
  await page.unroute("**/many-articles.js");
  await record(page);
  await drop(page, ARTICLES.slice(10, 30));
  await over(page);
  await page.locator("#status", { hasText: "20 articles read." }).waitFor();
  assert.equal((await titles(page)).length, 31);
  await page.close();
});

test("the page of one file does the same from file:, in a thread whose code stands inside it", async () => {
  const { page, watch, workers } = await open({ path: PACKED });
  await record(page);
  await drop(page, ARTICLES);
  await over(page);
  assert.equal(workers.length, 1);
  assert.match(workers[0], /^blob:/);
  assert.equal((await titles(page)).length, 500);
  await assertAsReadAtOnce(ARTICLES, (await project(page)).articles);
  assert.deepStrictEqual([watch.errors, watch.violations, watch.console], [[], [], []]);
  assert.deepStrictEqual(watch.requests.filter((url) => !url.startsWith("blob:") && url !== PACKED && !url.startsWith("data:")), []);
  await page.close();
});

test("hundreds of articles can be found, shown, closed, compared and sorted, and all of them leave as CSV", async () => {
  const { page, watch } = await open();
  await drop(page, ARTICLES);
  await over(page);
  await page.locator("#find-article").fill("E-49");
  assert.deepStrictEqual(await page.locator("#articles .open:visible").allTextContents(), Array.from({ length: 10 }, (_, i) => `article-49${i}`));
  assert.match(await page.locator("#articles .count").textContent(), /^10 of 500 articles/);
  await page.getByRole("button", { name: "article-495", exact: true }).click();
  await read(page);
  const { paragraphs } = await motif.read(ARTICLES[494].text, { evidence: false });
  assert.equal(await page.locator("#paragraphs .text").count(), paragraphs.length);
  // With its words: the page knows them from the thread.
  assert.doesNotMatch(await page.locator("#inspector").textContent(), /\b0 words\b/);
  await page.getByRole("button", { name: "Close article-491" }).click();
  await page.locator("#find-article").fill("");
  assert.equal((await titles(page)).length, 499);
  assert.ok(!(await titles(page)).includes("article-491"));
  assert.equal(await page.locator("#articles .open[aria-current]").textContent(), "article-495");
  // One stop of the Tab key for them all.
  assert.equal(await page.locator("#articles button[tabindex='0']").count(), 1);

  const table = page.locator("#compare .articles-matrix");
  await page.locator("#compare", { hasText: "449 articles to come" }).waitFor();
  assert.equal(await table.locator("tbody tr").count(), 50);
  await table.getByRole("button", { name: "Ecology" }).click();
  const shares = async () => (await table.locator("tbody tr td:nth-child(5)").allTextContents()).map((words) => parseInt(words));
  await page.waitForFunction(() => document.querySelector("#compare [aria-sort='descending']"));
  const sorted = await shares();
  assert.deepStrictEqual(sorted, sorted.toSorted((a, b) => b - a));
  assert.ok(sorted[0] > sorted.at(-1) || sorted[0] > 0);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.by), "ecology");
  await page.locator("#compare [data-by='more']").click();
  await page.locator("#compare", { hasText: "399 articles to come" }).waitFor();
  assert.equal(await table.locator("tbody tr").count(), 100);
  await page.screenshot({ path: shot("many-compare"), fullPage: true });

  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#take").getByRole("button", { name: "CSV", exact: true }).click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const csv = Buffer.concat(chunks).toString();
  const names = new Set(csv.split("\n").slice(1).flatMap((line) => /^(article-\d+),/.exec(line)?.[1] ?? []));
  assert.equal(names.size, 499);
  assertQuiet(watch);
  await page.close();
});
