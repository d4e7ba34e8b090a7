/** What is measured, in Node and in a browser alike: each contender reads every paragraph, or every article, once. */

import winkModel from "wink-eng-lite-web-model";
import naiveBayes from "wink-naive-bayes-text-classifier";
import winkNLP from "wink-nlp";

import { TfIdf } from "./tfidf.js";

/**
 * @typedef {import("./corpus.js").Paragraph} Paragraph
 * @typedef {object} Contender
 * @property {string} name
 * @property {"floor" | "ours" | "peer"} kind
 * @property {number} paragraphs how many a run reads
 * @property {number} bytes of these, in UTF-8
 * @property {() => void} run
 *
 * @typedef {object} Parts what is loaded in another way in Node and in a browser
 * @property {any} Leitmotif the class
 * @property {any} Peer the crate fasttext as wasm
 * @property {any} fastText the module fasttext.wasm.js
 * @property {string} fastTextWasm where its wasm is; empty: where it looks itself
 * @property {string} model the address of the fastText model, for fasttext.wasm.js
 * @property {Uint8Array} modelBytes the same
 */

/** Wink reads every so manieth paragraph only: it would take most of the time. */
const WINK_SHARE = 16;

/** Where what was read goes, so that no compiler leaves the work out. */
export const sink = { sum: 0 };

/**
 * @param {Paragraph[][]} articles
 * @param {Parts} parts
 * @returns {Promise<Contender[]>}
 */
export async function contenders(articles, parts) {
  const paragraphs = articles.flat();
  const texts = paragraphs.map(({ text }) => text);
  const encoder = new TextEncoder();
  const size = (texts) => texts.reduce((sum, text) => sum + encoder.encode(text).length, 0);
  const bytes = size(texts);
  const all = (name, kind, read) => ({ name, kind, paragraphs: texts.length, bytes, run: () => { for (const text of texts) sink.sum += read(text); } });

  const memory = new Uint8Array(new WebAssembly.Memory({ initial: 16 }).buffer);
  const motif = await parts.Leitmotif.create({ engine: "wasm" });
  const themes = motif.themes.map(({ id }) => id);

  const groups = articles.map((article) => article.map(({ text }) => text));
  const bodies = groups.map((texts) => texts.map(() => "body"));
  const labels = () => groups.forEach((texts, i) => (sink.sum += motif.steps.weigh(motif.steps.score(texts), bodies[i]).length));
  const whole = groups.map((texts) => texts.join("\n\n"));
  const reading = (evidence) => () => whole.forEach((text) => motif.read(text, { evidence }).then(({ paragraphs }) => (sink.sum += paragraphs.length)));
  const ours = (name, run) => ({ name, kind: "ours", paragraphs: texts.length, bytes, run });

  const tfidf = new TfIdf(paragraphs, themes);

  const peer = parts.Peer.load(parts.modelBytes);
  if (!peer) throw new Error("the crate fasttext does not load the model that it wrote");

  const module = await parts.fastText.getFastTextModule(parts.fastTextWasm ? { wasmPath: parts.fastTextWasm } : {});
  const FastText = await parts.fastText.getFastTextClass({ getFastTextModule: async () => module });
  const official = await new FastText().loadModel(parts.model);
  const predicted = (text) => {
    const found = official.predict(text, -1, 0);
    let sum = 0;
    for (let i = 0; i < found.size(); i++) sum += found.get(i)[0];
    found.delete();
    return sum;
  };

  const wink = winkReader(paragraphs);
  const few = texts.filter((_, i) => i % WINK_SHARE === 0);

  return [
    all("TextEncoder.encodeInto", "floor", (text) => encoder.encodeInto(text, memory).written),
    all("split(/\\s+/)", "floor", (text) => text.split(/\s+/).length),
    ours("Leitmotif: labels, probabilities", labels),
    ours("Leitmotif: full reading", reading(false)),
    ours("Leitmotif: full reading, evidence", reading(true)),
    all("fasttext (crate, as wasm)", "peer", (text) => peer.labels(text).length),
    all("fasttext.wasm.js", "peer", predicted),
    all("TF-IDF, linear (JavaScript)", "peer", (text) => tfidf.read(text)[0]),
    { name: "wink-naive-bayes", kind: "peer", paragraphs: few.length, bytes: size(few), run: () => few.forEach((text) => (sink.sum += wink(text).length)) },
  ];
}

/** As its README has it: words less stop words, stemmed; one class a paragraph. @param {Paragraph[]} paragraphs */
function winkReader(paragraphs) {
  const nlp = winkNLP(winkModel);
  const { its } = nlp;
  const classifier = naiveBayes();
  classifier.definePrepTasks([
    (text) => {
      const tokens = [];
      nlp.readDoc(text).tokens()
        .filter((token) => token.out(its.type) === "word" && !token.out(its.stopWordFlag))
        .each((token) => tokens.push((token.out(its.negationFlag) ? "!" : "") + token.out(its.stem)));
      return tokens;
    },
  ]);
  classifier.defineConfig({ considerOnlyPresence: true, smoothingFactor: 0.5 });
  for (const { text, labels } of paragraphs) classifier.learn(text, labels[0] ?? "none");
  classifier.consolidate();
  return (text) => classifier.computeOdds(text);
}

/**
 * Runs all contenders in turns, so that what else the machine does falls on all of them alike.
 *
 * @param {Contender[]} contenders
 * @param {number} rounds
 * @param {() => number} clock in milliseconds
 * @returns {Promise<{ name: string, kind: string, paragraphs: number, bytes: number, ms: number }[]>} medians
 */
export async function measure(contenders, rounds, clock) {
  const times = contenders.map(() => []);
  for (let round = -2; round < rounds; round++) {
    for (const [i, { run }] of contenders.entries()) {
      const before = clock();
      run();
      const taken = clock() - before;
      if (round >= 0) times[i].push(taken);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  return contenders.map(({ name, kind, paragraphs, bytes }, i) => ({ name, kind, paragraphs, bytes, ms: median(times[i]) }));
}
