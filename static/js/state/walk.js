/**
 * The keyboard's way through the diagram: units and weights in turn from left to right, up and down among their like.
 * @import { LayerLayout, Stop } from "../types"
 */

/** @param {readonly LayerLayout[]} layers @param {number} column 0: the inputs */
function rowsOf(layers, column) {
  return (column ? layers[column - 1]?.fan_out : layers[0]?.fan_in) ?? 0;
}

/** @param {number} value @param {number} count */
function inside(value, count) {
  return Math.max(0, Math.min(count - 1, value));
}

/** Where the keyboard begins: the first unit of the first layer. @type {Stop} */
export const FIRST_STOP = { kind: "unit", column: 1, row: 0 };

/**
 * The stop after an arrow key. Left of a unit are the weights that lead into it, left of a weight is the unit that it comes from.
 * @param {readonly LayerLayout[]} layers
 * @param {Stop} stop
 * @param {string} key
 * @returns {Stop}
 */
export function walked(layers, stop, key) {
  if (key === "ArrowUp") return across(layers, stop, -1);
  if (key === "ArrowDown") return across(layers, stop, 1);
  return key === "ArrowLeft" ? left(layers, stop) : right(layers, stop);
}

/** The bias of the unit at hand. @param {Stop} stop @returns {Stop} */
export function biasStop(stop) {
  if (stop.kind === "weight") return { kind: "weight", ref: { ...stop.ref, input: null } };
  return stop.column ? { kind: "weight", ref: { layer: stop.column - 1, unit: stop.row, input: null } } : stop;
}

/** The bias comes after the last input. @param {readonly LayerLayout[]} layers @param {Stop} stop @param {number} by @returns {Stop} */
function across(layers, stop, by) {
  if (stop.kind === "unit") return { ...stop, row: inside(stop.row + by, rowsOf(layers, stop.column)) };
  const { fan_in } = layers[stop.ref.layer];
  const to = inside((stop.ref.input ?? fan_in) + by, fan_in + 1);
  return { kind: "weight", ref: { ...stop.ref, input: to === fan_in ? null : to } };
}

/** @param {readonly LayerLayout[]} layers @param {Stop} stop @returns {Stop} */
function left(layers, stop) {
  if (stop.kind === "weight") {
    const { layer, unit, input } = stop.ref;
    return { kind: "unit", column: layer, row: inside(input ?? unit, rowsOf(layers, layer)) };
  }
  if (!stop.column) return stop;
  const layer = stop.column - 1;
  return { kind: "weight", ref: { layer, unit: stop.row, input: inside(stop.row, layers[layer].fan_in) } };
}

/** @param {readonly LayerLayout[]} layers @param {Stop} stop @returns {Stop} */
function right(layers, stop) {
  if (stop.kind === "weight") return { kind: "unit", column: stop.ref.layer + 1, row: stop.ref.unit };
  const layer = stop.column;
  if (layer >= layers.length) return stop;
  return { kind: "weight", ref: { layer, unit: inside(stop.row, layers[layer].fan_out), input: stop.row } };
}
