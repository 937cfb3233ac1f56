/**
 * One weight in words and numbers: the read-out beside the pointer, the editor, what is said aloud, and the choice of what edges show.
 * @import { Child, EdgeMode, GradientRow, Node, State, Stop, WeightRef } from "../types"
 */
import { boundsOf, numbersOf } from "../state/diagram.js";
import { FROZEN_PATH, frozenOf, isFrozen, isLayerFrozen, toggledFrozen } from "../state/frozen.js";
import { inputNames } from "./axes.js";
import { asks } from "./control.js";
import { countText, nameOf, typed, weightText } from "./labels.js";
import { h, icon } from "./tree.js";

/** @type {readonly [EdgeMode, string][]} */
const MODES = [
  ["weight", "Weight"],
  ["gradient", "Gradient"],
  ["update", "Update"],
];

/** What the edges show. @param {State} state @returns {Child[]} */
export function modesView({ diagram: { mode } }) {
  const buttons = MODES.map(([name, word]) =>
    h("button", { type: "button", "data-action": "edges", "data-mode": name, "data-reads": true, "aria-pressed": String(name === mode) }, word),
  );
  return [h("div.segmented.segmented--modes", { role: "group", "aria-label": "What the lines show" }, buttons)];
}

/** A layer's name; the output layer is the last. @param {State} state @param {number} layer */
export function layerName({ server }, layer) {
  return layer === (server?.layers.length ?? 0) - 1 ? "the output" : `layer ${layer + 1}`;
}

/** @param {State} state @param {number} layer @param {number} unit */
export function unitName(state, layer, unit) {
  const output = layer === (state.server?.layers.length ?? 0) - 1;
  if (output) return state.server?.layers[layer].fan_out === 1 ? "the output" : `output ${state.server?.labels?.[unit] ?? unit}`;
  return `unit ${unit + 1} of layer ${layer + 1}`;
}

/** @param {State} state @param {WeightRef & {kind: GradientRow["kind"]}} place */
export function parameterName(state, { kind, ...ref }) {
  if (kind === "gamma" || kind === "beta") return `${kind === "gamma" ? "Scale γ" : "Shift β"} of ${unitName(state, ref.layer, ref.unit)}`;
  return weightName(state, ref);
}

/** @param {State} state @param {WeightRef} ref */
export function weightName(state, { layer, unit, input }) {
  const to = unitName(state, layer, unit);
  if (input === null) return `Bias of ${to}`;
  const from = layer ? `unit ${input + 1}` : inputNames(state)[input];
  return `Weight from ${from} to ${to}`;
}

/** The weight that the read-out tells of: the one that a hand or the keyboard is on. @param {State} state */
export function shownWeight({ diagram: { hovered, pull, stop, editing }, inspect }) {
  if (editing) return null;
  if (pull && !pull.released) return pull.ref;
  return hovered ?? (stop?.kind === "weight" && !inspect.unit ? stop.ref : null);
}

/** @param {State} state @returns {Child[]} */
export function readoutView(state) {
  const ref = shownWeight(state);
  return ref ? [h("p.weight__name", {}, weightName(state, ref)), numbersView(state, ref)] : [];
}

/** @param {State} state @param {WeightRef} ref @returns {Node} */
function numbersView(state, ref) {
  const { weight, gradient, update } = numbersOf(state, ref);
  const row = (/** @type {string} */ word, /** @type {number | null} */ value, /** @type {string} */ name) =>
    h("div", {}, h("dt", {}, word), h("dd", { "data-number": name }, weightText(value)));
  return h(
    "dl.weight__numbers",
    {},
    row(ref.input === null ? "bias" : "weight", weight, "weight"),
    row("gradient", gradient, "gradient"),
    row("update", update, "update"),
    isFrozen(frozenOf(state), ref) ? h("div.weight__frozen", {}, icon("lock"), "frozen") : null,
  );
}

/** The editor of the weight that was clicked. @param {State} state @returns {Child[]} */
export function editorView(state) {
  const { editing } = state.diagram;
  if (!editing) return [];
  const { ref, text, error } = editing;
  const { weight } = numbersOf(state, ref);
  const { minimum, maximum } = boundsOf(state);
  const box = h("input.text", {
    id: "weight-value",
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": weightName(state, ref),
    "aria-describedby": error ? "weight-error" : "weight-bounds",
    "aria-invalid": error ? "true" : null,
    value: text ?? (weight === null ? "" : typed(Number(weight.toPrecision(7)))),
  });
  const nudge = (/** @type {string} */ name, /** @type {string} */ word, /** @type {number} */ by) =>
    h("button.stepper__button", { type: "button", "data-nudge": by, "aria-label": word }, icon(name));
  return [
    h("div.weight__head", {}, h("p.weight__name", {}, weightName(state, ref)), closeButton()),
    h("div.stepper", {}, nudge("minus", "Lower by 0.1", -0.1), box, nudge("plus", "Raise by 0.1", 0.1)),
    error
      ? h("p.field__error", { id: "weight-error", role: "alert" }, error)
      : h("p.weight__bounds", { id: "weight-bounds" }, `From −${countText(-Number(minimum))} to ${countText(Number(maximum))}`),
    freezeSwitch(state, ref),
    numbersView(state, ref),
  ];
}

function closeButton() {
  return h(
    "button.button.button--icon",
    { type: "button", "data-action": "close-weight", "data-reads": true, "aria-label": "Close", title: "Close (Esc)" },
    icon("close"),
  );
}

/** @param {State} state @param {WeightRef} ref */
function freezeSwitch(state, ref) {
  const frozen = frozenOf(state);
  const whole = isLayerFrozen(frozen, ref.layer);
  const input = h("input.switch", {
    type: "checkbox",
    checked: isFrozen(frozen, ref),
    disabled: whole,
    "data-edits": asks([[FROZEN_PATH, /** @type {any} */ (toggledFrozen(frozen, ref))]]),
  });
  const words = whole ? `Frozen with ${layerName(state, ref.layer)}` : "Freeze while training";
  return h("label.field__check", {}, input, h("span", {}, words));
}

/** Where the keyboard is, for ears: told when it moves or changes something, not at every step of training. @param {State} state @returns {Child[]} */
export function liveView(state) {
  const { stop } = state.diagram;
  return stop ? [stopText(state, stop)] : [];
}

/** @param {State} state @param {Stop} stop */
function stopText(state, stop) {
  if (stop.kind === "weight") {
    const frozen = isFrozen(frozenOf(state), stop.ref) ? ", frozen" : "";
    return `${weightName(state, stop.ref)}: ${weightText(numbersOf(state, stop.ref).weight)}${frozen}`;
  }
  if (!stop.column) return `Input ${inputNames(state)[stop.row]}`;
  const layer = stop.column - 1;
  const bias = numbersOf(state, { layer, unit: stop.row, input: null }).weight;
  const name = unitName(state, layer, stop.row);
  const activation = nameOf(state.server?.layers[layer].activation ?? "");
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}, ${activation}, bias ${weightText(bias)}`;
}

/** What the board shows while a unit is looked at closely. @param {State} state @returns {Child[]} */
export function focusCaption(state) {
  const { frame, server } = state;
  const [layer, unit] = frame?.focus_unit ?? [];
  if (layer === undefined || unit === undefined || !frame?.focus_range || !server?.layers[layer]) return [];
  const name = unitName(state, layer, unit);
  const [low, high] = frame.focus_range.map((value) => weightText(Number(value.toPrecision(3))));
  const activation = nameOf(server.layers[layer].activation);
  return [h("span", {}, `${name.charAt(0).toUpperCase()}${name.slice(1)}, ${activation}: ${low} to ${high}`)];
}
