/**
 * What the network says at the pointer. Every figure is the engine's: the frame carries all units' values there.
 * @import { Child, State } from "../types"
 */
import { lookOf } from "../state/look.js";
import { decided } from "../state/wrong.js";
import { axesOf, axisTitle, isPlain, numberText, ownName, placeText } from "./axes.js";
import { className, oneVersusRest, percent, ranked } from "./classes.js";
import { h } from "./tree.js";

/** Outputs that are probabilities of classes. */
const PROBABILITIES = new Set(["sigmoid", "softmax"]);
/** So many classes of one-vs-rest are named. */
const NAMED = 3;

/** @param {State} state @returns {Child[]} */
export function readoutView(state) {
  const { frame, server, inspect } = state;
  if (!inspect.at || !frame?.probe_at || !server) return [];
  return [h("span.readout__place", {}, `${placesText(state, frame.probe_at)}: `), h("b", {}, verdict(state))];
}

/** A place of the board in the data's own units. @param {State} state @param {readonly [number, number]} at */
export function placesText(state, at) {
  const look = lookOf(state);
  return axesOf(state).map((axis, row) => `${nameText(state, axis)} ${placeText(axis, at[row], look)}`).join(", ");
}

/** The unit goes with the number, where there is one. @param {State} state @param {import("../types").Axis} axis */
function nameText(state, axis) {
  return isPlain(axis) ? ownName(state, axis.name) : axisTitle(state, { ...axis, unit: "" });
}

/** @param {State} state */
function verdict(state) {
  const { frame, server } = state;
  if (!frame || !server) return "";
  const outputs = server.layers.at(-1)?.fan_out ?? 1;
  const values = frame.probe.values.slice(-outputs);
  if (server.task === "regression") return `${server.chart === "curve" ? "network" : "value"} ${valueText(state, values[0])}`;
  if (oneVersusRest(state)) return eachByItself(state, values);
  const label = decided(values, outputs, 1, 0, server.middle);
  const own = values[outputs > 1 ? label : 0];
  if (!PROBABILITIES.has(server.output)) return `${className(state, label)}, output ${numberText(own, 0.001)}`;
  return `${className(state, label)} with ${percent(outputs > 1 || label ? own : 1 - own)}`;
}

/** What a regression says, as fine as can be seen, in the target's unit. @param {State} state @param {number} value */
export function valueText({ server, frame }, value) {
  const [low, high] = frame?.boundary_range ?? [-1, 1];
  const text = numberText(value, (high - low) / 1000);
  return server?.target?.unit ? `${text} ${server.target.unit}` : text;
}

/** One-vs-rest: a share for each class, and what they come to together. @param {State} state @param {ArrayLike<number>} values */
function eachByItself(state, values) {
  const sum = Array.from(values).reduce((total, value) => total + value, 0);
  const first = ranked(values).slice(0, NAMED);
  const named = first.map(({ label, value }) => `${className(state, label)} ${percent(value)}`);
  return `${named.join(", ")}${values.length > NAMED ? ", …" : ""} (each for itself, together ${Math.round(100 * sum)} %)`;
}
