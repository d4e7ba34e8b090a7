/**
 * Measures the engine beside floors and peers, in Node and in Chromium, and its cold start; prints one table. What runs
 * natively was measured before (crate/bench). `cargo xtask bench` says where everything is.
 */

import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import * as fastText from "fasttext.wasm.js";

import { contenders, measure } from "./contenders.js";
import { corpus } from "./corpus.js";
import { print } from "./table.js";

const { LEITMOTIF_ROOT: root, LEITMOTIF_SITE: site, LEITMOTIF_BENCH: built, CHROMIUM: executablePath } = process.env;
const ROUNDS = 9;
/** Pages on which the cold start is measured. */
const PAGES = 20;

const tools = createRequire(join(root, "www/package.json"));
const { chromium } = await import(pathToFileURL(tools.resolve("playwright-core")).href).then((module) => module.default ?? module);
const { build } = tools("esbuild");
const here = fileURLToPath(new URL(".", import.meta.url));
const articles = corpus(root);

const native = JSON.parse(readFileSync(join(built, "native.json"), "utf8"));
const node = await inNode();
const { browser, cold, version } = await inChromium();
print({ articles, native, node, browser, cold, version });

async function inNode() {
  const { Leitmotif } = await import(pathToFileURL(join(site, "leitmotif.js")).href);
  const peer = await import(pathToFileURL(join(built, "peer/fasttext_peer.js")).href);
  peer.initSync({ module: readFileSync(join(built, "peer/fasttext_peer_bg.wasm")) });
  const model = join(built, "fasttext.bin");
  const parts = { Leitmotif, Peer: peer.Peer, fastText, fastTextWasm: "", model: pathToFileURL(model).href, modelBytes: new Uint8Array(readFileSync(model)) };
  // The processor's time, not the wall's: the machine has other work.
  const clock = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  };
  return measure(await contenders(articles, parts), ROUNDS, clock);
}

async function inChromium() {
  const bundle = async (options) => {
    const { outputFiles } = await build({ bundle: true, write: false, format: "esm", platform: "browser", target: "es2022", minify: true, logLevel: "error", external: ["node:*", "fs", "http", "url"], ...options });
    return outputFiles[0].contents;
  };
  const files = new Map([
    ["/", ["text/html", "<!doctype html><meta charset=utf-8><title>Bench</title>"]],
    ["/corpus.json", ["application/json", JSON.stringify(articles)]],
    ["/bench.js", ["text/javascript", await bundle({ entryPoints: [join(here, "browser.js")], external: ["/engine.js", "/peer/*", "fs", "http", "url", "fs/promises", "path", "node:*"] })]],
    ["/engine.js", ["text/javascript", await bundle({ entryPoints: [join(site, "leitmotif.js")], external: ["*.fallback.js", "node:*"] })]],
    ["/wasm/leitmotif_wasm_bg.wasm", ["application/wasm", readFileSync(join(site, "wasm/leitmotif_wasm_bg.wasm"))]],
    ["/peer/fasttext_peer.js", ["text/javascript", readFileSync(join(built, "peer/fasttext_peer.js"))]],
    ["/peer/fasttext_peer_bg.wasm", ["application/wasm", readFileSync(join(built, "peer/fasttext_peer_bg.wasm"))]],
    ["/fastText.common.wasm", ["application/wasm", readFileSync(join(here, "node_modules/fasttext.wasm.js/dist/core/fastText.common.wasm"))]],
    ["/fasttext.bin", ["application/octet-stream", readFileSync(join(built, "fasttext.bin"))]],
  ]);
  const server = createServer(({ url }, response) => {
    const [type, content] = files.get(url) ?? [];
    response.writeHead(content ? 200 : 404, { "content-type": type ?? "text/plain", "cache-control": "max-age=3600" });
    response.end(content ?? `there is no ${extname(url)} at ${url}`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const profile = mkdtempSync(join(tmpdir(), "leitmotif-bench-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  context.setDefaultTimeout(600_000);
  try {
    const cold = [];
    for (let page = -1; page < PAGES; page++) {
      const taken = await coldStart(context, address);
      // The first one fetches from the network.
      if (page >= 0) cold.push(taken);
    }
    const page = await context.newPage();
    await page.goto(address);
    await page.addScriptTag({ url: "/bench.js", type: "module" });
    const browser = await page.evaluate((rounds) => globalThis.bench(rounds), ROUNDS);
    return { browser, cold, version: context.browser()?.version() ?? "" };
  } finally {
    await context.close();
    server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** On a fresh page, the engine's module being there: from `create` to the first paragraph's label. In milliseconds. */
async function coldStart(context, address) {
  const page = await context.newPage();
  await page.goto(address);
  const taken = await page.evaluate(async () => {
    const { Leitmotif } = await import("/engine.js");
    await new Promise((resolve) => setTimeout(resolve, 300));
    const start = performance.now();
    const motif = await Leitmotif.create();
    const created = performance.now();
    const { paragraphs } = await motif.read("The council will renew drains and pavements in forty old neighbourhoods.", { evidence: false });
    const end = performance.now();
    if (paragraphs.length !== 1) throw new Error("not one paragraph");
    return { all: end - start, create: created - start, read: end - created };
  });
  await page.close();
  return taken;
}
