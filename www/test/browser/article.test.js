/** The main job, end to end: paste an article, see its themes. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { ARTICLE_001, project, siteModule } from "../site.js";
import { ADDRESS, assertQuiet, openPage, paste, read, rows, settled, startChromium } from "./chromium.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const motif = await Leitmotif.create();
const expected = await motif.read(ARTICLE_001);
const names = Object.fromEntries(motif.themes.map(({ id, names }) => [id, names.en]));
const CHANCE = String.raw`\d{1,2}\u00a0?\s?%`;

let browser;
before(async () => (browser = await startChromium({ bundled: true })));
after(() => browser.close());

const bare = (text) => text.replace(/\s/g, "");

test("article 001, pasted: labels, evidence, reasons and profile; console empty, no request", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  await paste(page, ARTICLE_001);
  const shown = await rows(page);

  assert.equal(shown.length, expected.paragraphs.length);
  assert.equal(bare(shown.map(({ text }) => text).join("")), bare(ARTICLE_001));

  for (const [i, { themes, kind, certainty, start, end }] of expected.paragraphs.entries()) {
    const row = shown[i];
    assert.equal(row.text, ARTICLE_001.slice(start, end));
    assert.ok(row.classes.includes(kind) && row.classes.includes(certainty));
    if (kind === "furniture") {
      assert.equal(row.verdict, "Left out");
      assert.match(row.why, /furniture/);
      continue;
    }
    if (themes.length === 0) assert.match(row.verdict, new RegExp(`^No theme · ${certainty}$`));
    if (themes.length === 1) assert.match(row.verdict, new RegExp(`^${names[themes[0]]} · ${certainty} · ${CHANCE}$`));
    if (themes.length > 1) {
      for (const theme of themes) assert.match(row.verdict, new RegExp(`${names[theme]} · ${CHANCE}`));
      assert.ok(row.verdict.endsWith(certainty));
    }
    if (certainty === "unsure") assert.match(row.why, /^Unsure (between .+ and .+|whether .+ belongs here.*)\./);
    if (themes.length > 0) {
      assert.match(row.why, /Because of: .+\./);
      for (const word of row.marked) assert.ok(row.why.toLowerCase().includes(word.toLowerCase()), `${word} in ${row.why}`);
    }
  }
  const industry = shown.find(({ text }) => text.startsWith("He urged Chongqing to strive to build a modernized industrial"));
  assert.match(industry.verdict, /^Industry · /);
  assert.ok(industry.marked.some((word) => /manufactur|industr/i.test(word)), industry.marked.join());
  assert.ok(shown.some(({ verdict }) => verdict?.startsWith("No theme")));
  assert.ok(shown.some(({ why }) => why.startsWith("Unsure between")));

  const bars = await page.locator(".profile table tr").evaluateAll((lines) =>
    lines
      .filter((line) => line.querySelector("td"))
      .map((line) => ({
        name: line.querySelector("th").textContent,
        share: line.querySelector(".share").textContent,
        paragraphs: line.querySelector("td:last-child").textContent,
        width: line.querySelector(".bar").getBoundingClientRect().width,
        room: line.querySelector(".share").getBoundingClientRect().width,
      })),
  );
  assert.deepStrictEqual(
    bars.map(({ name, share, paragraphs }) => [name, share, paragraphs]),
    expected.profile.shares.map(({ theme, words, paragraphs }) => [
      theme === null ? "No theme" : names[theme],
      `${Math.round(words * 100)}\u00a0%`,
      String(paragraphs),
    ]),
  );
  const most = bars.reduce((longest, bar) => (bar.width > longest.width ? bar : longest));
  const scale = most.width / Math.max(...expected.profile.shares.map(({ words }) => words));
  assert.ok(most.width > most.room / 2 && most.width < most.room, `${most.width} px of ${most.room}`);
  for (const [i, { words }] of expected.profile.shares.entries()) {
    assert.ok(Math.abs(bars[i].width - scale * words) < 1, `a bar of ${bars[i].width} px for ${words}`);
  }

  await page.locator("#status", { hasText: `${expected.profile.paragraphs} paragraphs: ` }).waitFor();
  assert.equal(watch.requests.length, loaded, `asked for after load: ${watch.requests.slice(loaded)}`);
  assertQuiet(watch);
  await page.close();
});

test("the watch would see a request, a message, an error and a breach of the policy", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  await page.evaluate(async () => {
    console.info("said");
    await fetch("/style.css");
    await fetch("https://leitmotif.invalid/").catch(() => {});
    setTimeout(() => {
      throw new Error("thrown");
    });
    try {
      document.body.innerHTML += "<img src=x onerror='window.ran = true'>";
    } catch {
      // As it should be: the policy lets no string become markup.
    }
    await new Promise((done) => setTimeout(done, 100));
  });
  assert.ok(watch.requests.length > loaded);
  assert.ok(watch.console.some((line) => line === "info: said"));
  assert.ok(watch.errors.some((line) => line.includes("thrown")));
  assert.ok(watch.violations.some((line) => line.startsWith("require-trusted-types-for")), watch.violations.join());
  assert.ok(watch.violations.some((line) => line.startsWith("connect-src")), watch.violations.join());
  assert.throws(() => assertQuiet(watch));
  assert.equal(await page.evaluate(() => window.ran), undefined);
  await page.close();
});

test("the page works with the network gone after it has loaded", async () => {
  const { page, watch } = await openPage(browser.context);
  await browser.context.setOffline(true);
  try {
    await page.locator("#samples button").first().click();
    await read(page);
    await paste(page, ARTICLE_001);
    assert.equal((await rows(page)).length, expected.paragraphs.length);
    assertQuiet(watch);
  } finally {
    await browser.context.setOffline(false);
  }
  await page.close();
});

test("three sample buttons load seed articles; each stays open until it is closed, and closing is undone", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  const { SAMPLES } = await siteModule("samples.js");
  assert.equal(await page.locator("#samples button").count(), 4);
  for (const [i, { file, name }] of SAMPLES.entries()) {
    const article = readFileSync(project("seeds/articles", file), "utf8");
    if (i > 0) await page.getByRole("button", { name: "New paste" }).click();
    await page.locator("#samples").getByRole("button", { name, exact: true }).click();
    await settled(page, article);
  }
  const open = page.locator("#articles .open");
  assert.deepStrictEqual(await open.allTextContents(), SAMPLES.map(({ name }) => name));
  await open.first().click();
  await settled(page, ARTICLE_001);
  for (const { name } of SAMPLES) await page.getByRole("button", { name: `Close ${name}` }).click();
  assert.ok(await page.locator("#reading").isHidden());
  assert.ok(await page.locator("#empty").isVisible());
  await page.getByRole("button", { name: "Undo" }).click();
  assert.deepStrictEqual(await open.allTextContents(), [SAMPLES.at(-1).name]);
  await read(page);
  assert.equal(watch.requests.length, loaded);
  assertQuiet(watch);
  await page.close();
});

test("what is typed in the box is there again until it is read or cancelled, whatever is looked at meanwhile", async () => {
  const { page } = await openPage(browser.context);
  const box = page.locator("#text");
  const press = (name) => page.getByRole("button", { name, exact: true }).click();
  const gone = () => box.waitFor({ state: "hidden" });
  const tab = (n) => page.locator("#articles .open").nth(n).click();
  const texts = () => page.locator("#paragraphs .text").allTextContents();
  await paste(page, "The factory makes steel.\r\n\r\nHe smiled.");
  await paste(page, "Wetlands were restored.");

  await press("New paste");
  await page.keyboard.type("Half a sentence");
  for (const [what, leave] of /** @type {const} */ ([
    ["another article", () => tab(0)],
    ["a file", () => page.locator("#files").setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("Trade grew.") })],
    ["an article closed", () => press("Close a")],
  ])) {
    await leave();
    await gone();
    await press("New paste");
    assert.equal(await box.inputValue(), "Half a sentence", what);
  }
  // The buttons take back what is being typed, and nothing that was done before it.
  await page.keyboard.press("End");
  await page.keyboard.type("!");
  await press("Undo");
  assert.equal(await box.inputValue(), "Half a sentence");
  await press("Redo");
  assert.equal(await box.inputValue(), "Half a sentence!");
  assert.equal(await page.locator("#articles .open").count(), 2);

  await tab(0);
  await gone();
  await press("Edit the whole text");
  await page.keyboard.type("In spring ");
  await tab(1);
  await gone();
  await press("Edit the whole text");
  assert.equal(await box.inputValue(), "Wetlands were restored.", "each article has its own");
  await press("New paste");
  assert.equal(await box.inputValue(), "Half a sentence!");
  await press("Read it");
  await settled(page, "Half a sentence!");
  await press("New paste");
  assert.equal(await box.inputValue(), "", "read, it is no draft");
  await tab(0);
  await gone();
  await press("Edit the whole text");
  assert.equal(await box.inputValue(), "In spring The factory makes steel.\n\nHe smiled.");
  // As a whole, for the browser knows nothing of how it was typed; and nothing that was done before it.
  await press("Undo");
  assert.equal(await box.inputValue(), "The factory makes steel.\n\nHe smiled.");
  await press("Redo");
  assert.equal(await box.inputValue(), "In spring The factory makes steel.\n\nHe smiled.");
  await box.focus();
  await page.keyboard.press("Control+Enter");
  await settled(page, "In spring The factory makes steel.\n\nHe smiled.");
  await press("Undo");
  await press("Edit the whole text");
  assert.equal(await box.inputValue(), "The factory makes steel.\n\nHe smiled.");
  await page.keyboard.type("In autumn ");
  await press("Cancel");
  await press("Edit the whole text");
  assert.equal(await box.inputValue(), "The factory makes steel.\n\nHe smiled.", "cancelled");
  await page.close();
});

test("when the box goes the list has the focus, and when the last article goes the box has it", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "The factory makes steel.\r\n\r\nHe smiled.");
  const inList = () => page.waitForFunction(() => focused()?.matches("ol.paragraphs"));
  for (const open of ["New paste", "Edit the whole text"]) {
    for (const leave of [() => page.keyboard.press("Escape"), () => page.getByRole("button", { name: "Cancel" }).press("Enter")]) {
      await page.getByRole("button", { name: open }).press("Enter");
      await page.waitForFunction(() => focused()?.id === "text");
      await leave();
      await inList();
    }
  }
  await page.getByRole("button", { name: "Edit the whole text" }).press("Enter");
  await page.keyboard.press("Control+Enter");
  await inList();
  assert.equal(await page.getByRole("button", { name: "Undo" }).getAttribute("title"), "Undo: opening", "nothing was changed, and nothing is there to be taken back");
  // The keys of the list work from there.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("4");
  await page.locator("#paragraphs .verdict", { hasText: "Coded: Ecology" }).waitFor();
  await page.locator("#articles .close").press("Enter");
  await page.waitForFunction(() => focused()?.id === "text");
  await page.close();
});

test("reasons are shown for what is chosen or pointed at, underlined, and Esc puts them away", async () => {
  const { page, watch } = await openPage(browser.context);
  await paste(page, "The factory makes steel and machine tools.\n\nWetlands and forests were restored, and emissions fell.");
  const item = page.locator("#paragraphs li").nth(1);
  const underlined = () => item.locator(".for").first().evaluate((mark) => getComputedStyle(mark).textDecorationLine);
  const shown = () => item.locator(".why").evaluate((why) => getComputedStyle(why).visibility);
  assert.equal(await shown(), "hidden");
  await item.hover();
  assert.deepStrictEqual([await shown(), await underlined()], ["visible", "underline"]);
  await page.mouse.move(0, 0);
  assert.deepStrictEqual([await shown(), await underlined()], ["hidden", "none"]);
  await item.locator(".verdict").focus();
  assert.deepStrictEqual([await shown(), await underlined()], ["visible", "underline"]);
  assert.equal(await item.locator(".verdict").getAttribute("aria-describedby"), await item.locator(".why").getAttribute("id"));
  await page.keyboard.press("Escape");
  assert.deepStrictEqual([await shown(), await underlined()], ["hidden", "none"]);
  // What is pointed at stays while the pointer goes over it, and Esc puts that away too.
  await page.locator("#text, h1").first().hover();
  await item.hover();
  await item.locator(".why").hover();
  await item.locator(".text").hover();
  assert.deepStrictEqual([await shown(), await underlined()], ["visible", "underline"]);
  await page.keyboard.press("Escape");
  assert.deepStrictEqual([await shown(), await underlined()], ["hidden", "none"]);
  assertQuiet(watch);
  await page.close();
});

test("a tap shows the reasons, and what can be done", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "The factory makes steel and machine tools.\n\nWetlands and forests were restored, and emissions fell.");
  const session = await browser.context.newCDPSession(page);
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  const item = page.locator("#paragraphs li").nth(1);
  const { x, y, width, height } = await item.locator(".text").boundingBox();
  const touchPoints = [{ x: x + width / 3, y: y + height / 2 }];
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await item.locator(".work").waitFor();
  assert.match(await item.locator(".why").textContent(), /Because of: .*(Wetlands|forests)/);
  assert.equal(await item.locator(".why").evaluate((why) => getComputedStyle(why).visibility), "visible");
  assert.equal(await item.locator(".for").first().evaluate((mark) => getComputedStyle(mark).textDecorationLine), "underline");
  await page.close();
});

test("what is pressed stays under the pointer, and on a small screen the article is in view at once", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, ARTICLE_001);
  const items = page.locator("#paragraphs li");
  const top = (i) => items.nth(i).evaluate((item) => Math.round(item.getBoundingClientRect().top));
  await items.nth(5).locator(".text").click();
  // The one above gives its buttons away, which takes as much room as some lines.
  for (const [i, part] of [[7, ".verdict"], [9, ".text"]]) {
    await items.nth(i).evaluate((item) => item.scrollIntoView({ block: "center" }));
    const before = await top(i);
    await items.nth(i).locator(part).click();
    await items.nth(i).locator(".work").waitFor();
    assert.ok(Math.abs((await top(i)) - before) <= 1, part);
  }
  for (const [width, height] of [[360, 740], [740, 400]]) {
    await page.setViewportSize({ width, height });
    await paste(page, ARTICLE_001);
    await page.locator("#strip .cell").first().waitFor();
    await page.waitForFunction(() => everywhere("#paragraphs .text")[0].getBoundingClientRect().bottom < innerHeight);
  }
  await page.close();
});

test("of a text that is hardly English the page says that the model knows little of it", async () => {
  const { page } = await openPage(browser.context);
  const words = page.locator("#found", { hasText: "Hardly any English here" });
  await paste(page, "工厂的产量同比增长百分之十二，GDP 增长，湿地公园恢复。");
  await words.waitFor();
  await paste(page, "The factory (工厂) makes steel.");
  await words.waitFor({ state: "detached" });
  await page.close();
});

test("readers who listen get one message for each settled change", async () => {
  const { page } = await openPage(browser.context);
  await page.evaluate(() => {
    window.said = [];
    new MutationObserver(() => window.said.push(document.querySelector("#status").textContent)).observe(document.querySelector("#status"), { childList: true, characterData: true, subtree: true });
  });
  const said = async (act) => {
    await act();
    await page.waitForTimeout(1_500);
    return page.evaluate(() => window.said.splice(0));
  };
  const first = page.locator("#paragraphs .verdict").first();
  const three = "3 paragraphs: 1 Industry, 1 Ecology, 1 no theme.";
  assert.deepStrictEqual(await said(() => paste(page, "The factory makes steel and machine tools in the valley.\n\nHe smiled.\n\nWetlands and forests were restored, and emissions fell.")), [three]);
  // Choosing says what the focus says, and nothing else.
  assert.deepStrictEqual(await said(() => first.focus()), []);
  assert.deepStrictEqual(await said(() => page.keyboard.press("0")), ["3 paragraphs: 1 Ecology, 2 no theme."]);
  assert.deepStrictEqual(await said(() => page.keyboard.press("z")), [`Taken back: a code. ${three}`]);
  // Several keys in a row are one change.
  assert.deepStrictEqual(await said(async () => { for (const key of "0120") await page.keyboard.press(key); }), ["3 paragraphs: 1 Ecology, 2 no theme."]);
  assert.deepStrictEqual(await said(() => page.locator(".legend .key").nth(3).click()), ["1 of 3 paragraphs shown."]);
  assert.deepStrictEqual(await said(() => page.locator(".legend .key").nth(3).click()), ["3 paragraphs: 1 Ecology, 2 no theme."]);
  const typed = await said(async () => {
    await page.locator("#paragraphs .verdict").nth(1).focus();
    await page.keyboard.press("e");
    await page.keyboard.type("Wetlands and forests. ", { delay: 20 });
    await page.keyboard.press("Escape");
  });
  assert.deepStrictEqual(typed, ["3 paragraphs: 2 Ecology, 1 no theme."]);
  assert.deepStrictEqual(await said(() => page.locator("#articles .close").click()), [""], "of what is closed nothing is said");
  await page.close();
});

// The context may shift the numbers of the others by a little; their labels stay.
test("typing in a paragraph reads that paragraph alone, and the others keep their labels", async () => {
  const { page, watch } = await openPage(browser.context);
  await paste(page, "The factory makes steel and machine tools.\n\nHe smiled.\n\nShe sat down.");
  await page.locator("#paragraphs .verdict").nth(2).focus();
  await page.keyboard.press("e");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Wetlands and forests were restored, and emissions and pollution fell.");
  await page.locator("#paragraphs li").nth(2).locator(".verdict", { hasText: "Ecology" }).waitFor();
  await page.keyboard.press("Escape");
  const shown = await rows(page);
  assert.equal(shown.length, 3);
  assert.match(shown[0].verdict, /^Industry · /);
  assert.match(shown[1].verdict, /^No theme · /);
  assert.match(shown[2].verdict, /^Ecology · /);
  assert.equal(shown[2].text, "Wetlands and forests were restored, and emissions and pollution fell.");
  assert.ok(shown[2].marked.length > 0);
  await page.getByRole("button", { name: "Undo" }).click();
  assert.equal((await rows(page))[2].text, "She sat down.");
  assertQuiet(watch);
  await page.close();
});

test("furniture is greyed, says so, and is there", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, ARTICLE_001);
  const furniture = page.locator("#paragraphs li.out");
  assert.deepStrictEqual(await furniture.locator(".text").allTextContents(), ["0 comment", "Related Posts"]);
  const colour = (locator) => locator.evaluate((text) => getComputedStyle(text).color);
  assert.notEqual(await colour(furniture.locator(".text").first()), await colour(page.locator("#paragraphs li.body .text").first()));
  assert.match((await rows(page))[1].why, /left out of the profile/);
  assert.ok(await furniture.first().isVisible());
  await page.close();
});

test("the footer names the model by id and hash, and says where it runs", async () => {
  const { page } = await openPage(browser.context);
  const foot = await page.locator("footer").textContent();
  assert.ok(foot.includes(motif.model.id), foot);
  assert.ok(foot.includes(motif.model.sha256.slice(0, 12)), foot);
  assert.match(foot, /runs in this tab/i);
  await page.close();
});

test("by keyboard the list is near, and the focus is always seen", async () => {
  const { page } = await openPage(browser.context);
  assert.equal(await page.evaluate(() => focused().id), "text");
  await page.keyboard.insertText(ARTICLE_001);
  await page.keyboard.press("Control+Enter");
  await settled(page, ARTICLE_001);
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => focused().classList.contains("verdict")), "after a paste the list is next");
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  const seen = [];
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press("Tab");
    seen.push(
      await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(focused());
        const list = focused().classList.contains("verdict");
        return { list, what: focused().id || focused().textContent, outlineStyle, width: parseFloat(outlineWidth) };
      }),
    );
    if (seen.at(-1).list) break;
  }
  assert.ok(seen.at(-1).list);
  assert.equal(seen[0].what, "skip");
  assert.ok(seen.length - 1 <= 12, `${seen.length - 1} stops before the list: ${seen.map(({ what }) => what).join(", ")}`);
  for (const { what, outlineStyle, width } of seen) assert.ok(outlineStyle === "solid" && width >= 2, `focus on ${what}`);
  await page.locator("#skip").focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => focused().classList.contains("verdict")));
  await page.close();
});

test("the policy of the page is strict", async () => {
  const html = await (await fetch(ADDRESS)).text();
  const [, policy] = html.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/);
  const directives = Object.fromEntries(policy.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)]));
  assert.deepStrictEqual(directives["default-src"], ["'none'"]);
  assert.deepStrictEqual(directives["script-src"], ["'self'", "'wasm-unsafe-eval'"]);
  assert.deepStrictEqual(directives["connect-src"], ["'self'"]);
  assert.deepStrictEqual(directives["style-src"], ["'self'"]);
  assert.deepStrictEqual(directives["require-trusted-types-for"], ["'script'"]);
  assert.deepStrictEqual(directives["trusted-types"], ["leitmotif", "leitmotif-worker"]);
  for (const name of ["base-uri", "form-action"]) assert.deepStrictEqual(directives[name], ["'none'"]);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*|https?:/);
  assert.doesNotMatch(html, / style=| on[a-z]+=|<style|<script>/);
});
