/** Taking things away and bringing them back: downloads, clipboard, project file, print, comparison. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { ARTICLE_001, siteModule } from "../site.js";
import { hostileProject } from "../take-project.js";
import { ADDRESS, AXE, assertQuiet, openPage, paste, shot, startChromium } from "./chromium.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const { toFile } = await siteModule("project-file.js");
const motif = await Leitmotif.create();

let browser;
const folder = mkdtempSync(join(tmpdir(), "leitmotif-take-"));
before(async () => (browser = await startChromium({ bundled: true })));
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Presses a button that saves a file; its name and text. */
async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, name).click()]);
  const path = join(folder, "download");
  await download.saveAs(path);
  return { name: download.suggestedFilename(), text: readFileSync(path, "utf8") };
}

async function openProject(page, text) {
  const path = join(folder, "project.leitmotif.json");
  writeFileSync(path, text);
  await page.locator("#project-file").setInputFiles(path);
}

/** What the page says of what is open. */
const told = (page, text) => page.locator("#status", { hasText: text }).waitFor();
const status = (page, text) => page.locator("#take [role=status]", { hasText: text }).waitFor();

test("every export of an article is saved under its name, and names model, hash and version", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  await paste(page, ARTICLE_001);
  for (const [name, ending] of [["CSV", "csv"], ["CSV for Excel", "excel.csv"], ["JSON", "json"], ["Picture (SVG)", "svg"], ["Page (HTML)", "html"], ["Save project", "leitmotif.json"]]) {
    const file = await saved(page, name);
    assert.match(file.name, new RegExp(`^Xi calls on Chongqing to write its chapter in Ch\\w*\\.${ending}$|^Xi calls on .*\\.${ending}$`));
    for (const word of [motif.model.id, motif.model.sha256, "0.1.0"]) assert.ok(file.text.includes(word), `${word} in ${name}`);
    await status(page, file.name);
  }
  assert.deepStrictEqual(watch.requests.slice(loaded).filter((url) => !url.startsWith("blob:")), []);
  assertQuiet({ ...watch, requests: watch.requests.filter((url) => !url.startsWith("blob:")) });
  await page.close();
});

test("with nothing open there is nothing to export, and the page says so", async () => {
  const { page } = await openPage(browser.context);
  await button(page, "CSV").click();
  await status(page, "There is nothing to export yet.");
  await page.close();
});

test("the table and the picture go through the clipboard", async () => {
  const { page, watch } = await openPage(browser.context);
  await browser.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(ADDRESS).origin });
  await paste(page, ARTICLE_001);
  await page.bringToFront();
  await button(page, "Copy table").click();
  await status(page, "rows copied");
  const table = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(table.split("\n")[0].split("\t").length, 22);
  await button(page, "Copy picture").click();
  await status(page, "Picture copied.");
  const picture = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const bitmap = await createImageBitmap(await item.getType("image/png"));
    return { types: item.types, width: bitmap.width };
  });
  assert.deepStrictEqual(picture, { types: ["image/png"], width: 1520 });
  assertQuiet({ ...watch, requests: [] });
  await page.close();
});

test("where copying is refused the page says what to do instead", async () => {
  const { page } = await openPage(browser.context, {
    prepare: (page) => page.addInitScript(() => delete Navigator.prototype.clipboard),
  });
  await paste(page, "The factory makes steel.");
  for (const name of ["Copy table", "Copy picture"]) {
    await button(page, name).click();
    await status(page, "did not allow copying");
    await button(page, "Save project").click();
    await status(page, "Project saved");
  }
  await page.close();
});

test("a project of hostile texts opens, is inert, and comes out as it went in", async () => {
  const { page, watch } = await openPage(browser.context);
  const { id, sha256 } = motif.model;
  const hostile = hostileProject();
  // The box makes every line end a line feed, so that what stands in it is another text: the coded article goes there.
  const whole = { ...hostile, articles: hostile.articles.toReversed(), model: { id, sha256 } };
  await openProject(page, toFile(whole));
  await told(page, "Project opened: 2 articles.");
  await page.locator("#compare .compared").nth(1).waitFor();
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.equal(await page.locator(":is(main, #compare, #take) :is(script, img, iframe, style)").count(), 0);
  const back = JSON.parse((await saved(page, "Save project")).text);
  assert.deepStrictEqual(back.articles.map(({ name, source }) => ({ name, source })), whole.articles.map(({ name, source }) => ({ name, source })));
  const codes = back.articles[0].paragraphs.map(({ codes }) => codes);
  assert.deepStrictEqual(codes, whole.articles[0].paragraphs.map(({ codes }) => codes));
  assertQuiet({ ...watch, requests: [] });
  await page.close();
});

test("saved, reloaded and reopened, a project is the same in every byte", async () => {
  const { page, watch } = await openPage(browser.context);
  await paste(page, ARTICLE_001);
  await page.locator("#paragraphs .verdict").nth(3).focus();
  await page.getByLabel("Your name or initials").fill("Ä. B");
  await page.getByLabel("Note", { exact: true }).fill("Two\nlines, “quoted”");
  await page.locator("#paragraphs .verdict").nth(4).focus();
  for (const key of ["4", "1", "u", "ArrowDown", "0", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await page.getByRole("button", { name: "Leave it out" }).click();
  await paste(page, "x", "<h1>Rain</h1><p>It rained on the wetlands.<br>All day.</p><figure><figcaption>A cloud</figcaption></figure>");
  await page.locator("#split").selectOption("line");
  await page.locator("#paragraphs .verdict").nth(1).focus();
  await page.keyboard.press("e");
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" And 湿地 𠮷.");
  await page.keyboard.press("Escape");
  const before = await saved(page, "Save project");
  const { articles } = JSON.parse(before.text);
  assert.deepStrictEqual(articles.map(({ split, hints }) => [split, hints ?? null]), [["auto", null], ["line", ["heading", null, "furniture"]]]);
  assert.deepStrictEqual(articles[0].paragraphs.slice(4, 7).map(({ codes }) => [codes?.themes.length, codes?.coder, codes?.unsure]), [[2, "Ä. B", true], [0, "Ä. B", undefined], [articles[0].paragraphs[6].machine.themes.length, "Ä. B", undefined]]);
  assert.ok(articles[0].paragraphs.some(({ included, kind }) => !included && kind === "body"));
  await page.reload();
  await page.locator("#status", { hasText: "Ready." }).waitFor();
  assert.ok(await page.locator("#reading").isHidden());
  await openProject(page, before.text);
  await told(page, "Project opened: 2 articles.");
  const after = await saved(page, "Save project");
  assert.equal(after.text, before.text);
  assert.equal(after.name, before.name);
  assertQuiet({ ...watch, requests: [] });
  await page.close();
});

test("the article that was in view when a project was saved is in view when it is opened", async () => {
  const { page } = await openPage(browser.context);
  for (const text of ["The factory makes steel.", "Wetlands were restored.", "He smiled."]) await paste(page, text);
  await page.locator("#articles .open").nth(1).click();
  const { text } = await saved(page, "Save project");
  await page.locator("#articles .open").first().click();
  await openProject(page, text);
  await told(page, "Project opened: 3 articles.");
  assert.deepStrictEqual(await page.locator("#paragraphs .text").allTextContents(), ["Wetlands were restored."]);
  assert.equal(await page.locator("#articles .open[aria-current]").textContent(), "Wetlands were restored.");
  await page.close();
});

test("a project of another model is read again, and keeps its codes", async () => {
  const { page } = await openPage(browser.context);
  await openProject(page, toFile(hostileProject()));
  await told(page, "saved with another model");
  const back = JSON.parse((await saved(page, "Save project")).text);
  assert.equal(back.model.sha256, motif.model.sha256);
  assert.equal(back.articles[1].paragraphs[0].codes.coder, "=A1");
  assert.equal(Object.keys(back.articles[1].paragraphs[2].machine.probability).length, motif.themes.length);
  await page.close();
});

test("a damaged file is refused with the field's name, and what is open stays", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "The factory makes steel.");
  const value = JSON.parse(toFile(hostileProject()));
  value.articles[1].paragraphs[0].codes.at = "<img src=x onerror='window.ran=1'>";
  await openProject(page, JSON.stringify(value));
  await status(page, "damaged at articles[1].paragraphs[0].codes.at");
  await openProject(page, "PK\u0003\u0004");
  await status(page, "not JSON");
  assert.deepStrictEqual(await page.locator("#paragraphs .text").allTextContents(), ["The factory makes steel."]);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  await page.close();
});

test("the figures draw without a word in the console, light and dark, wide and narrow", async () => {
  const { page } = await openPage(browser.context);
  await openProject(page, toFile(hostileProject()));
  await told(page, "Project opened");
  for (const [name, ending] of [["Picture (SVG)", "svg"], ["Page (HTML)", "html"]]) {
    const path = join(folder, `figure.${ending}`);
    writeFileSync(path, (await saved(page, name)).text);
    const view = await browser.context.newPage();
    const said = [];
    view.on("console", (message) => said.push(message.text()));
    view.on("pageerror", (error) => said.push(String(error)));
    const asked = [];
    view.on("request", (request) => asked.push(request.url()));
    for (const colorScheme of ["light", "dark"]) {
      for (const width of ending === "svg" ? [800] : [1280, 360]) {
        await view.emulateMedia({ colorScheme });
        await view.setViewportSize({ width, height: 560 });
        await view.goto(`file://${path}`);
        await view.screenshot({ path: shot(`figure-${ending}-${colorScheme}-${width}`) });
        if (ending === "html") assert.ok(await view.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        else assert.equal(await view.evaluate(() => document.documentElement.namespaceURI), "http://www.w3.org/2000/svg");
      }
    }
    assert.deepStrictEqual(said, []);
    assert.ok(asked.every((url) => url.startsWith("file:")), asked.join());
    assert.equal(await view.evaluate(() => window.ran), undefined);
    await view.close();
  }
  await page.close();
});

/** Prints; what stood on the paper, with the colours of it. */
async function printed(page, name) {
  await page.evaluate(() => {
    // After the page's own listener.
    addEventListener("beforeprint", () => {
      const paper = document.querySelector("#paper");
      window.paper = {
        items: [...paper.querySelectorAll("li")].map((item) => [item.querySelector(".paper-label").textContent, item.querySelector(".paper-text").textContent]),
        lanes: [...paper.querySelectorAll(".lanes tbody tr")].map((row) => [...row.cells].map(({ textContent }) => textContent)),
        bars: [...paper.querySelectorAll(".lanes .lane-bar")].map((bar) => bar.style.getPropertyValue("--length")),
        text: paper.textContent,
      };
    }, { once: true });
  });
  const pdf = await page.pdf({ path: shot(name).replace(/png$/, "pdf"), format: "A4" });
  assert.ok(pdf.length > 5_000);
  const { paper } = await page.evaluate(() => ({ paper: window.paper }));
  assert.equal(await page.locator("#paper > *").count(), 0, "the paper is taken away again");
  return paper;
}

for (const language of /** @type {const} */ (["en", "zh"])) {
  test(`on paper in ${language}: profile, model with its hash, every paragraph's label in words`, async () => {
    const { page, watch } = await openPage(browser.context, { prepare: (page) => page.emulateMedia({ colorScheme: "dark" }) });
    await paste(page, ARTICLE_001);
    await page.locator("#paragraphs .verdict").nth(4).focus();
    await page.keyboard.press("4");
    await page.keyboard.press("u");
    await page.getByLabel("Note", { exact: true }).fill("To discuss");
    await page.locator("#language").selectOption(language);
    await page.waitForFunction((language) => document.documentElement.lang === language, language);
    // A filter is for the screen.
    await page.locator(".legend .key").nth(2).click();
    const { items, lanes, bars, text } = await printed(page, `print-${language}`);
    const { paragraphs } = await motif.read(ARTICLE_001);
    assert.deepStrictEqual(items.map(([, text]) => text), paragraphs.map(({ start, end }) => ARTICLE_001.slice(start, end)));
    const words = {
      en: { coded: "Coded: Ecology · unsure; Machine: ", out: "Left out", none: "No theme", note: "Note: To discuss", between: "Unsure between" },
      zh: { coded: "已编码：生态 · 拿不准；机器：", out: "不计入", none: "无主题", note: "备注：To discuss", between: "之间拿不准" },
    }[language];
    for (const [i, { themes, kind, certainty }] of paragraphs.entries()) {
      const [label] = items[i];
      if (i === 4) assert.ok(label.startsWith(words.coded), label);
      else if (kind === "furniture") assert.ok(label.startsWith(words.out), label);
      else {
        const named = themes.length === 0 ? [words.none] : themes.map((id) => motif.themes.find((theme) => theme.id === id).names[language]);
        for (const name of named) assert.ok(label.toLowerCase().includes(name.toLowerCase()), `${name} in ${label}`);
        assert.ok(label.includes({ en: { clear: "clear", likely: "likely", unsure: "unsure" }, zh: { clear: "明确", likely: "很可能", unsure: "拿不准" } }[language][certainty]), label);
      }
    }
    assert.ok(items.some(([label]) => label.includes(words.between)));
    assert.equal(lanes.length, motif.themes.length + 1);
    assert.equal(Math.max(...bars.map(Number)), 1);
    for (const row of lanes) assert.match(row.join(), /\d+\u00a0%,\d+$/);
    for (const part of [motif.model.id, motif.model.sha256, "0.1.0", words.note]) assert.ok(text.includes(part), part);
    assertQuiet(watch);
    await page.close();
  });
}

test("on paper: nothing to press, dark ink on white, the comparison after the article; with nothing open it says so", async () => {
  const { page } = await openPage(browser.context, { prepare: (page) => page.emulateMedia({ colorScheme: "dark" }) });
  assert.match((await printed(page, "print-nothing")).text, /^There is nothing to export yet\.$/);
  await button(page, "The same visit, reported twice").click();
  await page.locator("#compare .compared").nth(1).waitFor();
  assert.equal(await page.locator("#paper").isVisible(), false);
  await printed(page, "print-comparison");
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator(":is(button, textarea, input, select):visible").evaluateAll((all) => all.filter((one) => !one.closest(".matrix")).length), 0);
  assert.ok(await page.locator("#paper li").first().isVisible());
  assert.ok(await page.locator("#compare .matrix").isVisible());
  for (const whole of ["#paper li", "#compare .matrix"]) {
    assert.equal(await page.locator(whole).first().evaluate((one) => getComputedStyle(one).breakInside), "avoid", "no label on one page and its text on the next");
  }
  const [ink, ground, solid] = await page.evaluate(() => [
    getComputedStyle(document.querySelector(".paper-text")).color,
    getComputedStyle(document.body).backgroundColor,
    getComputedStyle(document.querySelector(".paper .lane-bar")).backgroundColor,
  ]);
  assert.deepStrictEqual([ink, ground, solid], ["rgb(27, 31, 36)", "rgba(0, 0, 0, 0)", "rgb(2, 110, 229)"]);
  await page.close();
});

test("a code changes the article's own lanes in the comparison, no other's, and takes the focus from nothing in it", async () => {
  const { page, watch } = await openPage(browser.context);
  await paste(page, "Wetlands were restored.\n\nHe smiled.");
  await paste(page, "The factory makes steel.\n\nIt rained.");
  await page.locator("#compare .compared").nth(1).waitFor();
  const marked = () => page.locator("#compare .compared").evaluateAll((all) => all.map(({ dataset }) => dataset.mark ?? null));
  await page.locator("#compare .compared").evaluateAll((all) => all.forEach((one, i) => (one.dataset.mark = String(i))));
  await page.locator("#paragraphs .verdict").first().focus();
  await page.keyboard.press("4");
  await page.waitForFunction(() => document.querySelectorAll("#compare [data-mark]").length === 1);
  assert.deepStrictEqual(await marked(), ["0", null]);
  assert.equal(await page.locator("#compare .compared").nth(1).locator(".lane .coded").count(), 1);
  await page.locator('#compare [data-by="spread"]').focus();
  // Pressed without the focus, as by a key of another tool.
  await button(page, "Undo").evaluate((undo) => undo.click());
  await page.waitForFunction(() => document.querySelectorAll("#compare .coded").length === 0);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.by), "spread");
  // With the language all of it is new.
  await page.locator("#language").selectOption("zh");
  await page.waitForFunction(() => document.querySelectorAll("#compare .compared").length === 2 && document.querySelectorAll("#compare [data-mark]").length === 0);
  assertQuiet(watch);
  await page.close();
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [1280, 360]) {
    test(`comparison, ${colorScheme}, ${width} px: two strips, a sortable table, no violation by axe`, async () => {
      const { page, watch } = await openPage(browser.context, {
        prepare: async (page) => {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 900 });
          await page.addInitScript({ path: AXE });
        },
      });
      assert.ok(await page.locator("#compare").isHidden());
      await button(page, "The same visit, reported twice").click();
      await page.locator("#compare .compared").nth(1).waitFor();
      await page.locator("#status", { hasText: "paragraphs" }).waitFor();
      const violations = await page.evaluate(async () => (await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`));
      assert.deepStrictEqual(violations, []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));

      const column = (n) => page.locator(`.matrix tbody td:nth-child(${n})`).evaluateAll((cells) => cells.map(({ textContent }) => parseInt(textContent, 10)));
      const before = await column(2);
      assert.ok(before.length >= 6 && Math.abs(before.reduce((a, b) => a + b) - 100) <= 3, before.join());
      await page.locator('.matrix [data-by="1"]').focus();
      await page.keyboard.press("Enter");
      assert.deepStrictEqual(await column(3), (await column(3)).toSorted((a, b) => b - a));
      assert.equal(await page.locator('.matrix th[aria-sort="descending"]').count(), 1);
      await page.keyboard.press("Enter");
      assert.deepStrictEqual(await column(3), (await column(3)).toSorted((a, b) => a - b));
      await page.locator('.matrix [data-by="spread"]').click();
      assert.deepStrictEqual(await column(4), (await column(4)).toSorted((a, b) => b - a));

      const csv = await saved(page, "CSV of this table");
      const [, ...lines] = csv.text.trim().split("\n");
      assert.equal(lines.length, 2 * (motif.themes.length + 1));
      for (const line of lines) assert.ok(line.endsWith(`,${motif.model.id},${motif.model.sha256},leitmotif 0.1.0`), line);
      await page.locator("#compare").screenshot({ path: shot(`compare-${colorScheme}-${width}`) });
      assertQuiet({ ...watch, requests: [] });
      await page.close();
    });
  }
}
