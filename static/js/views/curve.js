/**
 * A regression with one input, as a curve through points: the board's way up is the target. All figures are the engine's;
 * here they only get their place.
 * @import { Area } from "./board.js"
 * @import { Frame, PointRow, State } from "../types"
 */
import { visiblePoints } from "../state/points.js";
import { axesOf, boardOf } from "./axes.js";
import { toPixels } from "./board.js";

/** Whether the board shows a curve. @param {State} state */
export function isCurve({ server }) {
  return server?.chart === "curve";
}

/** Where cell `cell` of `count` lies along the way to the right, in board units. @param {Frame} frame @param {number} cell @param {number} count */
function cellAt({ centre, extent }, cell, count) {
  return centre[0] + (((cell + 0.5) / count) * 2 - 1) * extent;
}

/** The network's curve in pixels, one for each output. @param {State} state @param {Area} area @returns {[number, number][][]} */
export function curveLines(state, area) {
  const { frame } = state;
  if (!frame?.curve) return [];
  const up = axesOf(state)[1];
  const { shape: [outputs, count], values } = frame.curve;
  return Array.from({ length: outputs }, (_, output) =>
    Array.from(values.subarray(output * count, (output + 1) * count), (value, cell) => toPixels(area, cellAt(frame, cell, count), boardOf(up, value))),
  );
}

/** A unit that is looked at closely, over the whole height of the board: its range is told beside it. @param {State} state @param {Area} area @returns {[number, number][]} */
export function focusLine({ frame }, area) {
  const side = frame?.focus.shape[0] ?? 0;
  if (!frame || frame.focus_unit === null || !side) return [];
  return Array.from(frame.focus.values.subarray(0, side), (q, cell) => {
    const [x] = toPixels(area, cellAt(frame, cell, side), 0);
    return [x, area.y + area.height * (1 - q / 255)];
  });
}

/**
 * From each shown point straight up or down to what the network says there.
 * @param {State} state @param {Area} area @returns {{x: number, y: number, to: number}[]} pixels
 */
export function residualsOf(state, area) {
  if (state.frame?.curve?.shape[0] !== 1) return [];
  const said = saidAt(state);
  const up = axesOf(state)[1];
  return visiblePoints(state).flatMap((point) => {
    const value = said(point);
    if (value === null) return [];
    const [x, y] = toPixels(area, point[1], point[2]);
    return [{ x, y, to: toPixels(area, point[1], boardOf(up, value))[1] }];
  });
}

/** What the network says of a point: its prediction, or where that is of another place the curve. @param {State} state @returns {(point: PointRow) => number | null} */
function saidAt({ frame, points, dataRevision, edits, drag }) {
  if (!frame) return () => null;
  const { shape, values } = frame.predictions;
  const current = frame.data_revision === dataRevision && shape[1] === points.length && !edits.length && !drag;
  if (!current) return ([, u]) => onCurve(frame, u);
  const rows = new Map(points.map(([id], row) => [id, row]));
  return ([id, u]) => values[rows.get(id) ?? -1] ?? onCurve(frame, u);
}

/** Between the two nearest cells of the frame's curve; null outside of it. @param {Frame} frame @param {number} u in board units */
function onCurve(frame, u) {
  const count = frame.curve?.shape[1] ?? 0;
  const at = (((u - frame.centre[0]) / frame.extent + 1) / 2) * count - 0.5;
  const cell = Math.max(0, Math.min(count - 2, Math.floor(at)));
  const values = frame.curve?.values;
  if (!values || count < 2 || at < -1 || at > count) return null;
  return values[cell] + (values[cell + 1] - values[cell]) * (at - cell);
}

/**
 * A row of shades as a line in a box, its own range over the box's height.
 * @param {ArrayLike<number>} shades 0 to 255 @param {{x: number, y: number, box: number}} place the centre and side of the box
 * @returns {[number, number][]} pixels
 */
export function smallLine(shades, { x, y, box }) {
  const inside = box * 0.84;
  return Array.from(shades, (q, cell) => [x - box / 2 + ((cell + 0.5) / shades.length) * box, y + inside / 2 - (q / 255) * inside]);
}

/** Where zero is in such a box; null where it is outside. @param {readonly [number, number]} range @param {{y: number, box: number}} place */
export function smallZero([low, high], { y, box }) {
  const share = -low / (high - low);
  return share >= 0 && share <= 1 ? y + box * 0.84 * (0.5 - share) : null;
}

/** Values as shades of a range; what is outside is at its edge. @param {Float32Array} values @param {readonly [number, number]} range */
export function shadesOf(values, [low, high]) {
  return values.map((value) => Math.max(0, Math.min(255, (255 * (value - low)) / Math.max(high - low, 1e-12))));
}
