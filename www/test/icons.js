/**
 * Draws the icons from icons/icon.svg: `CHROMIUM=… node test/icons.js`, in www/. The results are committed; a browser test
 * compares them with the drawing.
 */

import { readFileSync, writeFileSync } from "node:fs";

import { chromium } from "playwright-core";

export const SIZES = [192, 512];
export const icon = (/** @type {string | number} */ name) => new URL(`../icons/icon${typeof name === "number" ? `-${name}.png` : `.${name}`}`, import.meta.url);

/**
 * @param {import("playwright-core").Page} page
 * @param {number} size in pixels
 */
export async function draw(page, size) {
  await page.setViewportSize({ width: size, height: size });
  const svg = readFileSync(icon("svg"), "utf8").replace('width="512" height="512">', `width="${size}" height="${size}">`);
  await page.setContent(`<style>html, body { margin: 0 } svg { display: block }</style>${svg}`);
  return page.screenshot();
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage();
  for (const size of SIZES) writeFileSync(icon(size), await draw(page, size));
  await browser.close();
}
