/** Chromium as the other browsers here are driven: what it shows is what they are measured by. */

import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startChromium as start } from "../browser/chromium.js";

/** @returns {Promise<import("./browsers.js").Browser>} */
export async function startChromium() {
  const { context, close } = await start();
  const downloads = mkdtempSync(join(tmpdir(), "leitmotif-downloads-"));
  const page = context.pages()[0] ?? (await context.newPage());
  /** @type {string[]} */
  let errors = [];
  /** @type {string[]} */
  let requests = [];
  page.on("console", (message) => errors.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  // Playwright keeps what is saved to itself.
  page.on("download", async (download) => {
    const path = join(downloads, download.suggestedFilename());
    await download.saveAs(`${path}.part`);
    renameSync(`${path}.part`, path);
  });
  return {
    async open(url) {
      [errors, requests] = [[], []];
      await page.goto(url);
    },
    // Playwright takes one argument.
    evaluate: (work, ...given) => page.evaluate(`(${work})(...${JSON.stringify(given)})`),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    errors: async () => errors,
    requests: async () => requests,
    downloads,
    async close() {
      await close();
      rmSync(downloads, { recursive: true, force: true });
    },
  };
}
