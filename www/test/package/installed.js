/** The package as its users have it: npm's tarball, unpacked into a project of its own. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { given } from "../site.js";

/** @param {...string} path below dist/ */
export const dist = (...path) => join(given("LEITMOTIF_DIST"), ...path);

/** The package's own description. */
export const manifest = JSON.parse(readFileSync(dist("npm/package.json"), "utf8"));

/** npm's tarball. */
export const TARBALL = dist(`leitmotif-${manifest.version}.tgz`);

/**
 * An empty project with the package installed.
 *
 * @returns {{ folder: string, package: string, remove: () => void }} the project's folder, the package's in it
 */
export function install() {
  const folder = mkdtempSync(join(tmpdir(), "leitmotif-package-"));
  const place = join(folder, "node_modules/leitmotif");
  mkdirSync(place, { recursive: true });
  execFileSync("tar", ["-xzf", TARBALL, "-C", place, "--strip-components=1"]);
  return { folder, package: place, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Every file below a folder, its path from there. @param {string} folder */
export const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
