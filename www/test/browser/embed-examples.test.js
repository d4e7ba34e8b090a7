/** The examples that need no installation, as their files say it. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { dist } from "../package/installed.js";
import { project } from "../site.js";
import { openPage, shot, startChromium } from "./chromium.js";
import { readingOf, startHost } from "./host.js";

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

const THEMES = [["urbanization"], ["industry"], ["ecology"]];

/** What lies beside each example's page, as its reader would put it there. */
const BESIDE = {
  module: { "/leitmotif/": dist("npm") },
  classic: { "/*": dist() },
  wordpress: { "/wp-content/uploads/": dist() },
  iframe: { "/*": dist() },
};

for (const [name, beside] of Object.entries(BESIDE)) {
  test(`the example “${name}” works as it is written`, async () => {
    const host = await startHost({ "/": readFileSync(project("www/examples", name, "index.html"), "utf8"), ...beside });
    const { page, watch } = await openPage(browser.context, { path: host.origin, ready: false });
    const place = name === "iframe" ? await (await page.locator("iframe").elementHandle()).contentFrame() : page;
    // In a frame the text comes later than the reader.
    await place.locator("leitmotif-reader").getByText("Ecology").first().waitFor();
    assert.deepStrictEqual(await readingOf(place), { engine: "wasm", themes: THEMES });
    assert.deepStrictEqual([watch.console, watch.errors], [[], []]);
    await page.screenshot({ path: shot(`example-${name}`), fullPage: true });
    await page.close();
    host.close();
  });
}
