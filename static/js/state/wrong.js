/**
 * Which points the network takes for another class. The outputs and the middle between two classes are the engine's.
 * @import { Frame, PointRow, ServerState, State } from "../types"
 */
import { whenShown } from "./frames.js";

/**
 * The class that the outputs of point `row` speak for: from the middle on class 1 for one unit, else the largest.
 * @param {ArrayLike<number>} values (outputs x count), one output's values after another's
 * @param {number} outputs
 * @param {number} count
 * @param {number} row
 * @param {number | null} middle
 */
export function decided(values, outputs, count, row, middle) {
  if (outputs === 1) return Number(middle !== null && values[row] >= middle);
  let best = 0;
  for (let unit = 1; unit < outputs; unit++) if (values[unit * count + row] > values[best * count + row]) best = unit;
  return best;
}

/**
 * Ids of the points that are taken for another class. @param {ServerState} server @param {readonly PointRow[]} points
 * @param {Frame} frame of the same points @returns {ReadonlySet<number>}
 */
export function wrongIds(server, points, { predictions: { shape, values } }) {
  const [outputs, count] = shape;
  if (server.task === "regression" || count !== points.length) return new Set();
  const wrong = points.filter((point, row) => decided(values, outputs, count, row, server.middle) !== point[3]);
  return new Set(wrong.map(([id]) => id));
}

/**
 * The state with `wrong` of its frame, as soon as frame and points are of the same revision; until then the last ones stand.
 * @param {State} state
 * @returns {State}
 */
function judged(state) {
  const { frame, server, points, dataRevision, wrong } = state;
  if (!frame || !server || frame.data_revision !== dataRevision) return state;
  const now = wrongIds(server, points, frame);
  const same = now.size === wrong.size && [...now].every((id) => wrong.has(id));
  return same ? state : { ...state, wrong: now };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = { first: { wrong: new Set() }, actions: { frame: whenShown(judged) }, messages: { points: judged } };
