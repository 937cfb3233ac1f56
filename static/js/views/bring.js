/**
 * The dialog "Your data": three ways to bring a table, what is on its way, what went wrong; then the table itself (told.js).
 * @import { BringState, BundledTable, Child, State } from "../types"
 */
import { bytesText } from "../state/bytes.js";
import { errorView, uploadView } from "./bringupload.js";
import { countText } from "./labels.js";
import { toldView } from "./told.js";
import { h, icon } from "./tree.js";

/** What the dialog is drawn again for. @param {State} state @returns {unknown[]} */
export function bringNeeds({ bring, schema, server, link, connection }) {
  return bring.open ? [bring, schema, server?.spec, link, connection] : [null];
}

/** @param {State} state @returns {Child[]} */
export function bringView(state) {
  if (!state.bring.open) return [];
  return state.bring.told ? toldView(state) : waysView(state);
}

/** @param {State} state @returns {Child[]} */
function waysView(state) {
  const { bring } = state;
  return [
    h("section.bring__way", { "aria-labelledby": "bring-file-title" }, h("h3.bring__title", { id: "bring-file-title" }, "From a file"), fileView(state)),
    h("section.bring__way", { "aria-labelledby": "bring-paste-title" }, h("h3.bring__title", { id: "bring-paste-title" }, "From the clipboard"), pasteView(bring)),
    h(
      "section.bring__way.bring__way--wide",
      { "aria-labelledby": "bring-bundled-title" },
      h("h3.bring__title", { id: "bring-bundled-title" }, "Real data that is here already"),
      bundledView(bring),
      errorView(bring, "bundled"),
    ),
    h("p.bring__private", {}, "What you bring stays in this session and in what you save yourself."),
  ];
}

/** @param {State} state */
function fileView(state) {
  const { bring } = state;
  const kind = (/** @type {BringState["kind"]} */ name, /** @type {string} */ word) =>
    h("button", { type: "button", "aria-pressed": String(bring.kind === name), "data-bring-kind": name }, word);
  const pick = h("button.button.bring__pick", { type: "button", "data-action": "bring-file", disabled: bring.upload !== null }, icon("file"), "Choose a file …");
  return h(
    "div.bring__drop",
    { "data-bring-drop": "" },
    h("div.segmented.bring__kinds", { role: "group", "aria-label": "What the file holds" }, kind("table", "Table"), kind("images", "Images (MNIST)")),
    h("p.bring__hint", {}, pick, h("span", {}, "or drop it anywhere on the page")),
    h("p.bring__note", {}, limitsText(state)),
    uploadView(bring),
    errorView(bring, "file"),
  );
}

/** What is taken, as far as the server has told its limits. @param {State} state */
function limitsText({ schema, bring: { kind } }) {
  const { rows, columns, table_bytes: table, image_bytes: images } = schema?.bounds ?? {};
  if (kind === "images") return `.npz, IDX or CSV with a label and 784 pixels a row${images ? `; at most ${bytesText(images)}` : ""}.`;
  const size = table ? ` and ${bytesText(table)}` : "";
  return rows && columns ? `CSV, separated by commas, semicolons or tabs; at most ${countText(rows)} rows, ${columns} columns${size}.` : "CSV.";
}

/** @param {BringState} bring */
function pasteView(bring) {
  const attrs = { id: "bring-text", rows: 5, spellcheck: "false", placeholder: "height;weight;species\n12,5;3,1;cat", "aria-label": "Table as text" };
  return h(
    "div.bring__paste",
    {},
    h("textarea.table__text.bring__source", attrs),
    h("div.bring__row", {}, h("button.button", { type: "button", "data-action": "bring-paste", disabled: bring.upload !== null }, "Read this text")),
    errorView(bring, "paste"),
  );
}

/** @param {BringState} bring */
function bundledView({ bundled, upload }) {
  if (!bundled) return h("p.bring__wait", {}, "The tables are on their way …");
  return h("div.bring__cards", {}, bundled.map((table) => cardView(table, upload !== null)));
}

/** @param {BundledTable} table @param {boolean} busy */
function cardView({ name, title, text, rows, columns, target, task, classes, image }, busy) {
  const inputs = image ? `images of ${image.width} × ${image.height}` : `${columns - 1} columns`;
  const what = task === "regression" ? `a number: ${target}` : `${classes} classes: ${target}`;
  return h(
    "button.bring__card",
    { type: "button", key: name, "data-bring-table": name, disabled: busy },
    h("strong.bring__name", {}, title),
    h("span.bring__text", {}, text),
    h("span.bring__facts", {}, `${countText(rows)} rows · ${inputs} · ${what}`),
  );
}
