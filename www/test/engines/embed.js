/** `<leitmotif-reader>` on a plain page of another site, in every browser. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ARTICLE, articleHtml, hostPage, themesInNode } from "../browser/host.js";
import { serveHost } from "../browser/host-pages.js";
import { BROWSERS, started } from "./browsers.js";
import { assertQuiet, until, watch } from "./page.js";

const reader = (attributes, inner = "") => `<leitmotif-reader ${attributes}>${inner}</leitmotif-reader>`;
const head = '<link rel="icon" href="data:,">';
const script = '<script type="module" src="/elements/define.js"></script>';
const pages = {
  "/target.html": hostPage({ head, body: articleHtml() + reader('target="#article" loading="eager"') + script }),
  "/children.html": hostPage({ head, body: reader('loading="eager" lang="zh"', articleHtml()) + script }),
};

let host;
let expected;
before(async () => {
  host = await serveHost(pages);
  expected = await themesInNode();
});
after(() => host.stop());

for (const browser of BROWSERS) {
  for (const path of Object.keys(pages)) {
    test(`${browser.name}: a reader on a plain page has the engine's themes, and leaves the article alone: ${path}`, { skip: browser.missing }, async () => {
      const tab = await started(browser);
      await tab.open(host.address(path));
      await watch(tab);
      const { engine, themes } = await tab.evaluate(async () => {
        await customElements.whenDefined("leitmotif-reader");
        const reader = document.querySelector("leitmotif-reader");
        await reader.ready;
        const results = await reader.read();
        return { engine: reader.engineInUse, themes: results.map(({ themes }) => themes) };
      });
      assert.deepStrictEqual([engine, themes], ["wasm", expected]);
      await until(tab, (count) => globalThis.everywhere(".verdict").length === count || globalThis.everywhere("leitmotif-reader [role=img], leitmotif-reader svg, .strip").length > 0, ARTICLE.length);
      assert.deepStrictEqual(await tab.evaluate(() => [...document.querySelectorAll("#article p")].map(({ textContent }) => textContent)), ARTICLE);
      await assertQuiet(tab);
    });
  }
}
