// Written by www/npm/generate/write.js from the doc comments of the elements.

import type { LeitmotifReader, Result, Profile, Model } from "../elements/leitmotif-reader.js";
import type { LeitmotifBox } from "../elements/leitmotif-box.js";

declare global {
  interface HTMLElementTagNameMap {
    "leitmotif-reader": LeitmotifReader;
    "leitmotif-box": LeitmotifBox;
  }

  interface HTMLElementEventMap {
    /** The engine is there; `fallback`: why it is not WebAssembly. */
    "leitmotif-ready": CustomEvent<{ engine: "wasm" | "js", model: Model, fallback: Error | null }>;
    /** A text was read, or its codes changed, and all of it is shown; `ms`: milliseconds since it changed. */
    "leitmotif-result": CustomEvent<{ results: Result[], profile: Profile, ms: number }>;
    /** Another paragraph was chosen; −1: none. */
    "leitmotif-select": CustomEvent<{ index: number }>;
    /** A person is about to give codes (theme ids; empty: no theme) or to take them away (null); `preventDefault()` leaves them as they are. Not fired for `setCodes`. */
    "leitmotif-code": CustomEvent<{ index: number, before: string[] | null, after: string[] | null }>;
    /** Something failed; `code` is that of a `LeitmotifError`, or `no-target`, or `unexpected`. */
    "leitmotif-error": CustomEvent<{ code: string, message: string, cause: unknown }>;
    /** Texts came in; `names`: of the articles, as found or as their files are called. The first of them is shown. */
    "leitmotif-open": CustomEvent<{ names: string[] }>;
  }
}
