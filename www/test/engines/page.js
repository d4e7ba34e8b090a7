/** Steps of a reader on the page, in any browser. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** @typedef {import("./browsers.js").Browser} Browser */

/** How long anything may take on a loaded machine, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Waits until a function of the page gives something true; its value.
 *
 * @param {Browser} browser
 * @param {(...given: any[]) => unknown} work
 * @param {...unknown} given
 */
export async function until(browser, work, ...given) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const value = await browser.evaluate(work, ...given);
    if (value) return value;
    assert.ok(Date.now() < end, `in vain: ${work}(${JSON.stringify(given).slice(0, 200)})`);
    await sleep(50);
  }
}

/** Makes the page tell what goes wrong in it, and see through shadow roots. @param {Browser} browser */
export const watch = (browser) =>
  browser.evaluate(() => {
    globalThis.everywhere = (selector, root = document) =>
      [...root.querySelectorAll("*")].flatMap((one) => [...(one.matches(selector) ? [one] : []), ...(one.shadowRoot ? globalThis.everywhere(selector, one.shadowRoot) : [])]);
    /** The element with the focus, whatever shadow root it is in. */
    globalThis.focused = () => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at;
    };
    globalThis.said = [];
    addEventListener("error", ({ message }) => globalThis.said.push(`error: ${message}`));
    addEventListener("unhandledrejection", ({ reason }) => globalThis.said.push(`unhandled: ${reason}`));
    const violation = ({ effectiveDirective, blockedURL, blockedURI }) => globalThis.said.push(`policy: ${effectiveDirective} ${blockedURL ?? blockedURI}`);
    // What was refused before this ran is told as well, where the browser kept it.
    if (typeof ReportingObserver === "function") {
      new ReportingObserver((reports) => reports.forEach(({ body }) => violation(body)), { buffered: true, types: ["csp-violation"] }).observe();
    } else document.addEventListener("securitypolicyviolation", violation);
  });

/** Opens the page and waits for the engine. @param {Browser} browser @param {string} url */
export async function openPage(browser, url) {
  await browser.open(url);
  await until(browser, () => document.querySelector("#status")?.textContent === "Ready.");
  await watch(browser);
}

/** Presses the button of a name. @param {Browser} browser @param {string} name */
export const pressButton = (browser, name) =>
  until(browser, (name) => {
    const button = globalThis.everywhere("button").find((button) => button.textContent.trim() === name && !button.disabled);
    button?.click();
    return button !== undefined;
  }, name);

/** Drops a file on the page. @param {Browser} browser @param {string} name @param {string} content @param {string} type */
export const drop = (browser, name, content, type) =>
  browser.evaluate((name, content, type) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], name, { type }));
    document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, name, content, type);

/** Opens a project file's text. @param {Browser} browser @param {string} text */
export async function openProject(browser, text) {
  await drop(browser, "project.leitmotif.json", text, "application/json");
  await until(browser, () => document.querySelector("#status").textContent.startsWith("Project opened"));
}

/**
 * The file that an act brings into the folder of downloads, whole.
 *
 * @param {Browser} browser
 * @param {() => Promise<unknown>} start
 * @returns {Promise<{ name: string, text: string }>}
 */
export async function saved(browser, start) {
  // While it comes, a file has another ending or another name; what is hidden is the browser's own.
  const files = () => readdirSync(browser.downloads).filter((name) => !name.startsWith("."));
  for (const name of files()) rmSync(join(browser.downloads, name), { force: true });
  await start();
  const end = Date.now() + PATIENCE;
  for (let [before, same] = ["", 0]; ; await sleep(50)) {
    const state = files().map((name) => `${name}: ${statSync(join(browser.downloads, name), { throwIfNoEntry: false })?.size}`).join();
    same = state === before ? same + 1 : 0;
    before = state;
    const [name, ...others] = files();
    if (same >= 3 && name !== undefined && others.length === 0 && !/\.(part|wkdownload): |: (0|undefined)$/.test(state)) return { name, text: readFileSync(join(browser.downloads, name), "utf8") };
    assert.ok(Date.now() < end, `no file came: ${state}`);
  }
}

/** Nothing failed, nothing was refused, nothing was said. @param {Browser} browser */
export async function assertQuiet(browser) {
  assert.deepStrictEqual([...(await browser.errors()), ...(await browser.evaluate(() => globalThis.said))], []);
}

/**
 * Pastes into the box, by an event, and waits until all of it is read.
 *
 * @param {Browser} browser
 * @param {string} text
 * @param {string} [html]
 */
export async function paste(browser, text, html) {
  await browser.evaluate((text, html) => {
    const [box] = globalThis.everywhere("#text");
    if (box.offsetParent === null) globalThis.everywhere("button").find(({ textContent }) => textContent === "New paste").click();
    const event = new ClipboardEvent("paste", { clipboardData: new DataTransfer(), bubbles: true, composed: true, cancelable: true });
    // Firefox gives the event a clipboard of its own, an empty one.
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
    box.dispatchEvent(event);
  }, text, html ?? "");
  await until(browser, (text) => {
    const bare = (text) => text.replace(/\s/g, "");
    const shown = globalThis.everywhere("#paragraphs .text").map(({ textContent }) => textContent).join("");
    return shown !== "" && (text === "" || bare(shown) === bare(text)) && globalThis.everywhere("#paragraphs .unread").length === 0;
  }, html ? "" : text);
}

/** Changes the page's language. @param {Browser} browser @param {"en" | "zh"} language */
export async function speak(browser, language) {
  const listed = () => browser.evaluate(() => globalThis.everywhere("#paragraphs > ol > li").length);
  const before = await listed();
  await browser.evaluate((language) => {
    const choice = document.querySelector("#language");
    choice.value = language;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  }, language);
  // No paragraph goes away meanwhile; the last ones may still be on their way.
  await until(browser, (language, before) => document.documentElement.lang.startsWith(language) && globalThis.everywhere("#paragraphs > ol > li").length >= before, language, before);
}

/** What is shown of each paragraph: its text, its verdict in words, its classes but for the one of the paragraph chosen. @param {Browser} browser */
export const rows = (browser) =>
  browser.evaluate(() =>
    globalThis.everywhere("#paragraphs > ol > li").map((item) => ({
      text: item.querySelector(".text").textContent,
      verdict: item.querySelector(".verdict").textContent.replace(/\s+/g, " ").trim(),
      classes: [...item.classList].filter((name) => name !== "active").sort(),
      codes: item.querySelector(".codes")?.textContent.replace(/\s+/g, " ").trim() ?? null,
    })),
  );

/** Presses the keys one after the other. @param {Browser} browser @param {...string} keys */
export async function press(browser, ...keys) {
  for (const key of keys) await browser.press(key);
}

/** Waits for the codes of the first paragraph. @param {Browser} browser @param {string | null} codes */
export const coded = (browser, codes) =>
  until(browser, (codes) => {
    const found = globalThis.everywhere("#paragraphs > ol > li")[0].querySelector(".codes")?.textContent.replace(/\s+/g, " ").trim() ?? null;
    return found === codes;
  }, codes);

/**
 * A reader's first minute: pastes both texts, codes the first paragraph by keys, takes it back.
 *
 * @param {Browser} browser with the page open
 * @param {string[]} texts
 * @returns what was shown of each text
 */
export async function firstMinute(browser, texts) {
  const shown = [];
  for (const text of texts) {
    await paste(browser, text);
    shown.push(await rows(browser));
    await browser.evaluate(() => globalThis.everywhere("#paragraphs .verdict")[0].focus());
    await press(browser, "4");
    await coded(browser, "Coded: Ecology");
    await press(browser, "1");
    await coded(browser, "Coded: Urbanization Ecology");
    await press(browser, "z", "z");
    await coded(browser, null);
    assert.deepStrictEqual(await rows(browser), shown.at(-1), "undo brings back what was shown");
  }
  return shown;
}

/** The page as the keyboard script takes it. @param {Browser} browser @returns {import("../browser/keyboard.js").Hands} */
export const handsOf = (browser) => ({
  evaluate: browser.evaluate,
  until: (work, ...given) => until(browser, work, ...given),
  press: (key) => browser.press(key),
  type: (text) => browser.type(text),
  saved: (start) => saved(browser, start),
});
