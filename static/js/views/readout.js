/**
 * What the network says at the pointer. Every figure is the engine's: the frame carries all units' values there.
 * @import { Child, State } from "../types"
 */
import { decided } from "../state/wrong.js";
import { h } from "./tree.js";

/** Outputs that are probabilities of classes. */
const PROBABILITIES = new Set(["sigmoid", "softmax"]);

/** @param {State} state @returns {Child[]} */
export function readoutView(state) {
  const { frame, server, inspect } = state;
  if (!inspect.at || !frame?.probe_at || !server) return [];
  const [x1, x2] = frame.probe_at;
  return [h("span.readout__place", {}, `x₁ ${figure(x1)}, x₂ ${figure(x2)}: `), h("b", {}, verdict(state))];
}

/** @param {State} state */
function verdict({ frame, server }) {
  if (!frame || !server) return "";
  const outputs = server.layers.at(-1)?.fan_out ?? 1;
  const values = frame.probe.values.slice(-outputs);
  if (server.task === "regression") return `value ${figure(values[0], 3)}`;
  const label = decided(values, outputs, 1, 0, server.middle);
  const own = values[outputs > 1 ? label : 0];
  if (!PROBABILITIES.has(server.output)) return `class ${label}, output ${figure(own, 3)}`;
  return `class ${label} with ${percent(outputs > 1 || label ? own : 1 - own)}`;
}

/** Never 100 % for what is not certain. @param {number} share */
function percent(share) {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return "over 99 %";
  return `${rounded} %`;
}

/** @param {number} value @param {number} [digits] */
function figure(value, digits = 2) {
  return value.toFixed(digits).replace("-", "−");
}
