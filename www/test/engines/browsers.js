/** The browsers that the page is for, driven alike. */

import { after } from "node:test";

import { startChromium } from "./chromium.js";
import { startFirefox } from "./firefox.js";
import { startWebKit } from "./webkit.js";

/**
 * @typedef {{
 *   open: (url: string) => Promise<unknown>,
 *   evaluate: (work: (...given: any[]) => any, ...given: unknown[]) => Promise<any>,
 *   press: (key: string) => Promise<unknown>,
 *   errors: () => Promise<string[]>,
 *   requests: () => Promise<string[]>,
 *   close: () => Promise<void>,
 * }} Browser
 *   open: loads a page in the one tab; evaluate: a function in that page, with arguments and a value that JSON can carry;
 *   press: a key, as a person does; errors: what the console was told since `open`, where the driver tells;
 *   requests: the addresses that were asked for since then
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

/** Each browser of a test file is started once, when it is first asked for, and ends with the file. */
export function startedOnce() {
  /** @type {Map<string, Promise<Browser>>} */
  const started = new Map();
  after(async () => {
    for (const browser of started.values()) await (await browser.catch(() => null))?.close();
  });
  return ({ name, start }) => {
    if (!started.has(name)) started.set(name, start());
    return /** @type {Promise<Browser>} */ (started.get(name));
  };
}
