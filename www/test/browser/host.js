/** Pages of other sites, as their owners write them, served from this machine, with whatever headers they send. */

import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

import { siteModule } from "../site.js";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** @typedef {{ body: string | Buffer, type?: string, headers?: Record<string, string> }} Answer */

/**
 * @param {Record<string, string | Answer>} places by path: a page's text, an answer, or, where the path ends in "/", a folder; "/*": the folder of all else
 * @param {Record<string, string>} [headers] of every answer
 * @returns {Promise<{ origin: string, asked: string[], close: () => void }>} asked: the paths of all requests, in order
 */
export async function startHost(places, headers = {}) {
  /** @type {string[]} */
  const asked = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    asked.push(pathname);
    const answer = answerOf(places, pathname);
    if (answer === null) return response.writeHead(404, { "content-type": "text/html" }).end("<!doctype html><p>Not found");
    response.writeHead(200, { "content-type": answer.type ?? TYPES[extname(pathname)] ?? "text/html; charset=utf-8", ...headers, ...answer.headers });
    response.end(answer.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A test that fails must end, not wait for its server.
  server.unref();
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, asked, close };
}

/** @returns {Answer | null} */
function answerOf(places, pathname) {
  // Chromium asks for it when it likes.
  if (pathname === "/favicon.ico") return { body: "", type: "image/x-icon" };
  const place = places[pathname];
  if (place !== undefined) return typeof place === "string" ? { body: place } : place;
  const folder = Object.keys(places).find((path) => path.endsWith("/") && path !== "/" && pathname.startsWith(path)) ?? "/*";
  if (!Object.hasOwn(places, folder)) return null;
  let file = normalize(join(places[folder], decodeURIComponent(pathname.slice(folder.replace("*", "").length))));
  const status = statSync(file, { throwIfNoEntry: false });
  if (status?.isDirectory()) file = join(file, "index.html");
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? { body: readFileSync(file), type: TYPES[extname(file)] } : null;
}

/** The article that hosts have on their pages: invented, with furniture, a doubtful paragraph and one without a theme. */
export const ARTICLE = [
  "The council will renew the drains and pavements of forty old neighbourhoods before the new metro line opens.",
  "Steel mills on the river have doubled their output of turbine parts, and the factories are hiring machinists again.",
  "Wetlands north of the bay are being restored, so that migrating birds find reeds and clean water in spring.",
  "Customs officers now clear cargo for the free trade port in a day, and foreign investors pay lower tariffs.",
  "My aunt kept a blue bicycle in the hall and never once rode it.",
];

/** @param {string[]} [paragraphs] */
export const articleHtml = (paragraphs = ARTICLE) => `<article id="article">${paragraphs.map((text) => `<p>${text}</p>`).join("\n")}</article>`;

/** A host's page. @param {{ head?: string, body?: string }} parts */
export const hostPage = ({ head = "", body = "" }) =>
  `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>A host's page</title>\n${head}\n</head>\n<body>\n${body}\n</body>\n</html>\n`;

/** The themes of each paragraph of the article, as the engine in Node has them. */
export async function themesInNode() {
  const { Leitmotif } = await siteModule("leitmotif.js");
  const motif = await Leitmotif.create();
  const { paragraphs } = await motif.read(ARTICLE.join("\n\n"));
  return paragraphs.map(({ themes }) => themes);
}

/** What a reader on a page found, once it is done: which engine, and the themes of each paragraph. */
export const readingOf = (page, index = 0) =>
  page.evaluate(async (index) => {
    await customElements.whenDefined("leitmotif-reader");
    const reader = document.querySelectorAll("leitmotif-reader")[index];
    await reader.ready;
    const results = await reader.read();
    return { engine: reader.engineInUse, themes: results.map(({ themes }) => themes) };
  }, index);
