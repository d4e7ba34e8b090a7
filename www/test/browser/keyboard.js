/** The keyboard script of the page, as issue 4 has it: the same on a server, without a network, and from a file. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { settled } from "./chromium.js";

/** Stops of the Tab key before the list of paragraphs, at most. */
const STOPS = 12;

const inList = (page) => page.evaluate(() => globalThis.focused().classList.contains("verdict"));
const focused = (page) => page.evaluate(() => globalThis.focused().textContent.trim());

/**
 * Pastes, reads, corrects three labels, and takes the CSV away, by keys alone.
 *
 * @param {import("playwright-core").Page} page freshly opened
 * @param {string} text of at least three paragraphs
 */
export async function byKeyboard(page, text) {
  // The caret waits in the box; the clipboard of the machine is not the tests' to write.
  assert.equal(await page.evaluate(() => globalThis.focused().id), "text");
  await page.keyboard.insertText(text);
  await page.keyboard.press("Control+Enter");
  await settled(page, text);
  await page.keyboard.press("Tab");
  assert.ok(await inList(page), "after reading the list is next");

  // From the beginning of the page, as after a reload.
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  let stops = 0;
  for (; stops <= STOPS; stops++) {
    await page.keyboard.press("Tab");
    if (await inList(page)) break;
  }
  assert.ok(stops <= STOPS, `more than ${STOPS} stops before the list`);

  const before = await page.locator("#paragraphs li").evaluateAll((items) => items.slice(0, 3).map((item) => item.querySelector(".codes")));
  assert.deepStrictEqual(before, [null, null, null]);
  for (const keys of [["4", "Enter"], ["0", "Enter"], ["1", "5", "Enter"]]) for (const key of keys) await page.keyboard.press(key);
  const after = await page.locator("#paragraphs li .codes").evaluateAll((all) => all.map(({ textContent }) => textContent.replace(/\s+/g, " ").trim()));
  assert.deepStrictEqual(after, ["Coded: Ecology", "Coded: No theme", "Coded: Urbanization Governance"]);

  // Back to the toolbar, along it to "Export", and its first button is the CSV.
  for (let i = 0; i <= STOPS && !(await page.evaluate(() => focused().closest("#toolbar") !== null)); i++) await page.keyboard.press("Shift+Tab");
  for (let i = 0; i < 8 && (await focused(page)) !== "Export"; i++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "CSV");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  const csv = readFileSync(await download.path(), "utf8");
  const [head, ...rows] = csv.split("\n");
  assert.match(head, /^article,paragraph,.*human_codes,/);
  for (const codes of ["ecology", "none", '"?urbanization; governance"?']) assert.ok(rows.some((row) => new RegExp(`,${codes},`).test(row)), codes);
  return { stops, csv };
}
