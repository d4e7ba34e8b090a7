/** The corpus of attacks on the page: nothing runs, nothing is asked for, nothing is said, and what is text comes out as text. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

import { FILE_NAMES, PAGES, SOUND, TEXTS, refusedProjects, sneakyProjects } from "../attacks.js";
import { given, siteModule } from "../site.js";
import { hostileProject } from "../take-project.js";
import { assertQuiet, openPage, paste, read, rows, startChromium } from "./chromium.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const { toFile } = await siteModule("project-file.js");
const { model } = await Leitmotif.create();
const soundProject = toFile({ ...hostileProject(), model: { id: model.id, sha256: model.sha256 } });

let browser;
before(async () => (browser = await startChromium()));
const folder = mkdtempSync(join(tmpdir(), "leitmotif-attacks-"));
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const INTRUDERS = "main :is(script, img, iframe, a, style, base, b, link, meta, object, embed, video, audio)";

/** The page is what it was: nothing ran, nothing came in, nothing went out, no object has got anything new. */
async function inert(page, watch, loaded, which) {
  assert.equal(await page.locator(INTRUDERS).count(), 0, which);
  assert.equal(await page.locator("leitmotif-reader, leitmotif-box").count(), 2, `${which}: the page's own two elements`);
  assert.deepStrictEqual(await page.evaluate(() => [window.ran ?? null, {}.polluted ?? null, Object.keys(Object.prototype), document.baseURI === location.href]), [null, null, [], true], which);
  assert.deepStrictEqual(watch.requests.slice(loaded), [], which);
  assert.deepStrictEqual([watch.console, watch.errors, watch.violations], [[], [], []], which);
}

const drop = (page, name, content, type) =>
  page.evaluate(([name, content, type]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], name, { type }));
    document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, [name, content, type]);

test("every attack pasted as text is shown as it is written", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  for (const [which, text] of Object.entries(TEXTS)) {
    await paste(page, text).catch((error) => assert.fail(`${which}: ${error.message}`));
    assert.equal((await rows(page)).map(({ text }) => text).join("").replace(/\s/g, ""), text.replace(/\s/g, ""), which);
    await inert(page, watch, loaded, which);
  }
  await page.close();
});

for (const way of ["pasted", "dropped as a file"]) {
  test(`every attack in a page that is ${way} leaves its sound paragraphs, and nothing else happens`, async () => {
    const { page, watch } = await openPage(browser.context);
    const loaded = watch.requests.length;
    let articles = 0;
    for (const [which, html] of Object.entries(PAGES)) {
      // In front of the attack: what follows an unclosed tag or comment is no text of the page.
      const whole = SOUND.map((text) => `<p>${text}</p>`).join("") + html;
      if (way === "pasted") await paste(page, "plain", whole);
      else await drop(page, "page.html", whole, "text/html");
      articles += 1;
      await page.waitForFunction((count) => Math.max(1, everywhere("#articles li").length) === count, articles);
      await read(page);
      assert.deepStrictEqual((await rows(page)).map(({ text }) => text).slice(0, SOUND.length), SOUND, which);
      await inert(page, watch, loaded, which);
    }
    await page.close();
  });
}

test("file names with markup, paths and names of objects are names, and go out as safe ones", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  for (const [i, name] of FILE_NAMES.entries()) {
    await drop(page, name, "The factory makes steel.", "text/plain");
    await page.waitForFunction((count) => Math.max(1, everywhere("#articles li").length) === count, i + 1);
    await read(page);
    await inert(page, watch, loaded, name);
  }
  const shown = await page.locator("#articles .open").allTextContents();
  assert.deepStrictEqual(shown, FILE_NAMES.map((name) => name.replace(/\.txt$/, "")));
  await drop(page, "<b>photo</b>.txt", "\u0089P\u0000\u0000", "text/plain");
  await page.getByRole("alert").getByText("<b>photo</b>.txt").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV", exact: true }).first().click()]);
  assert.match(download.suggestedFilename(), /^[^/\\:<>"|?*\u0000-\u001f]+\.csv$/);
  await inert(page, watch, loaded, "the export");
  await page.close();
});

test("every damaged or poisoned project file is refused with its name, and what is open stays", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  await paste(page, "The factory makes steel.");
  for (const [which, text] of Object.entries(refusedProjects(soundProject))) {
    assert.notEqual(text, soundProject, which);
    const name = `${which.replace(/\W+/g, "-")}.json`;
    await drop(page, name, text, "application/json");
    await page.getByRole("alert").getByText(`${name}: `).waitFor();
    assert.deepStrictEqual((await rows(page)).map(({ text }) => text), ["The factory makes steel."], which);
    await inert(page, watch, loaded, which);
  }
  await page.close();
});

/** The text of the file that a button saves. */
async function exported(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).first().click()]);
  return readFileSync(await download.path(), "utf8");
}

/** What people have put into an article. */
const ofPeople = ({ name, source, paragraphs }) => ({ name, source, paragraphs: paragraphs.map(({ text, note, codes, included }) => ({ text, note, codes, included })) });

/** A figure, opened as what it is: nothing in it runs or asks for anything. */
async function assertFigureIsInert(figure, which) {
  const view = await browser.context.newPage();
  const asked = [];
  view.on("request", (request) => asked.push(request.url()));
  const path = join(folder, figure.startsWith("<svg") ? "figure.svg" : "figure.html");
  writeFileSync(path, figure);
  await view.goto(pathToFileURL(path).href);
  const found = await view.evaluate(() => ({
    ran: window.ran ?? null,
    intruders: [...document.querySelectorAll("script, img, image, iframe, a, base, object, embed, foreignObject, [onload], [onerror], [onclick]")].map(({ outerHTML }) => outerHTML),
  }));
  assert.deepStrictEqual(found, { ran: null, intruders: [] }, which);
  assert.deepStrictEqual(asked, [pathToFileURL(path).href], which);
  await view.close();
}

test("sound project files whose contents try everything are opened, shown, exported, and are inert there and in their exports", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  for (const [which, text] of Object.entries(sneakyProjects(soundProject))) {
    await drop(page, "project.json", text, "application/json");
    await page.locator("#status", { hasText: "Project opened" }).waitFor();
    const first = page.locator("#paragraphs .verdict").first();
    if ((await first.count()) > 0) {
      await read(page);
      await first.click();
    }
    await inert(page, watch, loaded, which);
    const { articles } = JSON.parse(text);
    if (articles.length > 0) {
      const back = JSON.parse(await exported(page, "Save project"));
      assert.deepStrictEqual([back.coder, ...back.articles.map(ofPeople)], [JSON.parse(text).coder, ...articles.map(ofPeople)], which);
      // The figures are markup: of texts and names they must hold nothing but text.
      for (const name of ["Picture (SVG)", "Page (HTML)"]) await assertFigureIsInert(await exported(page, name), `${which}: ${name}`);
      const json = await exported(page, "JSON");
      for (const { text } of articles.flatMap(({ paragraphs }) => paragraphs)) assert.ok(json.includes(JSON.stringify(text)), which);
      watch.requests = watch.requests.filter((url) => !url.startsWith("blob:"));
      await inert(page, watch, loaded, `${which}: the exports`);
    }
    await page.evaluate(() => (document.querySelector("#status").textContent = ""));
  }
  await page.close();
});

/** All ways of a script to send something, each telling whether it was refused. */
const SENDING = async () => {
  const outside = "https://leitmotif.invalid/x";
  const refused = (start) => new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective), { once: true });
    setTimeout(() => resolve("sent"), 3_000);
    try {
      start();
    } catch {
      // The violation tells more.
    }
  });
  const add = (name, fields) => () => document.body.append(Object.assign(document.createElement(name), fields));
  return {
    fetch: await refused(() => fetch(outside).catch(() => {})),
    beacon: await refused(() => navigator.sendBeacon(outside, "text")),
    request: await refused(() => { const request = new XMLHttpRequest(); request.open("GET", outside); request.send(); }),
    socket: await refused(() => new WebSocket("wss://leitmotif.invalid/x")),
    events: await refused(() => new EventSource(outside)),
    picture: await refused(add("img", { src: outside })),
    frame: await refused(add("iframe", { src: outside })),
    sheet: await refused(add("link", { rel: "stylesheet", href: outside })),
    media: await refused(add("video", { src: outside })),
    form: await refused(() => { const form = document.createElement("form"); form.action = outside; document.body.append(form); form.submit(); }),
    import: await refused(() => import(outside).catch(() => {})),
  };
};

const REFUSED = {
  fetch: "connect-src",
  beacon: "connect-src",
  request: "connect-src",
  socket: "connect-src",
  events: "connect-src",
  picture: "img-src",
  frame: "frame-src",
  sheet: "style-src-elem",
  media: "media-src",
  form: "form-action",
  import: "script-src-elem",
};

for (const kind of ["served", "packed"]) {
  test(`the ${kind} page's own policy refuses every way to send something away, even to a script that runs in it`, async () => {
    const path = kind === "packed" ? pathToFileURL(given("LEITMOTIF_PACKED")).href : "";
    const { page, watch } = await openPage(browser.context, { path });
    assert.deepStrictEqual(await page.evaluate(SENDING), REFUSED);
    const strings = await page.evaluate(async () => {
      // Chromium lets the driver's own code call eval, as long as that code runs; what it leaves for later is the page's.
      await new Promise((done) => setTimeout(done));
      const attempt = (work) => {
        try {
          work();
          return "allowed";
        } catch ({ name }) {
          return name;
        }
      };
      return [
        attempt(() => (document.body.innerHTML = "<b>x</b>")),
        attempt(() => document.write("<b>x</b>")),
        attempt(() => (document.createElement("script").text = "window.ran = 1")),
        attempt(() => window.eval("window.ran = 1")),
        attempt(() => new Function("window.ran = 1")),
      ];
    });
    assert.deepStrictEqual(strings.filter((name) => name === "allowed"), []);
    assert.equal(await page.evaluate(() => window.ran), undefined);
    assert.ok(!watch.errors.some((error) => error.startsWith("dialog")));
    await page.close();
  });
}

test("a whole session asks for nothing after the page is there but a language's words: paste, code, compare, export, another language", async () => {
  const { page, watch } = await openPage(browser.context);
  const loaded = watch.requests.length;
  await paste(page, "The factory makes steel.\n\nWetlands were restored.");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("4");
  await paste(page, "Tariffs on imports were cut.\n\nHe smiled.");
  await page.locator("#compare .compared").first().waitFor();
  await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV", exact: true }).first().click()]);
  await page.locator("#language").selectOption("zh");
  await page.waitForFunction(() => document.documentElement.lang === "zh");
  await page.locator("#language").selectOption("en");
  await page.waitForFunction(() => document.documentElement.lang === "en");
  const asked = watch.requests.slice(loaded).filter((url) => !url.startsWith("blob:"));
  // A language brings its words with it when it is first spoken; they are files of the page.
  const own = new URL("messages/", page.url()).href;
  assert.deepStrictEqual(asked.filter((place) => !place.startsWith(own)), []);
  assertQuiet({ ...watch, requests: [] });
  await page.close();
});
