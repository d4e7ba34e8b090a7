/**
 * HTML as a document that never lives: nothing in it runs, loads or is shown. It is only walked for its text.
 *
 * The page's policy allows one Trusted Types policy, `leitmotif`, and this is its only use. It is needed where
 * a browser enforces Trusted Types without having `Document.parseHTML`: `DOMParser` is then the one way to
 * parse, and takes no bare string. What it makes has no browsing context, so that scripts and handlers do not run,
 * and no picture loads; nodes of it never enter the page.
 */

/** What `style` is called in a document made here. */
export const STYLE = "data-style";

/** A tag with its attributes, and the names in it that a browser would act on. */
const TAG = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const ACTIVE = /([\s"'/])(on\w+|style|href|src|srcset|srcdoc|http-equiv|background|poster|data|action)(?=\s*=)/gi;

/** @typedef {{ createHTML: (html: string) => string }} Policy */

/** @type {Policy | undefined} a name can be given out once only */
let policy;

/**
 * @param {string} html
 * @returns {Document}
 */
export function parseInert(html) {
  // Handlers and styles would not act in an inert document either, but the page's policy would complain of each of
  // them, and the complaints would hide a true one: they go by other names. The parser takes what is in <noframes> as
  // it takes what is in <style>.
  const quiet = html
    .replace(TAG, (tag) => tag.replace(ACTIVE, "$1data-$2"))
    .replace(/<(\/?)style(?=[\s/>])/gi, "<$1noframes");
  const native = /** @type {any} */ (Document).parseHTML;
  // An empty configuration keeps everything but what could run: the walk has its own mind on what is hidden.
  if (typeof native === "function") return native.call(Document, quiet, { sanitizer: {} });
  const types = /** @type {any} */ (globalThis).trustedTypes;
  try {
    policy ??= types?.createPolicy("leitmotif", { createHTML: (/** @type {string} */ markup) => markup });
  } catch {
    // A page around the element that allows no policy: then the text beside the markup is what there is.
    return document.implementation.createHTMLDocument();
  }
  return new DOMParser().parseFromString(policy ? policy.createHTML(quiet) : quiet, "text/html");
}
