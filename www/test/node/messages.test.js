/** The message tables: the same entries in every language, and no words outside of them. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { project, site, siteModule } from "../site.js";

const { en } = await siteModule("messages/en.js");
const { zh } = await siteModule("messages/zh.js");
const { LANGUAGES, chooseLanguage, chosenLanguage, fittingLanguage, t } = await siteModule("messages.js");
const { LANGUAGES: REGISTER } = await siteModule("messages/languages.js");
const { loadTakeMessages, takeMessages } = await siteModule("messages/take.js");
const { VERSION } = await siteModule("version.js");

/** Paths of all entries with their types; functions by the number of what they are given. */
function shape(table, path = "") {
  return Object.entries(table).flatMap(([key, value]) => {
    const place = `${path}${key}`;
    if (Array.isArray(value)) return [`${place}: list of ${value.length}`];
    return typeof value === "object" ? shape(value, `${place}.`) : [`${place}: ${typeof value}`];
  });
}

test("Chinese has every entry that English has, and no other", () => {
  assert.deepStrictEqual(shape(zh), shape(en));
});

test("every language that can be chosen has both its tables, whole", async () => {
  assert.deepStrictEqual(LANGUAGES.map(({ id, name }) => [id, name]), [["en", en.language], ["zh", zh.language]]);
  for (const { id } of LANGUAGES) {
    assert.equal(takeMessages([id]).language, "en", "before it is loaded");
    await loadTakeMessages(id);
    assert.deepStrictEqual(shape(await REGISTER[id].reading()), shape(en), id);
    assert.equal(takeMessages([id]).language, id);
    assert.deepStrictEqual(shape(takeMessages([id])), shape(takeMessages(["en"])), id);
  }
});

test("every entry gives words, whatever the numbers", () => {
  for (const table of [en, zh]) {
    for (const n of [0, 1, 2, 1234567]) {
      for (const words of [table.found(n, n), table.summary(n, []), table.showMore(n, n), table.profileNote(n, n, n, n), table.place(n, "x")]) {
        assert.ok(words.length > 0 && !/undefined|NaN|\[object/.test(words), words);
      }
    }
  }
});

test("every reason for the fallback engine has its words", () => {
  const codes = ["wasm-unavailable", "csp-wasm", "not-wasm", "not-found"];
  for (const table of [en, zh]) {
    assert.equal(new Set(codes.map((code) => table.fallback(code))).size, codes.length);
    assert.equal(table.fallback("bad-mime"), table.fallback("not-wasm"));
    assert.equal(table.fallback("timeout"), table.fallback("not-found"));
  }
});

test("index.html names only entries that there are, and says the same in English", () => {
  const html = readFileSync(site("index.html"), "utf8");
  const named = [...html.matchAll(/data-message="(\w+)"[^>]*>([^<]*)</g)];
  assert.ok(named.length > 10);
  for (const [, key, words] of named) assert.equal(words, en[key], key);
  for (const [, attribute, key, rest] of html.matchAll(/data-message-([\w-]+)="(\w+)"([^>]*)/g)) {
    assert.ok(rest.includes(`${attribute}="${en[key]}"`), `${attribute} of ${key}`);
  }
});

test("the language is the first one that there is a table of", () => {
  assert.equal(fittingLanguage(["fr-CH", "zh-Hant-TW", "en"]), "zh");
  assert.equal(fittingLanguage(["fr", "constructor"]), "en");
  assert.equal(fittingLanguage([]), "en");
});

test("a language is chosen once its tables are there; of quick choices the last one counts, and what fails changes nothing", async () => {
  await Promise.all([chooseLanguage("zh"), chooseLanguage("en"), chooseLanguage("zh")]);
  assert.deepStrictEqual([chosenLanguage(), t().language], ["zh", zh.language]);
  await chooseLanguage("fr");
  await chooseLanguage("constructor");
  assert.equal(chosenLanguage(), "zh");
  REGISTER.xx = { name: "X", reading: async () => en, taking: () => Promise.reject(new Error("offline")) };
  await chooseLanguage("xx");
  delete REGISTER.xx;
  assert.deepStrictEqual([chosenLanguage(), t().language], ["zh", zh.language]);
  await chooseLanguage("en");
  assert.equal(t(), en);
});

test("the page's version is the project's", () => {
  assert.match(readFileSync(project("Cargo.toml"), "utf8"), new RegExp(`^version = "${VERSION.replaceAll(".", "\\.")}"$`, "m"));
});
