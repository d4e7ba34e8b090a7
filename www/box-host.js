/** The page's one box as a project: the article in the box first, others behind it for comparison. */

import { VERSION } from "./version.js";

/** @typedef {import("./measure.js").Project} Project */
/** @typedef {import("./measure.js").OpenArticle} OpenArticle */
/** @typedef {import("./measure.js").OpenParagraph} OpenParagraph */

/** A `Host` of take.js. */
export class BoxHost {
  /** @type {OpenArticle[]} */
  #articles = [];

  /**
   * @param {import("./leitmotif.js").Leitmotif} motif
   * @param {import("./sentences.js").Themes} themes
   * @param {(text: string) => void} put into the box, without a way back
   */
  constructor(motif, themes, put) {
    this.motif = motif;
    this.themes = themes;
    this.codebook = motif.themes;
    this.put = put;
  }

  /** @returns {Project} */
  project() {
    const { id, sha256 } = this.motif.model;
    return { articles: this.#articles, coder: "", model: { id, sha256 }, app: VERSION };
  }

  current() {
    return 0;
  }

  /**
   * What the box holds was read.
   *
   * @param {string} text
   * @param {import("./leitmotif.js").Reading} reading
   */
  read(text, reading) {
    const [first, ...others] = this.#articles;
    const name = first?.source === text ? first.name : (text.trim().split("\n", 1)[0] ?? "").slice(0, 120);
    this.#articles = text.trim() === "" ? others : [articleOf(name, text, reading, first), ...others];
  }

  /** @param {Project} project */
  async open(project) {
    this.#articles = await Promise.all(
      project.articles.map(async (article) => {
        const reading = await this.motif.read(article.source, { evidence: false });
        return articleOf(article.name, article.source, reading, article);
      }),
    );
    this.put(this.#articles[0]?.source ?? "");
  }

  /** @param {readonly import("./samples.js").Sample[]} samples */
  async openSamples(samples) {
    const articles = samples.map(({ name, text }) => ({ name, source: text, split: /** @type {const} */ ("auto"), paragraphs: [] }));
    await this.open({ ...this.project(), articles });
  }

  async clear() {
    this.#articles = [];
    this.put("");
  }
}

/**
 * @param {string} name
 * @param {string} source
 * @param {import("./leitmotif.js").Reading} reading
 * @param {OpenArticle | undefined} before its codes and notes stay with the paragraphs that are as they were
 * @returns {OpenArticle}
 */
function articleOf(name, source, { paragraphs }, before) {
  return {
    name,
    source,
    split: "auto",
    paragraphs: paragraphs.map(({ start, end, kind, themes, certainty, probability, runnerUp }, i) => {
      const text = source.slice(start, end);
      const same = before?.paragraphs[i]?.text === text ? before.paragraphs[i] : undefined;
      return {
        text,
        kind,
        included: same?.included ?? kind !== "furniture",
        machine: { themes, certainty, probability, runnerUp },
        codes: same?.codes ?? null,
        note: same?.note ?? "",
      };
    }),
  };
}
