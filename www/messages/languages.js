/**
 * The languages of the interface. A further one is one file beside this one, and one line here: the file may hold both tables,
 * that of the reading (as en.js has it) and that of taking things away (as take-en.js has it).
 *
 * A table is loaded when its language is first spoken.
 *
 * @type {Record<string, { name: string, reading: () => Promise<import("../messages.js").Messages>, taking: () => Promise<import("./take-en.js").TakeMessages> }>}
 */
export const LANGUAGES = {
  en: { name: "English", reading: async () => (await import("./en.js")).en, taking: async () => (await import("./take-en.js")).en },
  zh: { name: "中文", reading: async () => (await import("./zh.js")).zh, taking: async () => (await import("./take-zh.js")).zh },
};

/** The first language that is wanted and that there is; else English. @param {readonly string[]} wanted tags, the dearest first */
export const fitting = (wanted) => wanted.map((tag) => tag.split("-")[0].toLowerCase()).find((id) => Object.hasOwn(LANGUAGES, id)) ?? "en";
