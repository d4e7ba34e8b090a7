/** What is pasted is shown as text and never becomes part of the page, however odd or long it is. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ARTICLE_001 } from "../site.js";
import { ADDRESS, assertQuiet, openPage, paste, read, rows, settled, startChromium } from "./chromium.js";

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

const HOSTILE = [
  "<script>window.ran = 'script'; alert(1)</script>",
  "<img src=x onerror=\"window.ran = 'img'\"> <svg onload=\"window.ran = 'svg'\"></svg>",
  "<iframe src=\"javascript:parent.ran = 'frame'\"></iframe><a href=\"javascript:alert(1)\">factories</a>",
  "</textarea></li></ol><style>body { display: none }</style><base href=https://leitmotif.invalid/>",
  "<b>The factory</b> makes &lt;steel&gt; &amp; machine tools{{constructor.constructor('window.ran=1')()}}",
  "<link rel=stylesheet href=//leitmotif.invalid/x.css><meta http-equiv=refresh content=0>",
].join("\n\n");

const INTRUDERS = "main :is(script, img, iframe, a, style, base, b, link, meta, object)";

async function inert(page, watch, loaded) {
  assert.equal(await page.locator(INTRUDERS).count(), 0);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.equal(watch.requests.length, loaded, `asked for: ${watch.requests.slice(loaded)}`);
  assertQuiet(watch);
}

test("pasted markup and script is shown as it is written, and is inert", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  await paste(page, HOSTILE);
  const shown = (await rows(page)).map(({ text }) => text);
  assert.deepStrictEqual(shown, HOSTILE.split("\n\n"));
  await inert(page, watch, loaded);
  await page.close();
});

test("a web page in the clipboard is pasted as its text", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  await browser.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(ADDRESS).origin });
  // Copied in a tab without a policy, as from any other site.
  const elsewhere = await browser.context.newPage();
  await elsewhere.goto(new URL("style.css", ADDRESS).href);
  await elsewhere.bringToFront();
  await elsewhere.evaluate(async (html) => {
    const blob = (type, text) => new Blob([text], { type });
    await navigator.clipboard.write([
      new ClipboardItem({ "text/html": blob("text/html", html), "text/plain": blob("text/plain", "The factory makes steel.\n\nHe smiled.") }),
    ]);
  }, `<p onclick="window.ran=1">The <b>factory</b> makes steel.</p><img src=x onerror="window.ran=1"><p>He smiled.</p>`);
  await elsewhere.close();
  await page.bringToFront();
  await page.locator("#text").focus();
  await page.keyboard.press("Control+V");
  await page.locator("#paragraphs li").nth(1).waitFor();
  assert.deepStrictEqual((await rows(page)).map(({ text }) => text), ["The factory makes steel.", "He smiled."]);
  await inert(page, watch, loaded);
  await page.close();
});

const HOSTILE_HTML = [
  "<meta charset=utf-8><base href='https://leitmotif.invalid/'><link rel=stylesheet href='/style.css'>",
  "<style>@import url(https://leitmotif.invalid/x.css); body { display: none }</style>",
  "<script>window.ran = 1</script><script src='https://leitmotif.invalid/x.js'></script>",
  "<p onclick='window.ran=1' style='color:red; background: url(https://leitmotif.invalid/y.png)'>The factory makes steel.</p>",
  "<img src=x onerror='window.ran=1'><img src='https://leitmotif.invalid/z.png'><svg/onload='window.ran=1'><style>a{}</style></svg>",
  "<picture><source srcset='https://leitmotif.invalid/w.webp'></picture><video autoplay src='https://leitmotif.invalid/v.mp4'></video>",
  "<iframe srcdoc=\"<script>parent.ran=1</script>\"></iframe><object data='https://leitmotif.invalid/o'></object><embed src=x>",
  "<a href='javascript:window.ran=1'>A link</a> to <b style=display:none>nothing</b> wetlands.",
  "<form action='https://leitmotif.invalid/'><input autofocus onfocus='window.ran=1'><button>Send</button></form>",
  "<math><mtext><table><mglyph><style><img src=x onerror='window.ran=1'></style></mglyph></table></mtext></math>",
  "<div>Turned on=off and style=none are words.</div><template><p>Hidden</p></template><noscript><p>Not seen</p></noscript>",
].join("\n");

for (const [name, prepare] of [
  ["by Document.parseHTML where there is one", undefined],
  ["by the page's one Trusted Types policy", () => delete Document.parseHTML],
  ["without Trusted Types", () => (delete Document.parseHTML, delete window.trustedTypes)],
]) {
  test(`hostile HTML in the clipboard gives its words, and nothing runs or loads: ${name}`, async () => {
    const { page, watch } = await openPage(browser.context, {
      prepare: async (page) => {
        if (prepare) await page.addInitScript(prepare);
        // Where the browser enforces the types, taking their names away does not help: nor does the policy then ask for them.
        if (name.startsWith("without")) {
          await page.route((url) => url.pathname === "/", async (route) => {
            const response = await route.fetch();
            const html = (await response.text()).replace(/; require-trusted-types-for [^"]*/, "");
            await route.fulfill({ response, body: html });
          });
        }
      },
    });
    const loaded = watch.requests.length;
    await paste(page, "plain", HOSTILE_HTML);
    const shown = (await rows(page)).map(({ text }) => text);
    assert.deepStrictEqual(shown, ["The factory makes steel.", "A link to wetlands.", "Send", "Turned on=off and style=none are words."]);
    await inert(page, watch, loaded);
    await page.close();
  });
}

test("lone surrogates, controls and other scripts are read, and nothing is lost", async () => {
  const { page, watch } = await openPage(browser.context);
  const text = "a\ud800b \udc00 factory 🏭\n\n生态保护 مصنع للصلب\u0007\n\nabc\u202edef\u2028Wetlands";
  await paste(page, text);
  const shown = (await rows(page)).map(({ text }) => text).join("");
  assert.equal(shown.replace(/\s/g, "").length, text.replace(/\s/g, "").length);
  assertQuiet(watch);
  await page.close();
});

test("5 MB are read, shown in part, and the rest comes on demand", async () => {
  const { page, watch } = await openPage(browser.context);
  const times = Math.ceil(5_000_000 / ARTICLE_001.length);
  await page.locator("#text").evaluate((box, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
  }, `${ARTICLE_001}\n\n`.repeat(times));
  const more = page.getByRole("button", { name: /^Show 200 more/ });
  await more.waitFor();
  await page.locator("#paragraphs li").nth(199).waitFor({ state: "attached" });
  assert.equal(await page.locator("#paragraphs li").count(), 200);
  await read(page);
  await more.click();
  await page.locator("#paragraphs li").nth(399).waitFor({ state: "attached" });
  await page.waitForFunction(() => everywhere("#paragraphs .verdict").indexOf(focused()) === 200);
  assertQuiet(watch);
  await page.close();
});

test("more than can be read is said, and the next text is read again", async () => {
  // With a lower limit: Chromium itself takes a minute to lay out ten million characters.
  const { page, watch } = await openPage(browser.context, {
    prepare: (page) =>
      page.route("**/text-limit.js", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace("TEXT_LIMIT = 50_000_000", "TEXT_LIMIT = 1_000") });
      }),
  });
  await page.locator("#text").fill(ARTICLE_001);
  await page.getByRole("button", { name: "Read it" }).click();
  await page.getByRole("alert").getByText("at most 0.001 MB of text (as UTF-8) are read here").waitFor();
  assert.equal(await page.locator("#text").inputValue(), ARTICLE_001);
  assert.deepStrictEqual(await rows(page), []);
  assert.ok(await page.locator("#reading").isHidden());
  await page.locator("#text").fill("");
  await paste(page, "The factory makes steel.");
  assert.ok(await page.locator("#error").isHidden());
  assert.match((await rows(page))[0].verdict, /^Industry/);
  assertQuiet(watch);
  await page.close();
});
