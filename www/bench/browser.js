/** The contenders in a page: run.js bundles this and calls `bench`. */

import * as fastText from "fasttext.wasm.js/common";

import { contenders, measure } from "./contenders.js";

globalThis.bench = async (rounds) => {
  const articles = await (await fetch("/corpus.json")).json();
  const { Leitmotif } = await import("/engine.js");
  const peer = await import("/peer/fasttext_peer.js");
  await peer.default({ module_or_path: "/peer/fasttext_peer_bg.wasm" });
  const parts = {
    Leitmotif,
    Peer: peer.Peer,
    fastText,
    fastTextWasm: "/fastText.common.wasm",
    model: "/fasttext.bin",
    modelBytes: new Uint8Array(await (await fetch("/fasttext.bin")).arrayBuffer()),
  };
  return measure(await contenders(articles, parts), rounds, () => performance.now());
};
