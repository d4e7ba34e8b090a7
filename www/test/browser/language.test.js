/** A further language is one file and one line: a made-up one, added while the test runs, is seen in the page and in an element. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { ARTICLE_001, site } from "../site.js";
import { ADDRESS, assertQuiet, openPage, paste, startChromium } from "./chromium.js";

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

/** The file: both tables of English, each text marked. */
const FILE = `
  import { en } from "./en.js";
  import { en as take } from "./take-en.js";
  const marked = (value) => {
    if (typeof value === "string") return "¡" + value;
    if (typeof value === "function") return (...given) => marked(value(...given));
    if (Array.isArray(value)) return value.map(marked);
    return value === null || typeof value !== "object" ? value : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]));
  };
  export const reading = marked(en);
  export const taking = { ...marked(take), language: "xx", percent: take.percent };
`;

/** The register, with one line more. */
const REGISTER = readFileSync(site("messages/languages.js"), "utf8").replace(
  /^ {2}zh: .*$/m,
  '$&\n  xx: { name: "¡¡", reading: async () => (await import("./xx.js")).reading, taking: async () => (await import("./xx.js")).taking },',
);

async function addLanguage(page) {
  const type = "text/javascript";
  await page.route("**/messages/languages.js", (route) => route.fulfill({ body: REGISTER, contentType: type }));
  await page.route("**/messages/xx.js", (route) => route.fulfill({ body: FILE, contentType: type }));
}

test("a made-up language: every word of the page is its own, and the table is loaded only when it is chosen", async () => {
  const { page, watch } = await openPage(browser.context, { prepare: addLanguage });
  const asked = (name) => watch.requests.filter((url) => url === new URL(`messages/${name}.js`, ADDRESS).href).length;
  assert.deepStrictEqual([asked("xx"), asked("zh"), asked("take-zh"), asked("en")], [0, 0, 0, 1]);
  await paste(page, ARTICLE_001);
  await page.locator("#language").selectOption("xx");
  await page.waitForFunction(() => document.documentElement.lang === "xx" && document.querySelector("#take h2").textContent.startsWith("¡"));
  assert.deepStrictEqual([asked("xx"), asked("zh")], [1, 0]);
  await page.locator("#paragraphs .verdict").nth(3).focus();
  await page.locator("#tab-overview").click();
  // What nobody translates: names, places, numbers, the article itself, themes, and choices of a language.
  const [unmarked, marked] = await page.evaluate(() => {
    const own = "h1, option, #model, #samples button, #articles, .text, .rank, [lang], #status";
    const words = (root) =>
      [...root.childNodes].flatMap((node) => {
        if (node.nodeType === Node.TEXT_NODE) return /\p{L}{2}/u.test(node.data) ? [node.data.trim()] : [];
        if (!(node instanceof Element) || node.matches("style, script, noscript, [hidden], [inert]") || node.matches(own)) return [];
        return [...words(node), ...(node.shadowRoot ? words(node.shadowRoot) : [])];
      });
    const all = [...new Set(words(document.body))];
    return [all.filter((text) => !text.includes("¡")), all.filter((text) => text.includes("¡")).length];
  });
  assert.ok(marked > 30, `${marked} pieces of text are marked`);
  const themes = ["Urbanization", "Opening-up", "Industry", "Ecology", "Governance"];
  assert.deepStrictEqual(unmarked.filter((text) => !themes.some((theme) => text.includes(theme))), []);
  const button = page.locator("#take button").first();
  assert.equal(await button.textContent(), "¡CSV");
  await page.locator("#language").selectOption("en");
  await page.waitForFunction(() => document.documentElement.lang === "en" && document.querySelector("#take h2").textContent === "Take it away");
  assertQuiet(watch);
  await page.close();
});

test("the line of what happened follows the language, and is not read out again for that", async () => {
  const { page, watch } = await openPage(browser.context);
  const status = page.locator("#status");
  const choose = async (language) => {
    await page.locator("#language").selectOption(language);
    await page.waitForFunction((language) => document.documentElement.lang === language, language);
  };
  /** What the line says in both languages; it is heard once, when it is new. */
  const inBoth = async (english, chinese) => {
    await status.filter({ hasText: english }).waitFor();
    assert.deepStrictEqual(await page.evaluate(() => window.changes.map(([, live]) => live).at(-1) ?? null), null);
    await page.evaluate(() => (window.changes = []));
    await choose("zh");
    assert.match(await status.textContent(), chinese);
    await choose("en");
    assert.match(await status.textContent(), english);
    // Longer than a message waits.
    await page.waitForTimeout(1_000);
    const changes = await page.evaluate(() => window.changes);
    assert.deepStrictEqual(changes.map(([, live]) => live), ["off", "off"], JSON.stringify(changes));
  };
  await page.evaluate(() => {
    window.changes = [];
    const line = document.querySelector("#status");
    new MutationObserver(() => window.changes.push([line.textContent, line.getAttribute("aria-live")])).observe(line, { childList: true });
  });
  await inBoth(/^Ready\.$/, /^就绪/);
  await paste(page, "The factory makes steel.\n\nHe smiled.");
  await inBoth(/^2 paragraphs: /, /^2 段：/);
  await page.locator("#paragraphs .verdict").first().focus();
  await page.keyboard.press("4");
  await status.filter({ hasText: "Ecology" }).waitFor();
  await page.keyboard.press("z");
  await inBoth(/^Taken back: a code\. 2 paragraphs: /, /^已撤销.+2 段：/);
  assertQuiet(watch);
  await page.close();
});

test("a reader whose browser asks for it gets it at once", async () => {
  const { page } = await openPage(browser.context, {
    ready: false,
    prepare: async (page) => {
      await addLanguage(page);
      await page.addInitScript(() => Object.defineProperty(navigator, "languages", { get: () => ["xx-YY", "en"] }));
    },
  });
  await page.locator("#status", { hasText: "¡Ready." }).waitFor();
  assert.equal(await page.locator("#language").inputValue(), "xx");
  await page.close();
});

test("where the tables of a language do not arrive the page stays as it is", async () => {
  const { page } = await openPage(browser.context, { prepare: (page) => page.route("**/messages/zh.js", (route) => route.abort()) });
  await page.locator("#language").selectOption("zh");
  await page.waitForFunction(() => document.querySelector("#language").value === "en");
  assert.equal(await page.locator("#take h2").first().textContent(), "Take it away");
  await page.close();
});
