/** Runs Lighthouse on the served page, as a slow phone, and compares its scores with the floors. Median of three runs. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const FLOORS = { performance: 98, accessibility: 100, "best-practices": 100 };
const METRICS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"];
const RUNS = 3;

const { LEITMOTIF_URL: url, LEITMOTIF_REPORTS: reports } = process.env;
const lighthouse = join(dirname(createRequire(import.meta.url).resolve("lighthouse/package.json")), "cli/index.js");

const runs = Array.from({ length: RUNS }, (_, i) => {
  const report = join(reports, `mobile-${i + 1}.json`);
  const profile = mkdtempSync(join(tmpdir(), "leitmotif-lighthouse-"));
  const flags = `--headless=new --no-sandbox --disable-gpu --disable-quic --user-data-dir=${profile}`;
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      lighthouse, url, "--quiet", "--no-enable-error-reporting", "--output=json", `--output-path=${report}`,
      `--only-categories=${Object.keys(FLOORS)}`, `--chrome-flags=${flags}`,
    ],
    { encoding: "utf8" },
  );
  rmSync(profile, { recursive: true, force: true });
  if (status !== 0) throw new Error(`Lighthouse failed:\n${stderr}`);
  return JSON.parse(readFileSync(report, "utf8"));
});
const broken = runs.find(({ runtimeError }) => runtimeError);
if (broken) throw new Error(`Lighthouse could not load the page: ${broken.runtimeError.message}`);

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
let missed = 0;
for (const [category, floor] of Object.entries(FLOORS)) {
  const scores = runs.map(({ categories }) => Math.round(100 * categories[category].score));
  const score = median(scores);
  const failed = score < floor;
  missed += Number(failed);
  console.log(`${category.padEnd(16)}${String(score).padStart(4)} of at least ${floor} (${scores.join(", ")})${failed ? ": too low" : ""}`);
  if (failed) {
    const { auditRefs } = runs[0].categories[category];
    for (const { id, weight } of auditRefs) {
      const { score, title, displayValue = "" } = runs[0].audits[id];
      if (weight > 0 && score !== null && score < 0.9) console.log(`    ${title}: ${displayValue}`);
    }
  }
}
for (const id of METRICS) {
  const values = runs.map(({ audits }) => audits[id].numericValue);
  console.log(`${runs[0].audits[id].title.padEnd(26)}${median(values).toFixed(id.endsWith("shift") ? 3 : 0).padStart(7)}${id.endsWith("shift") ? "" : " ms"}`);
}
process.exitCode = missed > 0 ? 1 : 0;
