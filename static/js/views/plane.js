/**
 * Around the board of a table: what its two directions are and which two inputs they shall be, and where the other inputs
 * are held.
 * @import { Child, InputColumn, Node, Plane, State } from "../types"
 */
import { hasPlane, heldAt, planeOf } from "../state/plane.js";
import { axesOf, axisTitle, inputNames, isPlain, numberText } from "./axes.js";
import { isCurve } from "./curve.js";
import { helpButton } from "./help.js";
import { countText } from "./labels.js";
import { h } from "./tree.js";

/** From so many inputs on there is a field to search them by name. */
const MANY = 8;
/** A slider has so many places. */
const PLACES = 200;
/** And its value so many different numbers at least. */
const FINE = 100;

/** The name of the way up, over the board. @param {State} state */
export const axisUpView = (state) => axisView(state, 1);
/** The name of the way to the right, under it. @param {State} state */
export const axisRightView = (state) => axisView(state, 0);

/** A name, or the choice of one. @param {State} state @param {0 | 1} row @returns {Child[]} */
function axisView(state, row) {
  const axis = axesOf(state)[row];
  if (!state.server || (isPlain(axis) && !hasPlane(state) && !isCurve(state))) return [];
  const sign = h("span.axis__sign", { "aria-hidden": "true" }, row ? "↑" : "→");
  const name = hasPlane(state) && planeOf(state).kind === "slice" && axis.input !== null ? picker(state, row) : h("span.axis__name", {}, axisTitle(state, axis));
  return row ? [sign, name] : [name, sign];
}

/** @param {State} state @param {0 | 1} row */
function picker(state, row) {
  const chosen = planeOf(state).axes[row];
  const inputs = state.server?.inputs ?? [];
  const options = inputNames(state).map((name, input) => h("option", { value: input, selected: input === chosen }, withUnit(name, inputs[input])));
  const label = row ? "Upwards" : "To the right";
  return h("select.select.select--small.axis__pick", { "data-axis": row, "aria-label": `${label}: input`, title: `${label}: input` }, options);
}

/** @param {string} name @param {InputColumn | undefined} input */
function withUnit(name, input) {
  return input?.unit ? `${name} (${input.unit})` : name;
}

/** The bar under the board: slice or components, and where the slice lies. @param {State} state @returns {Child[]} */
export function planeView(state) {
  if (!state.server || !hasPlane(state)) return [];
  const plane = planeOf(state);
  const slice = plane.kind === "slice";
  const kinds = h(
    "div.segmented.plane__kinds",
    { role: "group", "aria-label": "Plane that is shown" },
    kindButton("slice", "Slice", "Two inputs; the others are held", slice),
    kindButton("pca", "PCA plane", "The two directions in which the training points vary most", !slice),
  );
  const bar = h("div.plane__bar", {}, kinds, slice ? places(state, plane) : null);
  const note = h("div.plane__foot", {}, h("p.plane__note", {}, noteOf(state, plane)), helpButton("board.plane", "Plane"));
  return [bar, note, ...(slice ? heldList(state, plane) : [])];
}

/** @param {Plane["kind"]} kind @param {string} word @param {string} title @param {boolean} on */
function kindButton(kind, word, title, on) {
  return h("button", { type: "button", "data-plane-kind": kind, "aria-pressed": String(on), title }, word);
}

/** Through the mean, or through the row that is chosen. @param {State} state @param {Plane} plane */
function places({ ui }, { row, values }) {
  const one = ui.selected.length === 1 && ui.selected[0] >= 0 ? ui.selected[0] : null;
  const mean = row === null && !values.length;
  const there = row !== null && row === one && !values.length;
  const title = one === null ? "Choose one point first" : "Hold the others where the chosen point has them";
  return h(
    "div.plane__places",
    { role: "group", "aria-label": "Where the slice lies" },
    h("span.plane__word", { "aria-hidden": "true" }, "through"),
    h("button.button.plane__place", { type: "button", "data-plane-at": "mean", "aria-pressed": String(mean), title: "Hold the others at their mean" }, "mean"),
    h("button.button.plane__place", { type: "button", "data-plane-at": "row", "aria-pressed": String(there), disabled: one === null, title }, "point"),
  );
}

/** How the points come onto the plane. @param {State} state @param {Plane} plane */
function noteOf({ points, server }, { kind }) {
  const shown = server?.shown ? `${countText(points.length)} of ${countText(server.preparation?.used ?? server.shown)} points are shown. ` : "";
  const others = (server?.inputs?.length ?? 0) - 2;
  if (kind === "pca") return `${shown}${countText(points.length)} points, projected onto this plane.`;
  if (others <= 0) return shown;
  return `${shown}${countText(points.length)} points, projected onto this slice.`;
}

/** A slider for each input that is held; categories of one column are one choice. @param {State} state @param {Plane} plane @returns {Child[]} */
function heldList(state, plane) {
  const inputs = state.server?.inputs ?? [];
  if (state.server?.image) return [];
  const names = inputNames(state);
  const held = inputs.map((_, input) => input).filter((input) => !plane.axes.includes(input));
  if (!held.length) return [];
  const wanted = state.plane.search.trim().toLowerCase();
  const groups = new Set();
  const rows = held.flatMap((input) => {
    const { column, indicator } = inputs[input];
    const group = indicator ? held.filter((other) => inputs[other].indicator && inputs[other].column === column) : [input];
    const hidden = groups.has(column) || ![column, ...group.map((one) => names[one])].some((name) => name.toLowerCase().includes(wanted));
    if (indicator) groups.add(column);
    if (hidden) return [];
    return indicator ? [categoryRow(state, column, group)] : [sliderRow(state, names[input], input)];
  });
  const search = h("input.plane__search", { type: "search", placeholder: `Search ${held.length} inputs`, "aria-label": "Search inputs", value: state.plane.search, "data-plane-search": true });
  const none = rows.length ? null : h("p.plane__note", {}, "No input has this in its name.");
  return [held.length >= MANY ? search : null, h("div.plane__held", { role: "group", "aria-label": "Inputs that are held" }, rows, none)].filter((row) => row !== null);
}

/** @param {State} state @param {string} name @param {number} input @returns {Node} */
function sliderRow(state, name, input) {
  const column = /** @type {InputColumn} */ (state.server?.inputs?.[input]);
  const { low, high, middle, unit } = column;
  const value = heldAt(state, input);
  const span = high - low;
  const share = (/** @type {number} */ raw) => (span > 0 ? Math.max(0, Math.min(1, (raw - low) / span)) : 0.5);
  const text = value === null ? "…" : numberText(value, span > 0 ? span / FINE : 1);
  const attrs = {
    type: "range",
    min: 0,
    max: PLACES,
    step: 1,
    value: Math.round(PLACES * share(value ?? middle)),
    disabled: span <= 0,
    "data-held": input,
    "aria-label": name,
    "aria-valuetext": `${text} ${unit}`.trim(),
    style: `--fill: ${(100 * share(value ?? middle)).toFixed(1)}%`,
  };
  const mean = h("i.plane__mean", { style: `--mean: ${share(middle).toFixed(3)}`, title: `Mean: ${numberText(middle, span > 0 ? span / FINE : 1)} ${unit}`.trim() });
  return h(
    "label.plane__row",
    { key: `held-${input}` },
    h("span.plane__name", { title: withUnit(name, column) }, name),
    h("span.plane__slide", {}, h("input.slider", attrs), mean),
    h("output.plane__value", {}, span > 0 ? `${text} ${unit}`.trim() : `${text} (constant)`),
  );
}

/** @param {State} state @param {string} column @param {readonly number[]} group its categories @returns {Node} */
function categoryRow(state, column, group) {
  const at = group.map((input) => heldAt(state, input));
  const chosen = at.findIndex((value, row) => value === 1 && at.every((other, place) => place === row || other === 0));
  const options = group.map((input, row) => h("option", { value: row, selected: row === chosen }, categoryOf(state, input, column)));
  const attrs = { "data-held-group": JSON.stringify(group), "aria-label": column };
  return h(
    "label.plane__row",
    { key: `group-${column}` },
    h("span.plane__name", { title: column }, column),
    h("select.select.select--small.plane__category", attrs, h("option", { value: "", selected: chosen < 0 }, "mean shares"), options),
  );
}

/** "sex = female" is "female" beside its column's name. @param {State} state @param {number} input @param {string} column */
function categoryOf(state, input, column) {
  const name = inputNames(state)[input];
  return name.startsWith(column) ? name.slice(column.length).replace(/^\s*[=:]\s*/, "") || name : name;
}

/** @param {InputColumn} column @param {number} place of its slider @returns {number} raw */
export function rawAtPlace({ low, high }, place) {
  return Number((low + ((high - low) * place) / PLACES).toPrecision(12));
}
