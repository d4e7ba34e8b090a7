/** The workspace without a page: what is opened, split, coded, edited, and taken back. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { ARTICLE_001, goldenVectors, siteModule } from "../site.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const { ArticleReader } = await siteModule("article-reader.js");
const { Workspace, textOf } = await siteModule("workspace.js");
const { isUnsure, tally } = await siteModule("project.js");
const motif = await Leitmotif.create();
const ids = motif.themes.map(({ id }) => id);

const TEXT = "The factory makes steel and machine tools.\n\nHe smiled.\n\nWetlands were restored, and emissions fell.";

async function opened(...texts) {
  const workspace = new Workspace(new ArticleReader(motif.steps), motif.model, "0");
  workspace.onTrouble = (problem) => assert.fail(String(problem));
  await workspace.openPastes(texts.map((source, i) => ({ name: `article ${i}`, source })));
  await workspace.settled;
  return workspace;
}

const texts = ({ article }) => article.paragraphs.map(({ text }) => text);
const codes = ({ article }) => article.paragraphs.map(({ codes }) => codes?.themes ?? null);

test("reading in steps gives what reading at once gives", async () => {
  for (const text of [ARTICLE_001, ...goldenVectors().map(({ text }) => text)].filter((text) => text.trim() !== "")) {
    const { paragraphs, profile } = await motif.read(text);
    const workspace = await opened(text);
    const own = workspace.article.paragraphs;
    assert.deepStrictEqual(texts(workspace), paragraphs.map(({ start, end }) => text.slice(start, end)));
    for (const [i, { kind, themes, certainty, probability, runnerUp, evidence }] of paragraphs.entries()) {
      assert.deepStrictEqual(own[i].machine, { themes, certainty, probability, runnerUp });
      assert.equal(own[i].kind, kind);
      for (const { theme, logit, bias, context, words } of evidence) {
        const found = motif.steps.evidence(own[i].text, theme, probability[theme]);
        const shifted = found.words.map((word) => ({ ...word, start: word.start + paragraphs[i].start, end: word.end + paragraphs[i].start }));
        assert.deepStrictEqual(shifted, words);
        assert.equal(found.bias, bias);
        assert.ok(Math.abs(found.logit - logit) < 1e-6 && Math.abs(found.context - context) < 1e-6);
      }
    }
    const sum = tally(workspace.article, ids, workspace.reader.wordsOf);
    assert.deepStrictEqual([sum.paragraphs, sum.words, sum.unsure], [profile.paragraphs, profile.words, profile.unsure]);
    for (const [i, share] of sum.shares.entries()) {
      assert.equal(share.paragraphs, profile.shares[i].paragraphs);
      assert.ok(Math.abs(share.words - profile.shares[i].words) < 1e-9);
    }
  }
});

test("an edit scores one paragraph, and undoing it none", async () => {
  const workspace = await opened(ARTICLE_001);
  const before = workspace.article.paragraphs;
  const { scored } = workspace.reader;
  workspace.draft(3, "Wetlands and forests were restored along the river.");
  workspace.finishDraft(3, before[3].text, "Wetlands and forests were restored along the river.");
  await workspace.settled;
  assert.equal(workspace.reader.scored, scored + 1);
  assert.deepStrictEqual(workspace.article.paragraphs[3].machine.themes, ["ecology"]);
  workspace.undo();
  await workspace.settled;
  assert.deepStrictEqual(workspace.article.paragraphs, before);
  assert.equal(workspace.reader.scored, scored + 1);
});

test("an emptied paragraph is gone, and comes back", async () => {
  const workspace = await opened(TEXT);
  workspace.finishDraft(1, "He smiled.", " ");
  assert.equal(workspace.article.paragraphs.length, 2);
  assert.equal(textOf(workspace.article), `${texts(workspace)[0]}\n\n${texts(workspace)[1]}`);
  workspace.undo();
  assert.equal(textOf(workspace.article), TEXT);
});

test("codes: the first replaces the machine's, further ones are added; none, unsure and not coded stay three things", async () => {
  const workspace = await opened(TEXT);
  workspace.nameCoder("AB");
  workspace.toggle(0, "ecology");
  workspace.toggle(0, "urbanization");
  assert.deepStrictEqual(codes(workspace), [["urbanization", "ecology"], null, null]);
  assert.deepStrictEqual(workspace.article.paragraphs[0].machine.themes, ["industry"]);
  assert.equal(workspace.article.paragraphs[0].codes.coder, "AB");
  assert.ok(!Number.isNaN(Date.parse(workspace.article.paragraphs[0].codes.at)));
  workspace.toggle(0, "ecology");
  workspace.toggle(0, "urbanization");
  assert.deepStrictEqual(codes(workspace), [null, null, null]);
  workspace.code(0, []);
  workspace.accept(0);
  workspace.accept(1);
  workspace.accept(2);
  assert.deepStrictEqual(codes(workspace), [[], [], ["ecology"]]);
  assert.equal(tally(workspace.article, ids, workspace.reader.wordsOf).coded, 3);
});

test("a person's doubt is a mark beside the codes: without codes the machine's become theirs, and a mark is taken away", async () => {
  const workspace = await opened(TEXT);
  const doubts = () => workspace.article.paragraphs.map(({ codes }) => codes?.unsure ?? null);
  workspace.doubt(0);
  workspace.toggle(2, "governance");
  workspace.doubt(2);
  assert.deepStrictEqual([codes(workspace), doubts()], [[["industry"], null, ["governance"]], [true, null, true]]);
  workspace.toggle(2, "ecology");
  workspace.doubt(0);
  assert.deepStrictEqual([codes(workspace), doubts()], [[["industry"], null, ["ecology", "governance"]], [null, null, true]]);
  assert.ok(isUnsure(workspace.article.paragraphs[2]) && !isUnsure(workspace.article.paragraphs[0]));
  workspace.undo();
  assert.ok(isUnsure(workspace.article.paragraphs[0]));
  assert.equal(tally(workspace.article, ids, workspace.reader.wordsOf).unsure, 2);
});

test("a note that is typed is there at once, and is one step to undo", async () => {
  const workspace = await opened(TEXT);
  for (const note of ["a", "a ", "a c", "a call"]) workspace.draftNote(1, note);
  assert.equal(workspace.article.paragraphs[1].note, "a call");
  workspace.finishNote(1, "", "a call");
  assert.equal(workspace.undo(), "note");
  assert.equal(workspace.article.paragraphs[1].note, "");
  assert.equal(workspace.undo(), "open");
});

test("a hundred steps are undone and done again", async () => {
  const workspace = await opened(TEXT);
  const states = [workspace.project];
  for (let i = 0; i < 100; i++) {
    workspace.toggle(i % 3, ids[i % ids.length]);
    states.push(workspace.project);
  }
  for (let i = 99; i >= 0; i--) {
    assert.equal(workspace.undo(), "code");
    assert.deepStrictEqual(codes(workspace), states[i].articles[0].paragraphs.map(({ codes }) => codes?.themes ?? null));
  }
  assert.equal(workspace.undo(), "open");
  assert.equal(workspace.undo(), null);
  while (workspace.redo());
  assert.deepStrictEqual(codes(workspace), states.at(-1).articles[0].paragraphs.map(({ codes }) => codes?.themes ?? null));
});

test("another split, and another text, keep the codes of what did not change", async () => {
  const workspace = await opened("The factory makes steel.\nHe smiled.\n\nWetlands were restored.");
  workspace.code(2, ["ecology"]);
  workspace.annotate(2, "sure");
  await workspace.resplit("blank");
  assert.deepStrictEqual(codes(workspace), [null, ["ecology"]]);
  await workspace.rewrite("Wetlands were restored.\n\nThe factory makes paper.");
  assert.deepStrictEqual(codes(workspace), [["ecology"], null]);
  assert.equal(workspace.article.paragraphs[0].note, "sure");
  assert.equal(workspace.article.split, "blank");
  workspace.undo();
  workspace.undo();
  assert.deepStrictEqual(codes(workspace), [null, null, ["ecology"]]);
});

test("several articles: all are read, each is closed alone, and closing is undone", async () => {
  const workspace = await opened(TEXT, "Trade grew.", "Voters went to the polls.");
  assert.equal(workspace.open, 0);
  assert.ok(workspace.project.articles.every(({ paragraphs }) => paragraphs.every(({ machine }) => machine)));
  workspace.show(2);
  workspace.close(0);
  assert.equal(workspace.article.source, "Voters went to the polls.");
  workspace.close(1);
  workspace.close(0);
  assert.equal(workspace.article, null);
  workspace.undo();
  assert.equal(workspace.article.source, "Trade grew.");
});

test("blocks of pasted HTML are paragraphs as they are, with the kinds that their elements say", async () => {
  const blocks = [
    { text: "Rain", hint: "heading" },
    { text: "A line\nand another one", hint: null },
    { text: "The factory makes steel and machine tools in the valley.", hint: "furniture" },
  ];
  const workspace = await opened();
  await workspace.openPastes([{ name: "page", source: blocks.map(({ text }) => text).join("\n\n"), blocks }]);
  await workspace.settled;
  assert.deepStrictEqual(texts(workspace), blocks.map(({ text }) => text));
  assert.deepStrictEqual(workspace.article.paragraphs.map(({ kind, included }) => [kind, included]), [["heading", true], ["body", true], ["furniture", false]]);
  workspace.include(2, true);
  assert.equal(tally(workspace.article, ids, workspace.reader.wordsOf).paragraphs, 3);
  await workspace.resplit("auto");
  await workspace.resplit("blocks");
  assert.equal(workspace.article.paragraphs[2].kind, "furniture");
});

test("what the elements say of a block goes with it, whatever becomes of the blocks around it", async () => {
  const blocks = [
    { text: "Rain fell on the old town all day long, and the council renewed its drains.", hint: "heading" },
    { text: "He smiled.", hint: null },
    { text: "The factory makes steel and machine tools in the valley.", hint: "furniture" },
  ];
  const workspace = await opened();
  await workspace.openPastes([{ name: "page", source: blocks.map(({ text }) => text).join("\n\n"), blocks }]);
  const kinds = async () => {
    await workspace.resplit("blank");
    await workspace.resplit("blocks");
    return workspace.article.paragraphs.map(({ text, kind }) => [text.slice(0, 4), kind]);
  };
  workspace.finishDraft(1, "He smiled.", " \n");
  assert.deepStrictEqual(await kinds(), [["Rain", "heading"], ["The ", "furniture"]]);
  // As many blocks as there were, and none of them where it was.
  workspace.finishDraft(0, blocks[0].text, `${blocks[0].text}\n\n \nWetlands were restored along the river, and birds came back.\n`);
  assert.deepStrictEqual(await kinds(), [["Rain", "heading"], ["Wetl", "body"], ["The ", "furniture"]]);
  for (let i = 0; i < 6; i++) workspace.undo();
  assert.deepStrictEqual(await kinds(), [["Rain", "heading"], ["He s", "body"], ["The ", "furniture"]]);
});
