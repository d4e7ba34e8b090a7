/** WebKitGTK's MiniBrowser by plain WebDriver calls, on a screen that nobody sees. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { given } from "../site.js";

/** WebDriver's names of keys that are no characters. */
const KEYS = {
  Enter: "\ue007",
  Tab: "\ue004",
  Escape: "\ue00c",
  Backspace: "\ue003",
  ArrowDown: "\ue015",
  ArrowUp: "\ue013",
  ArrowRight: "\ue014",
  Shift: "\ue008",
  Control: "\ue009",
  "\n": "\ue007",
};

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** @returns {Promise<import("./browsers.js").Browser>} */
export async function startWebKit() {
  const port = await freePort();
  // Without settings of its user's it saves files at home.
  const home = mkdtempSync(join(tmpdir(), "leitmotif-webkit-"));
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, ".config"), XDG_DATA_HOME: join(home, ".data"), XDG_CACHE_HOME: join(home, ".cache") };
  // A group of its own: xvfb-run, the screen, the driver and the browser end together.
  const driver = spawn("xvfb-run", ["-a", given("WEBKIT_DRIVER"), `--port=${port}`, "--host=127.0.0.1"], { detached: true, stdio: "ignore", env });
  const ended = once(driver, "exit");
  const stop = async () => {
    try {
      process.kill(-driver.pid, "SIGTERM");
    } catch {
      // It has ended already.
    }
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const call = await connect(`http://127.0.0.1:${port}`);
    return { ...browserOf(call), downloads: home, close: async () => {
      await call("DELETE", "");
      await stop();
    } };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Waits for the driver and opens its one session.
 *
 * @param {string} address
 * @returns {Promise<(method: string, path: string, body?: object) => Promise<any>>} calls within the session
 */
async function connect(address) {
  for (let left = 100; ; left--) {
    try {
      if ((await request(address, "GET", "/status")).ready) break;
    } catch (error) {
      if (left === 0) throw error;
    }
    await sleep(100);
  }
  const options = { binary: given("WEBKIT_BROWSER"), args: ["--automation"] };
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": options, timeouts: { script: 60_000, pageLoad: 60_000 } } };
  const { sessionId } = await request(address, "POST", "/session", { capabilities });
  return (method, path, body) => request(address, method, `/session/${sessionId}${path}`, body);
}

async function request(address, method, path, body) {
  const answer = await fetch(`${address}${path}`, { method, body: body && JSON.stringify(body), headers: { "content-type": "application/json" } });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
  return value;
}

/** @param {Awaited<ReturnType<typeof connect>>} call @returns {Omit<import("./browsers.js").Browser, "downloads" | "close">} */
function browserOf(call) {
  /** In the page: runs the function and calls back with its value or its error, as WebDriver wants it. */
  const script = (work) => `
    const done = arguments[arguments.length - 1];
    Promise.resolve().then(() => (${work})(...Array.from(arguments).slice(0, -1)))
      .then((value) => done({ value }), (error) => done({ thrown: String(error) + "\\n" + (error && error.stack) }));`;
  const evaluate = async (work, ...given) => {
    const { value, thrown } = await call("POST", "/execute/async", { script: script(work), args: given });
    if (thrown !== undefined) throw new Error(`in the page: ${thrown}`);
    return value;
  };
  const down = (value) => ({ type: "keyDown", value });
  const up = (value) => ({ type: "keyUp", value });
  const keyboard = (actions) => call("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  return {
    open: (url) => call("POST", "/url", { url }),
    evaluate,
    press(combination) {
      const keys = combination.split("+").map((key) => KEYS[key] ?? key);
      return keyboard([...keys.map((key) => down(key)), ...keys.reverse().map((key) => up(key))]);
    },
    type: (text) => keyboard([...text].map((key) => KEYS[key] ?? key).flatMap((key) => [down(key), up(key)])),
    // WebDriver tells nothing of the console, nor of requests; the page's own record of them is what there is.
    errors: async () => [],
    requests: () => evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name)),
  };
}
