/** Firefox ESR over WebDriver BiDi, with an empty profile. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import puppeteer from "puppeteer-core";

import { given } from "../site.js";

/** What puppeteer would relax, or switch off, is as Firefox ships it; no word to anybody outside. */
const PREFERENCES = {
  "security.fileuri.strict_origin_policy": true,
  "browser.shell.checkDefaultBrowser": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};

/**
 * @param {Record<string, boolean>} [preferences] of about:config
 * @returns {Promise<import("./browsers.js").Browser>}
 */
export async function startFirefox(preferences = {}) {
  const profile = mkdtempSync(join(tmpdir(), "leitmotif-firefox-"));
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: given("FIREFOX"),
    headless: true,
    userDataDir: profile,
    extraPrefsFirefox: { ...PREFERENCES, ...preferences },
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
  await page.setViewport({ width: 1280, height: 900 });
  return {
    async open(url) {
      [errors, requests] = [[], []];
      await page.goto(url, { waitUntil: "load" });
    },
    evaluate: (work, ...given) => page.evaluate(work, ...given),
    press: (key) => page.keyboard.press(/** @type {import("puppeteer-core").KeyInput} */ (key)),
    errors: async () => errors,
    requests: async () => requests,
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
