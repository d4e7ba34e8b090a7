/** HTML as Word, Google Docs, mail programs and news sites put it into the clipboard: its blocks, against golden ones. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { project } from "../site.js";
import { assertQuiet, openPage, paste, read, rows, startChromium } from "./chromium.js";

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

const GOLDEN = process.env.LEITMOTIF_PASTES ?? project("crate/tests/pastes/html.jsonl");
const cases = existsSync(GOLDEN) ? readFileSync(GOLDEN, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line)) : [];

/** White space, and what else cannot be seen. */
const bare = (text) => text.replace(/[\s\ufeff\u200b-\u200f\u2060\u00ad\u202a-\u202e\u2066-\u2069]/g, "");

/** Where paragraphs end, counted in visible characters, the last end left out. */
function boundaries(texts) {
  let at = 0;
  return new Set(texts.map((text) => (at += bare(text).length)).slice(0, -1));
}

test("golden HTML pastes: boundary F1 of at least 0.97, and no visible character lost", { skip: cases.length === 0 && "no golden pastes" }, async (t) => {
  const { page, watch } = await openPage(browser.context);
  const found = await page.evaluate(async (htmls) => {
    const { blocksOf } = await import("/blocks.js");
    const { parseInert } = await import("/inert.js");
    return htmls.map((html) => blocksOf(parseInert(html)));
  }, cases.map(({ html }) => html));
  let [hits, made, wanted] = [0, 0, 0];
  const lost = [];
  for (const [i, { id, paragraphs }] of cases.entries()) {
    const texts = found[i].map(({ text }) => text);
    const [own, golden] = [boundaries(texts), boundaries(paragraphs)];
    const both = [...own].filter((at) => golden.has(at)).length;
    hits += both;
    made += own.size;
    wanted += golden.size;
    if (bare(texts.join("")) !== bare(paragraphs.join(""))) lost.push(id);
    if (both < own.size || both < golden.size || lost.at(-1) === id) t.diagnostic(`${id}: ${own.size} boundaries, ${golden.size} golden, ${both} the same${lost.at(-1) === id ? "; other characters" : ""}`);
  }
  const f1 = (2 * hits) / (made + wanted);
  t.diagnostic(`boundary F1 ${f1.toFixed(4)} over ${cases.length} pastes, ${wanted} boundaries`);
  assert.deepStrictEqual(lost, []);
  assert.ok(f1 >= 0.97, `boundary F1 ${f1}`);
  assertQuiet(watch);
  await page.close();
});

const HTML = "<h1>Rain</h1><figure><img src=x><figcaption>The bridge in spring</figcaption></figure><p>One.<br>Two.<br><br>Three.</p>";
const BLOCKS = ["Rain", "The bridge in spring", "One.\nTwo.", "Three."];

test("pasted HTML of two blocks and more is split as on its page, which can be changed with one choice and undone", async () => {
  const { page, watch } = await openPage(browser.context);
  await paste(page, "Rain One. Two. Three.", HTML);
  const texts = async () => (await rows(page)).map(({ text }) => text);
  assert.deepStrictEqual(await texts(), BLOCKS);
  const kinds = (await rows(page)).map(({ classes }) => classes[1]);
  assert.deepStrictEqual(kinds.slice(0, 2), ["heading", "furniture"]);
  const split = page.locator("#split");
  assert.equal(await split.inputValue(), "blocks");
  assert.match(await page.locator("#found .count").textContent(), /^4 paragraphs · 1 left out$/);
  await split.selectOption("line");
  assert.deepStrictEqual(await texts(), ["Rain", "The bridge in spring", "One.", "Two.", "Three."]);
  await page.getByRole("button", { name: "Undo" }).click();
  assert.deepStrictEqual(await texts(), BLOCKS);
  assert.equal(await split.inputValue(), "blocks");
  await page.getByRole("button", { name: "Redo" }).click();
  assert.equal((await texts()).length, 5);
  assertQuiet(watch);
  await page.close();
});

test("a paragraph that is emptied takes nothing from the others of its page", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "x", "<h2>Short heading</h2><p>He smiled.</p><h2>Another heading, long as a sentence, that ends with a full stop.</h2><p>The factory makes steel.</p>");
  await page.locator("#paragraphs .verdict").nth(1).focus();
  for (const key of ["e", "Control+a", "Delete", "Control+Enter"]) await page.keyboard.press(key);
  await page.waitForFunction(() => everywhere("#paragraphs > ol > li").length === 3);
  for (const way of ["blank", "blocks"]) {
    await page.locator("#split").selectOption(way);
    await read(page);
  }
  assert.deepStrictEqual((await rows(page)).map(({ classes }) => classes[1]), ["heading", "heading", "body"]);
  await page.close();
});

test("HTML of one block gives way to the plain text of the same clipboard", async () => {
  const { page, watch } = await openPage(browser.context);
  await paste(page, "One factory.\n\nTwo factories.", "<meta charset=utf-8><span>One factory. Two factories.</span>");
  assert.deepStrictEqual((await rows(page)).map(({ text }) => text), ["One factory.", "Two factories."]);
  assert.match(await page.locator("#split").evaluate(({ selectedOptions }) => selectedOptions[0].textContent), /automatic: at blank lines/);
  assertQuiet(watch);
  await page.close();
});
