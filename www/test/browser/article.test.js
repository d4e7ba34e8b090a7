/** The main job, end to end: paste an article, see its themes. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { ARTICLE_001, project, siteModule } from "../site.js";
import { ADDRESS, assertQuiet, openPage, paste, rows, settled, startChromium } from "./chromium.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const motif = await Leitmotif.create();
const expected = await motif.read(ARTICLE_001);
const names = Object.fromEntries(motif.themes.map(({ id, names }) => [id, names.en]));
const CHANCE = String.raw`\d{1,2}\u00a0?\s?%`;

let browser;
before(async () => (browser = await startChromium()));
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
      assert.equal(row.verdict, null);
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
      assert.ok(row.lines.every((line) => line === "underline"));
      for (const word of row.marked) assert.ok(row.why.toLowerCase().includes(word.toLowerCase()), `${word} in ${row.why}`);
    }
  }
  const industry = shown.find(({ text }) => text.startsWith("He urged Chongqing to strive to build a modernized industrial"));
  assert.match(industry.verdict, /^Industry · /);
  assert.ok(industry.marked.some((word) => /manufactur|industr/i.test(word)), industry.marked.join());
  assert.ok(shown.some(({ verdict }) => verdict?.startsWith("No theme")));
  assert.ok(shown.some(({ why }) => why.startsWith("Unsure between")));

  const bars = await page.locator("#profile tbody tr, #profile table > tr").evaluateAll((lines) =>
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
    await settled(page);
    await paste(page, ARTICLE_001);
    assert.equal((await rows(page)).length, expected.paragraphs.length);
    assertQuiet(watch);
  } finally {
    await browser.context.setOffline(false);
  }
  await page.close();
});

test("sample buttons load seed articles, and what they replaced can be brought back", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  const { SAMPLES } = await siteModule("samples.js");
  const buttons = page.locator("#samples button");
  assert.equal(await buttons.count(), 4);
  await paste(page, "My own words about the factory.");
  for (const [i, { file, name }] of SAMPLES.entries()) {
    const article = readFileSync(project("seeds/articles", file), "utf8");
    await page.getByRole("button", { name, exact: true }).click();
    await settled(page);
    assert.equal(bare((await rows(page)).map(({ text }) => text).join("")), bare(article), `sample ${i}`);
  }
  await page.getByRole("button", { name: "Clear" }).click();
  await settled(page);
  assert.deepStrictEqual(await rows(page), []);
  assert.ok(await page.locator("#profile").isHidden());
  assert.ok(await page.locator("#empty").isVisible());
  await page.getByRole("button", { name: "Bring back" }).click();
  await settled(page);
  assert.ok((await rows(page)).length > 5);
  assert.equal(watch.requests.length, loaded);
  assertQuiet(watch);
  await page.close();
});

// The context may shift the numbers of the others by a little; their labels stay.
test("typing labels the paragraph that is typed, and the others keep their labels", async () => {
  const { page, watch } = await openPage(browser.context);
  await paste(page, "The factory makes steel and machine tools.\n\nHe smiled.\n\n");
  await page.keyboard.type("Wetlands and forests were restored, and emissions and pollution fell.");
  await settled(page);
  const shown = await rows(page);
  assert.equal(shown.length, 3);
  assert.match(shown[0].verdict, /^Industry · /);
  assert.match(shown[1].verdict, /^No theme · /);
  assert.match(shown[2].verdict, /^Ecology · /);
  assert.ok(shown[2].marked.length > 0);
  assertQuiet(watch);
  await page.close();
});

test("furniture is greyed, says so, and is there", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, ARTICLE_001);
  const furniture = page.locator("#paragraphs li.furniture");
  assert.deepStrictEqual(await furniture.locator(".text").allTextContents(), ["0 comment", "Related Posts"]);
  const colour = (locator) => locator.evaluate((text) => getComputedStyle(text).color);
  assert.notEqual(await colour(furniture.locator(".text").first()), await colour(page.locator("#paragraphs li.body .text").first()));
  assert.match(await furniture.locator(".why").first().textContent(), /left out of the profile/);
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

test("the page is used by keyboard alone, with a visible focus", async () => {
  const { page } = await openPage(browser.context);
  const seen = [];
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press("Tab");
    seen.push(
      await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        return { what: document.activeElement.id || document.activeElement.textContent, outlineStyle, width: parseFloat(outlineWidth) };
      }),
    );
  }
  assert.equal(seen[0].what, "text");
  assert.equal(new Set(seen.map(({ what }) => what)).size, 4);
  for (const { what, outlineStyle, width } of seen) assert.ok(outlineStyle === "solid" && width >= 2, `focus on ${what}`);
  await page.keyboard.press("Enter");
  await settled(page);
  assert.ok((await rows(page)).length > 5);
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
  assert.deepStrictEqual(directives["trusted-types"], ["leitmotif-worker"]);
  for (const name of ["worker-src", "manifest-src"]) assert.deepStrictEqual(directives[name], ["'self'"]);
  for (const name of ["base-uri", "form-action"]) assert.deepStrictEqual(directives[name], ["'none'"]);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*|https?:/);
  assert.doesNotMatch(html, / style=| on[a-z]+=|<style|<script>/);
});
