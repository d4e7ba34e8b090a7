/** Wires the page: what comes in → workspace → views. */

import { ArticleReader } from "./article-reader.js";
import { ArticleTabs } from "./article-tabs.js";
import { loadCodebook } from "./codebook-panel.js";
import { CodingKeys } from "./coding-keys.js";
import { deskHost } from "./desk-host.js";
import { button, element, part } from "./dom.js";
import { FoundLine } from "./found-line.js";
import { showHelp } from "./help.js";
import { InputBox } from "./input-box.js";
import { Inspector } from "./inspector.js";
import { Leitmotif, LeitmotifError } from "./leitmotif.js";
import { LANGUAGES, chooseLanguage, chosenLanguage, fittingLanguage, t, translate } from "./messages.js";
import { takeMessages } from "./messages/take.js";
import { paletteSheet } from "./palette.js";
import { newParagraph, tally } from "./project.js";
import { ReadingView } from "./reading-view.js";
import { SAME_VISIT, loadSamples } from "./samples.js";
import { Themes, statusSentence } from "./sentences.js";
import { breathe } from "./slices.js";
import { StripView } from "./strip-view.js";
import { addAction, relabel } from "./toolbar.js";
import { VERSION } from "./version.js";
import { Workspace } from "./workspace.js";

/** Readers who listen hear one message for each settled change: this long after the last, in milliseconds. */
const SETTLED = 700;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let settling;

/**
 * @param {string} words
 * @param {number} [after] milliseconds
 */
function say(words, after = SETTLED) {
  clearTimeout(settling);
  const status = part("status");
  settling = setTimeout(() => {
    if (status.textContent !== words) status.textContent = words;
  }, after);
}

/** @param {...string} lines none: the last trouble is over */
function complain(...lines) {
  const error = part("error");
  error.replaceChildren(...lines.map((line) => element("p", "", line)));
  error.hidden = lines.length === 0;
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

/** @param {Leitmotif} motif */
function openDesk(motif) {
  const themes = new Themes(motif.themes);
  const workspace = new Workspace(new ArticleReader(motif.steps), motif.model, VERSION);
  workspace.onTrouble = (problem) => complain(wordsOf(problem));

  const view = new ReadingView(part("paragraphs"), workspace, themes);
  const strip = new StripView(part("strip"), themes);
  const inspector = new Inspector(part("inspector"), workspace, themes, loadCodebook());
  const tabs = new ArticleTabs(part("articles"), workspace);
  const input = new InputBox(workspace, { complain, say });
  const found = new FoundLine(part("found"), workspace, () => input.edit());

  view.onChoose = (index) => {
    strip.choose(index);
    inspector.choose(index);
  };
  strip.onJump = (index) => view.jump(index);
  strip.onFilter = (shows, on) => {
    view.filter(shows);
    const all = workspace.article?.paragraphs ?? [];
    if (on) say(t().shownOf(all.filter(shows).length, all.length));
  };

  /** @type {string | undefined} */
  let shown;
  let run = 0;
  const show = async () => {
    const own = ++run;
    const { article } = workspace;
    const other = article?.name !== shown;
    if (other) strip.clearFilter();
    shown = article?.name;
    const reading = article !== null && !input.open;
    if (reading && other) {
      // Splitting it was a task already.
      await breathe();
      if (own !== run) return;
    }
    part("reading").hidden = !reading;
    part("skip").hidden = !reading;
    tabs.show();
    showHistory();
    view.show(reading ? article : null);
    if (!reading) return;
    found.show(article);
    // What is around the list can wait until it is read; each part is a task of its own.
    if (!article.paragraphs.every(({ machine }) => machine)) return;
    for (const update of [() => strip.show(article), () => inspector.show(), () => report(article)]) {
      await breathe();
      if (own !== run) return;
      update();
    }
  };
  const report = (/** @type {import("./project.js").OpenArticle} */ article) => {
    const out = article.paragraphs.filter(({ included }) => !included).length;
    say([statusSentence(tally(article, themes.ids, workspace.reader.wordsOf), out, themes), input.remark].filter(Boolean).join(" "));
  };

  const undo = () => step(workspace.undo(), t().undone);
  const redo = () => step(workspace.redo(), t().redone);
  /** @param {string | null} what @param {(what: string) => string} sentence */
  const step = (what, sentence) => {
    if (what === null) return;
    say(sentence(done(what)));
  };
  const done = (/** @type {string} */ what) => /** @type {Record<string, string>} */ (t().done)[what] ?? what;
  const keys = new CodingKeys(view, workspace, { undo, redo, help: showHelp });

  addAction({ id: "new", label: () => t().newPaste, run: () => input.start() });
  addAction({ id: "open", label: () => t().openFiles, run: () => part("files").click() });
  const undoButton = addAction({ id: "undo", label: () => t().undo, run: undo });
  const redoButton = addAction({ id: "redo", label: () => t().redo, run: redo });
  const keysButton = addAction({
    id: "keys",
    label: () => (keys.on ? t().keysOn : t().keysOff),
    run: () => {
      keys.on = !keys.on;
      keysButton.setAttribute("aria-pressed", String(keys.on));
      relabel();
    },
  });
  addAction({ id: "help", label: () => t().help, run: showHelp });
  const showHistory = () => {
    const { undoable, redoable } = workspace;
    undoButton.disabled = undoable === null;
    redoButton.disabled = redoable === null;
    undoButton.title = undoable === null ? "" : t().undoWhat(done(undoable));
    redoButton.title = redoable === null ? "" : t().redoWhat(done(redoable));
  };

  part("skip").addEventListener("click", (event) => {
    event.preventDefault();
    view.focus();
  });
  // Both lay the page out: not in the task that filled it.
  input.onLeave = () =>
    requestAnimationFrame(async () => {
      await breathe();
      scrollTo(0, 0);
      view.list.focus({ preventScroll: true });
    });
  input.onMode = show;
  workspace.listen(show);
  show();
  return { workspace, themes, input, view, again: () => [view.rebuild(), show(), inspector.show(), input.label()] };
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
 * Browsers compile a program again, and better, once it has run a while: better before the first paste than in it.
 *
 * @param {Leitmotif} motif
 * @param {import("./samples.js").Sample[]} samples
 */
async function warmUp({ steps }, samples) {
  for (const { text } of samples) {
    const { paragraphs } = steps.split(text);
    const article = { name: "", source: text, split: /** @type {const} */ ("auto"), paragraphs: paragraphs.map(({ start, end, kind }) => newParagraph(text.slice(start, end), kind)) };
    await breathe();
    await new ArticleReader(steps).read(article, () => true);
    await breathe();
  }
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
 * @param {ReturnType<typeof openDesk>} desk
 */
async function offerTaking({ workspace, themes, input }) {
  const { Take } = await import("./take.js");
  const cleared = () => {
    /** @type {HTMLTextAreaElement} */ (part("text")).value = "";
    input.start();
    say(t().ready, 0);
  };
  const places = { take: part("take"), compare: part("compare"), offline: part("offline"), provenance: part("provenance") };
  const take = new Take(places, deskHost(workspace, themes, cleared), takeMessages([chosenLanguage()]));
  workspace.listen(() => take.changed());
  await take.start();
  take.changed();
  return take;
}

/** @param {() => void} again writes what is already on the page in the new language */
function offerLanguages(again) {
  const select = /** @type {HTMLSelectElement} */ (part("language"));
  select.replaceChildren(...LANGUAGES.map(({ id, name }) => new Option(name, id, false, id === chosenLanguage())));
  select.addEventListener("change", () => {
    chooseLanguage(select.value);
    speak();
    again();
  });
}

function speak() {
  document.documentElement.lang = chosenLanguage();
  document.title = t().title;
  translate(document);
  relabel();
}

async function start() {
  document.adoptedStyleSheets = [paletteSheet()];
  chooseLanguage(fittingLanguage(navigator.languages));
  speak();
  const samples = loadSamples();
  const sameVisit = loadSamples(SAME_VISIT);
  try {
    const motif = await Leitmotif.create();
    part("status").removeAttribute("data-message");
    const desk = openDesk(motif);
    nameModel(motif.model);
    nameEngine(motif);
    /** @type {import("./take.js").Take | undefined} */
    let take;
    let labelComparison = () => {};
    offerLanguages(() => {
      desk.again();
      nameModel(motif.model);
      nameEngine(motif);
      labelComparison();
      take?.speak(takeMessages([chosenLanguage()]));
    });
    offerSamples(await samples, desk.workspace);
    labelComparison = offerComparison(await sameVisit, desk.workspace);
    desk.input.start();
    say(t().ready, 0);
    take = await offerTaking(desk);
    warmUp(motif, await samples);
  } catch (problem) {
    complain(wordsOf(problem));
    say("", 0);
  }
  part("main").setAttribute("aria-busy", "false");
}

start();
