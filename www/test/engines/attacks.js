/** The corpus of attacks in the browsers that are not Chromium, which has its own tests of it: nothing runs, nothing is asked for. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";

import { FILE_NAMES, PAGES, SOUND, TEXTS, refusedProjects, sneakyProjects } from "../attacks.js";
import { ADDRESS } from "../browser/chromium.js";
import { site, siteModule } from "../site.js";
import { hostileProject } from "../take-project.js";
import { BROWSERS, started } from "./browsers.js";
import { assertQuiet, drop, openPage, openProject, paste, pressButton, rows, saved, until } from "./page.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const { toFile } = await siteModule("project-file.js");
const { model } = await Leitmotif.create();
const soundProject = toFile({ ...hostileProject(), model: { id: model.id, sha256: model.sha256 } });

/** Whether an address is one of the page's files, some of which it loads when it has time, or its icon. @param {string} url */
const isOwn = (url) => url.startsWith("data:image/svg+xml,%3Csvg xmlns=") || url.startsWith("blob:") || (url.startsWith(ADDRESS) && existsSync(site(new URL(url).pathname)));

/** The page is what it was: nothing ran, nothing came in, nothing went out, no object has got anything new. */
async function assertInert(tab, which) {
  const found = await tab.evaluate(() => ({
    intruders: globalThis.everywhere(":is(script, img, iframe, a, style, base, b, link, meta, object, embed, video, audio)", document.querySelector("main")).length,
    own: globalThis.everywhere("leitmotif-reader, leitmotif-box").length,
    ran: window.ran ?? null,
    polluted: {}.polluted ?? null,
    inherited: Object.keys(Object.prototype),
    base: document.baseURI === location.href,
  }));
  assert.deepStrictEqual(found, { intruders: 0, own: 2, ran: null, polluted: null, inherited: [], base: true }, which);
  assert.deepStrictEqual((await tab.requests()).filter((url) => !isOwn(url)), [], which);
  await assertQuiet(tab);
}

/** Waits until so many articles are open and the one in view is read. */
const opened = (tab, count) =>
  until(tab, (count) => {
    const items = globalThis.everywhere("#paragraphs li");
    return Math.max(1, globalThis.everywhere("#articles li").length) === count && items.length > 0 && !items.some(({ classList }) => classList.contains("unread"));
  }, count);

for (const browser of BROWSERS.slice(1)) {
  /** Opens the page, and an article in it. */
  const start = async () => {
    const tab = await started(browser);
    await openPage(tab, ADDRESS);
    await paste(tab, "The council met.");
    return tab;
  };

  test(`${browser.name}: every attack pasted as text is shown as it is written`, { skip: browser.missing }, async () => {
    const tab = await start();
    for (const [which, text] of Object.entries(TEXTS)) {
      await paste(tab, text);
      await assertInert(tab, which);
    }
  });

  for (const way of ["pasted", "dropped as a file"]) {
    test(`${browser.name}: every attack in a page that is ${way} leaves its sound paragraphs, and nothing else happens`, { skip: browser.missing }, async () => {
      const tab = await start();
      let articles = 1;
      for (const [which, html] of Object.entries(PAGES)) {
        const whole = SOUND.map((text) => `<p>${text}</p>`).join("") + html;
        if (way === "pasted") await paste(tab, "plain", whole);
        else await drop(tab, "page.html", whole, "text/html");
        await opened(tab, (articles += 1));
        assert.deepStrictEqual((await rows(tab)).map(({ text }) => text).slice(0, SOUND.length), SOUND, which);
        await assertInert(tab, which);
      }
    });
  }

  test(`${browser.name}: file names with markup, paths and names of objects are names, and go out as safe ones`, { skip: browser.missing }, async () => {
    const tab = await start();
    for (const [i, name] of FILE_NAMES.entries()) {
      await drop(tab, name, "The factory makes steel.", "text/plain");
      await opened(tab, i + 2);
      await assertInert(tab, name);
    }
    const shown = await tab.evaluate(() => globalThis.everywhere("#articles .open").map(({ textContent }) => textContent));
    assert.deepStrictEqual(shown.slice(1), FILE_NAMES.map((name) => name.replace(/\.txt$/, "")));
    const { name } = await saved(tab, () => pressButton(tab, "CSV"));
    assert.match(name, /^[^/\\:<>"|?*\u0000-\u001f]+\.csv$/);
    await assertInert(tab, "the export");
  });

  test(`${browser.name}: poisoned project files are refused with their names; sound ones whose contents try everything are inert, and come out again`, { skip: browser.missing }, async () => {
    const tab = await start();
    for (const [which, text] of Object.entries(refusedProjects(soundProject))) {
      const name = `${which.replace(/\W+/g, "-")}.json`;
      await drop(tab, name, text, "application/json");
      await until(tab, (words) => globalThis.everywhere("[role=alert]").some(({ textContent }) => textContent.includes(words)), `${name}: `);
      assert.deepStrictEqual((await rows(tab)).map(({ text }) => text), ["The council met."], which);
      await assertInert(tab, which);
    }
    for (const [which, text] of Object.entries(sneakyProjects(soundProject))) {
      await tab.evaluate(() => (document.querySelector("#status").textContent = ""));
      await openProject(tab, text);
      const { text: back } = await saved(tab, () => pressButton(tab, "Save project"));
      const sources = (text) => JSON.parse(text).articles.map(({ name, source, paragraphs }) => [name, source, paragraphs.map(({ text, note, codes }) => [text, note, codes])]);
      assert.deepStrictEqual(sources(back), sources(text), which);
      await assertInert(tab, which);
    }
  });
}
