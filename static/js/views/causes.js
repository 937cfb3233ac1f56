/**
 * Error analysis: what can be done with chosen examples, and how many mistakes have which cause.
 * @import { Child, State } from "../types"
 */
import { causeCounts } from "../state/gallery.js";
import { shortName } from "./reading.js";
import { h, icon } from "./tree.js";

/** What often goes wrong; any other text will do. */
const SUGGESTIONS = ["badly written", "looks like another", "wrong label", "unusual style"];

/** @param {State} state */
export function toolsView(state) {
  const { picked } = state.gallery;
  const none = !picked.length;
  const labels = (state.server?.labels ?? []).map((_, label) => h("option", { value: label }, shortName(state, label)));
  return h(
    "div.gallery__tools",
    { role: "group", "aria-label": "With the chosen examples" },
    h("span.gallery__count", { id: "gallery-picked" }, none ? "Choose examples:" : `${picked.length} chosen:`),
    h(
      "label.gallery__tool",
      {},
      h("span", {}, "Label"),
      h("select.select", { id: "gallery-label", "data-gallery": "relabel", disabled: none, value: "" }, h("option", { value: "" }, "…"), labels),
    ),
    h("button.button", { type: "button", "data-action": "gallery-exclude", disabled: none, title: "Take them out of the data; Undo brings them back" }, icon("trash"), "Exclude"),
    h(
      "form.gallery__tool",
      { "data-gallery": "cause" },
      h("label", { for: "gallery-cause" }, "Cause"),
      h("input.text.gallery__cause", { id: "gallery-cause", list: "gallery-causes", autocomplete: "off", maxlength: 60, disabled: none, "data-reads": "" }),
      h("datalist", { id: "gallery-causes" }, suggestions(state).map((value) => h("option", { value }))),
      h("button.button", { type: "submit", disabled: none, "data-reads": "" }, "Give"),
    ),
  );
}

/** Those that were used already, then the usual ones. @param {State} state */
function suggestions(state) {
  const used = causeCounts(state).map(([cause]) => cause);
  return [...used, ...SUGGESTIONS.filter((cause) => !used.includes(cause))];
}

/** @param {State} state @returns {Child[]} */
export function causesView(state) {
  const counts = causeCounts(state);
  if (!counts.length) return [];
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  const rows = counts.map(([cause, count]) => h("tr", { key: cause }, h("th", { scope: "row" }, cause), h("td", {}, String(count)), h("td", {}, `${Math.round((100 * count) / all)} %`)));
  return [
    h(
      "div.causes",
      {},
      h("table.causes__table", { id: "causes" }, h("caption.results__title", {}, "What went wrong"), h("thead.sr", {}, h("tr", {}, ["cause", "count", "share"].map((word) => h("th", { scope: "col" }, word)))), h("tbody", {}, rows)),
      h("button.button", { type: "button", "data-action": "copy-causes", "data-reads": "" }, "Copy as CSV"),
      state.gallery.copy === null ? null : h("textarea.table__text", { id: "causes-copy", readonly: true, rows: 4, value: state.gallery.copy, "aria-label": "Text to be copied by hand" }),
    ),
  ];
}
