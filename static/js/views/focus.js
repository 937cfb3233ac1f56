/**
 * One unit's picture on the board: its colours are those that the unit has in the diagram.
 * @import { Frame, State } from "../types"
 * @import { Tables } from "./picture.js"
 */
import { paintPlane, rangeTable } from "./picture.js";

/** Whether a frame carries the picture of a unit. @param {Frame} frame */
export function hasFocus({ focus, focus_unit: unit, focus_range: range }) {
  return unit !== null && range !== null && (focus?.shape[0] ?? 0) > 0;
}

/**
 * @param {State} state @param {Frame} frame one that `hasFocus` @param {Tables} tables
 * @param {Uint32Array} out side * side pixels
 */
export function paintFocus({ server }, frame, tables, out) {
  const [layer, unit] = frame.focus_unit ?? [0, 0];
  const [low, high] = frame.focus_range ?? [0, 1];
  const isOutput = layer === (server?.layers.length ?? 0) - 1;
  const several = frame.boundary.shape[0] > 1;
  const own = several ? tables.classes[unit % tables.classes.length] : tables.values;
  paintPlane(frame.focus.values, frame.focus.shape[0], isOutput ? own : rangeTable(tables.units, low, high), out);
}
