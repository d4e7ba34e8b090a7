/** Files, opened by the button or dropped: each an article, several at once. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { siteModule } from "../site.js";
import { hostileProject } from "../take-project.js";
import { assertQuiet, openPage, paste, read, rows, startChromium } from "./chromium.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const { toFile } = await siteModule("project-file.js");
const { model } = await Leitmotif.create();

let browser;
before(async () => (browser = await startChromium({ bundled: true })));
after(() => browser.close());

const file = (name, buffer, mimeType = "text/plain") => ({ name, mimeType, buffer: Buffer.from(buffer) });
const names = (page) => page.locator("#articles .open").allTextContents();

test("several files are opened at once; what cannot be read is said, with its name", async () => {
  const { page, watch } = await openPage(browser.context);
  await page.locator("#files").setInputFiles([
    file("steel.txt", "The factory makes steel.\n\nHe smiled."),
    file("page.html", "<title>x</title><h1>Rain</h1><p onclick='window.ran=1'>It rained on the wetlands.</p><script>window.ran=1</script>", "text/html"),
    file("old.md", Buffer.from("# Z\xfcrich\n\nHe said \x93steel\x94.", "latin1")),
    file("photo.txt", [0x89, 0x50, 0, 0]),
    file("report.pdf", "%PDF"),
    file("empty.txt", " \n"),
  ]);
  await read(page);
  assert.deepStrictEqual(await names(page), ["steel", "page", "old"]);
  const said = await page.getByRole("alert").locator("p").allTextContents();
  assert.equal(said.length, 3);
  for (const [i, name] of ["photo.txt", "report.pdf", "empty.txt"].entries()) assert.ok(said[i].includes(name), said[i]);
  await page.locator("#status", { hasText: "old.md was read as windows-1252" }).waitFor();
  await page.locator("#articles .open").nth(1).click();
  await read(page);
  assert.deepStrictEqual((await rows(page)).map(({ text }) => text), ["Rain", "It rained on the wetlands."]);
  await page.locator("#articles .open").nth(2).click();
  await read(page);
  assert.deepStrictEqual((await rows(page)).map(({ text }) => text), ["# Zürich", "He said “steel”."]);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assertQuiet(watch);
  await page.close();
});

/** @param {{ files?: Record<string, string>, text?: string }} fill files: contents by name */
const drop = (page, fill) =>
  page.evaluate(({ files = {}, text }) => {
    const dataTransfer = new DataTransfer();
    for (const [name, content] of Object.entries(files)) dataTransfer.items.add(new File([content], name, { type: "text/plain" }));
    if (text) dataTransfer.setData("text/plain", text);
    document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, fill);

test("files and texts that are dropped anywhere become articles", async () => {
  const { page, watch } = await openPage(browser.context);
  await drop(page, { files: { "dropped.txt": "The factory makes steel." } });
  await read(page);
  await drop(page, { text: "Wetlands were restored." });
  await page.locator("#articles .open").nth(1).waitFor();
  await drop(page, { files: { "a.md": "# Steel\n\nMore steel.", "b.html": "<h1>Rain</h1><p>Rain fell.</p>", "c.txt": "Trade grew." } });
  await page.locator("#articles .open").nth(4).waitFor();
  assert.deepStrictEqual(await names(page), ["dropped", "Wetlands were restored.", "a", "b", "c"]);
  assertQuiet(watch);
  await page.close();
});

/** A project whose texts and names try everything, of this page's model. */
const projectFile = () => toFile({ ...hostileProject(), model: { id: model.id, sha256: model.sha256 } });
const told = (page, text) => page.locator("#status", { hasText: text }).waitFor();
const alerts = (page) => page.getByRole("alert").locator("p").allTextContents();

test("a dropped project file is opened, its names are inert, and undo brings back what was open", async () => {
  const { page, watch } = await openPage(browser.context);
  await paste(page, "The factory makes steel.");
  await page.locator("#paragraphs .verdict").first().focus();
  await page.keyboard.press("4");
  await drop(page, { files: { '<img src=x onerror="window.ran=1">.leitmotif.json': projectFile() } });
  await told(page, "Project opened: 2 articles. What was open before comes back with Undo.");
  const titles = hostileProject().articles.map(({ name }) => name || "Untitled");
  assert.deepStrictEqual(await names(page), titles);
  await page.locator("#articles .open").nth(1).click();
  await read(page);
  assert.match((await rows(page))[0].verdict, /^Coded: Ecology Governance/);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.equal(await page.locator("main :is(script, img, iframe)").count(), 0);
  // Looking at the other article is no step: one undo takes the opening back.
  await page.getByRole("button", { name: "Undo" }).click();
  assert.deepStrictEqual(await names(page), ["The factory makes steel."]);
  assert.match((await rows(page))[0].verdict, /^Coded: Ecology/);
  await told(page, "Taken back: opening.");
  assertQuiet({ ...watch, requests: [] });
  await page.close();
});

test("project files come in by the open button too, under any name, with articles beside them", async () => {
  const { page, watch } = await openPage(browser.context);
  assert.match(await page.locator("#files").getAttribute("accept"), /\.json/);
  await page.locator("#files").setInputFiles([
    file("steel.txt", "The factory makes steel."),
    file("broken.leitmotif.json", projectFile().slice(0, -20), "application/json"),
    file("project.leitmotif.json.txt", projectFile()),
    file("second.leitmotif.json", projectFile(), "application/json"),
  ]);
  await read(page);
  await told(page, "Project opened: 2 articles.");
  assert.equal((await names(page)).length, 3);
  assert.equal((await names(page))[2], "steel");
  const said = await alerts(page);
  assert.equal(said.length, 2);
  assert.match(said[0], /^broken\.leitmotif\.json: This project file is not whole/);
  assert.match(said[1], /^second\.leitmotif\.json: another project was opened/);
  assertQuiet({ ...watch, requests: [] });
  await page.close();
});

test("a broken or foreign JSON file is refused by name, with the reason, and what is open stays", async () => {
  const { page } = await openPage(browser.context);
  await paste(page, "The factory makes steel.");
  const damaged = JSON.parse(projectFile());
  damaged.articles[0].paragraphs[0].included = "yes";
  for (const [name, content, reason] of [
    ["package.json", '{"name":"x"}', /its “format” should be “leitmotif project 1”, and is nothing/],
    ["export.json", '{"format":"leitmotif export 1"}', /and is “leitmotif export 1”/],
    ["a.leitmotif.json", JSON.stringify(damaged), /damaged at articles\[0\]\.paragraphs\[0\]\.included: there should be true or false, and there is “yes”/],
    ["empty.json", "", /not JSON/],
  ]) {
    await drop(page, { files: { [name]: content } });
    await page.getByRole("alert").getByText(`${name}: `).waitFor();
    assert.equal((await alerts(page)).length, 1);
    assert.match((await alerts(page))[0], reason);
  }
  // Said in one place at a time: where something was asked for last.
  const beside = page.locator("#take [role=status]");
  await page.locator("#project-file").setInputFiles(file("picked.json", "[]", "application/json"));
  await beside.getByText("picked.json: ").waitFor();
  assert.deepStrictEqual(await alerts(page), []);
  await drop(page, { files: { "dropped.json": "[]" } });
  await page.getByRole("alert").getByText("dropped.json: ").waitFor();
  assert.equal(await beside.textContent(), "");
  await page.getByRole("button", { name: "Save project" }).click();
  await beside.getByText("Project saved: ").waitFor();
  assert.deepStrictEqual(await alerts(page), []);
  assert.deepStrictEqual((await rows(page)).map(({ text }) => text), ["The factory makes steel."]);
  await page.locator("#language").selectOption("zh");
  await page.waitForFunction(() => document.documentElement.lang === "zh");
  await drop(page, { files: { "empty.json": "[]" } });
  await page.getByText("empty.json：这不是 Leitmotif 的项目文件").waitFor();
  await page.close();
});
