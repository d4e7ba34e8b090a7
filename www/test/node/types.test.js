/** The page's JavaScript against its own type comments. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { test } from "node:test";

import { project } from "../site.js";

const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const check = (...files) => spawnSync(process.execPath, [TSC, ...files], { encoding: "utf8", cwd: project("www") });

for (const [what, config] of [["the page", "tsconfig.json"], ["the service worker", "test/sw.tsconfig.json"]]) {
  test(`tsc --checkJs has no remarks on ${what}`, () => {
    const { status, stdout } = check("-p", project("www", config));
    assert.equal(stdout, "");
    assert.equal(status, 0);
  });
}
