/** The page in Chinese: axe, sideways scrolling and targets in every state. */

import { axeInEveryState } from "./states.js";

axeInEveryState("zh");
