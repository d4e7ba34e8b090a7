/** Exports: complete, readable by what they are made for, and inert whatever the texts hold. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { siteModule } from "../site.js";
import { CODEBOOK, HOSTILE, MODEL, NAMES, THEMES, article, hostileProject, paragraph, project } from "../take-project.js";

const { excelCsv, plainCsv, tabbed, table } = await siteModule("export/csv.js");
const { exportJson } = await siteModule("export/json.js");
const { fileName } = await siteModule("export/file-name.js");
const { htmlFigure, svgFigure } = await siteModule("export/figure.js");
const { escaped } = await siteModule("export/markup.js");
const { en } = await siteModule("messages/take-en.js");
const { zh } = await siteModule("messages/take-zh.js");

/** An independent reader: RFC 4180, with any separator. */
function readCsv(text, separator = ",") {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === separator || c === "\n" || (c === "\r" && text[i + 1] === "\n")) {
      rows.at(-1).push(cell);
      cell = "";
      if (c === "\r") i++;
      if (c !== separator) rows.push([]);
    } else cell += c;
  }
  assert.equal(quoted, false, "an open quote");
  if (cell !== "" || rows.at(-1).length > 0) rows.at(-1).push(cell);
  else rows.pop();
  return rows;
}

const records = ([head, ...rows]) => rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));

test("plain CSV gives every cell back as it was, with model, hash and version in every row", () => {
  const whole = hostileProject();
  const csv = plainCsv(table(whole, THEMES));
  assert.ok(!csv.startsWith("\ufeff") && csv.endsWith("\n"));
  const rows = records(readCsv(csv));
  assert.equal(rows.length, HOSTILE.length + 4);
  assert.deepStrictEqual(rows.slice(0, HOSTILE.length).map(({ text }) => text), HOSTILE);
  for (const row of rows) {
    assert.equal(Object.keys(row).length, 17 + THEMES.length);
    assert.equal(row.model, MODEL.id);
    assert.equal(row.model_sha256, MODEL.sha256);
    assert.equal(row.app_version, "leitmotif 0.1.0");
  }
});

test("none, unsure and not coded are three different things", () => {
  const rows = records(readCsv(plainCsv(table(hostileProject(), THEMES)))).slice(HOSTILE.length);
  const pick = ({ machine_themes, certainty, human_codes, coder, themes_in_force, included }) =>
    ({ machine_themes, certainty, human_codes, coder, themes_in_force, included });
  assert.deepStrictEqual(rows.map(pick), [
    { machine_themes: "industry", certainty: "likely", human_codes: "ecology; governance", coder: "=A1", themes_in_force: "ecology; governance", included: "yes" },
    { machine_themes: "industry", certainty: "likely", human_codes: "none", coder: "B", themes_in_force: "none", included: "yes" },
    { machine_themes: "none", certainty: "unsure", human_codes: "", coder: "", themes_in_force: "none", included: "yes" },
    { machine_themes: "industry", certainty: "likely", human_codes: "", coder: "", themes_in_force: "industry", included: "no" },
  ]);
  assert.deepStrictEqual(rows.map(({ coder_unsure }) => coder_unsure), ["no", "yes", "", ""]);
  assert.equal(rows[0].coded_at, "2026-11-25T10:00:00.000Z");
  assert.equal(rows[0].probability_industry, "0.2500");
  assert.equal(rows[2].probability_industry, "");
});

test("CSV for Excel has its mark and line ends, and no cell that is a formula", () => {
  const csv = excelCsv(table(hostileProject(), THEMES), en.export.cut);
  assert.ok(csv.startsWith("\ufeff"));
  const rows = readCsv(csv.slice(1));
  assert.equal(rows.length, HOSTILE.length + 5);
  assert.equal(csv.replace(/"(?:[^"]|"")*"/g, "").replaceAll("\r\n", "").match(/[\r\n]/), null, "line ends within quotes only");
  for (const cell of rows.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r\n＝＋－＠]/u);
  const texts = records(rows).map(({ text }) => text);
  assert.equal(texts[0], `'${HOSTILE[0]}`);
  assert.equal(texts[7], "two\nlines\nand three");
  assert.equal(records(rows)[HOSTILE.length].coder, "'=A1");
});

test("a text that a cell of Excel cannot hold is cut, says so, and is whole in the plain CSV", () => {
  const long = "🏭".repeat(20_000);
  const whole = project(article([paragraph(long)]));
  const [row] = records(readCsv(excelCsv(table(whole, THEMES), en.export.cut).slice(1)));
  assert.ok(row.text.length <= 32_767 && row.text.isWellFormed());
  assert.match(row.text, /\[cut here: 40,000 characters/);
  assert.equal(records(readCsv(plainCsv(table(whole, THEMES))))[0].text, long);
});

test("rows for pasting have tabs, and the same guard", () => {
  const rows = readCsv(tabbed(table(hostileProject(), THEMES), en.export.cut), "\t");
  assert.equal(rows.length, HOSTILE.length + 5);
  assert.ok(rows.every((row) => row.length === rows[0].length));
  for (const cell of rows.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r\n]/);
});

test("JSON holds everything, with the definitions of its themes", () => {
  const whole = hostileProject();
  const json = JSON.parse(exportJson(whole, CODEBOOK));
  assert.deepStrictEqual([json.model, json.app], [MODEL, "leitmotif 0.1.0"]);
  assert.deepStrictEqual(json.themes, CODEBOOK);
  assert.deepStrictEqual(json.articles[0].paragraphs.map(({ text }) => text), HOSTILE);
  assert.equal(json.articles[0].source, whole.articles[0].source);
  assert.equal(json.articles[1].paragraphs[0].codes.coder, "=A1");
  assert.equal(json.articles[1].paragraphs[2].codes, null);
  assert.deepStrictEqual(json.articles[1].paragraphs[1].themesInForce, []);
  assert.deepStrictEqual([json.articles[1].profile.paragraphs, json.articles[1].profile.leftOut, json.articles[1].profile.coded], [3, 1, 2]);
});

test("file names are safe on every system", () => {
  for (const [name, expected] of [
    ["Steel: up or down?", "Steel- up or down.csv"],
    ["../../etc/passwd", "etc-passwd.csv"],
    ["..", "article.csv"],
    ["", "article.csv"],
    ["CON", "_CON.csv"],
    ["lpt1.txt", "_lpt1.txt.csv"],
    ["-rf .", "rf.csv"],
    ["a\u0000b\nc\u202efdp.exe", "a b c fdp.exe.csv"],
    ["重庆 🏭", "重庆 🏭.csv"],
    ["\ud800", "article.csv"],
    ['<img src="x">', "img src=-x.csv"],
  ]) {
    assert.equal(fileName(name, "csv"), expected, JSON.stringify(name));
  }
  const long = fileName("🏭".repeat(500), "leitmotif.json");
  assert.ok(Buffer.byteLength(long) <= 255 && long.isWellFormed());
});

for (const messages of [en, zh]) {
  const figures = (whole) => {
    const made = { ...MODEL, app: "0.1.0" };
    const source = { article: whole, themes: NAMES, made, messages };
    return { svg: svgFigure(source), html: htmlFigure(source) };
  };

  test(`figures in ${messages.language}: every theme in words, model and hash, no script, no outside reference`, () => {
    const [hostile, coded] = hostileProject().articles;
    for (const whole of [hostile, coded, article([])]) {
      for (const [kind, text] of Object.entries(figures(whole))) {
        for (const word of [MODEL.id, MODEL.sha256, "0.1.0", ...THEMES.slice(1).map((id) => id.replace(/^./, (c) => c.toUpperCase()))]) {
          assert.ok(text.includes(word), `${word} in ${kind}`);
        }
        assert.doesNotMatch(text, /<script|<foreignObject|<image|<link|<iframe|\son[a-z]+=|javascript:|\u0000|\u001b/i);
        assert.doesNotMatch(text.replaceAll("http://www.w3.org/2000/svg", ""), /https?:\/\/(?!leitmotif\.invalid)|url\((?!#)|@import/);
        assert.ok(text.isWellFormed());
        assert.match(text, /prefers-color-scheme:dark/);
      }
    }
  });

  test(`figures in ${messages.language}: the markup is balanced`, () => {
    for (const text of Object.values(figures(hostileProject().articles[0]))) {
      const open = [];
      for (const [, close, name, alone] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/gi)) {
        if (name === "meta" || alone) continue;
        if (close) assert.equal(open.pop(), name);
        else open.push(name);
      }
      assert.deepStrictEqual(open, []);
    }
  });
}

test("the figure tells unsure, coded and left out apart, in words too", () => {
  const svg = svgFigure({ article: hostileProject().articles[1], themes: NAMES, made: { ...MODEL, app: "0.1.0" }, messages: en });
  assert.match(svg, /url\(#leitmotif-stripes-none\)/);
  assert.match(svg, /2 coded by a person \(underlined\)\. 2 unsure \(striped\)\. 1 left out as page furniture\./);
  assert.match(svg, /Ecology: \d+\u00a0% of the words; paragraph 1\./);
  assert.match(svg, /No theme: \d+\u00a0% of the words; paragraphs 2 and 3\./);
});

test("what XML forbids does not get into markup", () => {
  assert.equal(escaped("a\u0000\u001b\ud800<&>\"'\uffff🏭"), "a\ufffd\ufffd\ufffd&lt;&amp;&gt;&quot;&#39;\ufffd🏭");
});
