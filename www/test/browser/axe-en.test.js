/** The page in English: axe, sideways scrolling and targets in every state. */

import { axeInEveryState } from "./states.js";

axeInEveryState("en");
