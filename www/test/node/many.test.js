/** Many articles, without a page: what a thread hands over, what the workspace makes of it, and when it ends. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { manyArticles } from "../many.js";
import { ARTICLE_001, goldenVectors, siteModule } from "../site.js";

const { Leitmotif } = await siteModule("leitmotif.js");
const { ArticleReader } = await siteModule("article-reader.js");
const { articleOf } = await siteModule("article-of.js");
const { FileTrouble } = await siteModule("files.js");
const { flatten, unflatten } = await siteModule("flat-article.js");
const { readMany } = await siteModule("read-many.js");
const { Workspace } = await siteModule("workspace.js");
const { tally } = await siteModule("project.js");
const motif = await Leitmotif.create();
const ids = motif.themes.map(({ id }) => id);
const ALWAYS = () => true;

async function readBy(reader, paste) {
  return reader.read(await articleOf(reader, paste), ALWAYS);
}

test("an article comes out of its flat rows as it went in, with its scores", async () => {
  const blocks = [{ text: "Home | About", hint: "furniture" }, { text: "Steel", hint: "heading" }, { text: "The factory makes steel.", hint: null }];
  const pastes = [
    { name: "001", source: ARTICLE_001 },
    { name: "blocks", source: blocks.map(({ text }) => text).join("\n\n"), blocks },
    { name: "twice", source: "The same line of steel.\n\nThe same line of steel.\n\nThe same line of steel." },
    ...goldenVectors().map(({ text }, i) => ({ name: String(i), source: text })),
  ];
  for (const paste of pastes) {
    const there = new ArticleReader(motif.steps);
    const article = await readBy(there, paste);
    const { flat, transfer } = flatten(article, there.scoresOf(article), ids);
    const here = new ArticleReader(motif.steps);
    const copy = structuredClone(flat, { transfer });
    const back = await unflatten(copy, ids);
    assert.deepStrictEqual(back, article);
    here.adopt(back, copy.scores);
    assert.equal(await here.read(back, ALWAYS), back, "nothing is left to read");
    assert.equal(here.scored, 0);
    assert.deepStrictEqual(tally(back, ids, here.wordsOf), tally(article, ids, there.wordsOf));
    // A change costs what changed.
    const edited = { ...back, paragraphs: [...back.paragraphs, { ...(back.paragraphs[0] ?? { kind: "body", included: true, codes: null, note: "" }), text: "Wetlands were restored." }] };
    await here.read(edited, ALWAYS);
    assert.equal(here.scored, 1);
  }
});

/** A workspace, and articles that are read already. */
async function desk(count) {
  const reader = new ArticleReader(motif.steps);
  const workspace = new Workspace(reader, motif.model, "0");
  workspace.onTrouble = (problem) => assert.fail(String(problem));
  const articles = [];
  for (const { name, text } of manyArticles(count)) articles.push(await readBy(reader, { name, source: text }));
  return { workspace, articles };
}

const names = ({ project }) => project.articles.map(({ name }) => name);

test("what is opened one by one is one step, whatever is done, undone and done again between", async () => {
  const { workspace, articles: [a, b, c, d, e] } = await desk(5);
  await workspace.openPastes([{ name: "before", source: "Steel." }]);
  const opening = workspace.opening();
  opening.add([a, b]);
  assert.equal(workspace.article.name, a.name);
  workspace.code(0, [ids[0]]);
  workspace.code(1, [ids[1]]);
  opening.add([c]);
  workspace.undo();
  opening.add([d]);
  const all = ["before", a, b, c, d].map((one) => one.name ?? one);
  assert.deepStrictEqual(names(workspace), all);
  workspace.redo();
  assert.deepStrictEqual(names(workspace), all);
  assert.deepStrictEqual(workspace.article.paragraphs[1].codes.themes, [ids[1]]);
  workspace.close(0);
  opening.add([e]);
  assert.deepStrictEqual(names(workspace), [...all.slice(1), e.name]);
  for (const what of ["close", "code", "code"]) assert.equal(workspace.undo(), what);
  assert.deepStrictEqual(names(workspace), [...all, e.name]);
  assert.ok(opening.wanted());
  assert.equal(workspace.undo(), "open");
  assert.deepStrictEqual(names(workspace), ["before"]);
  assert.ok(!opening.wanted());
  opening.add([a]);
  assert.deepStrictEqual(names(workspace), ["before"], "what was taken back does not come again");
  workspace.redo();
  assert.deepStrictEqual(names(workspace), [...all, e.name]);
});

test("another project, or forgetting, ends an opening", async () => {
  for (const end of [(workspace) => workspace.openProject({ ...workspace.project, articles: [] }), (workspace) => workspace.forget()]) {
    const { workspace, articles: [a, b] } = await desk(2);
    const opening = workspace.opening();
    opening.add([a]);
    end(workspace);
    assert.ok(!opening.wanted());
    opening.add([b]);
    assert.deepStrictEqual(names(workspace), []);
  }
});

/** Reads after a while, one at a time, what is given by name. */
function workOf(articles, stopped = () => {}) {
  return {
    stop: stopped,
    read: async (job) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const article = articles.find(({ name }) => name === job.name);
      if (!article) throw new FileTrouble("not-text");
      return { article, encoding: job.name.endsWith("2.txt") ? "gb18030" : "utf-8" };
    },
  };
}

test("jobs are told of in their order, troubles among them; more may be added meanwhile", async () => {
  const { workspace, articles } = await desk(12);
  const jobs = [...articles.slice(0, 10).map(({ name }) => ({ name, source: "" })), { name: "photo.txt", source: "" }];
  const heard = [];
  let stops = 0;
  const outcome = await readMany(jobs, workspace, workOf(articles, () => stops++), new AbortController().signal, (done) => {
    heard.push(done);
    if (done === 3) jobs.push(...articles.slice(10).map(({ name }) => ({ name, source: "" })));
  });
  assert.deepStrictEqual(heard, Array.from({ length: 13 }, (_, i) => i + 1));
  assert.deepStrictEqual(names(workspace), articles.map(({ name }) => name));
  assert.deepStrictEqual([outcome.read, outcome.left, stops], [12, 0, 1]);
  assert.deepStrictEqual(outcome.troubles.map(({ name, problem }) => [name, problem.trouble]), [["photo.txt", "not-text"]]);
  assert.deepStrictEqual(outcome.encodings.map(({ name }) => name), ["article-002.txt", "article-012.txt"]);
});

test("a stop is obeyed at once, even while something is read for ever: what came before stays", async () => {
  const { workspace, articles } = await desk(6);
  const work = workOf(articles);
  const { read } = work;
  work.read = (job) => (job.name === articles[3].name ? new Promise(() => {}) : read(job));
  const stop = new AbortController();
  const outcome = await readMany(articles.map(({ name }) => ({ name, source: "" })), workspace, work, stop.signal, (done) => {
    if (done === 3) setTimeout(() => stop.abort(), 20);
  });
  assert.deepStrictEqual([outcome.read, outcome.left], [3, 3]);
  assert.deepStrictEqual(names(workspace), articles.slice(0, 3).map(({ name }) => name));
});

test("what is open together is bounded: what comes after is named, and undo lets texts that were closed go", async () => {
  const { OPEN_LIMIT } = await siteModule("text-limit.js");
  const { workspace, articles: [sample] } = await desk(1);
  const long = "x".repeat(OPEN_LIMIT / 4);
  const articles = Array.from({ length: 6 }, (_, i) => ({ ...sample, name: `${i}.txt`, source: `${i} ${long}` }));
  const outcome = await readMany(articles.map(({ name }) => ({ name, source: "" })), workspace, workOf(articles), new AbortController().signal, () => {});
  assert.deepStrictEqual(names(workspace), ["0.txt", "1.txt", "2.txt"]);
  assert.deepStrictEqual(outcome.troubles.map(({ problem }) => problem.trouble), ["full", "full", "full"]);
  while (workspace.project.articles.length > 0) workspace.close(0);
  workspace.opening().add(articles.slice(3));
  while (workspace.project.articles.length > 0) workspace.close(0);
  let undone = 0;
  while (workspace.undo() !== null) undone++;
  // The last opening and its three closings; the texts of the first three are gone for good.
  assert.equal(undone, 4);
});

test("codes cost nothing to read again, however long the article", async () => {
  const { workspace, articles: [article] } = await desk(1);
  workspace.opening().add([article]);
  await workspace.settled;
  const { steps } = workspace.reader;
  let weighed = 0;
  const { weigh } = steps;
  steps.weigh = (...rows) => (weighed++, weigh.apply(steps, rows));
  workspace.code(0, [ids[0]]);
  workspace.include(1, false);
  workspace.annotate(0, "A note.");
  await workspace.settled;
  assert.equal(weighed, 0);
  workspace.finishDraft(0, workspace.article.paragraphs[0].text, "Wetlands were restored.");
  await workspace.settled;
  assert.equal(weighed, 1);
  delete steps.weigh;
  assert.ok(workspace.article.paragraphs[0].machine.themes.includes("ecology"));
  assert.equal(workspace.article.paragraphs[0].codes.themes[0], ids[0]);
});
