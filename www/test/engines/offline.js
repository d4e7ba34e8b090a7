/** The second visit without a server, in every browser: read, compare, another language. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { serveSite } from "../browser/site-server.js";
import { ARTICLE_001, siteModule } from "../site.js";
import { BROWSERS, started } from "./browsers.js";
import { assertQuiet, openPage, paste, pressButton, rows, saved, speak, until } from "./page.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const motif = await Leitmotif.create();
const expected = await motif.read(ARTICLE_001);

for (const browser of BROWSERS) {
  test(`${browser.name}: the second visit needs no server`, { skip: browser.missing }, async () => {
    const tab = await started(browser);
    const server = await serveSite();
    try {
      await openPage(tab, server.url);
      await until(tab, () => document.querySelector("#offline").textContent.startsWith("Ready for use without a network."));
    } finally {
      await server.stop();
    }
    const asked = server.state.asked.length;
    await openPage(tab, server.url);
    await paste(tab, ARTICLE_001);
    const shown = await rows(tab);
    assert.equal(shown.length, expected.paragraphs.length);
    for (const [i, { kind, themes }] of expected.paragraphs.entries()) {
      if (kind === "furniture") continue;
      for (const id of themes) assert.ok(shown[i].verdict.includes(motif.themes.find((theme) => theme.id === id).names.en), shown[i].verdict);
    }
    const { text } = await saved(tab, () => pressButton(tab, "CSV"));
    assert.ok(text.includes(motif.model.sha256));
    await pressButton(tab, "New paste");
    await pressButton(tab, "The same visit, reported twice");
    await until(tab, () => globalThis.everywhere("#compare .compared").length === 3);
    await speak(tab, "zh");
    await until(tab, (name) => document.querySelector("#compare").textContent.includes(name), motif.themes[0].names.zh);
    assert.equal(server.state.asked.length, asked);
    await assertQuiet(tab);
  });
}
