/** Each example as its own tools built it: the element becomes alive, shows labels from the wasm, and nobody complains. */

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { openPage, startChromium } from "../browser/chromium.js";
import { startHost } from "../browser/host.js";
import { given } from "../site.js";

const built = (...path) => join(given("LEITMOTIF_FRAMEWORKS"), ...path);
const names = given("LEITMOTIF_EXAMPLES").split(" ");

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

/** What those examples have besides that listen to the element's events, and that are rendered on a server. */
const LISTENS = ["react", "vue", "svelte"];

for (const name of names) {
  test(`${name}: labels, from the wasm, and a quiet console`, async () => {
    const host = await startHost({ "/": { body: readFileSync(built(name, "dist/index.html")) }, "/*": built(name, "dist") });
    const { page, watch } = await openPage(browser.context, { path: host.origin, ready: false });
    const reader = page.locator("leitmotif-reader");
    await reader.getByText("Urbanization").first().waitFor();
    const got = await reader.evaluate(async (element) => {
      await element.ready;
      const results = await element.read();
      return { engine: element.engineInUse, themes: results.map(({ themes }) => themes) };
    });
    assert.deepStrictEqual(got, { engine: "wasm", themes: [["urbanization"], ["industry"], ["ecology"]] });
    if (LISTENS.includes(name)) {
      assert.equal(await page.locator("#chosen").textContent(), "No paragraph is chosen.");
      await reader.evaluate((element) => element.focusParagraph(1));
      await page.locator("#chosen", { hasText: "Paragraph 2 is chosen." }).waitFor();
    }
    assert.deepStrictEqual([watch.console, watch.errors], [[], []]);
    assert.deepStrictEqual(host.asked.filter((path) => /fallback/.test(path)), [], "the fallback was loaded beside the wasm");
    await page.close();
    host.close();
  });
}

test("react: rendered on a server, the element is a plain tag", { skip: !names.includes("react") }, () => {
  const html = execFileSync(process.execPath, [built("react/server/server.js")], { encoding: "utf8" });
  assert.match(html, /<leitmotif-reader target="#article"><\/leitmotif-reader>/);
  assert.match(html, /<p>The council will renew/);
});

test("astro: the page stands on the server's side, before any script", { skip: !names.includes("astro") }, () => {
  const html = readFileSync(built("astro/dist/index.html"), "utf8");
  assert.match(html, /<leitmotif-reader target="#article"><\/leitmotif-reader>/);
  assert.match(html, /<p>The council will renew/);
});

test("vite: the wasm is found on the development server too", { skip: !names.includes("vite") }, async () => {
  const server = spawn(process.execPath, [built("vite/node_modules/vite/bin/vite.js"), "--host", "127.0.0.1", "--clearScreen", "false"], {
    cwd: built("vite"),
    env: { ...process.env, NO_COLOR: "1" },
  });
  try {
    let said = "";
    server.stdout.setEncoding("utf8");
    while (!/http:\/\/127\.0\.0\.1:\d+/.test(said)) said += (await once(server.stdout, "data"))[0];
    const { page, watch } = await openPage(browser.context, { path: /http:\/\/127\.0\.0\.1:\d+/.exec(said)[0], ready: false });
    await page.locator("leitmotif-reader").getByText("Urbanization").first().waitFor();
    assert.equal(await page.locator("leitmotif-reader").evaluate(({ engineInUse }) => engineInUse), "wasm");
    assert.deepStrictEqual(watch.errors, []);
    await page.close();
  } finally {
    server.kill();
    await once(server, "exit");
  }
});

test("no build has left the package's own files out", () => {
  for (const name of names) assert.ok(existsSync(built(name, "node_modules/leitmotif/package.json")), name);
});
