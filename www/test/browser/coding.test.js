/** Coding by keys and by touch, and what is known of a paragraph: strip, legend, inspector, languages. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ARTICLE_001 } from "../site.js";
import { assertQuiet, filled, openPage, paste, read, rows, startChromium } from "./chromium.js";

let browser;
before(async () => (browser = await startChromium({ bundled: true })));
after(() => browser.close());

const TEXT = [
  "The factory makes steel and machine tools.",
  "Wetlands and forests were restored, and emissions fell.",
  "He smiled.",
  "Tariffs on imports were cut, and foreign investment grew.",
].join("\n\n");

async function opened(text = TEXT) {
  const { page, watch } = await openPage(browser.context);
  await paste(page, text);
  // It gets the focus with the frame after the one that shows it.
  await page.locator("#paragraphs :focus").waitFor();
  return { page, watch, item: (i) => page.locator("#paragraphs li").nth(i) };
}

const codes = (page) =>
  page.locator("#paragraphs li").evaluateAll((items) => items.map((item) => item.querySelector(".codes")?.textContent.replace(/\s+/g, " ").trim() ?? null));

test("keys: themes by number, none, accept and next, clear, undo; machine and person both stay visible", async () => {
  const { page, watch, item } = await opened();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("4");
  assert.deepStrictEqual((await codes(page))[0], "Coded: Ecology");
  assert.match((await rows(page))[0].verdict, /^Coded: Ecology Machine: Industry · /);
  await page.keyboard.press("1");
  assert.equal((await codes(page))[0], "Coded: Urbanization Ecology");
  await page.keyboard.press("4");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.press("0");
  assert.deepStrictEqual(await codes(page), ["Coded: Urbanization", "Coded: Ecology", "Coded: No theme", null]);
  await page.keyboard.press("Backspace");
  assert.equal((await codes(page))[2], null);
  await page.keyboard.press("z");
  assert.equal((await codes(page))[2], "Coded: No theme");
  await page.keyboard.press("Shift+Z");
  assert.equal((await codes(page))[2], null);
  await page.keyboard.press("4");
  await page.keyboard.press("u");
  assert.equal((await codes(page))[2], "Coded: Ecology unsure");
  assert.equal(await item(2).getByRole("button", { name: "Unsure U" }).getAttribute("aria-pressed"), "true");
  await page.keyboard.press("u");
  assert.equal((await codes(page))[2], "Coded: Ecology");
  await page.keyboard.press("Delete");
  assert.equal((await codes(page))[2], null);
  await page.keyboard.press("k");
  assert.ok(await item(1).locator(".verdict").evaluate((label) => label === focused()));
  await page.keyboard.press("End");
  assert.ok(await item(3).locator(".verdict").evaluate((label) => label === focused()));
  await page.keyboard.press("?");
  await page.locator("#help[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("#help[open]").waitFor({ state: "detached" });
  assert.match(await page.locator("#inspector").textContent(), /Paragraph 4/);
  assertQuiet(watch);
  await page.close();
});

test("twenty paragraphs are coded with twenty keys where the machine is right, with forty where it is not", async () => {
  const { page } = await opened(Array.from({ length: 20 }, (_, i) => `The factory number ${i} builds robots for car plants.`).join("\n\n"));
  await page.keyboard.press("ArrowDown");
  for (let i = 0; i < 20; i++) await page.keyboard.press("Enter");
  assert.ok((await codes(page)).every((code) => code === "Coded: Industry"));
  await page.keyboard.press("Home");
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press("0");
    await page.keyboard.press("Enter");
  }
  assert.ok((await codes(page)).every((code) => code === "Coded: No theme"));
  await page.close();
});

test("letters and digits do nothing outside the list, in fields, and when they are switched off", async () => {
  const { page } = await opened();
  await page.locator("#split").focus();
  await page.keyboard.press("4");
  await page.keyboard.press("z");
  await page.locator("#paragraphs .verdict").first().focus();
  await page.getByRole("button", { name: "Edit E", exact: true }).click();
  await page.keyboard.type("4z");
  await page.keyboard.press("Escape");
  assert.match((await rows(page))[0].text, /4z/);
  await page.getByRole("button", { name: "Keys: on" }).click();
  await page.locator("#paragraphs .verdict").first().focus();
  await page.keyboard.press("4");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("0");
  assert.deepStrictEqual(await codes(page), [null, null, null, null]);
  await page.getByRole("button", { name: "Keys: off" }).click();
  await page.locator("#paragraphs .verdict").first().focus();
  await page.keyboard.press("4");
  assert.equal((await codes(page))[0], "Coded: Ecology");
  await page.close();
});

test("the help names every key that does something in the list, and no other", async () => {
  const { page } = await opened();
  /** All that a key could change. */
  const state = () =>
    page.evaluate(() => {
      const labels = everywhere("#paragraphs .verdict");
      const codes = everywhere("#paragraphs li").map((item) => [item.className, item.querySelector(".codes")?.textContent, item.querySelector("textarea") !== null]);
      const list = everywhere("#paragraphs ol")[0].className;
      return JSON.stringify([labels.indexOf(focused()), codes, list, document.querySelector("#help").open]);
    });
  const begin = async () => {
    if (await page.locator("#help").isVisible()) await page.keyboard.press("Escape");
    if (await page.locator("#paragraphs textarea").count()) await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Undo", exact: true }).evaluate((undo) => {
      while (!undo.ariaDisabled && /code/.test(undo.title)) undo.click();
    });
    // One step to undo and one to do again, and the second of four paragraphs chosen.
    await page.locator("#paragraphs .verdict").first().focus();
    for (const key of ["1", "2", "z", "ArrowDown"]) await page.keyboard.press(key);
  };
  /** Keys by the names that the help has for them. */
  const KEYS = { "↑": "ArrowUp", "↓": "ArrowDown", Esc: "Escape", "Shift Z": "Shift+Z" };
  await page.getByRole("button", { name: "Keys and help" }).click();
  const named = await page.locator("#help .keys th").allTextContents();
  await page.keyboard.press("Escape");
  const listed = named.flatMap((row) => (row === "1 … 9" ? ["1", "2", "3", "4", "5"] : row.match(/Shift Z|[A-Z][a-z]+|[^\s,]/g)));
  for (const name of listed) {
    await begin();
    const before = await state();
    // Without codes there is nothing to clear.
    if (/Backspace|Delete/.test(name)) {
      await page.keyboard.press("3");
      assert.notEqual(await state(), before);
      await page.keyboard.press(name);
      assert.equal(await state(), before, name);
    } else {
      await page.keyboard.press(KEYS[name] ?? (name.length === 1 ? name.toLowerCase() : name));
      assert.notEqual(await state(), before, `${name} does nothing`);
    }
  }
  await begin();
  const before = await state();
  for (const key of [..."abcdefghijklmnopqrstuvwxyz6789.,-+"].filter((key) => !listed.includes(key.toUpperCase()))) {
    await page.keyboard.press(key);
    assert.equal(await state(), before, `${key} does something that the help does not name`);
  }
  await page.close();
});

test("a tap on a chip codes, on it again clears; leaving out changes the profile", async () => {
  const { page, watch, item } = await opened();
  await item(2).locator(".text").click();
  const chip = item(2).getByRole("button", { name: "Governance 5" });
  await chip.click();
  assert.equal(await chip.getAttribute("aria-pressed"), "true");
  assert.equal((await codes(page))[2], "Coded: Governance");
  await chip.click();
  assert.equal((await codes(page))[2], null);
  await item(2).getByRole("button", { name: "Leave it out" }).click();
  assert.match(await page.locator("#found .count").textContent(), /1 left out/);
  await page.getByRole("tab", { name: "Overview" }).click();
  assert.match(await page.locator(".profile .note").textContent(), /in 3 paragraphs/);
  assertQuiet(watch);
  await page.close();
});

test("the strip jumps by keys and by pointing, and says where it is", async () => {
  const { page, item } = await opened();
  const strip = page.getByRole("slider");
  assert.equal(await strip.locator(".cell").count(), 4);
  await strip.focus();
  await page.keyboard.press("End");
  await page.waitForFunction(() => everywhere("#paragraphs li")[3].classList.contains("active"));
  assert.match(await strip.getAttribute("aria-valuetext"), /^Paragraph 4: Opening-up · /);
  await strip.locator(".cell").nth(1).click();
  await page.waitForFunction(() => everywhere("#paragraphs li")[1].classList.contains("active"));
  assert.ok(await item(1).locator(".work").isVisible());
  await page.close();
});

test("the legend counts, filters, and gives all back", async () => {
  const { page, watch } = await opened(ARTICLE_001);
  const all = (await rows(page)).length;
  const key = page.locator(".legend .key", { hasText: "Industry" });
  const count = Number((await key.textContent()).match(/\d+/)[0]);
  assert.ok(count > 0 && count < all);
  await key.click();
  await page.waitForFunction((count) => everywhere("#paragraphs li").length === count, count);
  assert.ok((await rows(page)).every(({ verdict }) => verdict.includes("Industry")));
  await page.locator("#status", { hasText: `${count} of ${all} paragraphs shown` }).waitFor();
  await key.click();
  await page.waitForFunction((all) => everywhere("#paragraphs li").length === all, all);
  await key.click();
  await page.getByRole("slider").focus();
  await page.keyboard.press("Home");
  await page.waitForFunction((all) => everywhere("#paragraphs li").length === all, all);
  assertQuiet(watch);
  await page.close();
});

/** The text that has the focus, by its paragraph; null: the focus is not in the list. */
const at = (page) => page.evaluate(() => focused().closest("#paragraphs li")?.querySelector(".text").textContent ?? null);

const texts = (page) => page.locator("#paragraphs .text").allTextContents();

const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

test("coding under a filter: what is coded leaves, the next one is there for the next key, and undo goes back to it", async () => {
  const { page, watch } = await opened(ARTICLE_001);
  const legend = (name) => page.locator(".legend .key", { hasText: name });
  const filter = async (name) => {
    await legend(name).focus();
    await press(page, "Enter");
    await filled(page);
  };
  await filter("Unsure");
  const unsure = await texts(page);
  assert.ok(unsure.length >= 7);
  await page.locator("#paragraphs .verdict").nth(4).focus();
  await press(page, "Enter");
  assert.equal(await at(page), unsure[5], "accepted, and on to the next");
  await press(page, "1");
  assert.equal(await at(page), unsure[6]);
  await press(page, "u", "u");
  assert.deepStrictEqual(await texts(page), [...unsure.slice(0, 4), ...unsure.slice(7)]);
  for (const text of unsure.slice(4, 7).reverse()) {
    // The last one took two keys.
    await press(page, ...(text === unsure[6] ? ["z", "z"] : ["z"]));
    assert.equal(await at(page), text);
  }
  assert.deepStrictEqual(await texts(page), unsure);
  await press(page, "End", "2");
  assert.equal(await at(page), unsure.at(-2), "after the last one comes the one before it");
  await press(page, "Home");
  for (const _ of unsure.slice(1)) await press(page, "3");
  assert.deepStrictEqual(await texts(page), []);
  await press(page, "z");
  assert.equal((await texts(page)).length, 1);
  assert.equal(await at(page), (await texts(page))[0], "the keys go on in an empty list");
  await press(page, "Shift+Z");
  await filter("Unsure");
  assert.equal(await page.evaluate(() => focused().className), "strip", "a key of the legend with nothing left to show");
  await filter("Coded");
  const coded = await texts(page);
  await page.locator("#paragraphs .verdict").nth(1).focus();
  await press(page, "Backspace", "ArrowDown", "Backspace");
  assert.deepStrictEqual(await texts(page), [coded[0], coded[2], ...coded.slice(4)]);
  assert.equal(await at(page), coded[4]);
  const place = await at(page);
  await filter("Coded");
  assert.ok(await page.locator("#paragraphs li.active .text").evaluate((text, place) => text.textContent === place, place), "it stays chosen without the filter");
  await filter("Industry");
  const industry = await texts(page);
  await page.locator("#paragraphs .verdict").first().focus();
  await page.locator("#paragraphs .work button", { hasText: "No theme" }).focus();
  await press(page, "Enter");
  assert.equal(await at(page), industry[1], "by its button too");
  assertQuiet(watch);
  await page.close();
});

test("an edit that ends leaves the focus where it goes, and an emptied paragraph hands it on, with undo at hand", async () => {
  const { page, watch, item } = await opened();
  const [first, second, third, fourth] = await texts(page);
  const edit = async (i, text) => {
    await item(i).locator(".verdict").focus();
    await press(page, "e", "Control+a");
    if (text) await page.keyboard.insertText(text);
    else await press(page, "Delete");
  };
  await edit(1, "Herons came back.");
  await press(page, "Tab");
  assert.match(await page.evaluate(() => focused().textContent), /^Urbanization/);
  await press(page, "4");
  assert.deepStrictEqual(await codes(page), [null, "Coded: Ecology", null, null]);
  await edit(1, "Herons and cranes came back.");
  await item(1).getByRole("button", { name: "Done" }).click();
  assert.equal(await page.locator("#paragraphs textarea").count(), 0);
  await press(page, "0");
  assert.equal((await codes(page))[1], "Coded: No theme");
  await press(page, "z", "z", "z", "z");
  assert.deepStrictEqual(await texts(page), [first, second, third, fourth]);
  for (const key of ["Control+Enter", "Escape", "Tab", "Shift+Tab"]) {
    await edit(2, "");
    await press(page, key);
    assert.deepStrictEqual(await texts(page), [first, second, fourth], key);
    assert.equal(await at(page), fourth, key);
    await press(page, "z");
    assert.deepStrictEqual(await texts(page), [first, second, third, fourth], key);
    assert.equal(await at(page), third, key);
  }
  // While it is typed in it stays, whatever its themes become; then it goes.
  await page.locator(".legend .key", { hasText: "Ecology" }).click();
  assert.deepStrictEqual(await texts(page), [second]);
  await edit(0, "The factory makes steel and machine tools, and steel again.");
  await page.waitForFunction(() => everywhere("#paragraphs .verdict")[0].textContent.includes("Industry"));
  assert.equal(await page.evaluate(() => focused().localName), "textarea");
  await press(page, "Tab", "z");
  assert.equal(await at(page), second);
  assertQuiet(watch);
  await page.close();
});

test("undo and redo by key go through articles that open and close, and the keys are never lost", async () => {
  const { page, watch } = await opened("The factory makes steel.\n\nWetlands were restored.");
  await press(page, "ArrowDown", "3", "ArrowDown", "4");
  await paste(page, "Tariffs were cut.\n\nHe smiled.");
  await press(page, "ArrowDown", "2");
  assert.equal(await at(page), "Tariffs were cut.");
  await press(page, "z", "z");
  await page.waitForFunction(() => everywhere("#paragraphs .text")[0]?.textContent === "The factory makes steel.");
  await press(page, "z");
  assert.equal(await at(page), "Wetlands were restored.");
  await press(page, "z", "z", "z", "z");
  assert.ok(await page.locator("#text").isVisible());
  assert.equal(await page.locator("#text").inputValue(), "");
  await press(page, "Shift+Z");
  await read(page);
  await press(page, "Shift+Z", "Shift+Z");
  assert.deepStrictEqual(await codes(page), ["Coded: Industry", "Coded: Ecology"]);
  await press(page, "Shift+Z", "Shift+Z");
  await page.waitForFunction(() => everywhere("#paragraphs .codes").length === 1);
  assert.equal(await at(page), "Tariffs were cut.");
  assertQuiet(watch);
  await page.close();
});

test("another article that comes in while a paragraph is typed ends that, and each keeps its own text", async () => {
  const { page, item } = await opened("The factory makes steel.\n\nWetlands were restored.");
  await item(1).locator(".verdict").focus();
  await press(page, "e", "End");
  await page.keyboard.insertText(" Herons came.");
  await page.locator("#files").setInputFiles({ name: "x.txt", mimeType: "text/plain", buffer: Buffer.from("Tariffs were cut.\n\nHe smiled.\n\nShe left.") });
  await page.waitForFunction(() => everywhere("#paragraphs .text")[0].textContent === "Tariffs were cut.");
  await read(page);
  assert.deepStrictEqual(await texts(page), ["Tariffs were cut.", "He smiled.", "She left."]);
  assert.equal(await at(page), "Tariffs were cut.");
  await press(page, "z");
  await page.waitForFunction(() => everywhere("#paragraphs .text").length === 2);
  assert.deepStrictEqual(await texts(page), ["The factory makes steel.", "Wetlands were restored. Herons came."]);
  await press(page, "z");
  assert.deepStrictEqual(await texts(page), ["The factory makes steel.", "Wetlands were restored."]);
  await page.close();
});

test("what is pressed keeps the focus, or hands it on: the way of splitting, the inspector's way out where it is a sheet, more of a long text", async () => {
  const { page, item } = await opened();
  await page.locator("#split").focus();
  await press(page, "ArrowDown");
  assert.equal(await page.evaluate(() => focused().id), "split");
  for (const [width, height] of [[360, 740], [320, 256]]) {
    await page.setViewportSize({ width, height });
    await item(0).locator(".verdict").focus();
    await page.locator("#tab-paragraph").focus();
    await press(page, "Enter");
    await page.getByRole("button", { name: "Close", exact: true }).focus();
    await press(page, "Enter");
    assert.equal(await page.evaluate(() => focused().id), "tab-paragraph");
  }
  const long = "Steel and coal. ".repeat(1_500).trim();
  await paste(page, long, `<p>${long}</p>`);
  await item(0).locator(".verdict").focus();
  await press(page, "Tab");
  assert.match(await page.evaluate(() => focused().textContent), /3,999 more characters/);
  await press(page, "Enter");
  assert.ok((await at(page)) === long);
  // A pointer needs no second press, though what is pressed for the first time becomes taller above it.
  await paste(page, `Rain fell.\n\n${long}`, `<p>Rain fell.<p>${long}`);
  await page.getByRole("button", { name: "3,999 more characters" }).click();
  assert.ok((await at(page)) === long);
  await page.close();
});

test("the inspector: probabilities, words, contrast, codebook", async () => {
  const { page, watch, item } = await opened();
  await item(0).locator(".verdict").focus();
  const panel = page.locator("#panel-paragraph");
  const choices = await panel.locator(".choice").evaluateAll((all) => all.map(({ textContent, ariaPressed }) => [textContent, ariaPressed]));
  assert.equal(choices.length, 5);
  assert.ok(choices.every(([text]) => /\d{1,2}\u00a0%$/.test(text)));
  assert.deepStrictEqual(choices.filter(([, pressed]) => pressed === "true").map(([text]) => text.match(/^\D+/)[0]), ["Industry"]);
  const listed = () => panel.locator(".words").first().locator(".word").allTextContents();
  assert.ok((await listed()).includes("steel"), await listed());
  const [, words, context, bias, logit] = (await panel.textContent()).replaceAll("−", "-").match(/Words ([+-][\d.]+), surroundings ([+-][\d.]+), start ([+-][\d.]+): logit ([+-]\d+\.\d\d)/).map(Number);
  assert.ok(Math.abs(words + context + bias - logit) < 0.021);
  await panel.locator("select").selectOption({ label: "Ecology" });
  assert.match(await panel.textContent(), /For Industry rather than Ecology/);
  await panel.locator(".choice", { hasText: "Ecology" }).click();
  assert.match(await panel.textContent(), /Words for Ecology/);
  await page.getByRole("tab", { name: "Codebook" }).click();
  const themes = page.locator("#panel-codebook details");
  assert.equal(await themes.count(), 5);
  for (const entry of await themes.all()) {
    await entry.locator("summary").click();
    assert.ok((await entry.locator(".entry > p").first().textContent()).length > 40, "a definition");
    for (const list of ["yes", "no", "examples"]) assert.ok((await entry.locator(`.${list} li`).count()) > 0, list);
    assert.ok((await entry.locator(".strongest").textContent()).split(", ").length >= 20);
  }
  // Not every theme has cases of its own to rule on.
  assert.ok((await themes.locator(".rulings li").count()) >= 3);
  assertQuiet(watch);
  await page.close();
});

test("notes and the coder's name are kept, and undone", async () => {
  const { page, item } = await opened();
  await page.getByRole("button", { name: "New paste" }).isVisible();
  await item(0).locator(".verdict").focus();
  await page.getByLabel("Your name or initials").fill("AB");
  await page.getByLabel("Note", { exact: true }).fill("A close call");
  await item(1).locator(".verdict").focus();
  assert.equal(await page.getByLabel("Note", { exact: true }).inputValue(), "");
  await item(0).locator(".verdict").focus();
  assert.equal(await page.getByLabel("Note", { exact: true }).inputValue(), "A close call");
  await page.keyboard.press("4");
  await page.locator("#panel-paragraph", { hasText: "Coded by AB" }).waitFor({ timeout: 10_000 });
  await page.close();
});

test("the whole text can be edited, and its codes stay with their paragraphs", async () => {
  const { page, watch } = await opened();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("4");
  await page.getByRole("button", { name: "Edit the whole text" }).click();
  assert.equal(await page.locator("#text").inputValue(), TEXT);
  await page.keyboard.press("Control+Home");
  await page.keyboard.insertText("A new beginning for the town.\n\n");
  await page.getByRole("button", { name: "Read it" }).click();
  await read(page);
  assert.deepStrictEqual(await codes(page), [null, "Coded: Ecology", null, null, null]);
  await page.getByRole("button", { name: "Edit the whole text" }).click();
  await page.keyboard.press("Escape");
  assert.equal((await rows(page)).length, 5);
  assertQuiet(watch);
  await page.close();
});

test("Chinese and English: the page follows the choice, and nothing is lost", async () => {
  const { page, watch, item } = await opened();
  await item(1).locator(".verdict").focus();
  await page.keyboard.press("3");
  await page.locator("#language").selectOption("zh");
  await page.waitForFunction(() => document.documentElement.lang === "zh");
  assert.equal(await page.locator("html").getAttribute("lang"), "zh");
  assert.match((await rows(page))[1].verdict, /^已编码：产业 机器：生态 · /);
  assert.match((await rows(page))[0].why, /依据：/);
  // The place in the article, the filter and the open panel stay.
  assert.equal(await page.locator("#panel-paragraph h2").textContent(), "第 2 段：产业 · 已编码");
  assert.equal(await page.locator("#paragraphs li.active").count(), 1);
  await page.locator(".legend .key", { hasText: "产业" }).click();
  await filled(page);
  const filtered = await page.locator("#paragraphs .text").allTextContents();
  const left = await page.locator("body").innerText();
  for (const word of ["Undo", "Paragraph", "Overview", "Split", "Read it"]) assert.ok(!left.includes(word), word);
  await page.locator("#language").selectOption("en");
  await page.waitForFunction(() => document.documentElement.lang === "en");
  assert.deepStrictEqual(await page.locator("#paragraphs .text").allTextContents(), filtered);
  await page.locator('.legend [aria-pressed="true"]', { hasText: "Industry" }).click();
  assert.match((await rows(page))[1].verdict, /^Coded: Industry Machine: Ecology · /);
  const chips = await page.locator("#paragraphs li.active .work").innerText();
  assert.match(chips, /Ecology[\s\S]+Leave it out/);
  assertQuiet(watch);
  await page.close();
});

test("of a text with hardly any English it says so, whatever else stands in it", async () => {
  const { page, watch } = await openPage(browser.context);
  for (const [text, foreign] of /** @type {const} */ ([
    ["The factory makes steel.", false],
    ["L’été dernier, la préfète a visité l’usine où l’on fabrique l’acier.", false],
    ["12.4 | 88.1 | 3\n\n17.0 | 2,400 | 9\n\nTotal | 5 | 6", false],
    ["1 2 3", false],
    ["钢厂去年生产了三百万吨钢。", true],
    ["Завод в прошлом году выпустил три миллиона тонн стали. 2024", true],
    ["钢厂去年生产了三百万吨钢。It makes steel, and more of it each year.", false],
    ["钢厂去年生产了三百万吨钢，出口到二十个国家。Steel.", true],
  ])) {
    await paste(page, text);
    assert.equal((await page.locator("#found .note").textContent()).startsWith("Hardly any English here"), foreign, text);
  }
  assertQuiet(watch);
  await page.close();
});
