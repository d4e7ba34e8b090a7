/** Pages of other people, served together with the site: what the elements stand in. */

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, normalize } from "node:path";

import { site } from "../site.js";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json" };

/** The strictest page that lets WebAssembly run: no style but files, no string that becomes markup, no policy for one. */
export const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'";

/** An invented article, as it stands on a page. */
export const ARTICLE = `<article id="article"><h2>The valley plan</h2>
<p>The factory makes <b>steel</b> and
   machine tools.</p>
<p>Wetlands and forests were <a href="#x">restored</a>, and emissions fell.</p>
<p>He smiled.</p>
<figure><figcaption>The bridge in spring</figcaption></figure>
<div>Tariffs on imports were cut, and foreign investment grew.</div></article>`;

/** Its paragraphs, as they are to be read. */
export const PARAGRAPHS = [
  "The valley plan",
  "The factory makes steel and machine tools.",
  "Wetlands and forests were restored, and emissions fell.",
  "He smiled.",
  "The bridge in spring",
  "Tariffs on imports were cut, and foreign investment grew.",
];

/**
 * A whole page around some markup.
 *
 * @param {string} body
 * @param {{ html?: string, head?: string, script?: string }} [options] html: attributes of the root; script: instead of the usual one
 */
export const page = (body, { html = 'lang="en"', head = "", script = '<script type="module" src="/elements/define.js"></script>' } = {}) =>
  `<!doctype html><html ${html}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A page</title><link rel="icon" href="data:,">${head}</head><body><main><h1>A page</h1>${body}</main>${script}</body></html>`;

/**
 * Serves the site, the same once more below /second/, as another version of it, and `pages` by their paths: a string is HTML, or what its ending says.
 *
 * @param {Record<string, string>} pages they may be added to while it runs
 * @param {string} [policy] of every page
 */
export async function serveHost(pages, policy) {
  /** @type {string[]} */
  const asked = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname);
    asked.push(path);
    const own = pages[path];
    try {
      const bytes = own ?? readFileSync(site(normalize(path.replace(/^\/second\//, "/"))));
      const type = TYPES[extname(path)] ?? "text/html; charset=utf-8";
      response.writeHead(200, { "content-type": type, "cache-control": "no-store", ...(policy && own !== undefined && { "content-security-policy": policy }) }).end(bytes);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("404");
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    asked,
    address: (path) => `http://127.0.0.1:${server.address().port}${path}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
