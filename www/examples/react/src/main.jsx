import "leitmotif/define";
import { createRoot } from "react-dom/client";

import { Article } from "./Article.jsx";

createRoot(document.getElementById("root")).render(<Article />);
