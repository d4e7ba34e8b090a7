/** What a user of the package may write: it is compiled, not run. */

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
