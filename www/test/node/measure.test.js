/** The measures behind profile, comparison and figure. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { goldenVectors, project as inProject, siteModule } from "../site.js";
import { NAMES, THEMES, article, hostileProject, paragraph, project } from "../take-project.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const { countWords, measure } = await siteModule("measure.js");
const { lanesOf } = await siteModule("lanes.js");
const { comparison, ordered, themeRows } = await siteModule("compare-table.js");
const motif = await Leitmotif.create();

const seeds = readdirSync(inProject("seeds/articles")).map((file) => readFileSync(inProject("seeds/articles", file), "utf8"));
const coded = (text, themes, more) => paragraph(text, { codes: { themes, coder: "A", at: "2026-11-25T10:00:00Z" }, ...more });

test("words are counted as the engine counts them", async () => {
  const odd = ["China’s steel, 1,234.5 tonnes (30%)", "重庆2026年发展", "opening-up of O'Brien's", "manufac-\nturing", "soft\u00adhyphen", "éte\u0301 مدينة", "…"];
  for (const text of [...seeds, ...goldenVectors().map(({ text }) => text), ...odd]) {
    for (const { start, end, words } of (await motif.read(text, { evidence: false })).paragraphs) {
      assert.equal(countWords(text.slice(start, end)), words, text.slice(start, end));
    }
  }
});

test("without a person's codes the measure is the engine's own profile", async () => {
  for (const text of seeds) {
    const { paragraphs, profile } = await motif.read(text, { evidence: false });
    const open = paragraphs.map(({ start, end, kind, themes, certainty, probability, runnerUp }) =>
      paragraph(text.slice(start, end), { kind, included: kind !== "furniture", machine: { themes, certainty, probability, runnerUp } }),
    );
    const { shares, ...sums } = measure(open, motif.themes.map(({ id }) => id));
    assert.deepStrictEqual([sums.words, sums.paragraphs, sums.unsure], [profile.words, profile.paragraphs, profile.unsure]);
    for (const [i, { theme, paragraphs, words }] of profile.shares.entries()) {
      assert.deepStrictEqual([shares[i].theme, shares[i].paragraphs], [theme, paragraphs]);
      assert.ok(Math.abs(shares[i].words - words) < 1e-12);
    }
  }
});

test("a person's codes are in force over the machine's, an empty list among them", () => {
  const { shares, coded: count, unsure } = measure(
    [coded("one two", ["ecology", "governance"]), coded("three", []), paragraph("four", { machine: { themes: [], certainty: "unsure", probability: {}, runnerUp: null } })],
    THEMES,
  );
  const share = (theme) => shares.find((one) => one.theme === theme);
  assert.deepStrictEqual([count, unsure], [2, 1]);
  assert.deepStrictEqual(share("ecology"), { theme: "ecology", paragraphs: 1, words: 0.25 });
  assert.deepStrictEqual(share(null), { theme: null, paragraphs: 2, words: 0.5 });
  assert.deepStrictEqual(share("industry"), { theme: "industry", paragraphs: 0, words: 0 });
});

test("a theme that the model does not know is counted too", () => {
  const { shares } = measure([coded("one", ["weather"])], THEMES);
  assert.deepStrictEqual(shares.map(({ theme }) => theme), [...THEMES, "weather", null]);
  assert.equal(shares.at(-2).words, 1);
});

test("lanes cover what counts, in order, and nothing else", () => {
  const [hostile, second] = hostileProject().articles;
  for (const whole of [hostile, second]) {
    const { lanes } = lanesOf(whole, NAMES);
    const blocks = lanes.flatMap((lane) => lane.blocks);
    const numbers = new Set(blocks.map(({ paragraph }) => paragraph));
    assert.deepStrictEqual([...numbers].sort((a, b) => a - b), whole.paragraphs.flatMap(({ included }, i) => (included ? [i + 1] : [])));
    assert.ok(blocks.every(({ start, end }) => start >= 0 && start < end && end <= 1 + 1e-12));
  }
  assert.deepStrictEqual(lanesOf(second, NAMES).lanes.at(-1).blocks.map(({ standing }) => standing), ["unsure", "unsure"]);
  assert.deepStrictEqual(lanesOf(second, NAMES).lanes[3].blocks.map(({ standing }) => standing), ["coded"]);
  assert.ok(lanesOf(article([]), NAMES).lanes.every(({ blocks, words }) => blocks.length === 0 && words === 0));
});

test("a comparison is sorted by theme, by any article and by spread, and goes out as tidy rows", () => {
  const two = project(
    article([coded("a b c d", ["industry"]), coded("e", [])], "A"),
    article([coded("a", ["industry"]), coded("b c d e f g h i j", ["ecology"])], "B"),
  );
  const rows = themeRows(two.articles, THEMES);
  const names = (order) => ordered(rows, order).map(({ theme }) => theme);
  assert.deepStrictEqual(names({ by: "theme", descending: false }), [...THEMES, null]);
  assert.deepStrictEqual(names({ by: "theme", descending: true }), [...THEMES, null].reverse());
  assert.equal(names({ by: 0, descending: true })[0], "industry");
  assert.equal(names({ by: 1, descending: true })[0], "ecology");
  assert.deepStrictEqual(names({ by: "spread", descending: true }).slice(0, 3), ["ecology", "industry", null]);
  const [head, ...cells] = comparison(two, THEMES);
  assert.equal(cells.length, 12);
  assert.ok(cells.every((row) => row.length === head.length && row.includes(two.model.sha256)));
  assert.deepStrictEqual(cells[2].slice(0, 4), ["A", "industry", "0.8000", "1"]);
});
