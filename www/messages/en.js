/** The interface in English. */

import { listsIn, numbersIn } from "./formats.js";

const numbers = numbersIn("en");
const lists = listsIn("en");

/** @type {(n: number, one: string, many?: string) => string} */
const count = (n, one, many = `${one}s`) => `${numbers.format(n)} ${n === 1 ? one : many}`;

/** @param {string} code of the LeitmotifError */
function whyFallback(code) {
  if (code === "wasm-unavailable") return "WebAssembly is switched off in this browser";
  if (code === "csp-wasm") return "This site’s security policy does not allow WebAssembly";
  if (code === "bad-mime" || code === "not-wasm") return "The engine’s WebAssembly file on this site is damaged or another file";
  return "The engine’s WebAssembly file did not arrive";
}

export const en = {
  language: "English",
  title: "Leitmotif: the themes of an article, paragraph by paragraph",
  tagline: "What an article is about, paragraph by paragraph, and the words that say so.",
  languageLabel: "Language",
  skip: "Skip to the paragraphs",

  // The box
  yourArticle: "Your article",
  placeholder: "Paste an article here, or type.",
  boxHint: "Or drop files anywhere: .txt, .md, .html, or a saved project.",
  boxHintHere: "Or drop files here: .txt, .md, .html, or a saved project.",
  readIt: "Read it",
  cancel: "Cancel",
  samples: "Or try a sample:",
  emptyLead: "Nothing to read yet.",
  emptyHow: "Paste an article, open files, or press a sample. Every paragraph gets its themes, how sure that is, and the words that decided.",
  emptyDoubt: "A paragraph may have several themes, or none. Where it is a close call, the page says so.",

  // The toolbar
  toolbar: "Tools",
  newPaste: "New paste",
  openFiles: "Open files …",
  undo: "Undo",
  redo: "Redo",
  undoWhat: (/** @type {string} */ what) => `Undo: ${what}`,
  redoWhat: (/** @type {string} */ what) => `Redo: ${what}`,
  keysOn: "Keys: on",
  keysOff: "Keys: off",
  goToExport: "Export",
  help: "Keys and help",
  close: "Close",

  // Articles
  articles: "Articles",
  articlesOpen: (/** @type {number} */ n) => `${count(n, "article")}, find one:`,
  articlesFound: (/** @type {number} */ shown, /** @type {number} */ all) => `${numbers.format(shown)} of ${count(all, "article")}:`,
  findArticle: "part of its name",
  closeArticle: (/** @type {string} */ name) => `Close ${name}`,
  untitled: "Untitled",

  // What was done
  done: {
    open: "opening",
    close: "closing an article",
    code: "a code",
    split: "another split",
    edit: "an edit",
    include: "what counts",
    note: "a note",
    coder: "the coder's name",
  },
  undone: (/** @type {string} */ what) => `Taken back: ${what}.`,
  redone: (/** @type {string} */ what) => `Done again: ${what}.`,

  // The found line
  found: (/** @type {number} */ paragraphs, /** @type {number} */ out) =>
    `${count(paragraphs, "paragraph")}${out > 0 ? ` · ${numbers.format(out)} left out` : ""}`,
  splitLabel: "Split",
  splits: {
    auto: (/** @type {string} */ way) => `automatic: ${way}`,
    blank: "at blank lines",
    line: "at every line",
    unwrap: "wrapped lines joined",
    blocks: "as on the page copied",
  },
  editAll: "Edit the whole text",
  foreignText: "Hardly any English here: the model knows little of such a text, and “no theme” may mean just that.",
  longText: "Too long to be split again or edited as a whole. Its paragraphs can be edited.",

  // Many files, or a long text
  manyProgress: (/** @type {number} */ done, /** @type {number} */ total) => (total === 1 ? "Reading a long text …" : `${numbers.format(done)} of ${count(total, "article")}`),
  manyCancel: "Cancel the rest",
  manyStarted: (/** @type {number} */ total) => `Reading ${count(total, "article")}.`,
  manyDone: (/** @type {number} */ read) => `${count(read, "article")} read.`,
  manyStopped: (/** @type {number} */ read, /** @type {number} */ left) => `Stopped: ${count(read, "article")} read and kept, ${numbers.format(left)} left out.`,
  manyTroubles: (/** @type {number} */ more) => `${count(more, "more file")} could not be read.`,
  manyEncodings: (/** @type {number} */ files, /** @type {string[]} */ encodings) => `${count(files, "file")} were read as ${lists.format(encodings)}.`,
  encoding: (/** @type {string} */ name, /** @type {string} */ encoding) => `${name} was read as ${encoding}.`,

  // Trouble
  wrong: "Something went wrong in the page itself. Reload it.",
  fileTrouble: {
    "too-big": (/** @type {string} */ name, limit = "") =>
      `${name} is too big: at most ${limit} of text (as UTF-8) are read here. Read it in parts, or in the terminal: leitmotif label.`,
    "html-too-big": (/** @type {string} */ name) => `${name} is too big for a page: copy its text, save it as .txt, or read it in the terminal: leitmotif label.`,
    "not-text": (/** @type {string} */ name) => `${name} is not a text. Open .txt, .md or .html files.`,
    unreadable: (/** @type {string} */ name) => `${name} could not be read. Is it still there?`,
    kind: (/** @type {string} */ name) => `${name} cannot be read here yet. Save it as .txt or .html, or copy its text and paste it.`,
    empty: (/** @type {string} */ name) => `${name} holds no text.`,
    engine: (/** @type {string} */ name) => `${name}: the engine gave up on it. Read it in parts.`,
    full: (/** @type {string} */ name) => `${name} was not opened: the page holds as much text as it can. Close articles, or read whole folders in the terminal: leitmotif label.`,
  },

  // The strip and its legend
  strip: "The article's paragraphs",
  filter: "Show only",
  filterUnsure: "Unsure",
  filterCoded: "Coded",
  shownOf: (/** @type {number} */ shown, /** @type {number} */ all) => `${numbers.format(shown)} of ${count(all, "paragraph")} shown.`,
  place: (/** @type {number} */ number, /** @type {string} */ verdict) => `Paragraph ${numbers.format(number)}: ${verdict}`,

  // Verdicts and reasons
  noTheme: "no theme",
  certainty: { clear: "clear", likely: "likely", unsure: "unsure" },
  reading: "reading …",
  coded: "Coded",
  machine: "Machine",
  unsure: "Unsure.",
  unsureBetween: (/** @type {string} */ a, /** @type {string} */ b) => `Unsure between ${a} and ${b}.`,
  unsureWhether: (/** @type {string} */ name) => `Unsure whether ${name} belongs here.`,
  unsureToo: (/** @type {string} */ name) => `Unsure whether ${name} belongs here too.`,
  because: (/** @type {string} */ causes) => `Because of: ${causes}.`,
  spoke: (/** @type {string} */ theme, /** @type {string} */ causes) => `For ${theme} spoke: ${causes}.`,
  causesOf: (/** @type {string} */ causes, /** @type {string} */ theme) => `${causes} (${theme})`,
  restOfArticle: "the rest of the article",
  tooLongToExplain: "Too long a paragraph to be explained word by word.",
  noSingleWord: "no single word",
  comma: ", ",
  colon: ": ",
  semicolon: "; ",
  nearest: (/** @type {string} */ theme, /** @type {string} */ chance) => `Nearest: ${theme}, ${chance}.`,
  furniture: "Looks like page furniture: left out of the profile.",
  leftOut: "Left out of the profile.",
  leftOutLabel: "Left out",
  wouldRead: (/** @type {string[]} */ themes, /** @type {string} */ certainty) => `It would read as ${lists.format(themes)}, ${certainty}.`,

  // The status line
  ready: "Ready.",
  loading: "Loading the engine …",
  paragraphs: (/** @type {number} */ n) => count(n, "paragraph"),
  summary: (/** @type {number} */ n, /** @type {string[]} */ parts) => `${count(n, "paragraph")}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}.`,
  summaryPart: (/** @type {number} */ n, /** @type {string} */ theme) => `${numbers.format(n)} ${theme}`,
  summaryUnsure: (/** @type {number} */ n) => `${numbers.format(n)} unsure.`,
  summaryOut: (/** @type {number} */ n) => `${numbers.format(n)} left out as furniture.`,

  // The list
  showEarlier: (/** @type {number} */ n, /** @type {number} */ left) => `Show ${numbers.format(n)} before these (${count(left, "paragraph")})`,
  showMore: (/** @type {number} */ n, /** @type {number} */ left) => `Show ${numbers.format(n)} more (${count(left, "paragraph")} to come, where the browser’s search does not look yet)`,
  moreCharacters: (/** @type {number} */ n) => ` … ${count(n, "more character")}`,
  codes: "Codes of this paragraph",
  accept: "Accept",
  markUnsure: "Unsure",
  clearCodes: "Clear",
  edit: "Edit",
  doneEditing: "Done",
  include: "Count it",
  exclude: "Leave it out",
  paragraphText: "The paragraph's text",

  // The inspector
  inspector: "Inspector",
  overview: "Overview",
  paragraph: "Paragraph",
  codebook: "Codebook",
  profile: "Profile",
  theme: "Theme",
  wordsColumn: "Words",
  paragraphsColumn: "Paragraphs",
  words: (/** @type {number} */ n) => count(n, "word"),
  profileNote: (/** @type {number} */ words, /** @type {number} */ paragraphs, /** @type {number} */ unsure, /** @type {number} */ coded) =>
    `${count(words, "word")} in ${count(paragraphs, "paragraph")}.` +
    (unsure > 0 ? ` ${numbers.format(unsure)} of them unsure.` : "") +
    (coded > 0 ? ` ${numbers.format(coded)} coded by a person.` : "") +
    " A paragraph with several themes counts for each; its words are split.",
  noParagraph: "Choose a paragraph: press its label, or a place in the strip.",
  probability: "Probability",
  probabilityNote: "Each theme is judged on its own: these need not add up to 100 %.",
  wordsFor: (/** @type {string} */ theme) => `Words for ${theme}`,
  wordsAgainst: (/** @type {string} */ theme) => `Words against ${theme}`,
  none: "none",
  sum: (/** @type {string} */ words, /** @type {string} */ context, /** @type {string} */ bias, /** @type {string} */ logit) =>
    `Words ${words}, surroundings ${context}, start ${bias}: logit ${logit}.`,
  glossaryTerm: "in the glossary",
  whyNot: "Why not …?",
  whyNotWords: (/** @type {string} */ a, /** @type {string} */ b) => `For ${a} rather than ${b}:`,
  evidenceNote: "These words are evidence for the label, not its cause: a place's name can be among them.",
  note: "Note",
  coder: "Your name or initials, kept with your codes",
  codedBy: (/** @type {string} */ coder, /** @type {string} */ at) => `Coded by ${coder || "you"}, ${at}.`,
  yes: "Yes",
  no: "No",
  examples: "Examples",
  rulings: "Boundary rulings",
  strongest: "Strongest words in the model",
  noCodebook: "The codebook could not be loaded: definitions only.",

  // Help
  helpKeys: "Keys in the list of paragraphs",
  keys: /** @type {[string, string][]} */ ([
    ["↑ ↓, K J", "previous, next paragraph"],
    ["Home, End", "first, last paragraph"],
    ["1 … 9", "give or take the theme at that place"],
    ["0", "no theme"],
    ["Enter", "accept, and go on to the next"],
    ["U", "mark your codes as unsure, or take the mark away"],
    ["Backspace, Delete", "clear your codes: the machine's hold again"],
    ["E", "edit the paragraph"],
    ["Z, Shift Z", "undo, redo"],
    ["Esc", "put the reasons away"],
    ["?", "this help"],
  ]),
  keysNote: "They work only while the list has the focus, and can be switched off in the toolbar.",
  helpMarks: "Underlined words spoke for the label, the thicker the stronger; dotted ones against it.",
  privacy: "Runs in this tab, nothing is sent.",
  privacyHow: "To check: switch the network off, then paste. Nothing is stored either, unless you ask: a reload forgets the text.",
  fallback: (/** @type {string} */ code) => `${whyFallback(code)}: the engine runs as JavaScript instead, with the same results, only slower.`,
  model: (/** @type {string} */ id) => `Model ${id}, SHA-256 `,
};
