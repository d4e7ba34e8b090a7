/** The whole way without a pointer, in every browser: type, read, correct three labels, take the CSV away. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ADDRESS } from "../browser/chromium.js";
import { ARTICLE } from "../browser/host.js";
import { byKeyboard } from "../browser/keyboard.js";
import { BROWSERS, started } from "./browsers.js";
import { assertQuiet, handsOf, openPage } from "./page.js";

/** The table, but for when it was coded. */
const timeless = (csv) => csv.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME");

let takenInChromium;
for (const browser of BROWSERS) {
  test(`${browser.name}: type, read, correct three labels, export by keys alone`, { skip: browser.missing }, async () => {
    const tab = await started(browser);
    await openPage(tab, ADDRESS);
    const { csv } = await byKeyboard(handsOf(tab), ARTICLE.join("\n\n"));
    takenInChromium ??= timeless(csv);
    assert.equal(timeless(csv), takenInChromium);
    await assertQuiet(tab);
  });
}
