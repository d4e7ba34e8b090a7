/** The dialogue that explains keys and marks. */

import { button, element, part } from "./dom.js";
import { t } from "./messages.js";

/** Shows it; Esc or its button puts it away, and the focus goes back. */
export function showHelp() {
  const dialog = /** @type {HTMLDialogElement} */ (part("help"));
  const title = element("h2", "", t().helpKeys);
  title.id = "help-title";
  // Read from the beginning: the only button is at the end.
  title.tabIndex = -1;
  const rows = t().keys.map(([keys, what]) => element("tr", "", element("th", "", keys), element("td", "", what)));
  for (const row of rows) row.cells[0].scope = "row";
  dialog.replaceChildren(
    title,
    element("table", "keys", element("tbody", "", ...rows)),
    element("p", "note", t().keysNote),
    element("p", "note", t().helpMarks),
    button(t().close, () => dialog.close()),
  );
  if (!dialog.open) dialog.showModal();
  title.focus();
}
