/** Every way in which the engine can fail to load has its own code; a good file loads however it comes. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
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
after(() => server.close());

let instances = 0;
/** Each load in a module instance of its own: one that has loaded keeps its engine. */
const fresh = () => siteModule("leitmotif.js", `loading=${++instances}`);

async function refuses(options, code, message) {
  const { Leitmotif, LeitmotifError } = await fresh();
  await assert.rejects(Leitmotif.create(options), (error) => {
    assert.ok(error instanceof LeitmotifError, `${error}`);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
}

async function loads(options) {
  const { Leitmotif } = await fresh();
  const motif = await Leitmotif.create(options);
  const { profile } = await motif.read(ARTICLE_001);
  assert.ok(profile.paragraphs > 10);
  motif.dispose();
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
  await refuses({ wasm: await fetch(at("/missing.wasm")) }, "not-found", /404/);
  await refuses({ wasm: pathToFileURL(site("wasm/missing.wasm")) }, "not-found", /missing\.wasm/);
  await refuses({ wasm: "http://[" }, "not-found", /no address/);
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

test("a page, half a file, no bytes or another module are not-wasm", async () => {
  await refuses({ wasm: at("/page.wasm") }, "not-wasm", /text\/html/);
  await refuses({ wasm: at("/page-as-wasm.wasm") }, "not-wasm", /no WebAssembly/);
  await refuses({ wasm: at("/half.wasm") }, "not-wasm", /damaged/);
  await refuses({ wasm: at("/half-as-wasm.wasm") }, "not-wasm", /damaged/);
  await refuses({ wasm: at("/empty.wasm") }, "not-wasm", /no WebAssembly/);
  await refuses({ wasm: at("/other.wasm") }, "not-wasm", /not Leitmotif/);
  await refuses({ wasm: new ArrayBuffer(3) }, "not-wasm", /no WebAssembly/);
});

test("without WebAssembly the failure is wasm-unavailable", async () => {
  const { WebAssembly } = globalThis;
  try {
    delete globalThis.WebAssembly;
    await refuses({}, "wasm-unavailable", /switched off/);
  } finally {
    globalThis.WebAssembly = WebAssembly;
  }
});

test("after a failure the next call tries again", async () => {
  const { Leitmotif } = await fresh();
  await assert.rejects(Leitmotif.create({ wasm: at("/missing.wasm") }), { code: "not-found" });
  const motif = await Leitmotif.create({ wasm: at("/good.wasm") });
  assert.ok((await motif.read(ARTICLE_001)).profile.paragraphs > 10);
});

test("the committed model can be given by hand, and reads the same", async () => {
  const { Leitmotif } = await fresh();
  const [own, given] = [await Leitmotif.create(), await Leitmotif.create({ model: new Uint8Array(model) })];
  assert.deepStrictEqual(await given.read(ARTICLE_001), await own.read(ARTICLE_001));
});

test("a model that is damaged, cut off, empty or no bytes at all is corrupt-model", async () => {
  const damaged = (change) => {
    const bytes = new Uint8Array(model);
    change(bytes);
    return { model: bytes };
  };
  await refuses({ model: new Uint8Array() }, "corrupt-model", /./);
  await refuses({ model: new Uint8Array(model.subarray(0, model.length - 1)) }, "corrupt-model", /./);
  await refuses({ model: new Uint8Array(model.subarray(0, 100)).buffer }, "corrupt-model", /./);
  await refuses({ model: new TextEncoder().encode("<!doctype html>") }, "corrupt-model", /./);
  await refuses(damaged((bytes) => bytes.fill(255, 0, 8)), "corrupt-model", /./);
  await refuses(damaged((bytes) => bytes.fill(0)), "corrupt-model", /./);
  await refuses({ model: "leitmotif.safetensors" }, "corrupt-model", /ArrayBuffer/);
});
