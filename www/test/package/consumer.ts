/** What a user of the package may write: it is compiled, not run. */

import { LeitmotifReader, VERSION, placeWasm } from "leitmotif";
import { LeitmotifBox } from "leitmotif/define";
import { Leitmotif, LeitmotifError, TEXT_LIMIT } from "leitmotif/engine";
import { Leitmotif as Same } from "leitmotif/inline";
import address from "leitmotif/leitmotif.wasm";

const motif: Leitmotif = await Leitmotif.create({ wasm: address });
await Same.create();
const { paragraphs, profile } = await motif.read("x".repeat(Math.min(10, TEXT_LIMIT)), { evidence: true });
for (const { start, end, kind, themes, certainty, probability, runnerUp, evidence } of paragraphs) {
  const offsets: number = end - start;
  const sort: "body" | "heading" | "furniture" = kind;
  const sure: "clear" | "likely" | "unsure" = certainty;
  const numbers: number[] = themes.map((theme: string) => probability[theme]);
  const next: string | null = runnerUp;
  const words: number = evidence[0].words.reduce((sum, { logit }) => sum + logit, evidence[0].bias);
  console.log(offsets, sort, sure, numbers, next, words);
}
const nothing: number | undefined = profile.shares.find(({ theme }) => theme === null)?.words;
const names: readonly string[] = motif.themes.map(({ names }) => names.en);
console.log(nothing, names, motif.model.id);
try {
  motif.dispose();
} catch (error) {
  if (error instanceof LeitmotifError && error.code === "disposed") console.log(error.message, error.cause);
}

placeWasm(new URL(address, location.href));
placeWasm(() => new Uint8Array([VERSION.length]));
await LeitmotifReader.preload({ engine: "auto" });

const reader = document.querySelector("leitmotif-reader");
if (reader) {
  reader.text = null;
  reader.split = "block";
  reader.headingLevel = 2;
  const results = await reader.read("A text.", { signal: AbortSignal.timeout(1000) });
  const [first] = results;
  const place: [number, number] = [first.startCodePoint, first.endCodePoint];
  const verdict: string = `${first.certainty} ${first.themes.join()} ${first.probability[first.themes[0]]}`;
  const file: Blob = await reader.export("csv");
  const used: "wasm" | "js" | null = reader.engineInUse;
  console.log(place, verdict, file.size, used, (await reader.ready) === reader, reader.profile?.shares[0].theme);
  reader.addEventListener("leitmotif-select", ({ detail }) => console.log(detail.index.toFixed()));
  reader.addEventListener("leitmotif-result", ({ detail: { results, profile, ms } }) => console.log(results.length, profile.words, ms));
  reader.addEventListener("leitmotif-error", ({ detail: { code, message } }) => console.log(`${code}: ${message}`));
}
const box: LeitmotifBox = document.createElement("leitmotif-box");
await box.open([{ name: "An article", source: "Its text." }]);
