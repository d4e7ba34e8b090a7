/** Chromium as the other browsers here are driven: what it shows is what they are measured by. */

import { startChromium as start } from "../browser/chromium.js";

/** @returns {Promise<import("./browsers.js").Browser>} */
export async function startChromium() {
  const { context, close } = await start();
  const page = context.pages()[0] ?? (await context.newPage());
  /** @type {string[]} */
  let errors = [];
  /** @type {string[]} */
  let requests = [];
  page.on("console", (message) => errors.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  return {
    async open(url) {
      [errors, requests] = [[], []];
      await page.goto(url);
    },
    // Playwright takes one argument.
    evaluate: (work, ...given) => page.evaluate(`(${work})(...${JSON.stringify(given)})`),
    press: (key) => page.keyboard.press(key),
    errors: async () => errors,
    requests: async () => requests,
    close,
  };
}
