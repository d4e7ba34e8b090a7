/** Every way in which the wasm can fail to load has its own code, and then JavaScript reads; a good file loads however it comes. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";

import { ARTICLE_001, project, site, siteModule } from "../site.js";

const good = readFileSync(site("wasm/leitmotif_wasm_bg.wasm"));
const model = readFileSync(project("crate/model/leitmotif.safetensors"));

const answers = {
  "/good.wasm": { type: "application/wasm", body: good },
  "/untyped.wasm": { type: "application/octet-stream", body: good },
  "/plain.wasm": { type: "text/plain; charset=utf-8", body: good },
  "/page.wasm": { type: "text/html", body: "<!doctype html><p>Not found" },
  "/page-as-wasm.wasm": { type: "application/wasm", body: "<!doctype html><p>Not found" },
  "/half.wasm": { type: "application/octet-stream", body: good.subarray(0, good.length >> 1) },
  "/half-as-wasm.wasm": { type: "application/wasm", body: good.subarray(0, good.length >> 1) },
  "/empty.wasm": { type: "application/octet-stream", body: "" },
  // The smallest module that there is: valid, and another program.
  "/other.wasm": { type: "application/wasm", body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]) },
};
const server = createServer((request, response) => {
  if (request.url === "/silent.wasm") return;
  if (request.url === "/stalls.wasm" || request.url === "/stalls-as-wasm.wasm") {
    const type = request.url === "/stalls.wasm" ? "application/octet-stream" : "application/wasm";
    response.writeHead(200, { "content-type": type, "content-length": good.length });
    response.write(good.subarray(0, 1000));
    return;
  }
  if (request.url === "/breaks.wasm") {
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": good.length });
    response.write(good.subarray(0, 1000), () => response.destroy());
    return;
  }
  const answer = answers[request.url];
  if (answer) response.writeHead(200, { "content-type": answer.type }).end(answer.body);
  else response.writeHead(404, { "content-type": "text/html" }).end("<!doctype html><p>404");
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const at = (path) => `http://127.0.0.1:${server.address().port}${path}`;
after(() => {
  server.closeAllConnections();
  server.close();
});

const { Leitmotif, LeitmotifError } = await siteModule("leitmotif.js");

let instances = 0;
/** Each load in a module instance of its own: one that has loaded keeps its engine. */
const fresh = () => siteModule("engine-load.js", `loading=${++instances}`);

/** Without fallback the failure is thrown, and with it told. */
async function refuses(options, code, message) {
  const { loadEngine } = await fresh();
  const right = (error) => {
    assert.ok(error instanceof LeitmotifError, `${error}`);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  };
  await assert.rejects(loadEngine({ ...options, engine: "wasm" }), right);
  const { bindings, engine, fallback } = await loadEngine(options);
  assert.equal(engine, "js");
  right(fallback);
  await reads(bindings);
}

async function loads(options = {}) {
  const { loadEngine } = await fresh();
  const { bindings, engine, fallback } = await loadEngine(options);
  assert.deepStrictEqual([engine, fallback], [options.engine ?? "wasm", null]);
  await reads(bindings);
}

async function reads(bindings) {
  const motif = new Leitmotif(bindings.Engine.load(), "wasm", null);
  const { profile } = await motif.read(ARTICLE_001);
  assert.ok(profile.paragraphs > 10);
  motif.dispose();
}

/** Bytes that can be taken once must be made anew. */
async function refusesModel(options, message) {
  await assert.rejects(Leitmotif.create(options), (error) => {
    assert.ok(error instanceof LeitmotifError, `${error}`);
    assert.equal(error.code, "corrupt-model");
    assert.match(error.message, message);
    return true;
  });
}

for (const path of ["/good.wasm", "/untyped.wasm", "/plain.wasm"]) {
  test(`the engine loads when it is served as ${answers[path].type}`, () => loads({ wasm: at(path) }));
}

test("the engine loads from bytes, a view of bytes, a response, a module, and the file beside", async () => {
  const buffer = good.buffer.slice(good.byteOffset, good.byteOffset + good.length);
  await loads({ wasm: buffer });
  await loads({ wasm: new Uint8Array(good) });
  await loads({ wasm: await fetch(at("/good.wasm")) });
  await loads({ wasm: await WebAssembly.compile(good) });
  await loads({ wasm: pathToFileURL(site("wasm/leitmotif_wasm_bg.wasm")) });
  await loads();
});

test("a file that is not there is not-found", async () => {
  await refuses({ wasm: at("/missing.wasm") }, "not-found", /404/);
  const { loadEngine } = await fresh();
  await assert.rejects(loadEngine({ wasm: await fetch(at("/missing.wasm")), engine: "wasm" }), { code: "not-found", message: /404/ });
  await refuses({ wasm: pathToFileURL(site("wasm/missing.wasm")) }, "not-found", /missing\.wasm/);
  await refuses({ wasm: "http://[" }, "not-found", /no address/);
});

test("in Node a relative address begins in the working directory", async () => {
  const before = process.cwd();
  process.chdir(site("wasm"));
  try {
    await loads({ wasm: "./leitmotif_wasm_bg.wasm" });
    await refuses({ wasm: "missing.wasm" }, "not-found", new RegExp(pathToFileURL(site("wasm/missing.wasm")).href));
  } finally {
    process.chdir(before);
  }
});

test("a server that hangs up halfway, or is not there, is not-found", async () => {
  await refuses({ wasm: at("/breaks.wasm") }, "not-found", /broke off/);
  const gone = createServer().listen(0, "127.0.0.1");
  await once(gone, "listening");
  const { port } = gone.address();
  gone.close();
  await once(gone, "close");
  await refuses({ wasm: `http://127.0.0.1:${port}/x.wasm` }, "not-found", /could not be fetched/);
});

test("a page in its place, with the type of one, is bad-mime", () => refuses({ wasm: at("/page.wasm") }, "bad-mime", /text\/html/));

test("a page with another type, half a file, no bytes or another module are not-wasm", async () => {
  await refuses({ wasm: at("/page-as-wasm.wasm") }, "not-wasm", /no WebAssembly/);
  await refuses({ wasm: at("/half.wasm") }, "not-wasm", /damaged/);
  await refuses({ wasm: at("/half-as-wasm.wasm") }, "not-wasm", /damaged/);
  await refuses({ wasm: at("/empty.wasm") }, "not-wasm", /no WebAssembly/);
  await refuses({ wasm: at("/other.wasm") }, "not-wasm", /not Leitmotif/);
  await refuses({ wasm: new ArrayBuffer(3) }, "not-wasm", /no WebAssembly/);
});

test("a server that is silent, or falls silent halfway, is a timeout", async () => {
  for (const path of ["/silent.wasm", "/stalls.wasm", "/stalls-as-wasm.wasm"]) {
    await refuses({ wasm: at(path), timeout: 300 }, "timeout", /in time/);
  }
  // One that comes late without being fetched here: nobody can end the fetch, but the waiting ends.
  const { loadEngine } = await fresh();
  const stalled = await fetch(at("/stalls.wasm"));
  await assert.rejects(loadEngine({ wasm: stalled, timeout: 300, engine: "wasm" }), { code: "timeout" });
});

test("a timeout may be endless, or longer than timers go; what is no time from 0 is bad-option", async () => {
  for (const timeout of [Infinity, 2 ** 31, Number.MAX_VALUE, 30_000.5]) {
    await loads({ timeout });
    await loads({ wasm: at("/good.wasm"), timeout });
    await loads({ engine: "js", timeout });
  }
  for (const timeout of [-1, -Infinity, NaN, "abc", "300", null, []]) await refusesOption(() => Leitmotif.create({ timeout }), /milliseconds/);
});

const value = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

test("a file that Node reads is held to its integrity value as one that is fetched", async () => {
  await loads({ integrity: value(good) });
  await loads({ integrity: `${value("another file")} ${value(good)}` });
  await refuses({ integrity: value("another file") }, "integrity", /file:.+ is another than its integrity value says/);
  await refuses({ wasm: pathToFileURL(site("wasm/missing.wasm")), integrity: value(good) }, "not-found", /missing\.wasm/);
});

test("a file with the right integrity value loads, one with another is told apart from none", async () => {
  await loads({ wasm: at("/good.wasm"), integrity: value(good) });
  await refuses({ wasm: at("/good.wasm"), integrity: value("another file") }, "integrity", /another than its integrity value says/);
  await refuses({ wasm: at("/missing.wasm"), integrity: value(good) }, "not-found", /./);
});

async function without(name, work) {
  const kept = globalThis[name];
  try {
    delete globalThis[name];
    await work();
  } finally {
    globalThis[name] = kept;
  }
}

test("without WebAssembly the failure is wasm-unavailable, and nothing is fetched", () =>
  without("WebAssembly", () => without("fetch", () => refuses({}, "wasm-unavailable", /switched off/))));

test("JavaScript can be asked for, and asks for no WebAssembly", () => without("WebAssembly", () => loads({ engine: "js" })));

async function refusesOption(work, message) {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof LeitmotifError, `${error}`);
    assert.equal(error.code, "bad-option");
    assert.match(error.message, message);
    return true;
  });
}

test("options that are none, misspelt ones, and a signal that is none are bad-option", async () => {
  const none = [null, "x", 5, true, Symbol("x"), 5n, ["js"], [], () => {}, new Map(), AbortSignal.timeout(0)];
  for (const options of [...none, { engin: "js" }]) {
    await refusesOption(() => Leitmotif.create(options), /of wasm, integrity, model, engine, timeout, signal, not “(Null|String|Number|Boolean|Symbol|BigInt|Array|Function|Map|AbortSignal|engin)”/);
  }
  const motif = await Leitmotif.create({});
  for (const options of [...none, { evidense: false }]) await refusesOption(() => motif.read("text", options), /of evidence, signal, not “/);
  for (const signal of [5, "x", {}, new AbortController()]) {
    await refusesOption(() => Leitmotif.create({ signal }), /AbortSignal/);
    await refusesOption(() => motif.read("text", { signal }), /AbortSignal/);
  }
  assert.ok(await motif.read("text", { evidence: undefined, signal: null }));
  motif.dispose();
});

test("a classifier that is not made by create is bad-option, and says how it is made", async () => {
  for (const engine of [undefined, null, {}, "wasm"]) await refusesOption(async () => new Leitmotif(engine), /await Leitmotif\.create\(\)/);
});

test("another engine than these is bad-option", async () => {
  const { loadEngine } = await fresh();
  await assert.rejects(loadEngine({ engine: "native" }), { name: "LeitmotifError", code: "bad-option", message: /native/ });
});

test("who no longer wants it does not wait, and others are not disturbed", async () => {
  const { loadEngine } = await fresh();
  const aborted = { name: "LeitmotifError", code: "aborted" };
  await assert.rejects(loadEngine({ signal: AbortSignal.abort("early") }), { ...aborted, cause: "early" });
  const controller = new AbortController();
  const [one, other] = [loadEngine({ wasm: at("/good.wasm"), signal: controller.signal }), loadEngine({ wasm: at("/good.wasm") })];
  controller.abort("later");
  await assert.rejects(one, { ...aborted, cause: "later" });
  assert.equal((await other).engine, "wasm");
  const motif = await Leitmotif.create();
  await assert.rejects(motif.read("text", { signal: AbortSignal.abort() }), aborted);
  assert.ok(await motif.read("text", { signal: new AbortController().signal }));
});

test("after a failure the next call tries again", async () => {
  const { loadEngine } = await fresh();
  await assert.rejects(loadEngine({ wasm: at("/missing.wasm"), engine: "wasm" }), { code: "not-found" });
  assert.equal((await loadEngine({ wasm: at("/missing.wasm") })).engine, "js");
  const { engine, bindings } = await loadEngine({ wasm: at("/good.wasm") });
  assert.equal(engine, "wasm");
  await reads(bindings);
});

test("all who ask at once get the one instance", async () => {
  const { loadEngine } = await fresh();
  const asked = await Promise.all([loadEngine({}), loadEngine({}), loadEngine({ engine: "wasm" })]);
  assert.equal(new Set(asked.map(({ bindings }) => bindings)).size, 1);
});

test("where neither engine is, both failures are told, with what to do", async () => {
  const folder = mkdtempSync(join(tmpdir(), "leitmotif-loading-"));
  try {
    cpSync(site("."), folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    rmSync(join(folder, "wasm/leitmotif_wasm_bg.wasm"));
    writeFileSync(join(folder, "wasm/leitmotif_wasm.fallback.js"), 'throw new Error("it was not built");');
    const { Leitmotif } = await import(pathToFileURL(join(folder, "leitmotif.js")).href);
    await assert.rejects(Leitmotif.create(), ({ name, code, message, cause }) => {
      assert.deepStrictEqual([name, code], ["LeitmotifError", "not-found"]);
      assert.match(message, /leitmotif_wasm_bg\.wasm.+JavaScript could not be loaded: it was not built/);
      assert.deepStrictEqual(cause.errors.map(({ code }) => code), ["not-found", "not-found"]);
      return true;
    });
    await assert.rejects(Leitmotif.create({ engine: "js" }), { code: "not-found", message: /not built/ });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the committed model can be given by hand, and reads the same", async () => {
  const [own, given] = [await Leitmotif.create(), await Leitmotif.create({ model: new Uint8Array(model) })];
  assert.deepStrictEqual(await given.read(ARTICLE_001), await own.read(ARTICLE_001));
});

const sha256 = createHash("sha256").update(model).digest("hex");

test("a model that was given is named by the SHA-256 of its bytes, as they were when it was given", async () => {
  const shared = new Uint8Array(new SharedArrayBuffer(model.length));
  shared.set(model);
  const buffer = new Uint8Array(model).buffer;
  for (const given of [new Uint8Array(model), buffer, model, shared]) {
    for (const engine of ["wasm", "js"]) assert.equal((await Leitmotif.create({ model: given, engine })).model.sha256, sha256);
  }
  const view = new Uint8Array(model);
  const made = Leitmotif.create({ model: view });
  view.fill(0);
  assert.equal((await made).model.sha256, sha256);
  assert.equal((await Leitmotif.create()).model.sha256, sha256);
});

test("what a model says of its own SHA-256 is not believed", async () => {
  const length = Number(model.readBigUInt64LE());
  const header = JSON.parse(model.toString("utf8", 8, 8 + length));
  header.__metadata__.sha256 = "0".repeat(64);
  const text = JSON.stringify(header);
  const head = Buffer.from(text + " ".repeat((8 - (Buffer.byteLength(text) % 8)) % 8));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(head.length));
  const claims = Buffer.concat([size, head, model.subarray(8 + length)]);
  const { sha256: said } = (await Leitmotif.create({ model: claims })).model;
  assert.equal(said, createHash("sha256").update(claims).digest("hex"));
});

test("where nothing computes a hash, that of a model that was given is empty", async () => {
  await without("crypto", async () => {
    assert.equal((await Leitmotif.create({ model: new Uint8Array(model) })).model.sha256, "");
    assert.equal((await Leitmotif.create()).model.sha256, sha256);
  });
});

test("a model that is damaged, cut off, empty or no bytes at all is corrupt-model", async () => {
  const damaged = (change) => {
    const bytes = new Uint8Array(model);
    change(bytes);
    return { model: bytes };
  };
  await refusesModel({ model: new Uint8Array() }, /./);
  await refusesModel({ model: new Uint8Array(model.subarray(0, model.length - 1)) }, /./);
  await refusesModel({ model: new Uint8Array(model.subarray(0, 100)).buffer }, /./);
  await refusesModel({ model: new TextEncoder().encode("<!doctype html>") }, /./);
  await refusesModel(damaged((bytes) => bytes.fill(255, 0, 8)), /./);
  await refusesModel(damaged((bytes) => bytes.fill(0)), /./);
  await refusesModel({ model: "leitmotif.safetensors" }, /ArrayBuffer/);
  const gone = new Uint8Array(model);
  structuredClone(gone, { transfer: [gone.buffer] });
  await refusesModel({ model: gone }, /./);
  await refusesModel({ model: gone.buffer }, /./);
});
