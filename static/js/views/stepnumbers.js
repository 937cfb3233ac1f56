/**
 * Every number of a walked step, parameter by parameter: the largest updates of all, or one layer's in its order.
 * @import { Child, GradientRow, Node, State, StepNumbers, WeightRef } from "../types"
 */
import { countText, weightText } from "./labels.js";
import { h } from "./tree.js";
import { layerName, parameterName, unitName } from "./weight.js";

/** Of more parameters than these the largest updates are shown: a table is there to be read. */
const MOST_ROWS = 60;

/** Columns that this optimiser does not have are left out. @type {readonly [keyof StepNumbers, string][]} */
const COLUMNS = [
  ["before", "Before"],
  ["data_gradient", "Data gradient"],
  ["penalty_gradient", "Penalty"],
  ["clipped_gradient", "Optimiser sees"],
  ["first_before", "First moment before"],
  ["first", "after"],
  ["first_corrected", "corrected"],
  ["second_before", "Second moment before"],
  ["second", "after"],
  ["second_corrected", "corrected"],
  ["decay", "Decay"],
  ["update", "Update"],
  ["after", "After"],
];

/** @typedef {WeightRef & {at: number, kind: GradientRow["kind"]}} Row a parameter and its place in theta */

/** @param {State} state @param {StepNumbers} numbers @returns {Node} */
export function stepNumbersView(state, numbers) {
  const columns = COLUMNS.filter(([name]) => numbers[name] !== null && !(name === "penalty_gradient" && numbers[name].every((value) => !value)));
  const { layer, unit } = state.phaseview.chosen;
  const all = rowsOf(state).filter((row) => (layer === null || row.layer === layer) && (unit === null || row.unit === unit));
  const rows = all.length > MOST_ROWS ? largest(all, numbers) : all;
  const note = all.length > MOST_ROWS ? `The ${MOST_ROWS} largest updates of ${countText(all.length)}.` : "";
  return h(
    "section.phases__parameters",
    { "aria-label": "Parameters" },
    h("div.phases__choice", {}, ...choiceView(state), note ? h("p.phases__facts", {}, note) : null),
    h(
      "table.phases__table",
      {},
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Parameter"), columns.map(([, word]) => h("th", { scope: "col" }, word)))),
      h("tbody", {}, rows.map((row) => rowView(state, numbers, columns, row))),
    ),
  );
}

/** @param {readonly Row[]} rows @param {StepNumbers} numbers @returns {Row[]} */
function largest(rows, { update }) {
  const size = (/** @type {Row} */ { at }) => Math.abs(update[at] ?? Infinity);
  return [...rows].sort((one, other) => size(other) - size(one)).slice(0, MOST_ROWS);
}

/** Which layer, and which unit of it. @param {State} state @returns {Child[]} */
function choiceView(state) {
  const { layer, unit } = state.phaseview.chosen;
  const layers = state.server?.layers ?? [];
  const option = (/** @type {number | null} */ value, /** @type {number | null} */ chosen, /** @type {string} */ word) => h("option", { value: String(value ?? ""), selected: value === chosen, key: String(value) }, word);
  const select = (/** @type {string} */ name, /** @type {string} */ label, /** @type {Node[]} */ options) =>
    h("select.select.select--small", { "data-walk-choice": name, key: name, "aria-label": label }, options);
  const found = [select("layer", "Layer", [option(null, layer, "All layers"), ...layers.map((_, row) => option(row, layer, capitalised(layerName(state, row))))])];
  if (layer === null || !layers[layer] || layers[layer].fan_out === 1) return found;
  const units = Array.from({ length: layers[layer].fan_out }, (_, row) => option(row, unit, capitalised(unitName(state, layer, row))));
  return [...found, select("unit", "Unit", [option(null, unit, "All its units"), ...units])];
}

/** @param {string} words */
function capitalised(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {State} state @param {StepNumbers} numbers @param {readonly [keyof StepNumbers, string][]} columns @param {Row} row @returns {Node} */
function rowView(state, numbers, columns, { at, ...place }) {
  const { kind, ...ref } = place;
  const name = parameterName(state, place);
  // A unit's scale and shift have no product of their own to be taken apart into.
  const head = kind === "weight" || kind === "bias" ? h("button.phases__name", { type: "button", "data-apart": JSON.stringify({ ...ref, of: "weight" }) }, name) : name;
  return h(
    "tr",
    { key: at },
    h("th", { scope: "row" }, head),
    columns.map(([column]) => h("td", { "data-column": column, "data-exact": String(numbers[column]?.[at] ?? ""), title: String(numbers[column]?.[at] ?? "") }, weightText(numbers[column]?.[at]))),
  );
}

/** Every parameter in the order of theta. @param {State} state @returns {Row[]} */
function rowsOf({ server }) {
  return (server?.layers ?? []).flatMap(({ fan_in, fan_out, offset, batch_norm: scales }, layer) => {
    const weights = Array.from({ length: fan_out * (fan_in + 1) }, (_, row) => {
      const [unit, column] = [Math.floor(row / (fan_in + 1)), row % (fan_in + 1)];
      return column === fan_in ? rowOf(offset + row, layer, unit, null, "bias") : rowOf(offset + row, layer, unit, column, "weight");
    });
    if (scales === null) return weights;
    return [...weights, ...Array.from({ length: 2 * fan_out }, (_, row) => rowOf(scales + row, layer, row % fan_out, null, row < fan_out ? "gamma" : "beta"))];
  });
}

/** @param {number} at @param {number} layer @param {number} unit @param {number | null} input @param {Row["kind"]} kind @returns {Row} */
function rowOf(at, layer, unit, input, kind) {
  return { at, layer, unit, input, kind };
}
