/**
 * Keeping the project in this browser, when the user asks for it, and forgetting it without a trace.
 *
 * A convenience: browsers delete such data when they like (Safari after seven days without a visit), refuse it in private
 * windows and sandboxes, or throw. So nothing here throws, and the project file stays the safe place.
 *
 * Until something is kept there is no database at all: that one exists is the sign that the user asked for it.
 */

const DATABASE = "leitmotif";
const STORE = "projects";
const KEY = "current";
/** Caches of the page's own files begin so: sw.js names them. */
const OWN_CACHE = "leitmotif-files-";
/** An answer of the database may take this long, in milliseconds: another tab can hold it. */
const PATIENCE = 5_000;

const NO_ANSWER = new Error("no answer from the database");

/**
 * @typedef {object} Revision which of the states it is: every write makes a new one
 * @property {number} revision counts the writes since keeping began; 0 in what older versions of the page wrote
 * @property {string} writer the tab that wrote it, so that two tabs never mean the same
 *
 * @typedef {{ file: string, draft: string, at: string } & Revision} Kept file: a project file's text; draft: what was typed
 *   and not read yet; at: ISO time
 */

/**
 * What this browser keeps.
 *
 * @returns {Promise<Kept | null>} null: nothing, or it cannot be had
 */
export async function load() {
  try {
    const database = await open(false);
    if (database === null) return null;
    try {
      return keptOf(await answer(database.transaction(STORE).objectStore(STORE).get(KEY)));
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}

/**
 * Writes, unless somebody else has written meanwhile: looking and writing are one transaction, so that of two tabs one wins
 * and the other knows.
 *
 * @param {string} file a project file's text
 * @param {Revision | null} before the state that this one follows; null: nothing was kept
 * @param {string} writer this tab
 * @param {string} [draft]
 * @returns {Promise<Revision & { at: string } | { newer: Kept } | { failed: "gone" | "refused" | "full" }>}
 *   newer: what another tab has kept; nothing was written; gone: what was kept before is no longer there, nor is it made again
 */
export async function keep(file, before, writer, draft = "") {
  try {
    const database = await open(before === null);
    if (database === null) return { failed: "gone" };
    try {
      const transaction = database.transaction(STORE, "readwrite");
      const store = transaction.objectStore(STORE);
      const there = keptOf(await answer(store.get(KEY)));
      if (there === null && before !== null) return { failed: "gone" };
      if (there !== null && !sameRevision(there, before)) return { newer: there };
      const kept = { file, draft, at: new Date().toISOString(), revision: (there?.revision ?? 0) + 1, writer };
      store.put(kept, KEY);
      await completed(transaction);
      return kept;
    } finally {
      database.close();
    }
  } catch (error) {
    return { failed: error instanceof Error && error.name === "QuotaExceededError" ? "full" : "refused" };
  }
}

/** @param {Revision | null} a @param {Revision | null} b */
export const sameRevision = (a, b) => a?.revision === b?.revision && a?.writer === b?.writer;

/** What the database gave, checked. @param {any} value @returns {Kept | null} */
function keptOf(value) {
  if (typeof value?.file !== "string" || typeof value.at !== "string") return null;
  const { file, draft, at, revision, writer } = value;
  return { file, draft: typeof draft === "string" ? draft : "", at, revision: Number.isSafeInteger(revision) ? revision : 0, writer: typeof writer === "string" ? writer : "" };
}

/**
 * Deletes all that this page keeps of its user, then looks again.
 *
 * @returns {Promise<{ left: string[], pageFiles: number }>}
 *   left: what could not be removed, by name; pageFiles: the page's own files for offline use, none of them the user's
 */
export async function forget() {
  await quietly(() => answer(indexedDB.deleteDatabase(DATABASE)));
  for (const store of [() => localStorage, () => sessionStorage]) {
    await quietly(() => ours(store()).forEach((key) => store().removeItem(key)));
  }
  await quietly(async () => {
    const names = (await caches.keys()).filter((name) => !name.startsWith(OWN_CACHE));
    await Promise.all(names.filter((name) => name.startsWith("leitmotif")).map((name) => caches.delete(name)));
  });
  return look();
}

/** What is there now. A place that cannot be entered holds nothing. */
async function look() {
  const left = [];
  let pageFiles = 0;
  if (await databaseIsThere()) left.push(`database ${DATABASE}`);
  for (const [name, store] of /** @type {const} */ ([["localStorage", () => localStorage], ["sessionStorage", () => sessionStorage]])) {
    const keys = (await quietly(() => ours(store()))) ?? [];
    left.push(...keys.map((key) => `${name} ${key}`));
  }
  for (const name of (await quietly(() => caches.keys())) ?? []) {
    if (!name.startsWith("leitmotif")) continue;
    if (!name.startsWith(OWN_CACHE)) left.push(`cache ${name}`);
    else pageFiles += ((await quietly(async () => (await caches.open(name)).keys())) ?? []).length;
  }
  return { left, pageFiles };
}

async function databaseIsThere() {
  try {
    const database = await open(false);
    database?.close();
    return database !== null;
  } catch (error) {
    // Where the browser refuses databases there is none; where another tab holds it, it is there.
    return error === NO_ANSWER;
  }
}

/** The page's own entries: other pages of the same site, or of the same disk, may have theirs. @param {Storage} storage */
const ours = (storage) => Object.keys(storage).filter((key) => key.startsWith("leitmotif"));

/**
 * @param {boolean} create
 * @returns {Promise<IDBDatabase | null>} null: there is none, and none was to be created
 */
async function open(create) {
  // WebKit leaves an empty database where one was only looked for: so it is not opened to see whether it is there.
  if (!create && (await isListed()) === false) return null;
  return limited((done, fail) => {
    const request = indexedDB.open(DATABASE, 1);
    let absent = false;
    request.onupgradeneeded = () => {
      if (create) return void request.result.createObjectStore(STORE);
      // Looking must not leave an empty database behind.
      absent = true;
      request.transaction?.abort();
    };
    request.onsuccess = () => {
      const database = request.result;
      // Another tab wants to delete it: let go.
      database.onversionchange = () => database.close();
      done(database);
    };
    request.onerror = (event) => {
      event.preventDefault();
      if (absent) done(null);
      else fail(request.error);
    };
  });
}

/** @returns {Promise<boolean | undefined>} undefined: the browser does not say */
const isListed = () =>
  quietly(() => limited((done, fail) => void indexedDB.databases().then((all) => done(all.some(({ name, version }) => name === DATABASE && version !== 0)), fail)));

/** @param {IDBRequest} request @returns {Promise<any>} */
const answer = (request) =>
  limited((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const completed = (transaction) =>
  limited((done, fail) => {
    transaction.oncomplete = () => done();
    transaction.onabort = () => fail(transaction.error);
  });

/**
 * @template T
 * @param {(done: (value?: any) => void, fail: (error: unknown) => void) => void} start
 * @returns {Promise<T>}
 */
function limited(start) {
  return new Promise((done, fail) => {
    setTimeout(() => fail(NO_ANSWER), PATIENCE);
    start(done, fail);
  });
}

/**
 * @template T
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T | undefined>} undefined: it threw
 */
async function quietly(work) {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
