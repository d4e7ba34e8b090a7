/** The elements on pages of other people: every attribute, property, method and event, in a real browser. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { project, siteModule } from "../site.js";
import { openPage, startChromium } from "./chromium.js";
import { ARTICLE, PARAGRAPHS, STRICT, page as html, serveHost } from "./host-pages.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const motif = await Leitmotif.create();
/** One that is not built in: it says something else of itself. */
const OTHER_MODEL = Buffer.from(readFileSync(project("crate/model/leitmotif.safetensors")).toString("latin1").replace(motif.model.id, motif.model.id.replace(/./g, "x")), "latin1");
const ids = motif.themes.map(({ id }) => id);

const pages = {
  "/target.html": html(`${ARTICLE}<leitmotif-reader target="#article"></leitmotif-reader>`),
  "/children.html": html(`<leitmotif-reader>${ARTICLE}<p slot="footer">By the editors</p></leitmotif-reader>`),
  "/text.html": html(`<leitmotif-reader><p slot="empty">Nothing yet</p></leitmotif-reader>`),
  "/box.html": html(`<leitmotif-box></leitmotif-box>`),
  "/early.html": html(`<leitmotif-box><form><textarea>The factory makes steel.</textarea></form></leitmotif-box>`, { script: "" }),
  "/two.html": html(`${ARTICLE}<leitmotif-reader target="#article"></leitmotif-reader><leitmotif-reader><p>Wetlands were restored.</p></leitmotif-reader><leitmotif-box></leitmotif-box>`),
  "/twice.html": html(`${ARTICLE}<leitmotif-reader target="#article"></leitmotif-reader>`, {
    script: '<script type="module" src="/elements/define.js"></script><script type="module" src="/second/elements/define.js"></script>',
  }),
  "/far.html": html(`${ARTICLE}<div class="high"></div><leitmotif-reader target="#article"></leitmotif-reader>`, { head: '<link rel="stylesheet" href="/far.css">' }),
  "/far.css": ".high { height: 3000px }",
  "/bare.html": html(ARTICLE, { script: "" }),
  "/other.safetensors": OTHER_MODEL,
};

let browser;
let host;
before(async () => {
  browser = await startChromium();
  host = await serveHost(pages, STRICT);
});
after(async () => {
  host.stop();
  await browser.close();
});

/** Opens one of the pages; what its elements say is kept in `heard`. */
async function opened(path, { wait = "leitmotif-reader" } = {}) {
  const { page, watch } = await openPage(browser.context, {
    path: host.address(path),
    ready: false,
    prepare: (page) =>
      page.addInitScript(() => {
        globalThis.heard = [];
        for (const type of ["ready", "result", "select", "code", "error", "open"]) {
          document.addEventListener(`leitmotif-${type}`, (event) => heard.push([type, event.target.localName, event]), true);
        }
        /** The first event of a type from now on. */
        globalThis.next = (type) => new Promise((resolve) => document.addEventListener(`leitmotif-${type}`, ({ detail }) => resolve(detail), { once: true }));
      }),
  });
  if (wait) await page.locator(`${wait} .status`, { hasText: "paragraphs" }).first().waitFor();
  return { page, watch };
}

/** Nothing was said, nothing failed, and nothing was asked of another place. */
function quiet(watch) {
  assert.deepStrictEqual([watch.console, watch.errors, watch.violations], [[], [], []]);
  assert.deepStrictEqual(watch.requests.filter((url) => !url.startsWith(host.address("/")) && !url.startsWith("data:") && !url.startsWith("blob:")), []);
}

const reader = (page, run, given) => page.locator("leitmotif-reader").first().evaluate(run, given);
const texts = (page) => reader(page, (one) => one.results.map(({ text }) => text));
const labels = (page) => page.locator("leitmotif-reader").first().locator(".verdict").allTextContents();

test("a target is read by its own blocks; results say where each paragraph stands, in both units", async () => {
  const { page, watch } = await opened("/target.html");
  assert.deepStrictEqual(await texts(page), PARAGRAPHS);
  const results = await reader(page, (one) => {
    const points = [...one.text];
    return one.results.map((result) => ({
      ...result,
      units: one.text.slice(result.start, result.end),
      points: points.slice(result.startCodePoint, result.endCodePoint).join(""),
    }));
  });
  for (const [i, { text, units, points, index }] of results.entries()) assert.deepStrictEqual([index, units, points], [i, text, text]);
  assert.deepStrictEqual(results.map(({ kind }) => kind), ["heading", "body", "body", "body", "furniture", "body"]);
  assert.deepStrictEqual(results[1].themes, ["industry"]);
  assert.ok(results[1].evidence[0].words.some(({ start, end, logit }) => results[1].text.slice(start, end) === "steel" && logit > 0));
  assert.deepStrictEqual(Object.keys(results[1].probability), ids);
  assert.ok(results.every(({ codes }) => codes === null));
  const [ready, result] = await page.evaluate(() => ["ready", "result"].map((name) => heard.find(([type]) => type === name)?.[2]).map(({ bubbles, composed, detail }) => ({ bubbles, composed, detail: { ...detail } })));
  assert.deepStrictEqual([ready.bubbles, ready.composed, ready.detail.engine, ready.detail.model.sha256, ready.detail.fallback], [true, true, "wasm", motif.model.sha256, null]);
  assert.equal(result.detail.results.length, PARAGRAPHS.length);
  assert.ok(result.detail.ms > 0);
  assert.equal(result.detail.profile.paragraphs, 5);
  quiet(watch);
  await page.close();
});

test("own children are the text and stay visible; what fills a slot is not read", async () => {
  const { page, watch } = await opened("/children.html");
  assert.deepStrictEqual(await texts(page), PARAGRAPHS);
  assert.ok(await page.locator("#article").isVisible());
  assert.ok(await page.getByText("By the editors").isVisible());
  assert.deepStrictEqual(await page.locator("leitmotif-reader [part~=bars]").count(), 1);
  quiet(watch);
  await page.close();
});

test("a text that is given is shown in full; none at all shows the slot for that", async () => {
  const { page, watch } = await opened("/text.html", { wait: null });
  await page.getByText("Nothing yet").waitFor();
  const results = await reader(page, async (one) => {
    const done = next("result");
    one.text = "🏭 The factory makes steel.\n\nWetlands were restored.";
    await done;
    return one.results.map(({ text, start, startCodePoint }) => [text, start, startCodePoint]);
  });
  assert.deepStrictEqual(results, [["🏭 The factory makes steel.", 0, 0], ["Wetlands were restored.", 29, 28]]);
  assert.ok(await page.locator("leitmotif-reader .text").first().isVisible());
  assert.ok(await page.getByText("Nothing yet").isHidden());
  assert.deepStrictEqual(await reader(page, async (one) => (await one.read("One.\nTwo.\n\nThree.")).map(({ text }) => text)), ["One.", "Two.", "Three."]);
  assert.deepStrictEqual(await reader(page, async (one) => {
    one.split = "blank";
    return (await one.read()).map(({ text }) => text);
  }), ["One.\nTwo.", "Three."]);
  assert.deepStrictEqual(await reader(page, async (one) => {
    one.paragraphs = ["One.\n\nStill one.", "Two."];
    return (await one.read()).map(({ text }) => text);
  }), ["One.\nStill one.", "Two."]);
  assert.deepStrictEqual(await reader(page, async (one) => {
    one.text = null;
    await one.read();
    return [one.results.length, one.profile, one.text];
  }), [0, null, null]);
  await page.getByText("Nothing yet").waitFor();
  quiet(watch);
  await page.close();
});

test("attributes are observed: what is shown, which themes, reasons, headings, scheme, language, other words", async () => {
  const { page, watch } = await opened("/target.html");
  const part = (name) => page.locator(`leitmotif-reader [part~=${name}]`).first();
  const set = (name, value) => reader(page, (one, [name, value]) => one.setAttribute(name, value), [name, value]);

  for (const view of ["strip", "bars", "labels", "list"]) {
    await set("view", view);
    await part({ strip: "strip", bars: "bars", labels: "list", list: "list" }[view]).waitFor();
    const seen = await Promise.all(["strip", "bars", "list"].map((name) => part(name).isVisible()));
    assert.deepStrictEqual(seen, ["strip", "bars", "list"].map((name) => name === view || (name === "list" && view === "labels")), view);
  }
  const cut = () => part("text").evaluate((text) => getComputedStyle(text).textOverflow);
  assert.equal(await cut(), "clip");
  await set("view", "labels list bars");
  await page.locator("leitmotif-reader h3", { hasText: "Profile" }).waitFor();
  await set("heading-level", "5");
  await page.locator("leitmotif-reader h5", { hasText: "Profile" }).waitFor();
  assert.equal(await page.locator("leitmotif-reader h6", { hasText: "The valley plan" }).count(), 1);

  await set("explain", "off");
  await page.locator("leitmotif-reader .verdict").nth(1).focus();
  assert.equal(await part("why").textContent(), "");
  assert.equal(await page.evaluate(() => CSS.highlights.has("leitmotif-for-3")), false);
  await set("explain", "on");
  await page.locator("leitmotif-reader .verdict").nth(1).focus();
  await page.locator("leitmotif-reader .why", { hasText: "Because of: " }).first().waitFor();

  await set("themes", "ecology industry");
  await page.waitForFunction(() => document.querySelector("leitmotif-reader").profile?.shares.length === 3);
  assert.deepStrictEqual(await page.locator("leitmotif-reader .profile th[scope=row]").allTextContents(), ["Ecology", "Industry", "No theme"]);
  assert.deepStrictEqual(await reader(page, (one) => [one.results[1].themes, Object.keys(one.results[1].probability), one.results[5].themes]), [["industry"], ["ecology", "industry"], []]);

  const ground = () => page.locator("leitmotif-reader .leitmotif").first().evaluate((one) => getComputedStyle(one).backgroundColor);
  assert.equal(await ground(), "rgb(255, 255, 255)");
  await set("theme", "dark");
  assert.equal(await ground(), "rgb(20, 23, 28)");
  await set("lang", "zh");
  await page.locator("leitmotif-reader .profile th", { hasText: "段数" }).waitFor();
  await set("lang", "fr");
  await page.locator("leitmotif-reader .profile th", { hasText: "Paragraphs" }).waitFor();
  await reader(page, (one) => (one.messages = { profile: "What it is about" }));
  await page.locator("leitmotif-reader h5", { hasText: "What it is about" }).waitFor();
  quiet(watch);
  await page.close();
});

test("properties reflect attributes, with their defaults, and wrong values are the default", async () => {
  const { page } = await opened("/bare.html", { wait: null });
  const got = await page.evaluate(async () => {
    await import("/elements/define.js");
    const one = document.createElement("leitmotif-reader");
    const read = () => [one.target, one.view, one.themes, one.split, one.explain, one.editable, one.headingLevel, one.theme, one.loading, one.engine, one.base, one.model, one.modelIntegrity, one.text, one.paragraphs, one.messages, one.profile, one.modelInfo, one.engineInUse, one.selected];
    const fresh = [read(), one.attributes.length, one.childNodes.length];
    Object.assign(one, { target: "#article", view: "list", themes: ["ecology"], split: "line", explain: false, editable: true, headingLevel: 2, theme: "dark", loading: "eager", engine: "js", base: "/x/", model: "/m", modelIntegrity: "sha384-x" });
    const attributes = Object.fromEntries([...one.attributes].map(({ name, value }) => [name, value]));
    for (const name of ["split", "theme", "engine", "heading-level", "loading"]) one.setAttribute(name, "nonsense");
    return { fresh, attributes, wrong: [one.split, one.theme, one.engine, one.headingLevel, one.loading] };
  });
  assert.deepStrictEqual(got.fresh, [[null, "strip labels bars", "", "auto", true, false, 3, "auto", "lazy", "auto", null, null, null, null, null, null, null, null, null, -1], 0, 0]);
  assert.deepStrictEqual(got.attributes, {
    target: "#article", view: "list", themes: "ecology", split: "line", explain: "off", editable: "", "heading-level": "2", theme: "dark", loading: "eager", engine: "js", base: "/x/", model: "/m", "model-integrity": "sha384-x",
  });
  assert.deepStrictEqual(got.wrong, ["auto", "auto", "auto", 3, "lazy"]);
  await page.close();
});

test("what was set before the element was defined is kept", async () => {
  const { page, watch } = await opened("/bare.html", { wait: null });
  const got = await page.evaluate(async () => {
    const one = document.createElement("leitmotif-reader");
    one.text = "The factory makes steel.";
    one.headingLevel = 4;
    document.querySelector("main").append(one);
    await import("/elements/define.js");
    await one.ready;
    return [(await one.read()).map(({ themes }) => themes), one.headingLevel, Object.keys(one)];
  });
  assert.deepStrictEqual(got, [[["industry"]], 4, []]);
  quiet(watch);
  await page.close();
});

test("editable: codes by key and by tap, told before and kept apart; off, no key does anything", async () => {
  const { page, watch } = await opened("/target.html");
  const label = page.locator("leitmotif-reader .verdict");
  await label.nth(1).focus();
  await page.keyboard.press("4");
  assert.equal(await page.locator("leitmotif-reader .chip").count(), 0);
  assert.deepStrictEqual(await reader(page, (one) => one.results[1].codes), null);
  await reader(page, (one) => (one.editable = true));
  await label.nth(1).focus();
  await page.keyboard.press("4");
  await page.waitForFunction(() => document.querySelector("leitmotif-reader").results[1].codes?.themes[0] === "ecology");
  assert.match((await labels(page))[1].replace(/\s+/g, " "), /Coded: Ecology Machine: Industry/);
  await page.locator("leitmotif-reader .chip", { hasText: "Governance" }).click();
  const codes = () => reader(page, (one) => one.results[1].codes?.themes ?? null);
  assert.deepStrictEqual(await codes(), ["ecology", "governance"]);
  assert.deepStrictEqual(await page.evaluate(() => heard.filter(([type]) => type === "code").map(([, , { detail, cancelable }]) => ({ ...detail, cancelable }))), [
    { index: 1, before: null, after: ["ecology"], cancelable: true },
    { index: 1, before: ["ecology"], after: ["ecology", "governance"], cancelable: true },
  ]);
  await page.evaluate(() => document.addEventListener("leitmotif-code", (event) => event.preventDefault(), { once: true }));
  await page.keyboard.press("0");
  assert.deepStrictEqual(await codes(), ["ecology", "governance"]);
  await page.keyboard.press("z");
  await page.waitForFunction(() => document.querySelector("leitmotif-reader").results[1].codes?.themes.length === 1);
  assert.equal(await page.locator("leitmotif-reader textarea").count(), 0, "the page's text is nobody's to edit here");
  quiet(watch);
  await page.close();
});

test("methods: codes by program, undo, redo, focus, export, project file, forget", async () => {
  const { page, watch } = await opened("/target.html");
  const got = await reader(page, async (one) => {
    const log = [];
    await one.setCodes(2, [], { coder: "A. B." });
    log.push(one.results[2].codes.themes, one.results[2].codes.coder, await one.undo(), one.results[2].codes, await one.redo(), one.results[2].codes.themes);
    await one.setCodes(1, ["ecology"]);
    const file = await one.toProject();
    const csv = await (await one.export("csv")).text();
    const excel = new Uint8Array(await (await one.export("csv-excel")).arrayBuffer());
    const json = JSON.parse(await (await one.export("json")).text());
    const refused = await one.export("pdf").catch((error) => `${error.name}: ${error.message}`);
    await one.forget();
    await one.read();
    const forgotten = one.results.map(({ codes }) => codes);
    await one.fromProject(file);
    await one.read();
    return { log, csv: csv.split("\n"), mark: [...excel.slice(0, 3)], json: [json.model, json.articles[0].paragraphs.length], refused, forgotten, back: one.results.map(({ codes }) => codes?.themes ?? null), heard: heard.some(([type]) => type === "code") };
  });
  assert.deepStrictEqual(got.log, [[], "A. B.", true, null, true, []]);
  assert.equal(got.csv.length, PARAGRAPHS.length + 2);
  assert.ok(got.csv[1].includes(motif.model.sha256));
  assert.deepStrictEqual(got.mark, [0xef, 0xbb, 0xbf]);
  assert.deepStrictEqual(got.json, [{ id: motif.model.id, sha256: motif.model.sha256 }, PARAGRAPHS.length]);
  assert.match(got.refused, /^TypeError: .*pdf/);
  assert.deepStrictEqual(got.forgotten, PARAGRAPHS.map(() => null));
  assert.deepStrictEqual(got.back, [null, ["ecology"], [], null, null, null]);
  assert.equal(got.heard, false, "what a program does is no news to it");
  await reader(page, (one) => one.focusParagraph(2));
  assert.ok(await page.locator("leitmotif-reader .verdict").nth(2).evaluate((label) => label === focused()));
  assert.equal(await reader(page, (one) => one.selected), 2);
  assert.deepStrictEqual(await page.evaluate(() => heard.filter(([type]) => type === "select").at(-1)[2].detail), { index: 2 });
  quiet(watch);
  await page.close();
});

test("reading is given up by its signal, and the element goes on", async () => {
  const { page } = await opened("/text.html", { wait: null });
  const got = await reader(page, async (one) => {
    const stop = new AbortController();
    const reading = one.read("The factory makes steel.", { signal: stop.signal });
    stop.abort();
    const first = await reading.catch(({ name }) => name);
    const late = await one.read("x", { signal: AbortSignal.abort() }).catch(({ name }) => name);
    return [first, late, (await one.read()).length];
  });
  assert.deepStrictEqual(got, ["AbortError", "AbortError", 1]);
  await page.close();
});

test("three elements, one engine", async () => {
  host.asked.length = 0;
  const { page, watch } = await opened("/two.html");
  await page.locator("leitmotif-box textarea").waitFor();
  await page.evaluate(() => Promise.all([...document.querySelectorAll("leitmotif-reader, leitmotif-box")].map((one) => one.ready)));
  assert.equal(host.asked.filter((path) => path.endsWith(".wasm")).length, 1);
  assert.equal(host.asked.filter((path) => path.endsWith("leitmotif.js")).length, 1);
  assert.deepStrictEqual(await page.evaluate(() => [...document.querySelectorAll("leitmotif-reader")].map((one) => one.results.length)), [PARAGRAPHS.length, 1]);
  quiet(watch);
  await page.close();
});

test("the script twice, as of two versions: the first stays, nothing throws", async () => {
  host.asked.length = 0;
  const { page, watch } = await opened("/twice.html");
  assert.deepStrictEqual(await texts(page), PARAGRAPHS);
  assert.equal(host.asked.filter((path) => path.endsWith(".wasm")).length, 1);
  quiet(watch);
  await page.close();
});

test("far from the view nothing is loaded; near it, on demand, and ahead of time it is", async () => {
  host.asked.length = 0;
  const { page, watch } = await opened("/far.html", { wait: null });
  await page.waitForTimeout(500);
  const shell = ["/elements/define.js", "/elements/registry.js", "/elements/leitmotif-box.js", "/elements/leitmotif-reader.js", "/elements/lazy-element.js"];
  assert.deepStrictEqual(host.asked.toSorted(), ["/far.html", "/far.css", ...shell].toSorted());
  await page.evaluate(() => scrollTo(0, 2400));
  await page.locator("leitmotif-reader .status", { hasText: "paragraphs" }).waitFor();
  quiet(watch);
  await page.close();

  const { page: second } = await opened("/far.html", { wait: null });
  assert.equal(await reader(second, async (one) => (await one.read()).length), PARAGRAPHS.length);
  await second.close();

  host.asked.length = 0;
  const { page: third } = await opened("/far.html", { wait: null });
  await third.evaluate(() => customElements.get("leitmotif-reader").preload());
  assert.ok(host.asked.some((path) => path.endsWith(".wasm")) && !host.asked.some((path) => path.endsWith("reader-parts.js")));
  await reader(third, (one) => (one.loading = "eager"));
  await third.locator("leitmotif-reader .status", { hasText: "paragraphs" }).waitFor({ state: "attached" });
  assert.equal(host.asked.filter((path) => path.endsWith(".wasm")).length, 1);
  await third.close();
});

test("removed and put back it goes on; away, it holds on to nothing", async () => {
  const { page, watch } = await opened("/target.html");
  await reader(page, (one) => one.setCodes(1, ["ecology"]));
  await page.locator("leitmotif-reader .verdict").nth(1).focus();
  await page.waitForFunction(() => CSS.highlights.has("leitmotif-chosen"));
  const away = await page.evaluate(async () => {
    globalThis.one = document.querySelector("leitmotif-reader");
    one.remove();
    await new Promise((done) => setTimeout(done, 50));
    return [CSS.highlights.size, document.adoptedStyleSheets.length];
  });
  assert.deepStrictEqual(away, [0, 0]);
  const before = await page.evaluate(() => heard.length);
  await page.evaluate(() => document.querySelector("#article p").append(" Its chimneys smoke."));
  await page.waitForTimeout(600);
  assert.equal(await page.evaluate(() => heard.length), before, "while it is away it reads nothing");
  await page.evaluate(() => document.querySelector("main").prepend(one));
  await page.waitForFunction(() => one.results[1]?.text.endsWith("Its chimneys smoke."));
  await page.evaluate(() => {
    document.querySelector("main").append(one);
  });
  await page.evaluate(async () => {
    const whole = one.results.length;
    document.querySelector("#article div").remove();
    await new Promise((done) => setTimeout(done, 1000));
    if (one.results.length !== whole - 1) throw new Error("moved, it no longer follows its target");
  });
  quiet(watch);
  await page.close();
});

test("codes stay with their paragraphs when the page's text changes", async () => {
  const { page } = await opened("/target.html");
  await reader(page, (one) => one.setCodes(2, ["governance"]));
  await page.evaluate(() => {
    const fresh = document.createElement("p");
    fresh.textContent = "A new beginning for the town.";
    document.querySelector("#article h2").after(fresh);
  });
  await page.waitForFunction((length) => document.querySelector("leitmotif-reader").results.length === length, PARAGRAPHS.length + 1);
  assert.deepStrictEqual(await reader(page, (one) => one.results.map(({ codes }) => codes?.themes ?? null)), [null, null, null, ["governance"], null, null, null]);
  await page.close();
});

test("a target that is not there is said, once; it is read when it appears", async () => {
  const { page, watch } = await opened("/bare.html", { wait: null });
  await page.evaluate(async () => {
    await import("/elements/define.js");
    const one = document.createElement("leitmotif-reader");
    one.target = "#later";
    one.append("Read it elsewhere");
    document.querySelector("main").append(one);
  });
  await page.locator("leitmotif-reader [part~=status]", { hasText: "There is no element “#later” on this page." }).waitFor();
  assert.ok(await page.getByText("Read it elsewhere").isVisible());
  await page.evaluate(() => document.querySelector("main").append("Something else"));
  await page.waitForTimeout(600);
  assert.deepStrictEqual(await page.evaluate(() => heard.filter(([type]) => type === "error").map(([, , { detail }]) => detail.code)), ["no-target"]);
  assert.match(await reader(page, (one) => one.read().catch(({ code }) => code)), /no-target/);
  await page.evaluate(() => (document.querySelector("#article").id = "later"));
  await page.evaluate(() => document.querySelector("main").append("And more"));
  await page.waitForFunction((length) => document.querySelector("leitmotif-reader").results.length === length, PARAGRAPHS.length);
  assert.ok(await page.locator("leitmotif-reader [part~=strip]").isVisible());
  quiet(watch);
  await page.close();
});

test("without an engine the own children show, one sentence says why, and an address that is right mends it", async () => {
  const { page } = await opened("/bare.html", { wait: null });
  await page.evaluate(async () => {
    await import("/elements/define.js");
    const one = document.createElement("leitmotif-reader");
    one.base = "/nowhere/";
    one.engine = "wasm";
    one.loading = "eager";
    one.append(document.querySelector("#article"));
    document.querySelector("main").append(one);
  });
  await page.locator("leitmotif-reader [part~=status]", { hasText: "404" }).waitFor();
  assert.ok(await page.locator("#article").isVisible());
  const [type, name, code] = await page.evaluate(() => [heard[0][0], heard[0][1], heard[0][2].detail.code]);
  assert.deepStrictEqual([type, name, code], ["error", "leitmotif-reader", "not-found"]);
  assert.equal(await reader(page, (one) => one.read().catch(({ name, code }) => `${name} ${code}`)), "LeitmotifError not-found");
  await reader(page, (one) => (one.base = "/wasm"));
  await page.waitForFunction((length) => document.querySelector("leitmotif-reader").results.length === length, PARAGRAPHS.length);
  await page.locator("leitmotif-reader [part~=status]", { hasText: "paragraphs" }).waitFor();
  await page.close();
});

test("another model is fetched, checked, and named by its SHA-256 wherever one is named", async () => {
  const { page } = await opened("/bare.html", { wait: null });
  const got = await page.evaluate(async () => {
    await import("/elements/define.js");
    const codes = [];
    for (const [model, integrity] of [["/nowhere.safetensors", null], ["/elements/define.js", null], ["/elements/define.js", "sha384-AAAA"]]) {
      const one = document.createElement("leitmotif-reader");
      Object.assign(one, { model, modelIntegrity: integrity, text: "The factory makes steel." });
      document.querySelector("main").append(one);
      codes.push(await one.read().catch(({ code }) => code));
      one.remove();
    }
    return codes;
  });
  assert.deepStrictEqual(got, ["not-found", "corrupt-model", "not-found"]);
  const named = await page.evaluate(async () => {
    const one = document.createElement("leitmotif-reader");
    Object.assign(one, { model: "/other.safetensors", text: "The factory makes steel." });
    document.querySelector("main").append(one);
    await one.read();
    await one.setCodes(0, ["ecology"]);
    const [json, csv, file] = [JSON.parse(await (await one.export("json")).text()), await (await one.export("csv")).text(), await one.toProject()];
    await one.forget();
    await one.fromProject(file);
    return { models: [one.modelInfo, json.model, JSON.parse(file).model].map(({ id, sha256 }) => ({ id, sha256 })), csv: csv.split("\n")[1], codes: one.results[0].codes.themes };
  });
  const model = { id: motif.model.id.replace(/./g, "x"), sha256: createHash("sha256").update(OTHER_MODEL).digest("hex") };
  assert.deepStrictEqual(named.models, [model, model, model]);
  assert.ok(named.csv.includes(`${model.id},${model.sha256}`), named.csv);
  assert.deepStrictEqual(named.codes, ["ecology"]);
  await page.close();
});

test("a text beyond the limit is refused with its code", async () => {
  const { page } = await opened("/text.html", { wait: null });
  assert.equal(await reader(page, (one) => one.read("x".repeat(50_000_001)).catch(({ code }) => code)), "too-large");
  assert.equal(await reader(page, async (one) => (await one.read("Short.")).length), 1);
  await page.close();
});

test("states: busy while it loads, unsure, error", async () => {
  const { page } = await opened("/bare.html", { wait: null });
  const got = await page.evaluate(async () => {
    await import("/elements/define.js");
    const one = document.createElement("leitmotif-reader");
    const states = () => ["busy", "unsure", "error", "fallback"].filter((name) => one.matches(`:state(${name})`));
    const log = [];
    one.loading = "eager";
    const ready = next("ready");
    document.querySelector("main").append(one);
    await ready;
    log.push(states());
    one.text = "The factory makes steel and machine tools.";
    await next("result");
    log.push(states().includes("unsure") === one.results.some(({ certainty }) => certainty === "unsure"), states().includes("busy"));
    one.target = "#nowhere";
    one.text = null;
    log.push(states());
    return log;
  });
  assert.ok(got[0].includes("busy"));
  assert.deepStrictEqual(got.slice(1, 3), [true, false]);
  assert.ok(got[3].includes("error"));
  await page.close();
});

test("the box: paste, files, drop on itself alone, split, the whole text, a new paste", async () => {
  const { page, watch } = await opened("/box.html", { wait: null });
  await page.evaluate(() => document.querySelector("leitmotif-box").ready);
  const box = page.locator("leitmotif-box");
  const dropOn = (selector, text) =>
    page.locator(selector).first().evaluate((element, text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData("text/plain", text);
      return element.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, composed: true, cancelable: true }));
    }, text);
  assert.equal(await dropOn("h1", "Not for the box."), true, "what is dropped elsewhere is not the box's business");
  await box.locator("textarea").fill("The factory makes steel.\n\nHe smiled.");
  await box.getByRole("button", { name: "Read it" }).click();
  await box.locator(".text", { hasText: "He smiled." }).waitFor();
  await box.locator("[part~=status]", { hasText: "2 paragraphs" }).waitFor();
  assert.equal(await box.locator("[part~=found]").isVisible(), true);
  assert.deepStrictEqual(await box.evaluate((one) => [one.text, one.results.length]), ["The factory makes steel.\n\nHe smiled.", 2]);
  await box.getByRole("button", { name: "New paste" }).click();
  await box.locator("#files").setInputFiles([
    { name: "one.txt", mimeType: "text/plain", buffer: Buffer.from("Wetlands were restored.") },
    { name: "photo.txt", mimeType: "text/plain", buffer: Buffer.from([0, 1]) },
  ]);
  await box.locator(".text", { hasText: "Wetlands were restored." }).waitFor();
  await box.getByRole("alert").getByText("photo.txt").waitFor();
  assert.equal(await box.locator(".articles .open").count(), 2);
  await box.getByRole("button", { name: "New paste" }).click();
  assert.equal(await dropOn("leitmotif-box", "Tariffs were cut."), false);
  await box.locator(".text", { hasText: "Tariffs were cut." }).waitFor();
  await box.evaluate((one) => one.read("The court met.\n\nThe party committee met."));
  await box.locator(".text", { hasText: "The court met." }).waitFor();
  assert.equal(await box.evaluate((one) => one.results.length), 2);
  await box.evaluate((one) => (one.editable = true));
  await box.locator(".verdict").first().focus();
  await page.keyboard.press("3");
  assert.deepStrictEqual(await box.evaluate((one) => one.results[0].codes.themes), ["industry"]);
  const opens = await page.evaluate(() => heard.filter(([type]) => type === "open").map(([, name, { detail }]) => [name, detail.names]));
  assert.deepStrictEqual(opens[1], ["leitmotif-box", ["one"]]);
  const inner = await page.evaluate(() => [...new Set(heard.map(([, name]) => name))]);
  assert.deepStrictEqual(inner, ["leitmotif-box"], "from outside, all comes from the box");
  quiet(watch);
  await page.close();
});

test("what was typed before the box was there is taken over, with the focus", async () => {
  const { page } = await opened("/early.html", { wait: null });
  await page.locator("form textarea").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" He smiled.");
  await page.evaluate(() => import("/elements/define.js"));
  const field = page.locator("leitmotif-box #text");
  await field.waitFor();
  assert.equal(await field.inputValue(), "The factory makes steel. He smiled.");
  assert.ok(await field.evaluate((one) => one === focused() && one.selectionStart === one.value.length));
  assert.ok(await page.locator("form textarea").isHidden());
  await page.close();
});
