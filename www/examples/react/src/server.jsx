import { renderToString } from "react-dom/server";
// On a server the elements are plain tags, and importing them does nothing.
import "leitmotif/define";

import { Article } from "./Article.jsx";

console.log(renderToString(<Article />));
