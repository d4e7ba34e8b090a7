/** The page as one file, opened with a double click, in every browser. */

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

import { ARTICLE } from "../browser/host.js";
import { ARTICLE_001, given } from "../site.js";
import { BROWSERS, started } from "./browsers.js";
import { assertQuiet, firstMinute, openPage } from "./page.js";

const TEXTS = [ARTICLE_001, ARTICLE.join("\n\n")];

let folder;
let url;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "leitmotif-packed-"));
  copyFileSync(given("LEITMOTIF_PACKED"), join(folder, "leitmotif.html"));
  url = pathToFileURL(join(folder, "leitmotif.html")).href;
});
after(() => rmSync(folder, { recursive: true, force: true }));

let shownInChromium;
for (const browser of BROWSERS) {
  test(`${browser.name}: the page from file:// reads as Chromium does, and asks for nothing`, { skip: browser.missing }, async () => {
    const tab = await started(browser);
    await openPage(tab, url);
    assert.equal(await tab.evaluate(() => location.protocol), "file:");
    assert.ok(await tab.evaluate(() => document.querySelector("#engine").hidden), "WebAssembly is at work");
    const shown = await firstMinute(tab, TEXTS);
    shownInChromium ??= shown;
    assert.deepStrictEqual(shown, shownInChromium);
    const asked = (await tab.requests()).filter((address) => !/^(data|blob):/.test(address) && address !== url);
    assert.deepStrictEqual(asked, []);
    await assertQuiet(tab);
  });
}
