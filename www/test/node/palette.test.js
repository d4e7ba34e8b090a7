/** The palette: readable, and told apart by people who see fewer colours. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { siteModule, site } from "../site.js";

const { POSITIONS, SURFACE, colours } = await siteModule("palette.js");
const css = readFileSync(site("style.css"), "utf8");
const SCHEMES = /** @type {const} */ (["light", "dark"]);

/** The page's own colours, from the two :root blocks of its style sheet. */
function pageColours(scheme) {
  const block = [...css.matchAll(/:root \{([^}]*)\}/g)][scheme === "light" ? 0 : 1][1];
  return Object.fromEntries([...block.matchAll(/--(\w+): (#[0-9A-F]{6});/g)].map(([, name, hex]) => [name, hex]));
}

const linear = (hex) =>
  [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });

function contrast(one, other) {
  const [light, dark] = [one, other]
    .map(linear)
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)
    .sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Machado, Oliveira and Fernandes 2009, severity 1. */
const VISIONS = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

function lab(hex, matrix) {
  const rgb = linear(hex);
  const [r, g, b] = matrix.map((row) => Math.min(1, Math.max(0, row.reduce((sum, m, i) => sum + m * rgb[i], 0))));
  const [x, y, z] = [
    (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
    0.2126729 * r + 0.7151522 * g + 0.072175 * b,
    (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883,
  ].map((t) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIEDE2000. */
function difference([l1, a1, b1], [l2, a2, b2]) {
  const rad = Math.PI / 180;
  const mean7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const g = 1.5 - 0.5 * Math.sqrt(mean7 / (mean7 + 25 ** 7));
  const [c1, c2] = [Math.hypot(g * a1, b1), Math.hypot(g * a2, b2)];
  const hue = (a, b) => (Math.atan2(b, g * a) / rad + 360) % 360;
  const [h1, h2] = [hue(a1, b1), hue(a2, b2)];
  const grey = c1 * c2 === 0;
  const turn = grey ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const far = Math.abs(h1 - h2) > 180;
  const h = grey ? h1 + h2 : ((h1 + h2 + (far ? 360 : 0)) / 2) % 360;
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const t = 1 - 0.17 * Math.cos((h - 30) * rad) + 0.24 * Math.cos(2 * h * rad)
    + 0.32 * Math.cos((3 * h + 6) * rad) - 0.2 * Math.cos((4 * h - 63) * rad);
  const dl = (l2 - l1) / (1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2));
  const dc = (c2 - c1) / (1 + 0.045 * c);
  const dh = (2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * rad)) / (1 + 0.015 * c * t);
  const rt = -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(60 * Math.exp(-(((h - 275) / 25) ** 2)) * rad);
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + rt * dc * dh);
}

test("the measures are right: published values", () => {
  assert.ok(Math.abs(contrast("#FFFFFF", "#000000") - 21) < 1e-9);
  // Sharma, Wu and Dalal 2005, pairs 1 and 25.
  assert.ok(Math.abs(difference([50, 2.6772, -79.7751], [50, 0, -82.7485]) - 2.0425) < 1e-4);
  assert.ok(Math.abs(difference([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387]) - 1.2644) < 1e-4);
});

for (const scheme of SCHEMES) {
  const page = pageColours(scheme);
  const positions = [null, ...Array(POSITIONS).keys()];

  test(`${scheme}: words are readable on the surface and on the ground`, () => {
    assert.equal(page.surface, SURFACE[scheme]);
    for (const name of ["ink", "soft", "focus", "alarm"]) {
      for (const under of ["surface", "ground"]) {
        const ratio = contrast(page[name], page[under]);
        assert.ok(ratio >= 4.5, `${name} on ${under}: ${ratio}`);
      }
    }
    assert.ok(contrast(page.edge, page.surface) >= 3);
  });

  test(`${scheme}: every solid clears 4.5:1 on the surface, and ink 4.5:1 on every tint`, () => {
    for (const position of positions) {
      const { solid, tint } = colours(position)[scheme];
      assert.ok(contrast(solid, page.surface) >= 4.5, `solid ${position}`);
      assert.ok(contrast(page.ink, tint) >= 4.5, `ink on tint ${position}`);
    }
  });

  test(`${scheme}: five themes and "no theme" stay apart in four kinds of colour vision`, () => {
    const solids = [null, 0, 1, 2, 3, 4].map((position) => colours(position)[scheme].solid);
    for (const [vision, matrix] of Object.entries(VISIONS)) {
      for (const [i, one] of solids.entries()) {
        for (const other of solids.slice(0, i)) {
          const apart = difference(lab(one, matrix), lab(other, matrix));
          assert.ok(apart >= 15, `${one} and ${other}, ${vision}: ${apart}`);
        }
      }
    }
  });
}
