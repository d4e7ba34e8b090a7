/** Files, opened by the button or dropped: each an article, several at once. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertQuiet, openPage, read, rows, startChromium } from "./chromium.js";

let browser;
before(async () => (browser = await startChromium()));
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

test("files and texts that are dropped anywhere become articles", async () => {
  const { page, watch } = await openPage(browser.context);
  const drop = (fill) =>
    page.evaluate((fill) => {
      const dataTransfer = new DataTransfer();
      if (fill.file) dataTransfer.items.add(new File([fill.file], "dropped.txt", { type: "text/plain" }));
      if (fill.text) dataTransfer.setData("text/plain", fill.text);
      document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }, fill);
  await drop({ file: "The factory makes steel." });
  await read(page);
  await drop({ text: "Wetlands were restored." });
  await page.locator("#articles .open").nth(1).waitFor();
  assert.deepStrictEqual(await names(page), ["dropped", "Wetlands were restored."]);
  assertQuiet(watch);
  await page.close();
});
