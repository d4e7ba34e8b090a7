/** Wires the page: what comes in → workspace → views. */

import { ArticleReader } from "./article-reader.js";
import { ArticleTabs } from "./article-tabs.js";
import { loadCodebook } from "./codebook-panel.js";
import { deskHost } from "./desk-host.js";
import { button, element, part } from "./dom.js";
// Here from the start: the box loads its parts by name, and they are there.
import "./elements/box-parts.js";
import { pageSheets } from "./elements/element-styles.js";
import { register } from "./elements/registry.js";
import { PARTS } from "./elements/lazy-element.js";
import { showHelp } from "./help.js";
import { Inspector } from "./inspector.js";
import { Leitmotif, LeitmotifError } from "./leitmotif.js";
import { LANGUAGES, chooseLanguage, chosenLanguage, fittingLanguage, pageLanguage, t, translate } from "./messages.js";
import { takeMessages } from "./messages/take.js";
import { tally } from "./project.js";
import { SAME_VISIT, loadSamples } from "./samples.js";
import { Themes, statusSentence } from "./sentences.js";
import { breathe, firstPaint, painted } from "./slices.js";
import { addAction, enable, relabel, startToolbar } from "./toolbar.js";
import { VERSION } from "./version.js";
import { Voice } from "./voice.js";
import { Workspace } from "./workspace.js";

const voice = new Voice(part("status"));

/** @param {...string} lines none: the last trouble is over */
function complain(...lines) {
  const error = part("error");
  error.replaceChildren(...lines.map((line) => element("p", "", line)));
  error.hidden = lines.length === 0;
  // What was said elsewhere before it is over.
  if (!error.hidden) document.querySelector(".take-status")?.replaceChildren();
}

/** @param {unknown} problem */
const wordsOf = (problem) => (problem instanceof LeitmotifError ? problem.message : t().wrong);

/** @param {{ id: string, sha256: string }} model */
function nameModel({ id, sha256 }) {
  const hash = element("code", "", sha256.slice(0, 12));
  hash.title = `SHA-256: ${sha256}`;
  part("model").replaceChildren(t().model(id), hash, " …");
}

/** Where the usual engine is not at work: which one is, and why. @param {Leitmotif} motif */
function nameEngine({ fallback }) {
  part("engine").hidden = fallback === null;
  if (fallback) part("engine").textContent = t().fallback(fallback.code);
}

/** @typedef {import("./elements/leitmotif-box.js").LeitmotifBox} LeitmotifBox */
/** @typedef {import("./elements/box-parts.js").BoxParts} BoxParts */

const box = () => /** @type {LeitmotifBox} */ (part("box"));

/** @param {Leitmotif} motif */
function openWorkspace(motif) {
  const themes = new Themes(motif.themes, pageLanguage);
  const workspace = new Workspace(new ArticleReader(motif.steps), motif.model, VERSION);
  workspace.onTrouble = (problem) => complain(wordsOf(problem));
  const undo = () => step(workspace.undo(), "undone");
  const redo = () => step(workspace.redo(), "redone");
  /** @param {string | null} what @param {"undone" | "redone"} sentence */
  const step = (what, sentence) => {
    if (what !== null) voice.tell(() => t()[sentence](done(what)));
  };
  return { motif, workspace, themes, language: pageLanguage, further: { undo, redo, help: showHelp } };
}

/** What was done, in words. @param {string} what */
const done = (what) => /** @type {Record<string, string>} */ (t().done)[what] ?? what;

/**
 * What is around the box.
 *
 * @param {ReturnType<typeof openWorkspace>} desk
 * @param {BoxParts} parts of the box
 */
async function openDesk({ workspace, themes, further }, parts) {
  const inspector = new Inspector(part("inspector"), workspace, themes, loadCodebook());
  await breathe();
  const tabs = new ArticleTabs(part("articles"), workspace, pageLanguage);
  const { reader } = parts;
  const input = /** @type {import("./input-box.js").InputBox} */ (parts.input);

  addAction({ id: "new", label: () => t().newPaste, run: () => input.start() });
  addAction({ id: "open", label: () => t().openFiles, run: () => input.files.click() });
  const undoButton = addAction({ id: "undo", label: () => t().undo, run: () => (input.retype("undo") ? offer() : further.undo()) });
  const redoButton = addAction({ id: "redo", label: () => t().redo, run: () => (input.retype("redo") ? offer() : further.redo()) });
  addAction({
    id: "keys",
    label: () => (reader.keysOn ? t().keysOn : t().keysOff),
    run: () => {
      reader.switchKeys(!reader.keysOn);
      relabel();
    },
  });
  addAction({ id: "take", label: () => t().goToExport, run: () => part("take").querySelector("button")?.focus() });
  addAction({ id: "help", label: () => t().help, run: showHelp });
  startToolbar();

  let { steps } = workspace;
  const show = () => {
    // The last trouble is over when something else is done.
    if (workspace.steps !== steps) complain();
    steps = workspace.steps;
    const reading = workspace.article !== null && !input.open;
    part("desk").classList.toggle("full", reading);
    // It comes with its figures; until then the first screen of paragraphs has the page to itself.
    if (!reading) part("inspector").hidden = true;
    part("skip").hidden = !reading;
    tabs.show();
    offer();
    // What was said of an article is over with it.
    if (!workspace.article) voice.report("");
  };
  const offer = () => {
    const { undoable, redoable } = workspace;
    const { typed, retyped } = input;
    enable(undoButton, typed || undoable !== null);
    enable(redoButton, retyped || redoable !== null);
    undoButton.title = typed || undoable === null ? "" : t().undoWhat(done(undoable));
    redoButton.title = retyped || redoable === null ? "" : t().redoWhat(done(redoable));
  };
  input.box.addEventListener("input", offer);

  box().addEventListener("leitmotif-select", (event) => inspector.choose(/** @type {CustomEvent} */ (event).detail.index));
  // The box comes first; each part around it is a task of its own.
  const result = async () => {
    await breathe();
    inspector.show();
    part("inspector").hidden = workspace.article === null || input.open;
    await breathe();
    const { article } = workspace;
    if (!article) return;
    const out = article.paragraphs.filter(({ included }) => !included).length;
    if (input.remark) voice.tell(input.remark);
    input.remark = "";
    const sum = tally(article, themes.ids, workspace.reader.wordsOf);
    voice.report(() => statusSentence(sum, out, themes));
  };
  box().addEventListener("leitmotif-result", () => void result());
  part("skip").addEventListener("click", (event) => {
    event.preventDefault();
    reader.view?.focus();
  });
  input.onLeave = () => {
    // Both ask how the page is laid out: the one in the frame that does it anyway, the other when that is seen.
    // On a small screen the head of the page would leave nothing of the article in view.
    requestAnimationFrame(() => scrollTo(0, matchMedia("(max-width: 40rem), (max-height: 30rem)").matches ? box().offsetTop : 0));
    void painted().then(() => reader.view?.list.focus({ preventScroll: true }));
  };
  /** @type {import("./elements/box-parts.js").Page} */ (parts.page).shown = show;
  show();
  // The box takes pastes before all of this is there.
  if (workspace.article) void result();
  const seen = async () => {
    await reader.view?.settled;
    await painted();
  };
  return { workspace, themes, input, seen, again: () => [void parts.speak(), show(), inspector.show()] };
}

/**
 * @param {import("./samples.js").Sample[]} samples
 * @param {Workspace} workspace
 */
function offerSamples(samples, workspace) {
  const buttons = samples.map(({ name, text }) => {
    const made = button(name, () => workspace.openPastes([{ name, source: text }]));
    made.title = text.split("\n", 1)[0];
    return made;
  });
  part("samples").append(...buttons);
  part("samples").hidden = buttons.length === 0;
}

/**
 * Two reports of the same visit at once.
 *
 * @param {import("./samples.js").Sample[]} samples
 * @param {Workspace} workspace
 */
function offerComparison(samples, workspace) {
  if (samples.length < 2) return () => {};
  const made = button("", () => workspace.openPastes(samples.map(({ name, text }) => ({ name, source: text }))));
  const label = () => void (made.textContent = takeMessages([chosenLanguage()]).compare.sample);
  label();
  part("samples").append(made);
  part("samples").hidden = false;
  return label;
}

/**
 * Exports, project files, comparison, storage, offline use: loaded behind the reading, which comes first.
 *
 * @param {Awaited<ReturnType<typeof openDesk>>} desk
 */
async function offerTaking({ workspace, themes, input, seen }) {
  const { Take } = await import("./take.js");
  const cleared = () => {
    input.forget();
    voice.say("");
  };
  const places = { take: part("take"), compare: part("compare"), offline: part("offline"), paper: part("paper"), otherTab: part("other-tab") };
  const take = new Take(places, deskHost(workspace, themes, { cleared, seen, say: (words) => voice.tell(words), calm: complain, input }), takeMessages([chosenLanguage()]));
  let told = false;
  // What is seen first comes first.
  const tell = () => {
    told = false;
    take.changed();
  };
  workspace.listen(() => {
    if (!told) void painted().then(tell);
    told = true;
  });
  input.box.addEventListener("input", () => take.drafted());
  await take.start();
  take.changed();
  return take;
}

/**
 * Of project files that came in together the first sound one is opened.
 *
 * @param {File[]} files
 * @param {ReturnType<typeof offerTaking>} taking
 * @returns {Promise<string[]>} what is wrong with the others
 */
async function openProjects(files, taking) {
  /** @type {string[]} */
  const troubles = [];
  let done = false;
  for (const file of files) {
    if (done) {
      troubles.push(takeMessages([chosenLanguage()]).file.oneAtATime(file.name));
      continue;
    }
    const { opened, words } = await (await taking).openFile(file);
    if (opened) voice.tell(words);
    else troubles.push(words());
    done = opened;
  }
  return troubles;
}

/** @param {() => void} again writes what is already on the page in the new language */
function offerLanguages(again) {
  const select = /** @type {HTMLSelectElement} */ (part("language"));
  select.replaceChildren(...LANGUAGES.map(({ id, name }) => new Option(name, id, false, id === chosenLanguage())));
  select.addEventListener("change", async () => {
    await chooseLanguage(select.value);
    select.value = chosenLanguage();
    speak();
    voice.translate();
    again();
  });
}

function speak() {
  document.documentElement.lang = chosenLanguage();
  document.title = t().title;
  translate(document);
  relabel();
}


/** When somebody is there and moves, touches or types: for nobody nothing is made ready. @returns {Promise<void>} */
function somebody() {
  const signs = ["pointermove", "pointerdown", "keydown", "wheel"];
  return new Promise((resolve) => {
    const here = () => {
      for (const sign of signs) removeEventListener(sign, here, true);
      resolve();
    };
    for (const sign of signs) addEventListener(sign, here, { capture: true, passive: true });
  });
}

async function start() {
  const moved = somebody();
  // In the reader's language as soon as its words are there; apart from that, what came with the page is seen before anything
  // is done.
  const spoken = chooseLanguage(fittingLanguage(navigator.languages)).then(speak);
  await firstPaint();
  const samples = loadSamples();
  const sameVisit = loadSamples(SAME_VISIT);
  // The engine is compiled beside what is done here.
  const opened = Leitmotif.create().then(openWorkspace);
  // What becomes of it is said below.
  opened.catch(() => {});
  await spoken;
  await breathe();
  document.adoptedStyleSheets = pageSheets(document, []);
  await breathe();
  box().page = { desk: opened, language: pageLanguage, complain, say: (/** @type {import("./voice.js").Words} */ words) => voice.tell(words), shown: () => {} };
  register();
  try {
    const desk = await opened;
    const { motif } = desk;
    await box().ready;
    part("status").removeAttribute("data-message");
    await breathe();
    const around = await openDesk(desk, /** @type {BoxParts} */ (box()[PARTS]));
    /** @type {(taking: ReturnType<typeof offerTaking>) => void} */
    let startTaking = () => {};
    const taking = /** @type {ReturnType<typeof offerTaking>} */ (new Promise((resolve) => (startTaking = resolve)));
    /** What reads many files, or a long text, beside the page. @type {import("./reading-beside.js").ReadingBeside | undefined} */
    let readingBeside;
    const beside = async () => {
      const { ReadingBeside } = await import("./reading-beside.js");
      return (readingBeside ??= new ReadingBeside(motif, desk.workspace.reader));
    };
    around.input.work = async () => (await beside()).work();
    around.input.onProjects = (files) => openProjects(files, taking);
    nameModel(motif.model);
    nameEngine(motif);
    /** @type {import("./take.js").Take | undefined} */
    let take;
    let labelComparison = () => {};
    offerLanguages(() => {
      around.again();
      nameModel(motif.model);
      nameEngine(motif);
      labelComparison();
      take?.speak(takeMessages([chosenLanguage()]));
    });
    offerSamples(await samples, desk.workspace);
    labelComparison = offerComparison(await sameVisit, desk.workspace);
    await painted();
    // Its words are there: to write them again would have the page laid out again.
    if (!desk.workspace.article) around.input.box.focus();
    voice.say(() => t().ready);
    await breathe();
    startTaking(offerTaking(around));
    take = await taking;
    // Here before they are needed: perhaps there is no network then, and nothing is asked for later.
    await Promise.all([beside().then((beside) => beside.start()), import("./many-articles.js")]).catch(() => {});
    desk.workspace.beside = async (paste) => (await beside()).read(paste);
    const warm = await import("./warm-up.js").catch(() => null);
    const { steps } = desk.workspace;
    const practice = (await samples).map(({ text }) => text);
    void moved.then(() => warm?.warmUp(desk, practice, () => desk.workspace.steps === steps));
  } catch (problem) {
    complain(wordsOf(problem));
    voice.say("");
  }
  part("main").setAttribute("aria-busy", "false");
}

start();
