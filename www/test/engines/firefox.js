/** Firefox ESR over WebDriver BiDi, with an empty profile. */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import puppeteer from "puppeteer-core";

import { given } from "../site.js";

/** What puppeteer would relax, or switch off, is as Firefox ships it; no word to anybody outside; no list of downloads that takes the focus. */
const PREFERENCES = {
  "security.fileuri.strict_origin_policy": true,
  "browser.shell.checkDefaultBrowser": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "browser.download.alwaysOpenPanel": false,
};

/**
 * @param {Record<string, boolean>} [preferences] of about:config
 * @returns {Promise<import("./browsers.js").Browser>}
 */
export async function startFirefox(preferences = {}) {
  const profile = mkdtempSync(join(tmpdir(), "leitmotif-firefox-"));
  const downloads = join(profile, "downloads");
  mkdirSync(downloads);
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: given("FIREFOX"),
    headless: true,
    userDataDir: profile,
    extraPrefsFirefox: { ...PREFERENCES, "browser.download.folderList": 2, "browser.download.dir": downloads, ...preferences },
    protocolTimeout: 60_000,
  });
  // Not the tab that is there from the start: it never has the focus, and its elements hear of none.
  const page = await browser.newPage();
  /** @type {string[]} */
  let errors = [];
  /** @type {string[]} */
  let requests = [];
  page.on("console", (message) => errors.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  // Whether to leave a page with codes that are nowhere else is asked as a reader is; nobody is here.
  page.on("dialog", (dialog) => void (dialog.type() === "beforeunload" ? dialog.accept() : dialog.dismiss()));
  await page.setViewport({ width: 1280, height: 900 });
  return {
    async open(url) {
      // What the page before was still loading is broken off, and Firefox tells of that for a moment: it is not of the next one.
      await page.goto("about:blank");
      await sleep(100);
      [errors, requests] = [[], []];
      await page.goto(url, { waitUntil: "load" });
    },
    evaluate: (work, ...given) => page.evaluate(work, ...given),
    async press(combination) {
      const keys = /** @type {import("puppeteer-core").KeyInput[]} */ (combination.split("+"));
      const key = keys.pop() ?? combination;
      for (const held of keys) await page.keyboard.down(held);
      await page.keyboard.press(key);
      for (const held of keys.reverse()) await page.keyboard.up(held);
    },
    type: (text) => page.keyboard.type(text),
    errors: async () => errors,
    requests: async () => requests,
    downloads,
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
