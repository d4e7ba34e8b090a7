/**
 * How long a reader on a slow machine waits: a paste of 10,000 words with the processor slowed six times, from the paste to
 * the first screen of labels, and the longest task in between. Median of several runs, each on a fresh page.
 */

import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

const { LEITMOTIF_ROOT: root, LEITMOTIF_URL: url, CHROMIUM: executablePath, LEITMOTIF_TRACE: trace } = process.env;
const SLOWDOWN = Number(process.env.LEITMOTIF_SLOWDOWN ?? 6);
const RUNS = Number(process.env.LEITMOTIF_RUNS ?? 5);
const WORDS = 10_000;
/** Paragraphs that fill the first screen of 1280 by 900 pixels. */
const SCREEN = 6;
/** Paragraphs that the list holds before one asks for more. */
const LISTED = 200;

/** The project's own invented articles, one after the other, as one long paste. */
function longPaste() {
  const folder = join(root, "seeds/written");
  const articles = readdirSync(folder).filter((name) => name.endsWith(".jsonl")).sort()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n").map((line) => JSON.parse(line)));
  const parts = [];
  let words = 0;
  for (const { paragraphs } of articles) {
    for (const { text } of paragraphs) {
      if (words >= WORDS) return parts.join("\n\n");
      parts.push(text);
      words += text.split(/\s+/).length;
    }
  }
  throw new Error(`seeds/written has only ${words} words`);
}

const text = longPaste();
const profile = mkdtempSync(join(tmpdir(), "leitmotif-bench-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  viewport: { width: 1280, height: 900 },
});

const runs = [];
for (let run = 0; run < RUNS; run++) runs.push(await measure(run));
await context.close();
rmSync(profile, { recursive: true, force: true });

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const row = (name, pick) => console.log(`${name.padEnd(34)}${median(runs.map(pick)).toFixed(0).padStart(6)} ms  (${runs.map((run) => pick(run).toFixed(0)).join(", ")})`);
console.log(`A paste of ${text.split(/\s+/).length} words, the processor slowed ${SLOWDOWN} times, ${RUNS} runs:`);
row("first screen of labels", ({ screen }) => screen);
row("all labels", ({ all }) => all);
row("longest task", ({ longest }) => longest);
row("tasks beyond 50 ms, together", ({ beyond }) => beyond);

/** @param {number} run */
async function measure(run) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await page.goto(url);
  await page.locator("#status", { hasText: "Ready." }).waitFor();
  // Who is about to paste has moved before.
  await page.mouse.move(400, 300);
  await page.waitForTimeout(3_000);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing", "v8", "disabled-by-default-v8.cpu_profiler"].slice(0, trace ? 5 : 3) },
  });
  const all = await page.evaluate(
    ({ text, SCREEN, LISTED }) =>
      new Promise((resolve) => {
        const inside = document.querySelector("leitmotif-box").shadowRoot;
        const root = () => inside.querySelector("leitmotif-reader").shadowRoot.querySelector("#paragraphs");
        const items = () => [...(root()?.querySelectorAll("li") ?? [])];
        const words = (item) => item.querySelector(".verdict")?.textContent ?? "";
        const read = (item) => !item.classList.contains("unread") && words(item) !== "";
        let screen = false;
        // Nothing here may make the page lay itself out: only the list's own growth is followed.
        const look = () => {
          const all = items();
          if (!screen && all.length >= SCREEN && all.slice(0, SCREEN).every(read)) {
            screen = true;
            // In the task that makes the frame: what the page does after that frame does not delay it.
            requestAnimationFrame(() => performance.mark("screen"));
          }
          if (all.length >= LISTED && all.every(read)) resolve(performance.now() - start);
        };
        // Called between a task and the frame that shows what it did.
        new MutationObserver(look).observe(inside.querySelector("leitmotif-reader").shadowRoot, { childList: true, subtree: true, attributes: true });
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text);
        const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true });
        const box = inside.querySelector("#text");
        let start = 0;
        setTimeout(() => {
          performance.mark("paste");
          start = performance.now();
          box.dispatchEvent(event);
        }, 200);
      }),
    { text, SCREEN, LISTED },
  );
  await page.waitForTimeout(1_000);
  const done = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await done;
  if (trace) (await import("node:fs")).writeFileSync(`${trace}-${run}.json`, JSON.stringify(events));
  const from = events.find(({ name, cat }) => name === "paste" && cat.includes("user_timing"));
  const tasks = events.filter(({ name, tid, pid, ts, ph }) => name === "RunTask" && ph === "X" && tid === from.tid && pid === from.pid && ts + 1 >= from.ts - 5e5).map(({ dur, ts }) => ({ ms: dur / 1000, at: (ts - from.ts) / 1000 }));
  // The first screen is there when the task that made its frame is over.
  const frame = (events.find(({ name, cat }) => name === "screen" && cat.includes("user_timing")).ts - from.ts) / 1000;
  const { at, ms } = tasks.find(({ at, ms }) => at <= frame && frame <= at + ms);
  const screen = at + ms;
  const during = tasks.filter(({ ms, at }) => at + ms > 0);
  await page.close();
  const beyond = during.filter(({ ms }) => ms > 50);
  if (process.env.LEITMOTIF_VERBOSE) console.log(beyond.map(({ ms, at }) => `${ms.toFixed(0)} at ${at.toFixed(0)}`).join("; "));
  return { screen, all, longest: Math.max(...during.map(({ ms }) => ms)), beyond: beyond.reduce((sum, { ms }) => sum + ms - 50, 0) };
}
