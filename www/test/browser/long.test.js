/** The longest texts: 50 MB are read beside the page, which stays bounded and answers; more is refused in words. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { manyArticles } from "../many.js";
import { siteModule } from "../site.js";
import { assertQuiet, openPage, paste, rows, shot, startChromium } from "./chromium.js";

const { TEXT_LIMIT } = await siteModule("text-limit.js");
const { Leitmotif } = await siteModule("leitmotif.js");
const motif = await Leitmotif.create();

/** What a tab with a text of 50 MB may take at most, everything in it, in MB: README.md and SECURITY.md say so. */
const MOST = 1_800;

let browser;
let folder;
before(async () => {
  browser = await startChromium();
  folder = mkdtempSync(join(tmpdir(), "leitmotif-long-"));
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Paragraphs, a blank line between two, up to as many bytes. @param {Iterable<string>} paragraphs @param {number} bytes */
function upTo(paragraphs, bytes) {
  const chosen = [];
  let sum = -2;
  for (const paragraph of paragraphs) {
    sum += Buffer.byteLength(paragraph) + 2;
    if (sum > bytes) break;
    chosen.push(paragraph);
  }
  return chosen;
}

function* english() {
  for (let seed = 1; ; seed++) for (const { text } of manyArticles(1_000, seed)) yield* text.split("\n\n");
}

function* chinese() {
  for (let i = 1; ; i++) yield `第${i}座污水处理厂每天处理三万吨废水，河水逐渐变清。工厂的产量也提高了百分之十二，城市更新改造了四十个旧社区。`;
}

/** Processes of the browser that hold a page, with the threads beside it: the largest, in MB of memory in use. */
function largestPage() {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const field = (/** @type {string} */ name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
      return [{ pid: Number(pid), parent: field("PPid"), memory: field("VmRSS") / 1_000, page: readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer") }];
    } catch {
      return [];
    }
  });
  const own = new Set([process.pid]);
  for (let grown = -1; grown !== own.size; ) {
    grown = own.size;
    for (const { pid, parent } of processes) if (own.has(parent)) own.add(pid);
  }
  return Math.max(...processes.filter(({ pid, page }) => page && own.has(pid)).map(({ memory }) => memory));
}

/** Opens a file whose text is put into the clipboard's place, or given to the page as a file. */
async function give(page, text, way) {
  const path = join(folder, "long.txt");
  writeFileSync(path, text);
  if (way === "file") return page.locator("#files").setInputFiles(path);
  await page.evaluate(() => {
    const input = Object.assign(document.createElement("input"), { type: "file", id: "given" });
    document.body.append(input);
  });
  await page.locator("#given").setInputFiles(path);
  await page.evaluate(async () => {
    const input = document.querySelector("#given");
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", await input.files[0].text());
    input.remove();
    everywhere("#text")[0].dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
  });
}

for (const [language, sentences, way] of /** @type {const} */ ([["English", english, "file"], ["Chinese", chinese, "paste"]])) {
  test(`50 MB of ${language}, by ${way}: read beside the page, in bounded memory, shown in part, coded, jumped through`, async (t) => {
    const paragraphs = upTo(sentences(), TEXT_LIMIT);
    const text = paragraphs.join("\n\n");
    assert.ok(Buffer.byteLength(text) > TEXT_LIMIT - 10_000);
    const { page, watch } = await openPage(browser.context);
    page.setDefaultTimeout(200_000);
    await page.locator("#save-project").waitFor();
    await page.waitForLoadState("networkidle");
    let most = 0;
    const timer = setInterval(() => (most = Math.max(most, largestPage())), 200);
    const begun = performance.now();
    await give(page, text, way);
    // The page answers meanwhile.
    await page.locator("#cancel-many").waitFor();
    await page.locator("#language").selectOption("zh");
    await page.waitForFunction(() => document.documentElement.lang === "zh");
    await page.locator(".progress-words", { hasText: "正在读一篇长文" }).waitFor();
    await page.locator("#language").selectOption("en");
    await page.waitForFunction(() => document.documentElement.lang === "en");
    await page.waitForFunction(() => everywhere("#paragraphs li").length >= 6 && everywhere(".progress")[0].hidden);
    const seconds = (performance.now() - begun) / 1_000;
    assert.equal(watch.workers.length, 1);
    const count = new Intl.NumberFormat("en").format(paragraphs.length);
    await page.locator("#status", { hasText: "paragraphs: " }).waitFor();
    assert.match(await page.locator("#found").textContent(), new RegExp(`^${count} paragraphs`));
    assert.ok((await page.locator("#paragraphs li").count()) <= 200, "a part of it is on the page");
    assert.ok(await page.locator("#edit-all").isHidden());
    // The beginning is labelled as it would be alone, but for what comes after it: the first stage knows nothing of that.
    const first = await motif.read(text.slice(0, 2_000), { evidence: false });
    const shown = await page.locator("#paragraphs .text").first().textContent();
    assert.equal(shown, text.slice(first.paragraphs[0].start, first.paragraphs[0].end));

    await page.locator("#paragraphs .verdict").nth(3).focus();
    await page.keyboard.press("4");
    await page.locator("#paragraphs .verdict", { hasText: "Coded: Ecology" }).waitFor();
    await page.locator("#strip .strip").focus();
    await page.keyboard.press("End");
    await page.locator("#paragraphs li.active", { hasText: paragraphs.at(-1).slice(0, 40) }).waitFor();
    assert.ok((await page.locator("#paragraphs li").count()) <= 221, "a jump takes the window along");
    const place = await page.locator("#paragraphs li.active").evaluate(({ ariaPosInSet, ariaSetSize }) => [ariaPosInSet, ariaSetSize]);
    assert.deepStrictEqual(place, [String(paragraphs.length), String(paragraphs.length)]);
    const before = await page.locator("#paragraphs li").count();
    await page.getByRole("button", { name: /^Show 200 before these/ }).click();
    await page.waitForFunction((before) => everywhere("#paragraphs li").length === before + 200, before);
    await page.screenshot({ path: shot(`long-${language}`) });
    await page.locator("#action-undo").click();
    await page.locator("#status", { hasText: "Taken back: a code." }).waitFor();
    clearInterval(timer);
    t.diagnostic(`50 MB of ${language}, ${count} paragraphs: shown after ${seconds.toFixed(1)} s, at most ${Math.round(most)} MB in the tab with its thread`);
    assert.ok(most > 100 && most < MOST, `${most} MB`);
    assert.deepStrictEqual([watch.errors, watch.violations], [[], []]);
    await page.close();
  });
}

test("more than 50 MB is refused by its name, with the limit and the way out, and nothing is lost", async () => {
  const { page, watch } = await openPage(browser.context);
  await page.locator("#save-project").waitFor();
  await paste(page, "The factory makes steel.");
  const WORDS = /at most 50 MB of text \(as UTF-8\) are read here\. Read it in parts, or in the terminal: leitmotif label\./;
  await give(page, `${"生态 ".repeat(TEXT_LIMIT / 7)}保护 保护 保护`, "paste");
  await page.getByRole("alert").getByText(WORDS).waitFor();
  await page.locator("#files").setInputFiles([]);
  await give(page, "x\n".repeat(TEXT_LIMIT / 2) + "y", "file");
  await page.getByRole("alert").getByText("long.txt is too big").waitFor();
  assert.match(await page.getByRole("alert").textContent(), WORDS);
  assert.deepStrictEqual((await rows(page)).map(({ text }) => text), ["The factory makes steel."]);
  const huge = `<p>${"Rain fell. ".repeat(2_000_000)}`;
  writeFileSync(join(folder, "huge.html"), huge);
  await page.locator("#files").setInputFiles(join(folder, "huge.html"));
  await page.getByRole("alert").getByText("huge.html is too big for a page").waitFor();
  assertQuiet(watch);
  await page.close();
});

test("a paste of some megabytes into a text that is there is read at once with it, and no field has to hold it", async () => {
  const { page, watch } = await openPage(browser.context);
  await page.locator("#save-project").waitFor();
  await page.locator("#text").fill("Typed before.\n\nTyped after.");
  await page.locator("#text").evaluate((box) => box.setSelectionRange(15, 15));
  const paragraphs = upTo(english(), 1_500_000);
  const [first] = paragraphs;
  await give(page, `${paragraphs.join("\n\n")}\n\n`, "paste");
  await page.waitForFunction(() => document.querySelectorAll("#articles .open").length === 1);
  await page.locator("#found", { hasText: /paragraphs/ }).waitFor();
  assert.equal((await rows(page))[0].text, "Typed before.");
  assert.equal((await rows(page))[1].text, first);
  await page.locator("#strip .strip").focus();
  await page.keyboard.press("End");
  await page.locator("#paragraphs li.active", { hasText: "Typed after." }).waitFor();
  assertQuiet(watch);
  await page.close();
});
