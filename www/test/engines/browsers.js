/** The browsers that the page is for, driven alike; each is started once for all tests of a process. */

import { after } from "node:test";

import { startChromium } from "./chromium.js";
import { startFirefox } from "./firefox.js";
import { startWebKit } from "./webkit.js";

/**
 * @typedef {{
 *   open: (url: string) => Promise<unknown>,
 *   evaluate: (work: (...given: any[]) => any, ...given: unknown[]) => Promise<any>,
 *   press: (key: string) => Promise<unknown>,
 *   type: (text: string) => Promise<unknown>,
 *   errors: () => Promise<string[]>,
 *   requests: () => Promise<string[]>,
 *   downloads: string,
 *   close: () => Promise<void>,
 * }} Browser
 *   open: loads a page in the one tab; evaluate: a function in that page, with arguments and a value that JSON can carry;
 *   press: a key, as a person does, with "Shift+" or "Control+" before it; type: keys for each of a text's characters; errors: what the console was told since `open`, where the driver tells;
 *   requests: the addresses that were asked for since then; downloads: the folder that saved files come into, by their names
 */

/** What `cargo xtask test` did not find is not set. */
const missing = (...names) => names.some((name) => !process.env[name]) && "it is not installed";

/** @type {{ name: string, start: () => Promise<Browser>, missing: string | false }[]} Chromium first */
export const BROWSERS = [
  { name: "Chromium", start: startChromium, missing: false },
  { name: "Firefox", start: startFirefox, missing: missing("FIREFOX") },
  { name: "WebKit", start: startWebKit, missing: missing("WEBKIT_DRIVER", "WEBKIT_BROWSER") },
];

export const withoutWasm = {
  name: "Firefox without WebAssembly",
  start: () => startFirefox({ "javascript.options.wasm": false }),
  missing: missing("FIREFOX"),
};

/** @type {Map<string, Promise<Browser>>} */
const running = new Map();

after(async () => {
  for (const browser of running.values()) await (await browser.catch(() => null))?.close();
});

/**
 * A browser of the list, started when it is first asked for.
 *
 * @param {{ name: string, start: () => Promise<Browser> }} browser
 * @returns {Promise<Browser>}
 */
export function started({ name, start }) {
  const there = running.get(name) ?? start();
  running.set(name, there);
  return there;
}
