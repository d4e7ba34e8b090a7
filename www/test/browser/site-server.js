/** The site on a server of its own, which a test may change, break and stop. */

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, normalize } from "node:path";

import { site } from "../site.js";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".txt": "text/plain", ".svg": "image/svg+xml", ".json": "application/json", ".webmanifest": "application/manifest+json", ".png": "image/png" };

/** `state.change` gets each file's path and bytes; `state.asked` holds the paths of all requests. */
export async function serveSite() {
  const state = { change: (_, bytes) => bytes, asked: [] };
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://x").pathname.replace(/^\/$/, "/index.html");
    state.asked.push(path);
    try {
      const bytes = state.change(path.slice(1), readFileSync(site(normalize(path))));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "cache-control": "max-age=600" }).end(bytes);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("404");
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, state, stop };
}
