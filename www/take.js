/**
 * Everything that leaves the page or comes back to it, mounted in one go: exports, the project file, keeping it in this
 * browser, comparison, offline use. The page says what is open; this says what can be done with it.
 */

import { CompareView } from "./compare.js";
import { offerExports, projectName } from "./export-view.js";
import { button } from "./dom.js";
import { download } from "./export/deliver.js";
import { fileName } from "./export/file-name.js";
import { Keeper } from "./keeper.js";
import { cell } from "./lanes-view.js";
import { workOffline } from "./offline.js";
import { OtherTab } from "./other-tab.js";
import { Paper } from "./paper.js";
import { ENDING, FILE_LIMIT, ProjectFileError, fromFile, toFile, tooLarge } from "./project-file.js";
import { rove } from "./roving.js";

/** @typedef {import("./measure.js").Project} Project */
/** @typedef {import("./messages/take-en.js").TakeMessages} Messages */

/**
 * What the page gives.
 *
 * @typedef {object} Host
 * @property {import("./sentences.js").Themes} themes
 * @property {readonly { id: string, names: Record<string, string>, definition: string }[]} codebook the model's themes
 * @property {() => Project} project what is open
 * @property {() => number} current the place of the article in view, from 0
 * @property {() => string[]} work what the person did, a text for each thing: codes, notes, texts that were changed
 * @property {(project: Project, current: number, stale: boolean, first: boolean) => Promise<void>} open instead of what is open;
 *   current: which article is in view; stale: read it again by this page's model, and keep the codes; first: what the visit begins
 *   with, and no step to undo
 * @property {() => string} draft all that was typed and not read yet; empty: nothing
 * @property {(text: string) => void} takeDraft puts such a text into the box, where there is none
 * @property {() => Promise<void>} clear close everything, with what could be brought back
 * @property {() => Promise<void>} seen settles when the article is on the page as it is now
 * @property {(words: import("./voice.js").Words) => void} say what happened, together with what there is to see now
 * @property {() => void} calm takes away what the page complains of: something else is said
 *
 * @typedef {{ take: HTMLElement, compare: HTMLElement, offline: HTMLElement, paper: HTMLElement, otherTab: HTMLElement }} Places
 */

/** What tells a text from others: its length and a sum over it (FNV-1a). @param {string} text */
function markOf(text) {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return `${text.length} ${sum}`;
}

export class Take {
  /** The project when it was last saved, kept or opened: a mark of its file's text, which may be long. */
  #saved = "";
  /** The person's work in files that were saved or opened, that which this browser keeps, and that which it is about to. */
  #filed = new Set();
  #kept = new Set();
  /** @type {string[]} */
  #writing = [];
  #host;
  #messages;
  #places;
  /** What the line about offline use says now, if anything. @type {(() => void) | undefined} */
  #offlineState;
  #otherTab;

  /**
   * @param {Places} places
   * @param {Host} host
   * @param {Messages} messages
   */
  constructor(places, host, messages) {
    this.#host = host;
    this.#messages = messages;
    this.#places = places;
    const file = () => {
      this.#writing = host.work();
      return toFile(host.project(), host.current());
    };
    this.keeper = new Keeper(file, {
      kept: (at) => {
        this.#isSaved();
        this.#kept = new Set(this.#writing);
        this.#tellKept(() => this.#messages.storage.kept(this.#time(at)));
      },
      failed: (why) => {
        this.#keep.checked = false;
        this.#kept.clear();
        this.#tellKept(() => this.#messages.storage[why]);
        // What is gone without the user's doing is news; the other reasons come where the user just asked.
        if (why === "gone") this.#host.say(() => this.#messages.storage.gone);
      },
      newer: (other) => {
        this.#kept.clear();
        this.#tellKept(() => this.#messages.storage.notKept);
        this.#otherTab.show(() => this.#time(other.at));
      },
      forgottenElsewhere: () => void this.#forgotten(),
      endedElsewhere: () => this.#endKeeping("ended"),
    }, host.draft);
    this.#otherTab = new OtherTab(places.otherTab, messages, {
      load: () => this.#openOther(),
      keep: () => this.keeper.insist(),
      save: () => this.save(),
    });
    this.compare = new CompareView(places.compare, host.themes, messages, host.seen);
    this.paper = new Paper(places.paper, host, messages);
    this.#keep.addEventListener("change", () => void this.#keepOrNot());
    this.#keep.setAttribute("aria-describedby", this.#note.id);
    this.#mount();
    this.#workOffline();
  }

  /** Everything in another language. @param {Messages} messages */
  speak(messages) {
    this.#messages = messages;
    this.compare.messages = messages;
    this.paper.messages = messages;
    this.#otherTab.speak(messages);
    this.#say("");
    this.#mount();
    this.#offlineState?.();
    this.changed();
  }

  #keep = /** @type {HTMLInputElement} */ (cell("input", "", { type: "checkbox", id: "keep", disabled: "" }));
  #status = cell("p", "", { class: "take-status", role: "status" });
  #note = cell("p", "", { class: "note", id: "keep-note" });
  /** How keeping stands, in the words of the language. */
  #standing = () => this.#messages.storage.keepNote;
  #asking = cell("div", "", { class: "take-asking", hidden: "" });

  /** Brings back what this browser kept, if anything. Once, when the page starts. */
  async start() {
    // Until it is known whether something was kept, the box is nobody's to tick.
    const kept = await this.keeper.restore();
    this.#keep.checked = kept !== null;
    this.#keep.disabled = false;
    if (kept === null) return;
    try {
      await this.#open(kept.file, true);
      this.#kept = new Set(this.#host.work());
      if (kept.draft !== "") this.#host.takeDraft(kept.draft);
      this.#tellKept(() => this.#messages.storage.restored(this.#time(kept.at)));
    } catch (error) {
      // It is neither used nor written over: the user decides.
      this.keeper.off();
      this.#keep.checked = false;
      this.#tellKept(() => this.#messages.storage.damaged(this.#why(error)));
    }
  }

  /** The page calls this after each change of what is open. */
  changed() {
    const project = this.#host.project();
    this.compare.show(project);
    this.drafted();
  }

  /** The page calls this after each change of the text in the box. */
  drafted() {
    this.keeper.changed();
    // Where nothing would be lost there is no listener: browsers keep such pages at hand for the way back.
    if (this.#host.draft() === "" && this.#host.work().length === 0) removeEventListener("beforeunload", this.#warn);
    else addEventListener("beforeunload", this.#warn);
  }

  /** @param {BeforeUnloadEvent} event */
  #warn = (event) => {
    if (this.#draftIsLost || this.#host.work().some((one) => !this.#filed.has(one) && !this.#kept.has(one))) event.preventDefault();
  };

  /** All of the person's work is in a file. */
  #file() {
    for (const one of this.#host.work()) this.#filed.add(one);
  }

  /** Whether a text in the box would be lost with the page. */
  get #draftIsLost() {
    return this.#host.draft() !== "" && !this.keeper.holdsDraft;
  }

  /** Whether something is open that neither a file nor this browser holds as it is now. */
  get unsaved() {
    const project = this.#host.project();
    return project.articles.length > 0 && markOf(toFile(project)) !== this.#saved;
  }

  #mount() {
    const { storage, file } = this.#messages;
    const words = this.#messages.export;

    const exports = cell("div", "", { class: "take-buttons", "aria-label": words.group });
    rove(exports);
    offerExports(exports, this.#host, this.#messages, (words) => this.#say(words), () => this.#file());

    const save = button(file.save, () => this.save());
    save.id = "save-project";
    const picker = /** @type {HTMLInputElement} */ (cell("input", "", { type: "file", accept: ".json,application/json", hidden: "", id: "project-file" }));
    picker.addEventListener("change", async () => {
      const [chosen] = picker.files ?? [];
      picker.value = "";
      if (!chosen) return;
      const { opened, words } = await this.openFile(chosen);
      this.#say(opened ? "" : words());
      if (opened) this.#host.say(words);
    });
    const open = button(file.open, () => picker.click());
    open.id = "open-project";

    const forget = button(storage.forget, () => this.#ask(forget));
    forget.id = "forget";
    const project = cell("div", "", { class: "take-buttons", "aria-label": file.title });
    project.append(save, open, picker, forget);
    rove(project);

    const label = cell("label", "", { class: "take-keep" });
    label.append(this.#keep, " ", storage.keep);
    this.#tellKept(this.#standing);

    this.#asking.hidden = true;
    this.#places.take.replaceChildren(cell("h2", words.title), exports, cell("h2", file.title), project, this.#status, this.#asking, label, this.#note);
  }

  /** How keeping stands from now on. @param {() => string} words */
  #tellKept(words) {
    this.#standing = words;
    this.#note.textContent = words();
  }

  /** Said beside the buttons, and read out. @param {string} words */
  #say(words) {
    if (words) this.#host.calm();
    this.#status.textContent = words;
  }

  /** Saves the project as a file. */
  save() {
    const project = this.#host.project();
    const name = fileName(projectName(project, this.#messages), ENDING, "project");
    download(name, toFile(project, this.#host.current()), "application/json");
    this.#isSaved();
    this.#file();
    this.#say(this.#messages.file.saved(name));
  }

  /**
   * Opens a project file, or tells why not: then everything stays as it was.
   *
   * @param {File} chosen
   * @returns {Promise<{ opened: boolean, words: () => string }>} words: what is to be said of it
   */
  async openFile(chosen) {
    try {
      if (chosen.size > FILE_LIMIT) throw tooLarge(chosen.size);
      const replaced = this.#host.project().articles.length > 0;
      const notes = await this.#open(await chosen.text());
      this.#file();
      const count = this.#host.project().articles.length;
      const parts = () => [this.#messages.file.opened(count), replaced ? this.#messages.file.undoable : "", ...notes()];
      return { opened: true, words: () => parts().filter(Boolean).join(" ") };
    } catch (error) {
      return { opened: false, words: () => this.#messages.file.named(chosen.name, this.#why(error)) };
    }
  }

  /** @param {string} text a project file's @param {boolean} [first] @returns {Promise<() => string[]>} what is to be said about it */
  async #open(text, first = false) {
    const { model } = this.#host.project();
    const { project, current, stale, unknownThemes } = fromFile(text, { sha256: model.sha256, themeIds: this.#host.themes.ids });
    await this.#host.open(project, current, stale, first);
    this.#isSaved();
    return () => {
      const { file } = this.#messages;
      return [stale ? file.stale : "", unknownThemes.length > 0 ? file.unknownThemes(unknownThemes) : ""].filter(Boolean);
    };
  }

  /** As it is now, whichever article is looked at. */
  #isSaved() {
    this.#saved = markOf(toFile(this.#host.project()));
  }

  async #keepOrNot() {
    if (this.#keep.checked) return this.keeper.start();
    // What another tab keeps is not this one's to delete.
    if (this.keeper.behind) {
      this.keeper.off();
      return this.#endKeeping();
    }
    // Not to keep means not to have it there either; what is open stays open.
    const { left } = await this.keeper.forget("end");
    this.#endKeeping();
    if (left.length > 0) this.#tellKept(() => this.#messages.storage.left(left));
  }

  /** @param {"keepNote" | "ended" | "gone"} [why] */
  #endKeeping(why = "keepNote") {
    this.#keep.checked = false;
    this.#tellKept(() => this.#messages.storage[why]);
    this.#otherTab.hide();
    this.#saved = "";
    this.#kept.clear();
  }

  /** What the other tab has kept instead of what is open here, which undo brings back. */
  async #openOther() {
    const kept = await this.keeper.giveWay();
    if (kept === null) return this.#endKeeping("gone");
    try {
      const notes = await this.#open(kept.file);
      this.#kept = new Set(this.#host.work());
      this.#tellKept(() => this.#messages.storage.kept(this.#time(kept.at)));
      this.#host.say(() => [this.#messages.storage.loaded, ...notes()].join(" "));
    } catch (error) {
      this.keeper.off();
      this.#endKeeping();
      this.#tellKept(() => this.#messages.storage.damaged(this.#why(error)));
    }
  }

  /** Asks before everything goes. @param {HTMLElement} asked the button */
  #ask(asked) {
    const { storage } = this.#messages;
    const close = () => {
      this.#asking.hidden = true;
      this.#asking.replaceChildren();
      asked.focus();
    };
    const yes = button(storage.yes, async () => {
      close();
      const { left, pageFiles } = await this.keeper.forget("forget");
      await this.#forgotten();
      this.#say(left.length > 0 ? storage.left(left) : storage.forgotten(pageFiles));
    });
    const no = button(storage.no, close);
    this.#asking.onkeydown = ({ key }) => {
      if (key === "Escape") close();
    };
    this.#asking.replaceChildren(cell("span", storage.sure), yes, no);
    this.#asking.hidden = false;
    no.focus();
  }

  async #forgotten() {
    this.#endKeeping();
    await this.#host.clear();
    this.#isSaved();
  }

  #workOffline() {
    const place = this.#places.offline;
    const show = (/** @type {(string | HTMLElement)[]} */ ...parts) => {
      place.replaceChildren(...parts);
      place.hidden = false;
    };
    const state = (/** @type {() => void} */ state) => {
      this.#offlineState = state;
      state();
    };
    const offer = (/** @type {() => void} */ reload) => {
      const { offline } = this.#messages;
      const change = button(offline.reload, () => (this.unsaved || this.#draftIsLost ? state(() => warn(reload)) : reload()));
      show(cell("span", offline.update), change);
    };
    const warn = (/** @type {() => void} */ reload) => {
      const { offline, file } = this.#messages;
      const save = button(file.save, () => this.save());
      const again = button(offline.reload, () => !this.unsaved && !this.#draftIsLost && reload());
      const anyway = button(offline.anyway, () => {
        removeEventListener("beforeunload", this.#warn);
        reload();
      });
      show(cell("span", offline.unsaved), save, again, anyway);
    };
    const start = () =>
      void workOffline({
        // A version that waits is the more important news.
        ready: () => this.#offlineState ?? state(() => show(this.#messages.offline.ready)),
        update: (reload) => state(() => offer(reload)),
      });
    // The first visit has better things to load than the second one's files.
    if (document.readyState === "complete") start();
    else addEventListener("load", start, { once: true });
  }

  /** @param {unknown} error */
  #why(error) {
    const { file } = this.#messages;
    if (!(error instanceof ProjectFileError)) return file.unread;
    const say = /** @type {(...details: string[]) => string} */ (file.refused[error.code]);
    return say(...error.details);
  }

  /** @param {string} at ISO time */
  #time(at) {
    return new Date(at).toLocaleString(this.#messages.language, { dateStyle: "medium", timeStyle: "medium" });
  }
}
