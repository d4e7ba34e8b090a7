/**
 * Colours and glyphs of themes, by their position in the model's list: the
 * first theme takes the first colour, whatever it is called.
 *
 * The solids clear 4.6:1 on the surface of their scheme. The first five and
 * the grey of "no theme" also stay apart (CIEDE2000 of 16 and more) under the
 * three kinds of colour blindness; the others do as far as sixteen colours
 * can. Colour never speaks alone: a glyph and the name stand beside it.
 */

/** The surfaces that text and bars stand on: the same as --surface in style.css. */
export const SURFACE = { light: "#FFFFFF", dark: "#14171C" };

/** How much of the solid a tint holds: enough to see, little enough for ink to stay 11:1 on it. */
const TINT = { light: 0.14, dark: 0.24 };

const SOLIDS = {
  light: [
    "#026EE5", "#732505", "#867314", "#15694B", "#572B85", "#D20F69", "#0000F0", "#5A6996",
    "#A51E2D", "#5A005A", "#003C3C", "#693CB4", "#782D5A", "#0000B4", "#A53C4B", "#004BF0",
  ],
  dark: [
    "#537DE2", "#C76C3C", "#F8BB46", "#88F7D3", "#D3BBFA", "#FF78B4", "#B4E196", "#78B487",
    "#B496FF", "#FF0FB4", "#4B9669", "#C39600", "#B4B469", "#96D2D2", "#3CC3D2", "#7896D2",
  ],
};

const NONE = { light: "#727480", dark: "#898A8B" };

/** Paths in a square of 16, drawn with strokes: plain shapes that differ without colour. */
const GLYPHS = [
  "M2.5 2.5h11v11h-11zM8 2.5v11M2.5 8h11",
  "M2 5.5h11M10 2.5l3 3-3 3M14 10.5H3M6 7.5l-3 3 3 3",
  "M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9z",
  "M3 13C2 6 6 2.5 13.5 2.5 14 10 10 13.5 3 13zM3 13l6-6",
  "M8 2v12M4.5 14h7M2.5 4.5h11M2.5 4.5L.8 9.5h3.4zM13.5 4.5L11.8 9.5h3.4z",
  "M8 2.5l6 11H2z",
  "M8 1.5L14.5 8 8 14.5 1.5 8z",
  "M8 2v12M2 8h12M4 4l8 8M12 4l-8 8",
  "M6 2.5h4V6h3.5v4H10v3.5H6V10H2.5V6H6z",
  "M2.5 4l5.5 4 5.5-4M2.5 9L8 13l5.5-4",
  "M11 2.5A6 6 0 1 0 13.5 11 5 5 0 0 1 11 2.5z",
  "M8 1.8L14.2 6.3 11.8 13.7H4.2L1.8 6.3z",
  "M2.5 3.5v9l11-9v9z",
  "M8 1.8C5 6 3.5 8 3.5 10a4.5 4.5 0 0 0 9 0C12.5 8 11 6 8 1.8z",
  "M1.5 6c2-3 4.3-3 6.5 0s4.5 3 6.5 0M1.5 11c2-3 4.3-3 6.5 0s4.5 3 6.5 0",
  "M3 13.5V8a5 5 0 0 1 10 0v5.5zM8 8v5.5",
];

const RING = "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z";

/** How many themes have a colour of their own; further ones begin again. */
export const POSITIONS = GLYPHS.length;

/**
 * The colours of a theme in both schemes.
 *
 * @param {number | null} position in the model's list; null: no theme
 * @returns {Record<"light" | "dark", { solid: string, tint: string }>}
 */
export function colours(position) {
  const pick = (/** @type {"light" | "dark"} */ scheme) => {
    const solid = position === null ? NONE[scheme] : SOLIDS[scheme][position % POSITIONS];
    return { solid, tint: mix(solid, SURFACE[scheme], TINT[scheme]) };
  };
  return { light: pick("light"), dark: pick("dark") };
}

/**
 * The class that gives an element and what is in it `--solid` and `--tint`.
 *
 * @param {number | null} position null: no theme
 */
export function themeClass(position) {
  return position === null ? "theme-none" : `theme-${position % POSITIONS}`;
}

/**
 * The rules of all those classes: which of the two schemes holds is the element's `color-scheme`.
 *
 * @param {readonly string[]} ids of the model's themes, in its order: `--leitmotif-ID` and `--leitmotif-ID-tint` go before the colours here
 */
export function paletteRules(ids) {
  return [null, ...GLYPHS.keys()]
    .map((position) => {
      const { light, dark } = colours(position);
      const id = position === null ? "none" : ids[position];
      const value = (/** @type {"solid" | "tint"} */ part) => {
        const own = `light-dark(${light[part]},${dark[part]})`;
        return id === undefined ? own : `var(--leitmotif-${id}${part === "tint" ? "-tint" : ""},${own})`;
      };
      return `.${themeClass(position)}{--solid:${value("solid")};--tint:${value("tint")}}`;
    })
    .join("\n");
}

/**
 * The glyph of a theme as a path in a square of 16, drawn with strokes.
 *
 * @param {number | null} position null: no theme
 */
export function glyphPath(position) {
  return position === null ? RING : GLYPHS[position % POSITIONS];
}

/**
 * The glyph of a theme, hidden from screen readers: its name stands beside it.
 *
 * @param {number | null} position null: no theme
 */
export function glyph(position) {
  const known = glyphs.get(position);
  if (known) return /** @type {SVGSVGElement} */ (known.cloneNode(true));
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "glyph");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", glyphPath(position));
  svg.append(path);
  glyphs.set(position, svg);
  return glyph(position);
}

/** To copy, as hundreds are shown at once. @type {Map<number | null, SVGSVGElement>} */
const glyphs = new Map();

/**
 * @param {string} above
 * @param {string} below
 * @param {number} part of the upper colour, 0 to 1
 */
function mix(above, below, part) {
  const channel = (/** @type {number} */ at) => {
    const [a, b] = [above, below].map((hex) => parseInt(hex.slice(at, at + 2), 16));
    return Math.round(a * part + b * (1 - part)).toString(16).padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`.toUpperCase();
}
