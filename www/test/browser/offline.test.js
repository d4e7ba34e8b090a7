/** Without a network: the second visit through the service worker, its updates, and the page as one file. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

import { ARTICLE_001, given, site, siteModule } from "../site.js";
import { SIZES, draw, icon } from "../icons.js";
import { ADDRESS, assertQuiet, openPage, paste, rows, startChromium } from "./chromium.js";
import { byKeyboard, handsOf } from "./keyboard.js";
import { serveSite } from "./site-server.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const motif = await Leitmotif.create();
const expected = await motif.read(ARTICLE_001);

let browser;
before(async () => (browser = await startChromium()));
after(() => browser.close());

const readyForOffline = (page) => page.locator("#offline", { hasText: "Ready for use without a network." }).waitFor();

/** Another version of the site: a word more in the page, and a worker whose list knows them. */
function nextVersion(words) {
  const html = readFileSync(site("index.html"), "utf8").replace("<html ", `<html data-version="${words}" `);
  const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
  const worker = readFileSync(site("sw.js"), "utf8")
    .replace(hash(readFileSync(site("index.html"))), hash(html))
    .replace(/VERSION = "\w+"/, `VERSION = "${hash(words).slice(0, 16)}"`);
  return (path, bytes) => (path === "index.html" ? html : path === "sw.js" ? worker : bytes);
}

test("the second visit needs no server: reload, the whole keyboard script, comparison", async () => {
  const server = await serveSite();
  const { page, watch } = await openPage(browser.context, { path: server.url, worker: true });
  await readyForOffline(page);
  await server.stop();
  await browser.context.setOffline(true);
  try {
    await page.reload();
    await page.locator("#status", { hasText: "Ready." }).waitFor();
    const { csv } = await byKeyboard(handsOf(page), ARTICLE_001);
    assert.ok(csv.includes(motif.model.sha256));
    assert.equal((await rows(page)).length, expected.paragraphs.length);
    await page.getByRole("button", { name: "New paste" }).click();
    await page.getByRole("button", { name: "The same visit, reported twice" }).click();
    await page.locator("#compare .compared").nth(2).waitFor();
    const { page: again } = await openPage(browser.context, { path: `${server.url}index.html?from=home`, worker: true });
    await again.close();
    assert.deepStrictEqual([watch.console, watch.errors, watch.violations], [[], [], []]);
  } finally {
    await browser.context.setOffline(false);
  }
  await page.close();
});

test("every file of the site is kept, under one version", async () => {
  const { page } = await openPage(browser.context, { worker: true });
  await readyForOffline(page);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await (await caches.open(names[0])).keys();
    return { names, paths: requests.map(({ url }) => new URL(url).pathname) };
  });
  assert.equal(kept.names.length, 1);
  assert.match(kept.names[0], /^leitmotif-files-[0-9a-f]{16}$/);
  assert.deepStrictEqual(kept.paths.filter((path) => path.includes("fallback")), [], "only those who need it keep it");
  for (const file of ["/index.html", "/page.js", "/style.css", "/take.css", "/wasm/leitmotif_wasm_bg.wasm", "/manifest.webmanifest", "/icons/icon-192.png"]) {
    assert.ok(kept.paths.includes(file), file);
  }
  await page.close();
});

test("without WebAssembly the second visit needs no server either, and a new version brings its own fallback", async () => {
  const server = await serveSite();
  const FALLBACK = "wasm/leitmotif_wasm.fallback.js";
  const { page } = await openPage(browser.context, { path: server.url, worker: true, prepare: (page) => page.addInitScript(() => delete globalThis.WebAssembly) });
  await readyForOffline(page);
  const kept = async () => page.evaluate(async (path) => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).match(path))?.text()))).map((text) => text?.length ?? 0), FALLBACK);
  const { length } = readFileSync(site(FALLBACK), "utf8");
  assert.deepStrictEqual(await kept(), [length]);

  // Another byte in the fallback alone.
  const bytes = Buffer.concat([readFileSync(site(FALLBACK)), Buffer.from("\n")]);
  const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
  const worker = readFileSync(site("sw.js"), "utf8").replace(hash(readFileSync(site(FALLBACK))), hash(bytes)).replace(/VERSION = "\w+"/, `VERSION = "${hash("fallback").slice(0, 16)}"`);
  server.state.change = (path, own) => (path === FALLBACK ? bytes : path === "sw.js" ? worker : own);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await page.locator("#offline", { hasText: "A new version is ready." }).waitFor();
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Reload", exact: true }).click()]);
  await page.locator("#status", { hasText: "Ready." }).waitFor();
  assert.deepStrictEqual(await kept(), [length + 1]);

  await server.stop();
  await browser.context.setOffline(true);
  try {
    await page.reload();
    await page.locator("#status", { hasText: "Ready." }).waitFor();
    assert.match(await page.locator("#engine").textContent(), /^WebAssembly is switched off/);
    await paste(page, ARTICLE_001);
    assert.equal((await rows(page)).length, expected.paragraphs.length);
  } finally {
    await browser.context.setOffline(false);
  }
  await page.close();
});

test("a new version is offered, waits, and never reloads over unsaved work", async () => {
  const server = await serveSite();
  const { page } = await openPage(browser.context, { path: server.url, worker: true });
  await readyForOffline(page);
  await paste(page, "My own words about the factory.");
  server.state.change = nextVersion("Second");
  server.state.asked.length = 0;
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await page.locator("#offline", { hasText: "A new version is ready." }).waitFor();
  assert.deepStrictEqual(server.state.asked.filter((path) => path !== "/sw.js"), ["/index.html"], "what did not change is not fetched again");
  await page.getByRole("button", { name: "Reload", exact: true }).click();
  await page.locator("#offline", { hasText: "your work is not saved" }).waitFor();
  assert.deepStrictEqual(await page.locator("#paragraphs .text").allTextContents(), ["My own words about the factory."]);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#offline").getByRole("button", { name: "Save project" }).click()]);
  assert.ok(readFileSync(await download.path(), "utf8").includes("My own words"));
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Reload", exact: true }).click()]);
  await page.locator("#status", { hasText: "Ready." }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.version), "Second");
  assert.equal(await page.evaluate(async () => (await caches.keys()).length), 1, "the old version is gone");
  await page.close();
  await server.stop();
});

test("half a new version is no version: the old one stays in force", async () => {
  const server = await serveSite();
  const { page } = await openPage(browser.context, { path: server.url, worker: true });
  await readyForOffline(page);
  const next = nextVersion("Third");
  // The worker is there already, the page is still the old one: as in the middle of a deployment.
  server.state.change = (path, bytes) => (path === "sw.js" ? next(path, bytes) : bytes);
  const outcome = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    const worker = registration.installing;
    if (worker === null) return "gone";
    return new Promise((done) => worker.addEventListener("statechange", () => done(worker.state)));
  });
  assert.equal(outcome, "redundant");
  assert.equal(await page.evaluate(async () => (await caches.keys()).length), 1);
  await server.stop();
  await page.reload();
  await page.locator("#status", { hasText: "Ready." }).waitFor();
  await page.close();
});

test("forgetting leaves the page's own files, says so, and the page still works without a network", async () => {
  const { page } = await openPage(browser.context, { worker: true });
  await readyForOffline(page);
  await page.getByRole("button", { name: "Forget everything", exact: true }).click();
  await page.getByRole("button", { name: "Yes, forget everything" }).click();
  await page.locator("#take [role=status]", { hasText: /nothing\..+only the page's own \d+ files/ }).waitFor();
  await browser.context.setOffline(true);
  try {
    await page.reload();
    await page.locator("#status", { hasText: "Ready." }).waitFor();
  } finally {
    await browser.context.setOffline(false);
  }
  await page.close();
});

test("no script can get itself another policy", async () => {
  const { page } = await openPage(browser.context);
  const refused = await page.evaluate(() => {
    try {
      trustedTypes.createPolicy("another", { createScriptURL: (url) => url });
      return "made";
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(refused, "TypeError");
  await page.close();
});

test("Chromium finds nothing that would keep the page from being installed", async () => {
  const { page } = await openPage(browser.context, { worker: true });
  await readyForOffline(page);
  const session = await browser.context.newCDPSession(page);
  assert.deepStrictEqual((await session.send("Page.getAppManifest")).errors, []);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // A window without a face, as the tests have it, is taken for a private one.
  assert.deepStrictEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
  await page.close();
});

test("the manifest names icons that are there, in their sizes, and drawn from the SVG", async () => {
  const manifest = JSON.parse(readFileSync(site("manifest.webmanifest"), "utf8"));
  assert.ok(manifest.name && manifest.short_name && manifest.start_url && manifest.display === "standalone");
  for (const { src, type } of manifest.icons) {
    const response = await fetch(new URL(src, ADDRESS));
    assert.deepStrictEqual([response.status, response.headers.get("content-type")], [200, type]);
  }
  const page = await browser.context.newPage();
  for (const size of SIZES) {
    const pictures = [readFileSync(icon(size)), await draw(page, size)].map((bytes) => bytes.toString("base64"));
    const difference = await page.evaluate(async (pictures) => {
      const pixels = await Promise.all(
        pictures.map(async (base64) => {
          const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
          context.drawImage(bitmap, 0, 0);
          return { width: bitmap.width, data: context.getImageData(0, 0, bitmap.width, bitmap.height).data };
        }),
      );
      const [one, other] = pixels;
      if (one.width !== other.width) return { width: one.width, mean: 255 };
      return { width: one.width, mean: one.data.reduce((sum, value, i) => sum + Math.abs(value - other.data[i]), 0) / one.data.length };
    }, pictures);
    assert.equal(difference.width, size);
    assert.ok(difference.mean < 1, `icon of ${size} px differs by ${difference.mean}`);
  }
  await page.close();
});

test("the page as one file reads without WebAssembly as well", async () => {
  const { page, watch } = await openPage(browser.context, { path: pathToFileURL(given("LEITMOTIF_PACKED")).href, prepare: (page) => page.addInitScript(() => delete globalThis.WebAssembly) });
  assert.match(await page.locator("#engine").textContent(), /^WebAssembly is switched off/);
  await paste(page, ARTICLE_001);
  const shown = await rows(page);
  for (const [i, { kind, themes }] of expected.paragraphs.entries()) {
    if (kind === "furniture") continue;
    for (const id of themes) assert.ok(shown[i].verdict.includes(motif.themes.find((theme) => theme.id === id).names.en));
  }
  assertQuiet({ ...watch, requests: [] });
  await page.close();
});

test("the page as one file: a double click, the whole keyboard script, no request, nothing stored, labels", async () => {
  const folder = mkdtempSync(join(tmpdir(), "leitmotif-packed-"));
  const file = join(folder, "leitmotif.html");
  copyFileSync(given("LEITMOTIF_PACKED"), file);
  try {
    const { page, watch } = await openPage(browser.context, { path: pathToFileURL(file).href, worker: true });
    assert.equal(new URL(page.url()).protocol, "file:");
    const { csv } = await byKeyboard(handsOf(page), ARTICLE_001);
    assert.ok(csv.includes(motif.model.sha256));
    await paste(page, ARTICLE_001);
    await page.locator("#articles li").nth(1).locator("[aria-current]").waitFor();
    const shown = await rows(page);
    assert.equal(shown.length, expected.paragraphs.length);
    for (const [i, { kind, themes }] of expected.paragraphs.entries()) {
      if (kind === "furniture") continue;
      for (const id of themes) assert.ok(shown[i].verdict.includes(motif.themes.find((theme) => theme.id === id).names.en));
    }
    await page.getByRole("button", { name: "New paste" }).click();
    await page.getByRole("button", { name: "The same visit, reported twice" }).click();
    await page.locator("#compare .compared").nth(3).waitFor();
    assert.deepStrictEqual(watch.requests.filter((url) => !url.startsWith("data:") && !url.startsWith("blob:")), [page.url()]);
    assertQuiet({ ...watch, requests: [] });
    assert.deepStrictEqual(await page.evaluate(async () => [await indexedDB.databases(), localStorage.length, await caches.keys()]), [[], 0, []]);
    assert.equal(await page.locator("#offline").isHidden(), true);

    await page.getByRole("checkbox", { name: /Keep this project/ }).check();
    await page.locator("#keep-note", { hasText: "Kept in this browser" }).waitFor();
    await page.reload();
    await page.locator("#compare .compared").nth(1).waitFor();
    await page.getByRole("button", { name: "Forget everything", exact: true }).click();
    await page.getByRole("button", { name: "Yes, forget everything" }).click();
    await page.locator("#take [role=status]", { hasText: "nothing." }).waitFor();
    assert.deepStrictEqual(await page.evaluate(() => indexedDB.databases()), []);
    await page.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the policy of the one file is made of hashes", () => {
  const html = readFileSync(given("LEITMOTIF_PACKED"), "utf8");
  const [, policy] = html.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/);
  assert.match(policy, /^default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]{43}=' 'wasm-unsafe-eval'; style-src( 'sha256-[A-Za-z0-9+/]{43}=')+;/);
  assert.match(policy, /connect-src 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|'self'|https?:|\*/);
});
