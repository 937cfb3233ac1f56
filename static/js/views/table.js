/**
 * The point table: every point as a row that can be filled in, one page at a time; paste in, copy out.
 * @import { Cell, Child, Part, PointRow, State } from "../types"
 */
import { rawOf } from "../state/axes.js";
import { PARTS, partCounts, partNamed } from "../state/parts.js";
import { axisFor, pageOf, tableRows } from "../state/table.js";
import { axesOf, axisTitle } from "./axes.js";
import { h, icon } from "./tree.js";

const COLUMNS = /** @type {const} */ (["x1", "x2", "label"]);

/** @param {State} state @returns {Child[]} */
export function tableView(state) {
  const { table, server } = state;
  if (!table.open || !server) return [];
  const rows = tableRows(state);
  const shown = pageOf(rows, table.page);
  const word = server.task === "regression" ? "value" : "class";
  return [
    barView(state),
    h(
      "div.table__scroll",
      { tabindex: 0, role: "region", "aria-label": "Rows" },
      h("table.table__grid", {}, headView(state, shown.rows, word), h("tbody", {}, shown.rows.map((row, at) => rowView(state, row, shown.from + at + 1, word)))),
      rows.length ? null : h("p.table__empty", {}, "No points yet: add a row, paste from a spreadsheet, or click on the board."),
    ),
    pagerView(shown.page, shown.pages, shown.from, shown.rows.length, rows.length),
    ...copyView(state),
    ...(state.server?.spec.data.source === "table" ? [] : [pasteView(state)]),
    h("p.table__said", { role: "status", id: "table-said" }, table.said),
  ];
}

/** Up a curve is the target itself. @param {State} state */
function isCurve({ server }) {
  return server?.chart === "curve";
}

/** @param {State} state */
function barView({ ui: { selected }, points }) {
  const count = selected.length;
  const act = (/** @type {string} */ name, /** @type {string} */ words, /** @type {boolean} */ off = false) =>
    h("button.button.table__button", { type: "button", "data-table": name, disabled: off }, words);
  return h(
    "div.table__bar",
    {},
    act("add", "Add row"),
    act("delete", count ? `Delete ${count}` : "Delete", !count),
    act("train", "To training", !count),
    ...(partCounts(points).validation ? [act("validation", "To validation", !count)] : []),
    act("test", "To test", !count),
    act("copy", "Copy CSV"),
    act("download", "Download"),
  );
}

/** @param {State} state @param {readonly PointRow[]} rows @param {string} word */
function headView(state, rows, word) {
  const chosen = new Set(state.ui.selected);
  const all = rows.length > 0 && rows.every(([id]) => chosen.has(id));
  const box = h("input", { type: "checkbox", checked: all, "data-rows": "all", "aria-label": "Choose all rows of this page" });
  const places = axesOf(state).map((axis) => axisTitle(state, axis));
  const label = isCurve(state) ? [] : [state.server?.target?.name || word];
  const names = ["#", ...places, ...label, "part"].map((name) => h("th", { scope: "col" }, name));
  return h("thead", {}, h("tr", {}, h("th", {}, box), names));
}

/** @param {State} state @param {PointRow} row @param {number} number @param {string} word */
function rowView(state, row, number, word) {
  const [id, x1, x2, label, part] = row;
  const chosen = state.ui.selected.includes(id);
  const box = h("input", { type: "checkbox", checked: chosen, "data-row": id, "aria-label": `Choose row ${number}` });
  const values = { x1, x2, label };
  const columns = isCurve(state) ? COLUMNS.slice(0, 2) : COLUMNS;
  const cells = columns.map((column) => {
    const labels = state.server?.spec.data.source === "table" ? (state.server.labels ?? []) : [];
    if (column === "label" && labels.length) return labelView(labels, id, label, `${word}, row ${number}`);
    const axis = axisFor(state, column);
    const name = axis ? axis.name : word;
    return cellView(state.table.cells, id, column, axis ? rawOf(axis, values[column]) : label, `${name}, row ${number}`);
  });
  return h(
    "tr",
    { key: id, "aria-selected": String(chosen), class: chosen ? "table__chosen" : null },
    h("td", {}, box),
    h("td.table__number", {}, String(number)),
    cells,
    h("td", {}, partView(partNamed(part), id, number)),
  );
}

/** @param {Part} part @param {number} id @param {number} number */
function partView(part, id, number) {
  const options = PARTS.map((value) => h("option", { value, selected: value === part }, value));
  return h("select.select.table__part", { "data-part-of": id, "aria-label": `part, row ${number}`, value: part }, options);
}

/** A class by its name. @param {readonly string[]} labels @param {number} id @param {number} label @param {string} words */
function labelView(labels, id, label, words) {
  const options = labels.map((name, value) => h("option", { value, selected: value === label }, name));
  return h("td", {}, h("select.select.table__part", { "data-label-of": id, "aria-label": words, value: label }, options));
}

/**
 * What is typed stands until it is taken; what is bad stands marked, with the reason under it.
 * @param {readonly Cell[]} cells @param {number} id @param {Cell["column"]} column @param {number} value @param {string} label
 */
function cellView(cells, id, column, value, label) {
  const typed = cells.find((cell) => cell.id === id && cell.column === column);
  const error = typed?.error ?? null;
  const attrs = {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    value: typed?.text ?? String(Number(value.toFixed(4))),
    "data-id": id,
    "data-column": column,
    "aria-label": label,
    "aria-invalid": error ? "true" : null,
    "aria-describedby": error ? `cell-${id}-${column}` : null,
  };
  return h("td", {}, h("input.text.table__cell", attrs), error ? h("p.field__error", { id: `cell-${id}-${column}` }, error) : null);
}

/** @param {number} page @param {number} pages @param {number} from @param {number} here @param {number} all */
function pagerView(page, pages, from, here, all) {
  const turn = (/** @type {number} */ to, /** @type {string} */ words, /** @type {boolean} */ off) =>
    h("button.button.table__button", { type: "button", "data-page": to, disabled: off }, words);
  const text = all ? `${from + 1}–${from + here} of ${all}` : "0 points";
  return h(
    "div.table__pager",
    {},
    turn(0, "First", page === 0),
    turn(page - 1, "Back", page === 0),
    h("output", { id: "table-rows" }, text),
    turn(page + 1, "Next", page >= pages - 1),
    turn(pages - 1, "Last", page >= pages - 1),
  );
}

/** Text to be copied by hand. @param {State} state @returns {Child[]} */
function copyView({ table: { copy } }) {
  if (copy === null) return [];
  return [
    h(
      "label.table__copy",
      {},
      h("span", {}, "The clipboard could not be written. Copy this text:"),
      h("textarea.table__text", { id: "table-copy", readonly: true, rows: 4, value: copy }),
    ),
  ];
}

/** @param {State} state */
function pasteView({ table: { pasted } }) {
  const attrs = { id: "table-paste", rows: 3, placeholder: "x1\tx2\tlabel\n1.5\t−2\t0", spellcheck: "false" };
  const bad = pasted?.bad ?? [];
  const loaded = pasted ? `${pasted.loaded} ${pasted.loaded === 1 ? "point" : "points"} loaded` : "";
  const missed = bad.length ? `, ${bad.length} ${bad.length === 1 ? "line" : "lines"} not:` : pasted ? "." : "";
  return h(
    "div.table__paste",
    {},
    h("label", { for: "table-paste" }, "Paste from a spreadsheet: x1, x2, label, and part if you like"),
    h("div.table__load", {}, h("textarea.table__text", attrs), h("button.button", { type: "button", "data-table": "load" }, icon("plus"), "Load")),
    h("div", { role: "status", id: "table-pasted" }, pasted ? h("p", {}, loaded + missed) : null),
    bad.length ? h("ul.table__bad", { tabindex: 0, "aria-label": "Lines that were not loaded" }, bad.slice(0, 100).map(badView)) : null,
    bad.length > 100 ? h("p", {}, `… and ${bad.length - 100} more.`) : null,
  );
}

/** @param {{line: number, text: string, reason: string}} bad */
function badView({ line, text, reason }) {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return h("li", { key: line }, h("b", {}, `line ${line}`), ` ${reason} `, h("code", {}, short));
}
