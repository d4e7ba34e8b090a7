/**
 * The first paste should not pay for what is only done once: fonts are found, the views' code is run, the engine is compiled
 * again, and better, between a person's first movement and the first paste. All of it in short tasks, and given up as soon as there is something to read.
 */

import { ArticleReader } from "./article-reader.js";
import { element } from "./dom.js";
import { elementSheets } from "./elements/element-styles.js";
import { ProfileView } from "./profile-view.js";
import { newParagraph } from "./project.js";
import { ReadingView } from "./reading-view.js";
import { breathe, painted } from "./slices.js";
import { StripView } from "./strip-view.js";

/** @typedef {import("./elements/desk.js").Desk} Desk */
/** @typedef {import("./project.js").OpenArticle} OpenArticle */

/** Browsers compile WebAssembly again after it has read some hundred thousand characters. */
const ENOUGH = 400_000;
/** Fonts of the reading: size, weight, family. */
const FONTS = ["400 1.0625rem var(--reading)", "650 1.25rem var(--reading)", "400 0.875rem var(--ui)", "600 0.875rem var(--ui)"];

/**
 * @param {Desk} desk
 * @param {readonly string[]} texts to practise on
 * @param {() => boolean} idle false: there is something to read
 */
export async function warmUp(desk, texts, idle) {
  const { beside, reader: { steps } } = desk.workspace;
  await warmFonts();
  // Its tables of numbers and lists.
  desk.themes.t().found(1_000, 1);
  await breathe();
  let first = true;
  for (let done = 0; texts.length > 0 && done < ENOUGH; ) {
    for (const text of texts) {
      if (!idle()) return;
      // A reader of its own: what the page's remembers it would not read again.
      const article = await new ArticleReader(steps).read(await split(steps, text), idle);
      if (article && first) await warmViews(desk, article, idle);
      first = false;
      // The thread has the same compiled engine, and code of its own.
      if (done < ENOUGH / 4) await beside?.({ name: "", source: text });
      done += Math.max(1, text.length);
      await breathe();
    }
  }
}

/** @param {import("./steps.js").Steps} steps @param {string} text @returns {Promise<OpenArticle>} */
async function split(steps, text) {
  const { paragraphs } = await new ArticleReader(steps).split(text, "auto");
  return { name: "", source: text, split: "auto", paragraphs: paragraphs.map(({ start, end, kind }) => newParagraph(text.slice(start, end), kind)) };
}

/** The first text in a font waits until the system has found it. */
async function warmFonts() {
  const probe = unseen(element("p", "", "Aa 1 “—”"));
  document.body.append(probe);
  for (const font of FONTS) {
    probe.style.font = font;
    probe.getBoundingClientRect();
    await breathe();
  }
  probe.remove();
}

/** Shows a few paragraphs where nobody sees them. @param {Desk} desk @param {OpenArticle} article @param {() => boolean} idle */
async function warmViews({ workspace, themes, motif }, article, idle) {
  const host = unseen(element("div"));
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = elementSheets(document, motif.themes.map(({ id }) => id));
  const [portrait, listing] = [element("div", "portrait"), element("div")];
  const frame = element("div", "leitmotif reader");
  root.append(frame);
  const some = (/** @type {number} */ count) => ({ ...article, paragraphs: article.paragraphs.slice(0, count) });
  const strip = new StripView(portrait, themes);
  await breathe();
  const view = new ReadingView(listing, workspace, themes);
  view.show(some(4));
  await breathe();
  await strip.show(article);
  await breathe();
  new ProfileView(themes).show(article, () => 1);
  await breathe();
  if (!idle()) return;
  frame.append(portrait, listing);
  document.body.append(host);
  await painted();
  host.remove();
}

/** @template {HTMLElement} E @param {E} made @returns {E} */
function unseen(made) {
  made.inert = true;
  made.ariaHidden = "true";
  Object.assign(made.style, { position: "fixed", insetBlockStart: "0", insetInlineStart: "0", visibility: "hidden", inlineSize: "40rem", blockSize: "20rem", overflow: "hidden", contain: "strict" });
  return made;
}
