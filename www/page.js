/** Wires the page: box → engine → views. */

import { engine } from "./assets.js";
import { BoxHost } from "./box-host.js";
import { Leitmotif, LeitmotifError } from "./leitmotif.js";
import { takeMessages } from "./messages/take.js";
import { paletteSheet } from "./palette.js";
import { PasteBox } from "./paste.js";
import { ProfileView } from "./profile-view.js";
import { ReadingView } from "./reading-view.js";
import { SAME_VISIT, loadSamples } from "./samples.js";
import { Themes, statusSentence } from "./sentences.js";

/** Readers who listen hear one message for each settled change: this long after the last, in milliseconds. */
const SETTLED = 700;
/** From this length on (UTF-16 code units) the words are left out: their bookkeeping would freeze the tab. */
const WITHOUT_WORDS = 1_000_000;

const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const [main, status, error, empty, hint] = ["main", "status", "error", "empty", "hint"].map(part);
const box = /** @type {HTMLTextAreaElement} */ (part("text"));

/** @type {number | undefined} */
let settling;

/**
 * @param {string} words
 * @param {number} [after] milliseconds
 */
function say(words, after = SETTLED) {
  clearTimeout(settling);
  settling = setTimeout(() => {
    if (status.textContent !== words) status.textContent = words;
  }, after);
}

/** @param {unknown} [problem] nothing: the last one is over */
function complain(problem) {
  const message = problem instanceof LeitmotifError ? problem.message : "Something went wrong in the page itself. Reload it.";
  error.textContent = problem === undefined ? "" : message;
  error.hidden = problem === undefined;
}

/** @param {{ id: string, sha256: string }} model */
function nameModel({ id, sha256 }) {
  const hash = document.createElement("code");
  hash.textContent = sha256.slice(0, 12);
  hash.title = `SHA-256 of the model: ${sha256}`;
  part("model").replaceChildren(`Model ${id}, SHA-256 `, hash, " …");
}

/**
 * @param {import("./samples.js").Sample[]} samples
 * @param {PasteBox} paste
 */
function offerSamples(samples, paste) {
  const buttons = samples.map(({ name, text }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.title = text.split("\n", 1)[0];
    button.addEventListener("click", () => paste.replace(text));
    return button;
  });
  part("samples").append(...buttons);
  part("samples").hidden = buttons.length === 0;
}

/**
 * Two reports side by side.
 *
 * @param {import("./samples.js").Sample[]} samples
 * @param {BoxHost} host
 * @param {string} name of the button
 */
function offerComparison(samples, host, name) {
  if (samples.length < 2) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.addEventListener("click", () => host.openSamples(samples));
  part("samples").append(button);
}

/**
 * @param {Leitmotif} motif
 * @param {Themes} themes
 * @param {(text: string, reading: import("./leitmotif.js").Reading) => void} whenRead
 */
function readerOf(motif, themes, whenRead) {
  const list = new ReadingView(part("paragraphs"), themes);
  const profile = new ProfileView(part("profile"), themes);

  return async (/** @type {string} */ text) => {
    const blank = text.trim() === "";
    empty.hidden = !blank;
    try {
      const reading = await motif.read(text, { evidence: text.length < WITHOUT_WORDS });
      complain();
      list.show(text, reading);
      profile.show(reading.profile);
      whenRead(text, reading);
      const words = text.length < WITHOUT_WORDS ? "" : " The text is too long to underline its words.";
      say(blank ? "Ready." : statusSentence(reading, themes) + words);
      hint.hidden = blank || words !== "";
    } catch (problem) {
      complain(problem);
      list.clear();
      profile.clear();
      hint.hidden = true;
      say("");
    }
  };
}

async function start() {
  document.adoptedStyleSheets = [paletteSheet()];
  const samples = loadSamples();
  const sameVisit = loadSamples(SAME_VISIT);
  try {
    const motif = await Leitmotif.create({ wasm: await engine() });
    nameModel(motif.model);
    const buttons = { clear: /** @type {HTMLButtonElement} */ (part("clear")), undo: /** @type {HTMLButtonElement} */ (part("undo")) };
    const themes = new Themes(motif.themes, document.documentElement.lang);
    const messages = takeMessages([document.documentElement.lang]);
    const host = new BoxHost(motif, themes, (text) => paste.set(text));
    /** @type {import("./take.js").Take | undefined} */
    let take;
    const places = { take: part("take"), compare: part("compare"), offline: part("offline"), provenance: part("provenance") };
    const paste = new PasteBox(
      { box, ...buttons },
      readerOf(motif, themes, (text, reading) => {
        host.read(text, reading);
        take?.changed();
      }),
    );
    offerSamples(await samples, paste);
    offerComparison(await sameVisit, host, messages.compare.sample);
    say("Ready.", 0);
    // Reading comes first; what is done with it can load behind.
    const { Take } = await import("./take.js");
    take = new Take(places, host, messages);
    await take.start();
    take.changed();
  } catch (problem) {
    complain(problem);
    say("", 0);
  }
  main.setAttribute("aria-busy", "false");
}

start();
