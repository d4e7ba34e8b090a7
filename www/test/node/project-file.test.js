/** The project file: back as it was, and refused with the field's name where it is not sound. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { siteModule } from "../site.js";
import { MODEL, THEMES, article, hostileProject, paragraph, project } from "../take-project.js";

const { FILE_LIMIT, fromFile, toFile, tooLarge, workIn } = await siteModule("project-file.js");
const here = { sha256: MODEL.sha256, themeIds: THEMES };

/** The file of a small project with one change, which may be a deletion. */
function changed(change) {
  const value = JSON.parse(toFile(project(article([paragraph("One."), paragraph("Two.", { codes: { themes: ["ecology"], coder: "A", at: "2026-11-25T10:00:00Z" } })]))));
  change(value);
  return JSON.stringify(value);
}

function refuses(text, code, message) {
  assert.throws(() => fromFile(text, here), (error) => {
    assert.equal(error.name, "ProjectFileError");
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  });
}

test("a project comes back exactly, hostile texts and all", () => {
  const whole = hostileProject();
  const { project: back, stale, unknownThemes } = fromFile(toFile(whole), here);
  assert.deepStrictEqual(back, whole);
  assert.deepStrictEqual([stale, unknownThemes], [false, []]);
  assert.equal(toFile(back), toFile(whole));
  assert.deepStrictEqual(fromFile(`\ufeff${toFile(whole)}`, here).project, whole);
});

test("a paragraph that is not read yet, and the hints of a pasted page, come back too", () => {
  const whole = project({ ...article([paragraph("One.", { machine: null })]), split: "blocks", hints: ["heading", null] });
  assert.deepStrictEqual(fromFile(toFile(whole), here).project, whole);
  refuses(toFile(project({ ...article([]), hints: ["h1"] })), "field", /articles\[0\]\.hints\[0\]/);
});

test("which article was in view comes back; a file without it, and one of the first, opens at the first", () => {
  const whole = hostileProject();
  assert.equal(fromFile(toFile(whole, 1), here).current, 1);
  assert.deepStrictEqual(fromFile(toFile(whole, 1), here).project, whole);
  assert.equal(fromFile(toFile(whole), here).current, 0);
  assert.equal(toFile(whole, 0), toFile(whole));
  assert.equal(workIn(toFile(whole, 1)), workIn(toFile(whole)), "the same work, whatever is looked at");
  for (const current of [2, -1, 0.5, "1", "length", null, [0]]) refuses(JSON.stringify({ ...JSON.parse(toFile(whole)), current }), "field", /damaged at current: /);
});

test("a file of another model is stale, and its codes are kept", () => {
  const text = changed(({ model }) => (model.sha256 = "f".repeat(64)));
  const { project: back, stale } = fromFile(text, here);
  assert.equal(stale, true);
  assert.deepStrictEqual(back.articles[0].paragraphs[1].codes, { themes: ["ecology"], coder: "A", at: "2026-11-25T10:00:00Z" });
});

test("a model whose SHA-256 the page could not know is no reason to refuse a file", () => {
  const { project: back, stale } = fromFile(changed(({ model }) => (model.sha256 = "")), here);
  assert.deepStrictEqual([back.model.sha256, stale], ["", true]);
});

test("codes of another codebook are kept and named", () => {
  const text = changed(({ articles }) => (articles[0].paragraphs[1].codes.themes = ["weather", "ecology"]));
  const { project: back, unknownThemes } = fromFile(text, here);
  assert.deepStrictEqual(unknownThemes, ["weather"]);
  assert.deepStrictEqual(back.articles[0].paragraphs[1].codes.themes, ["weather", "ecology"]);
});

test("each unsound field is named", () => {
  const first = (change) => changed(({ articles }) => change(articles[0].paragraphs[0]));
  const codes = (change) => changed(({ articles }) => change(articles[0].paragraphs[1].codes));
  for (const [text, field] of [
    [changed((p) => delete p.app), "app"],
    [changed((p) => (p.coder = 3)), "coder"],
    [changed((p) => (p.model = null)), "model"],
    [changed((p) => (p.model.sha256 = "F".repeat(64))), "model.sha256"],
    [changed((p) => (p.articles = {})), "articles"],
    [changed((p) => (p.articles[0] = [])), "articles[0]"],
    [changed((p) => (p.articles[0].name = null)), "articles[0].name"],
    [changed((p) => (p.articles[0].split = "words")), "articles[0].split"],
    [changed((p) => delete p.articles[0].source), "articles[0].source"],
    [changed((p) => (p.articles[0].paragraphs = "x")), "articles[0].paragraphs"],
    [first((p) => (p.text = ["x"])), "articles[0].paragraphs[0].text"],
    [first((p) => (p.kind = "caption")), "articles[0].paragraphs[0].kind"],
    [first((p) => (p.included = "yes")), "articles[0].paragraphs[0].included"],
    [first((p) => (p.note = 1)), "articles[0].paragraphs[0].note"],
    [codes((c) => (c.unsure = false)), "articles[0].paragraphs[1].codes.unsure"],
    [first((p) => (p.codes = [])), "articles[0].paragraphs[0].codes"],
    [first((p) => (p.machine = "industry")), "articles[0].paragraphs[0].machine"],
    [first((p) => (p.machine.certainty = "sure")), "articles[0].paragraphs[0].machine.certainty"],
    [first((p) => (p.machine.themes = ["industry", "industry"])), "articles[0].paragraphs[0].machine.themes"],
    [first((p) => (p.machine.themes = ["<b>"])), "articles[0].paragraphs[0].machine.themes[0]"],
    [first((p) => (p.machine.runnerUp = "")), "articles[0].paragraphs[0].machine.runnerUp"],
    [first((p) => (p.machine.probability.ecology = 1.5)), "articles[0].paragraphs[0].machine.probability.ecology"],
    [first((p) => (p.machine.probability.ecology = null)), "articles[0].paragraphs[0].machine.probability.ecology"],
    [first((p) => (p.machine.probability = [])), "articles[0].paragraphs[0].machine.probability"],
    [codes((c) => (c.at = "yesterday")), "articles[0].paragraphs[1].codes.at"],
    [codes((c) => (c.at = "2026-13-45T99:00:00Z")), "articles[0].paragraphs[1].codes.at"],
    [codes((c) => (c.themes = null)), "articles[0].paragraphs[1].codes.themes"],
    [codes((c) => delete c.coder), "articles[0].paragraphs[1].codes.coder"],
  ]) {
    assert.throws(() => fromFile(text, here), (error) => {
      assert.equal(error.code, "field", error.message);
      assert.equal(error.details[0], field);
      assert.ok(error.message.includes(field));
      return true;
    });
  }
});

test("an unknown field is refused, and none reaches an object's prototype", () => {
  refuses(changed((p) => (p.articles[0].html = "<b>")), "unknown-field", /articles\[0\]\.html/);
  const poisoned = changed(() => {}).replace('"note":""', '"note":"","__proto__":{"polluted":true}');
  refuses(poisoned, "unknown-field", /__proto__/);
  const inside = changed(() => {}).replace('"ecology":0.35', '"__proto__":0.35');
  refuses(inside, "field", /probability/);
  assert.equal({}.polluted, undefined);
});

test("what is no project file is refused, and says what it is", () => {
  for (const text of ["", "{", "PK\u0003\u0004", "<!doctype html>", "{}{}"]) refuses(text, "not-json", /not JSON/);
  const whole = changed(() => {});
  for (const length of [60, 200, whole.length / 2, whole.trimEnd().length - 1]) refuses(whole.slice(0, length), "cut-off", /not whole/);
  refuses(`\ufeff${whole.slice(0, 100)}`, "cut-off", /not whole/);
  for (const text of ["null", "[]", "3", '"x"', "{}", '{"format":"leitmotif project 2"}', '{"format":["leitmotif project 1"]}']) {
    refuses(text, "not-project", /should be “leitmotif project 1”/);
  }
  assert.throws(() => fromFile("[".repeat(100_000), here), { name: "ProjectFileError" });
});

test("the limit is said in megabytes", () => {
  assert.match(tooLarge(FILE_LIMIT + 1).message, /301 MB large; at most 300 MB/);
});
