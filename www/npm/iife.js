/**
 * The classic script: it defines both elements and offers what `import` would give as the global object `leitmotif`. Included
 * twice, or in two versions, the first one stays.
 */

import "../elements/define.js";
import * as leitmotif from "./index.js";

// Not `in`: an element whose id is "leitmotif" is a property of the window too.
if (!Object.hasOwn(globalThis, "leitmotif")) Object.assign(globalThis, { leitmotif });
