/** A reader's first minute on the served page: every browser shows what Chromium shows, and that is what the engine says. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ADDRESS } from "../browser/chromium.js";
import { ARTICLE } from "../browser/host.js";
import { ARTICLE_001, siteModule } from "../site.js";
import { BROWSERS, started } from "./browsers.js";
import { assertQuiet, firstMinute, openPage, paste, press, rows, speak, until } from "./page.js";

const TEXTS = [ARTICLE_001, ARTICLE.join("\n\n")];
const { Leitmotif } = await siteModule("leitmotif.js");
const motif = await Leitmotif.create();
const readings = [];
for (const text of TEXTS) readings.push(await motif.read(text));

const HTML = [
  "<style>p { color: red }</style><h1 onclick='window.ran = 1'>The valley plan</h1><p>The factory makes <b>steel</b> and machine&nbsp;tools.</p>",
  "<p style='display:none'>Hidden</p><div>Wetlands were <a href='javascript:window.ran=1'>restored</a>.<br><br>He smiled.</div>",
  "<img src=x onerror='window.ran=1'><script>window.ran = 1</script><ul><li>Tariffs on imports were cut, and foreign investment grew.</li></ul>",
].join("\n");

const shownBy = {};
for (const browser of BROWSERS) {
  test(`${browser.name}: paste, labels, codes by key, undo`, { skip: browser.missing }, async () => {
    const tab = await started(browser);
    await openPage(tab, ADDRESS);
    const shown = await firstMinute(tab, TEXTS);
    for (const [n, { paragraphs }] of readings.entries()) {
      assert.equal(shown[n].length, paragraphs.length);
      for (const [i, { kind, themes }] of paragraphs.entries()) {
        if (kind === "furniture") continue;
        for (const id of themes) assert.ok(shown[n][i].verdict.includes(motif.themes.find((theme) => theme.id === id).names.en), shown[n][i].verdict);
      }
    }
    shownBy[browser.name] = shown;
    assert.deepStrictEqual(shown, shownBy.Chromium);
    await assertQuiet(tab);
  });

  test(`${browser.name}: a page in the clipboard becomes its paragraphs, inert; another language; keys and help`, { skip: browser.missing }, async () => {
    const tab = await started(browser);
    await openPage(tab, ADDRESS);
    await paste(tab, "plain", HTML);
    assert.deepStrictEqual(
      (await rows(tab)).map(({ text }) => text),
      ["The valley plan", "The factory makes steel and machine\u00a0tools.", "Wetlands were restored.", "He smiled.", "Tariffs on imports were cut, and foreign investment grew."],
    );
    assert.equal(await tab.evaluate(() => window.ran ?? null), null);
    await speak(tab, "zh");
    await until(tab, (name) => globalThis.everywhere("#paragraphs .verdict")[1].textContent.includes(name), motif.themes.find(({ id }) => id === "industry").names.zh);
    await speak(tab, "en");
    await paste(tab, TEXTS[1]);
    await until(tab, () => globalThis.everywhere("#articles li").length === 2);
    await tab.evaluate(() => globalThis.everywhere("#paragraphs .verdict")[0].focus());
    await press(tab, "ArrowDown");
    await until(tab, () => /Paragraph 2/.test(document.querySelector("#inspector").textContent));
    await press(tab, "?");
    await until(tab, () => document.querySelector("#help").open);
    await press(tab, "Escape");
    await until(tab, () => !document.querySelector("#help").open);
    await assertQuiet(tab);
  });
}
