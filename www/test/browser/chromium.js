/** A real Chromium with an empty profile, and a watch over everything that a page does. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

import { given } from "../site.js";

/** Where the site is served as it is written, module by module. */
export const MODULES = given("LEITMOTIF_URL");
/** Where the page is opened: there, or bundled. */
export let ADDRESS = MODULES;

/** So many times slower is the pages' processor: with 6, tests fail that do not wait for what they look at. */
const SLOWER = Number(process.env.LEITMOTIF_SLOWER ?? 0);

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @typedef {{ console: string[], errors: string[], requests: string[], violations: string[], workers: string[] }} Watch */

/**
 * One browser for a test file. `close` takes its profile away too.
 *
 * @param {{ bundled?: boolean }} [options] bundled: all pages are of the site as hosts serve it, in half as many files, which
 *   are there in half the time; without it of the site as it is written, whose modules a test can change and import
 */
export async function startChromium({ bundled = false } = {}) {
  if (bundled) ADDRESS = given("LEITMOTIF_BUNDLED_URL");
  const profile = mkdtempSync(join(tmpdir(), "leitmotif-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: given("CHROMIUM"),
    headless: true,
    args: FLAGS,
    viewport: { width: 1280, height: 900 },
  });
  // A loaded machine is slow, not wrong: the runner's own limit for a test comes after this one.
  context.setDefaultTimeout(30_000);
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, close };
}

/**
 * Opens the page, or an empty tab, under watch.
 *
 * @param {import("playwright-core").BrowserContext} context
 * @param {{ path?: string, prepare?: (page: import("playwright-core").Page) => Promise<void>, ready?: boolean, worker?: boolean }} [options]
 *   prepare: runs before the page loads; ready: wait until the engine is there; worker: with the service worker, which would
 *   keep routes from seeing what the page asks for
 */
export async function openPage(context, { path = "", prepare, ready = true, worker = false } = {}) {
  const page = await context.newPage();
  if (SLOWER) await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  /** @type {Watch} */
  const watch = { console: [], errors: [], requests: [], violations: [], workers: [] };
  page.on("console", (message) => watch.console.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => watch.errors.push(String(error)));
  page.on("request", (request) => watch.requests.push(request.url()));
  page.on("worker", (worker) => watch.workers.push(worker.url()));
  page.on("dialog", (dialog) => {
    watch.errors.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.exposeFunction("reportViolation", (what) => watch.violations.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      window.reportViolation(`${violatedDirective} ${blockedURI}`),
    );
  });
  await page.addInitScript(() => {
    /** All elements of a selector, those in shadow roots among them, in the order of the page. */
    globalThis.everywhere = (selector, root = document) =>
      [...root.querySelectorAll("*")].flatMap((one) => [...(one.matches(selector) ? [one] : []), ...(one.shadowRoot ? everywhere(selector, one.shadowRoot) : [])]);
    /** The element with the focus, whatever shadow root it is in. */
    globalThis.focused = () => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at;
    };
  });
  if (!worker) await page.addInitScript(() => delete Navigator.prototype.serviceWorker);
  await prepare?.(page);
  await page.goto(new URL(path, ADDRESS).href);
  if (ready) {
    await page.locator("#status", { hasText: "Ready." }).waitFor();
    // Until then all is asked for that the page will ask for.
    await page.locator("#main[aria-busy=false]").waitFor();
  }
  return { page, watch };
}

/** Nothing was said, nothing failed, and nothing but the page's own files was asked for. @param {Watch} watch */
export function assertQuiet(watch) {
  assert.deepStrictEqual(watch.console, []);
  assert.deepStrictEqual(watch.errors, []);
  assert.deepStrictEqual(watch.violations, []);
  const foreign = watch.requests.filter((url) => !url.startsWith(new URL(ADDRESS).origin) && !url.startsWith("data:"));
  assert.deepStrictEqual(foreign, []);
}

/**
 * Pastes into the page, as an event: the clipboard itself belongs to the whole machine.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} text
 * @param {string} [html] of the same clipboard
 */
export async function paste(page, text, html) {
  if (await page.locator("#text").isHidden()) await page.getByRole("button", { name: "New paste" }).click();
  await page.locator("#text").evaluate((box, { text, html }) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    if (html !== undefined) clipboardData.setData("text/html", html);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
  }, { text, html });
  if (html === undefined) await settled(page, text);
  else await read(page);
}

/** Waits until the article that is shown is read, and all of it is on the page. */
export async function read(page) {
  await page.waitForFunction(() => {
    const items = everywhere("#paragraphs li");
    return items.length > 0 && !items.some(({ classList }) => classList.contains("unread"));
  });
  await filled(page);
}

/** Waits until all paragraphs of the list are in it: those below the first screen come in frames of their own. */
export async function filled(page) {
  await page.waitForFunction(() => everywhere("#paragraphs > ol.filling").length === 0);
}

/** Waits until the list shows a text, every paragraph of it, read. @param {string} text */
export async function settled(page, text) {
  await page.waitForFunction((text) => {
    const bare = (text) => text.replace(/\s/g, "");
    const shown = everywhere("#paragraphs .text").map(({ textContent }) => textContent).join("");
    return bare(shown) === bare(text) && everywhere("#paragraphs :is(.unread, .filling)").length === 0;
  }, text);
}

/** What a reader finds at each paragraph, pointing at one after the other. */
export const rows = (page) =>
  page.locator("#paragraphs > ol > li").evaluateAll((items) =>
    items.map((item) => {
      item.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
      return {
        classes: [...item.classList],
        verdict: item.querySelector(".verdict").textContent.replace(/\s+/g, " ").trim(),
        text: item.querySelector(".text").textContent,
        marked: [...item.querySelectorAll(".text .for")].map(({ textContent }) => textContent),
        why: item.querySelector(".why").textContent,
      };
    }),
  );

/** @param {string} name of a picture, without ending */
export function shot(name) {
  const folder = given("LEITMOTIF_SHOTS");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

/** axe-core's source file, for `addInitScript`: the page's policy lets no script tag in. */
export const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
