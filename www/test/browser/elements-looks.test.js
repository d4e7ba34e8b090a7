/** The elements among other people's styles: nothing of the host is touched, and nothing of the host gets in. */

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { after, before, test } from "node:test";

import { AXE, openPage, shot, startChromium } from "./chromium.js";
import { ARTICLE, STRICT, page as html, serveHost } from "./host-pages.js";

const READER = '<leitmotif-reader target="#article"></leitmotif-reader>';
const ARABIC = `<article id="article"><h2>خطة الوادي</h2><p>المصنع ينتج الصلب والآلات.</p><p>The factory makes steel and machine tools.</p></article>`;
const sheet = '<link rel="stylesheet" href="/host.css">';

const pages = {
  "/plain.html": html(`${ARTICLE}${READER}`, { head: sheet }),
  "/early.html": html(`${ARTICLE}${READER}`, { head: sheet, script: "" }),
  "/host.css": "main { max-width: 44rem; margin-inline: auto; font: 1.125rem/1.6 Georgia, serif } article { color: #222 } article p { text-indent: 1em }",
  "/hostile.html": html(`${ARTICLE}<leitmotif-reader target="#article" editable view="strip labels bars list"></leitmotif-reader>`, { head: '<link rel="stylesheet" href="/hostile.css">' }),
  "/hostile.css":
    "* { all: unset !important } button { display: none !important } li { float: left !important } p { letter-spacing: 9px; text-transform: uppercase; line-height: 4 } table { display: none !important } [part] { opacity: 0 } :root { --surface: red; --ink: red; --solid: red }",
  "/side.html": html(`<div class="columns">${ARTICLE}<aside><leitmotif-reader target="#article"></leitmotif-reader></aside></div>`, { head: '<link rel="stylesheet" href="/side.css">' }),
  "/side.css": ".columns { display: grid; grid-template-columns: 1fr 300px; gap: 20px; font-family: Georgia, serif } @media (max-width: 640px) { .columns { display: block } }",
  "/row.html": html(`<div class="row"><p>Beside it</p>${ARTICLE}${READER}</div>`, { head: '<link rel="stylesheet" href="/row.css">' }),
  "/row.css": ".row { display: flex } #article { width: 300px; flex: none }",
  "/arabic.html": html(`${ARABIC}<leitmotif-reader target="#article" view="strip labels bars list" editable></leitmotif-reader>`, { html: 'lang="ar" dir="rtl"' }),
  "/dark.html": html(`${ARTICLE}<leitmotif-reader target="#article" view="strip labels bars list" editable></leitmotif-reader><leitmotif-box></leitmotif-box>`, { head: '<meta name="color-scheme" content="light dark">' }),
  "/own.html": html(`${ARTICLE}<leitmotif-reader target="#article"></leitmotif-reader>`, { head: '<link rel="stylesheet" href="/own.css">' }),
  "/own.css":
    "leitmotif-reader { --leitmotif-ecology: rgb(1, 2, 3); --leitmotif-ecology-tint: rgb(4, 5, 6); --leitmotif-size: 20px; --leitmotif-font: monospace; --leitmotif-surface: rgb(250, 251, 252); --leitmotif-rail: 9px } leitmotif-reader::part(label) { outline: 1px solid rgb(7, 8, 9) } leitmotif-reader::part(legend) { display: none }",
};

let browser;
let host;
before(async () => {
  browser = await startChromium();
  host = await serveHost(pages, STRICT);
});
after(async () => {
  host.stop();
  await browser.close();
});

/** @param {string} path @param {{ width?: number, media?: object, wait?: boolean }} [options] */
async function opened(path, { width = 1000, media = {}, wait = true } = {}) {
  const { page, watch } = await openPage(browser.context, {
    path: host.address(path),
    ready: false,
    prepare: async (page) => {
      await page.emulateMedia(media);
      await page.setViewportSize({ width, height: 800 });
      await page.addInitScript({ path: AXE });
    },
  });
  if (wait) await page.locator("leitmotif-reader .status", { hasText: "paragraphs" }).first().waitFor();
  return { page, watch };
}

const quiet = ({ console, errors, violations }) => assert.deepStrictEqual([console, errors, violations], [[], [], []]);
const label = (page, i) => page.locator("leitmotif-reader .verdict").nth(i);
const style = (locator, name) => locator.evaluate((element, name) => getComputedStyle(element)[name], name);

async function picture(page, name) {
  const path = shot(`element-${name}`);
  await page.screenshot({ path, fullPage: true });
  assert.ok(statSync(path).size > 5_000);
}

test("the host's elements and styles are what they were: loading, reading, choosing, filtering, leaving", async () => {
  const { page, watch } = await opened("/early.html", { wait: false });
  const [before, during, changes, after] = await page.evaluate(async () => {
    const all = () => [...document.querySelectorAll("html, body, main, h1, article, article *")];
    const styles = () => all().map((one) => [one.localName, ...[...getComputedStyle(one)].map((name) => getComputedStyle(one).getPropertyValue(name))].join(";"));
    const boxes = () => all().filter((one) => one.closest("article")).map((one) => Object.values(one.getBoundingClientRect().toJSON()).join());
    const log = [];
    const reader = document.querySelector("leitmotif-reader");
    const watch = new MutationObserver((records) => log.push(...records.map(({ type, target }) => `${type} ${target.nodeName}`)));
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    // What is below it moves down as it grows: the article stands above.
    const taken = () => [styles().map((line) => line.replace(/\d+(\.\d+)?px/g, "px")).join("\n"), boxes().join("\n"), document.querySelector("article").outerHTML];
    const before = taken();
    await import("/elements/define.js");
    await Promise.all([reader.read(), new Promise((done) => reader.addEventListener("leitmotif-result", done, { once: true }))]);
    const root = reader.shadowRoot;
    await reader.focusParagraph(2);
    scrollTo(0, 0);
    root.querySelector(".legend button:not(:disabled)").click();
    await new Promise((done) => setTimeout(done, 200));
    const during = taken();
    root.querySelector(".strip").dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true }));
    await new Promise((done) => setTimeout(done, 200));
    scrollTo(0, 0);
    const changes = [...log];
    watch.disconnect();
    reader.remove();
    await new Promise((done) => setTimeout(done, 100));
    return [before, during, changes, taken()];
  });
  assert.deepStrictEqual(changes, []);
  assert.deepStrictEqual(during, before);
  assert.deepStrictEqual(after, before);
  quiet(watch);
  await page.close();
});

test("what is chosen is painted into the host's text, and brought into view", async () => {
  const { page, watch } = await opened("/plain.html");
  const painted = () =>
    page.evaluate(() =>
      Object.fromEntries([...CSS.highlights].map(([name, ranges]) => [name, [...ranges].map(({ startContainer, startOffset, endContainer, endOffset }) => {
        const range = document.createRange();
        range.setStart(startContainer, startOffset);
        range.setEnd(endContainer, endOffset);
        return String(range).replace(/\s+/g, " ");
      })])),
    );
  await label(page, 1).focus();
  const first = await painted();
  assert.deepStrictEqual(first["leitmotif-chosen"], ["The factory makes steel and machine tools."]);
  const words = Object.entries(first).filter(([name]) => name.startsWith("leitmotif-for")).flatMap(([, words]) => words);
  assert.ok(words.length > 0 && words.every((word) => "The factory makes steel and machine tools.".includes(word)), words.join());
  const why = await page.locator("leitmotif-reader .why").nth(1).textContent();
  for (const word of words) assert.ok(why.includes(word), `${word} in ${why}`);
  await label(page, 2).focus();
  assert.deepStrictEqual((await painted())["leitmotif-chosen"], ["Wetlands and forests were restored, and emissions fell."]);

  const visible = () => page.locator("#article p").first().evaluate((p) => p.getBoundingClientRect().top >= 0 && p.getBoundingClientRect().bottom <= innerHeight);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  assert.equal(await visible(), false);
  await label(page, 1).click();
  assert.equal(await visible(), true);
  quiet(watch);
  await page.close();
});

test("where there are no highlights, all else works, and the sentence says the same", async () => {
  const { page, watch } = await openPage(browser.context, {
    path: host.address("/plain.html"),
    ready: false,
    prepare: (page) => page.addInitScript(() => {
      delete CSS.highlights;
      Object.defineProperty(CSS, "highlights", { value: undefined });
    }),
  });
  await page.locator("leitmotif-reader .status", { hasText: "paragraphs" }).waitFor();
  await label(page, 1).focus();
  await page.locator("leitmotif-reader .why", { hasText: "Because of: " }).first().waitFor();
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
  quiet(watch);
  await page.close();
});

test("a host that unsets everything, hides buttons and floats lists does not break it", async () => {
  const { page, watch } = await opened("/hostile.html");
  const item = page.locator("leitmotif-reader .paragraph").nth(1);
  assert.deepStrictEqual(
    [await style(item, "float"), await style(label(page, 1), "display"), await style(item.locator(".text"), "letterSpacing"), await style(item.locator(".text"), "textTransform"), await style(item, "opacity")],
    ["none", "flex", "normal", "none", "1"],
  );
  assert.equal(await style(page.locator("leitmotif-reader .leitmotif"), "backgroundColor"), "rgb(255, 255, 255)");
  assert.ok(await page.locator("leitmotif-reader table").isVisible());
  await label(page, 1).focus();
  await page.keyboard.press("4");
  await page.locator("leitmotif-reader .codes", { hasText: "Ecology" }).waitFor();
  await picture(page, "hostile");
  quiet(watch);
  await page.close();
});

test("beside an article of 300 pixels, at 360, and in a row of its host: nothing runs over, every name is whole", async () => {
  for (const [path, width] of [["/side.html", 1000], ["/side.html", 360], ["/row.html", 700], ["/plain.html", 320]]) {
    const { page, watch } = await opened(path, { width });
    await label(page, 1).focus();
    const [wide, room] = await page.evaluate(() => {
      const { left, right } = document.querySelector("leitmotif-reader").getBoundingClientRect();
      const over = everywhere("leitmotif-reader *").length;
      const inner = [...document.querySelector("leitmotif-reader").shadowRoot.querySelectorAll("button, th, td, .strip, .note")].map((one) => one.getBoundingClientRect()).filter(({ width }) => width > 0);
      return [[Math.max(...inner.map((box) => box.right - right)), Math.max(...inner.map((box) => left - box.left)), over >= 0], right - left];
    });
    assert.ok(wide[0] <= 1 && wide[1] <= 1, `${path} at ${width}: ${wide[0]}, ${wide[1]} px over`);
    assert.ok(room >= 240, `${path} at ${width}: ${room} px`);
    const lines = await page.locator("leitmotif-reader th[scope=row]").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    assert.ok(lines.every((height) => height < 40), `${path} at ${width}: names broken over lines, ${lines}`);
    await picture(page, `${path.slice(1, -5)}-${width}`);
    quiet(watch);
    await page.close();
  }
});

test("from right to left: the layout is mirrored, arrows follow it, words of the interface keep their order", async () => {
  const { page, watch } = await opened("/arabic.html");
  const rail = await page.locator("leitmotif-reader .rail").first().boundingBox();
  const item = await page.locator("leitmotif-reader .paragraph").first().boundingBox();
  assert.ok(rail.x > item.x + item.width / 2, "the rail stands at the right");
  const strip = page.getByRole("slider");
  await strip.focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  assert.equal(await strip.getAttribute("aria-valuenow"), "2");
  const facts = page.locator("leitmotif-reader .label", { hasText: "Industry" }).first();
  assert.equal(await style(facts, "direction"), "ltr");
  assert.equal(await style(page.locator("leitmotif-reader .text").nth(1), "direction"), "rtl");
  await label(page, 2).focus();
  await picture(page, "arabic");
  quiet(watch);
  await page.close();
});

test("by the keyboard alone: strip, legend, list; the focus is seen, and a choice is heard of once", async () => {
  const { page, watch } = await opened("/plain.html");
  await page.evaluate(() => {
    globalThis.chosen = [];
    document.addEventListener("leitmotif-select", ({ detail }) => chosen.push(detail.index));
    document.querySelector("h1").tabIndex = -1;
    document.querySelector("h1").focus();
  });
  const seen = [];
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press("Tab");
    seen.push(await page.evaluate(() => [focused().getAttribute("part") ?? focused().localName, getComputedStyle(focused()).outlineStyle, focused().getRootNode() instanceof ShadowRoot]));
    if (seen.at(-1)[0] === "label") break;
  }
  assert.deepStrictEqual([...new Set(seen.map(([part]) => part))], ["a", "strip", "legend-item", "label"]);
  assert.ok(seen.filter(([, , inside]) => inside).every(([, outline]) => outline === "solid"), JSON.stringify(seen));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("j");
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  assert.deepStrictEqual(await page.evaluate(() => chosen), [0, 1, 5, 0]);
  await page.keyboard.press("Escape");
  assert.equal(await style(page.locator("leitmotif-reader .why").first(), "visibility"), "hidden");
  quiet(watch);
  await page.close();
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test(`${colorScheme}: no violation by axe, in every state of both elements`, async () => {
    const { page, watch } = await opened("/dark.html", { media: { colorScheme, reducedMotion: "reduce" } });
    const axe = async (state) => {
      const found = await page.evaluate(async () => {
        const { violations, passes } = await window.axe.run({ include: [["leitmotif-reader"], ["leitmotif-box"]] }, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
        return [violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => JSON.stringify(target)).join(" | ")}`), passes.length];
      });
      assert.deepStrictEqual(found[0], [], state);
      assert.ok(found[1] > 10);
      await picture(page, `${colorScheme}-${state}`);
    };
    await page.evaluate(() => document.querySelector("leitmotif-box").ready);
    await axe("read");
    await label(page, 1).click();
    await page.keyboard.press("4");
    await axe("coded");
    await page.evaluate(() => document.querySelector("leitmotif-box").read("The factory makes steel.\n\nHe smiled."));
    await page.locator("leitmotif-box .text", { hasText: "He smiled." }).waitFor();
    await axe("box");
    await page.evaluate(() => (document.querySelector("leitmotif-reader").target = "#nowhere"));
    await page.locator("leitmotif-reader [part~=status]", { hasText: "There is no element" }).waitFor();
    await axe("error");
    quiet(watch);
    await page.close();
  });
}

test("forced colours and paper: bars are drawn, labels have edges, paper is light and has nothing to press", async () => {
  const { page, watch } = await opened("/dark.html", { media: { forcedColors: "active" } });
  const bar = page.locator("leitmotif-reader .rail span").first();
  const canvas = await style(page.locator("body"), "color");
  assert.equal(await style(bar, "backgroundColor"), canvas);
  assert.equal(await style(page.locator("leitmotif-reader .label").first(), "borderStyle"), "solid");
  await picture(page, "forced-colors");
  await label(page, 1).click();
  await page.emulateMedia({ forcedColors: "none", colorScheme: "dark", media: "print" });
  assert.equal(await style(page.locator("leitmotif-reader .leitmotif").first(), "backgroundColor"), "rgb(255, 255, 255)");
  assert.equal(await style(page.locator("leitmotif-reader .leitmotif").first(), "color"), "rgb(27, 31, 36)");
  assert.ok(await page.locator("leitmotif-reader .work").first().isHidden());
  assert.ok(await page.locator("leitmotif-reader .label").first().isVisible());
  await picture(page, "print");
  quiet(watch);
  await page.close();
});

test("custom properties and parts: a host's own colours, sizes, fonts", async () => {
  const { page, watch } = await opened("/own.html");
  const ecology = page.locator("leitmotif-reader .paragraph").nth(2);
  assert.equal(await style(ecology.locator(".rail span"), "backgroundColor"), "rgb(1, 2, 3)");
  assert.equal(await style(ecology.locator(".label"), "backgroundColor"), "rgb(4, 5, 6)");
  assert.equal(await style(ecology.locator(".rail"), "inlineSize"), "9px");
  assert.equal(await style(label(page, 2), "outlineColor"), "rgb(7, 8, 9)");
  assert.equal(await style(page.locator("leitmotif-reader .legend"), "display"), "none");
  const frame = page.locator("leitmotif-reader .leitmotif");
  assert.deepStrictEqual([await style(frame, "fontSize"), await style(frame, "fontFamily"), await style(frame, "backgroundColor")], ["20px", "monospace", "rgb(250, 251, 252)"]);
  quiet(watch);
  await page.close();
});
