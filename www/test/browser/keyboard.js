/** The keyboard script of the page, as issue 4 has it: the same on a server, without a network, from a file, and in every browser. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

/** Stops of the Tab key before the list of paragraphs, at most. */
const STOPS = 12;

/**
 * @typedef {object} Hands a page with the focus, whatever browser it is in; `focused` and `everywhere` are there (chromium.js)
 * @property {(work: (...given: any[]) => any, ...given: unknown[]) => Promise<any>} evaluate
 * @property {(work: (...given: any[]) => any, ...given: unknown[]) => Promise<unknown>} until waits for something true
 * @property {(key: string) => Promise<unknown>} press a key, with "Shift+" or "Control+" before it
 * @property {(text: string) => Promise<unknown>} type
 * @property {(start: () => Promise<unknown>) => Promise<{ name: string, text: string }>} saved the file that an act brings
 */

/** @param {import("playwright-core").Page} page @returns {Hands} */
export const handsOf = (page) => ({
  // Playwright takes one argument.
  evaluate: (work, ...given) => page.evaluate(`(${work})(...${JSON.stringify(given)})`),
  // A function, made here: as a string it would be evaluated in the page each time, where the policy forbids that.
  until: (work, ...given) => page.waitForFunction(/** @type {(given: unknown[]) => any} */ (new Function("given", `return (${work})(...given)`)), given),
  press: (key) => page.keyboard.press(key),
  type: (text) => page.keyboard.insertText(text),
  async saved(start) {
    const [download] = await Promise.all([page.waitForEvent("download"), start()]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
  },
});

/**
 * Types, reads, corrects three labels, and takes the CSV away, by keys alone.
 *
 * @param {Hands} hands on the page, freshly opened
 * @param {string} text of at least three paragraphs
 */
export async function byKeyboard(hands, text) {
  const { evaluate, press, until } = hands;
  const inList = () => evaluate(() => globalThis.focused().classList.contains("verdict"));
  const focused = () => evaluate(() => globalThis.focused().textContent.trim());
  const codes = () =>
    evaluate(() => globalThis.everywhere("#paragraphs > ol > li").slice(0, 3).map((item) => item.querySelector(".codes")?.textContent.replace(/\s+/g, " ").trim() ?? null));

  // The caret waits in the box; the clipboard of the machine is not the tests' to write.
  assert.equal(await evaluate(() => globalThis.focused().id), "text");
  await hands.type(text);
  await press("Control+Enter");
  await until((text) => {
    const bare = (text) => text.replace(/\s/g, "");
    const shown = globalThis.everywhere("#paragraphs .text").map(({ textContent }) => textContent).join("");
    return bare(shown) === bare(text) && globalThis.everywhere("#paragraphs .unread").length === 0;
  }, text);
  // The focus leaves the box and, a frame later, is on the list.
  await until(() => ![document.body, globalThis.everywhere("#text")[0]].includes(globalThis.focused()));
  await press("Tab");
  assert.ok(await inList(), "after reading the list is next");

  // From the beginning of the page, as after a reload.
  await evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  let stops = 0;
  for (; stops <= STOPS; stops++) {
    await press("Tab");
    if (await inList()) break;
  }
  assert.ok(stops <= STOPS, `more than ${STOPS} stops before the list`);

  assert.deepStrictEqual(await codes(), [null, null, null]);
  for (const keys of [["4", "Enter"], ["0", "Enter"], ["1", "5", "Enter"]]) for (const key of keys) await press(key);
  assert.deepStrictEqual(await codes(), ["Coded: Ecology", "Coded: No theme", "Coded: Urbanization Governance"]);

  // Back to the toolbar, along it to "Export", and its first button is the CSV.
  for (let i = 0; i <= STOPS && !(await evaluate(() => globalThis.focused().closest("#toolbar") !== null)); i++) await press("Shift+Tab");
  for (let i = 0; i < 8 && (await focused()) !== "Export"; i++) await press("ArrowRight");
  await press("Enter");
  assert.equal(await focused(), "CSV");
  const { text: csv } = await hands.saved(() => press("Enter"));
  const [head, ...rows] = csv.split("\n");
  assert.match(head, /^article,paragraph,.*human_codes,/);
  for (const codes of ["ecology", "none", '"?urbanization; governance"?']) assert.ok(rows.some((row) => new RegExp(`,${codes},`).test(row)), codes);
  return { stops, csv };
}
