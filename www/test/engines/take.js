/** What is taken away, both languages, and the comparison: in every browser the same as in Chromium, byte for byte. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ADDRESS } from "../browser/chromium.js";
import { siteModule } from "../site.js";
import { hostileProject } from "../take-project.js";
import { BROWSERS, started } from "./browsers.js";
import { assertQuiet, openPage, openProject, pressButton, rows, saved, speak, until } from "./page.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const { excelCsv, plainCsv, table } = await siteModule("export/csv.js");
const { exportJson } = await siteModule("export/json.js");
const { fromFile, toFile } = await siteModule("project-file.js");
const { en } = await siteModule("messages/take-en.js");
const { VERSION } = await siteModule("version.js");
const motif = await Leitmotif.create();

/** Of this page's model, so that it opens as it stands, but for the article in view, which is read. */
const project = { ...hostileProject(), model: { id: motif.model.id, sha256: motif.model.sha256 }, app: VERSION };
const themeIds = motif.themes.map(({ id }) => id);
const { csv, excel, json, svg, html } = en.export;

/** A file as a browser writes it: half characters become U+FFFD. @param {string} text */
const written = (text) => Buffer.from(text).toString();

/** What people have put into a project. */
const ofPeople = ({ coder, articles }) => ({ coder, articles: articles.map(({ name, source, paragraphs }) => ({ name, source, paragraphs: paragraphs.map(({ text, note, codes, included }) => ({ text, note, codes, included })) })) });

const filesOf = {};
for (const browser of BROWSERS) {
  test(`${browser.name}: a project of hostile texts comes out as each kind of file, byte for byte`, { skip: browser.missing }, async () => {
    const tab = await started(browser);
    await openPage(tab, ADDRESS);
    await openProject(tab, toFile(project));
    const files = {};
    for (const name of [csv, excel, json, svg, html, en.file.save]) files[name] = await saved(tab, () => pressButton(tab, name));

    // What Node makes of the project that was saved.
    const again = fromFile(files[en.file.save].text, { sha256: motif.model.sha256, themeIds }).project;
    assert.deepStrictEqual(ofPeople(again), ofPeople(project));
    assert.ok(files[csv].text === written(plainCsv(table(again, themeIds))), "CSV");
    assert.ok(files[excel].text.replace(/^\ufeff/, "") === written(excelCsv(table(again, themeIds), en.export.cut)).replace(/^\ufeff/, ""), "CSV for Excel");
    assert.ok(files[json].text === written(exportJson(again, motif.themes)), "JSON");
    assert.match(files[svg].text, /^<svg [^]*<\/svg>\s*$/);
    assert.match(files[html].text, /^<!doctype html>/i);

    // What Chromium makes.
    filesOf[browser.name] = files;
    for (const [name, file] of Object.entries(files)) {
      assert.equal(file.name, filesOf.Chromium[name].name);
      assert.ok(file.text === filesOf.Chromium[name].text, name);
    }
    assert.equal(await tab.evaluate(() => window.ran ?? null), null);
    await assertQuiet(tab);
  });
}

/** Every word that the page shows or tells, but for times and what its browser alone has to say. */
const words = (tab) =>
  tab.evaluate(() => {
    const told = (root) =>
      [...root.childNodes].flatMap((node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data.trim() === "" ? [] : [node.data.replace(/\s+/g, " ")];
        if (!(node instanceof Element) || node.matches("style, script, [hidden], #offline, #keep-note")) return [];
        const attributes = ["aria-label", "title", "placeholder"].flatMap((name) => node.getAttribute(name) ?? []);
        return [...attributes, ...(node.shadowRoot ? told(node.shadowRoot) : []), ...told(node)];
      });
    return told(document.body);
  });

const wordsOf = {};
for (const browser of BROWSERS) {
  test(`${browser.name}: one visit told twice, compared, in both languages, word for word`, { skip: browser.missing }, async () => {
    const tab = await started(browser);
    await openPage(tab, ADDRESS);
    await pressButton(tab, "The same visit, reported twice");
    await until(tab, () => globalThis.everywhere("#compare .compared").length === 2 && globalThis.everywhere("#paragraphs > ol > li").length > 0 && globalThis.everywhere("#paragraphs .unread").length === 0);
    await until(tab, () => document.querySelector("#status").textContent.startsWith("23 paragraphs"));
    const shown = { rows: await rows(tab) };
    await tab.evaluate(() => globalThis.everywhere("#paragraphs .verdict")[2].focus());
    await until(tab, () => document.querySelector("#inspector").textContent.includes("Paragraph 3"));
    for (const language of ["en", "zh", "en"]) {
      await speak(tab, language);
      await until(tab, (language) => document.querySelector("#compare h2")?.textContent === { en: "Compare", zh: "对比" }[language], language);
      const now = await words(tab);
      assert.deepStrictEqual(now, shown[language] ?? now, "back in the language, everything is as it was");
      shown[language] = now;
    }
    assert.ok(shown.en.length > 300, `${shown.en.length} pieces of text`);
    wordsOf[browser.name] = shown;
    assert.deepStrictEqual(shown, wordsOf.Chromium);
    await assertQuiet(tab);
  });
}
