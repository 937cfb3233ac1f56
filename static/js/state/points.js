/**
 * Points as the page shows them: the server's rows under the edits that are on their way, and the drag in progress.
 * @import { Command, PointRow, SentCommand, State } from "../types"
 */

const EDITS = new Set(["add_points", "move_points", "relabel_points", "delete_points"]);

/** @param {Command} command */
export function isEdit(command) {
  return EDITS.has(command.type);
}

/**
 * The rows to draw. A point on its way to the server has a negative id: it cannot be grabbed yet.
 * @param {State} state
 * @returns {readonly PointRow[]}
 */
export function shownPoints(state) {
  if (!state.edits.length && !state.drag) return state.points;
  let rows = state.points;
  for (const { command } of state.edits) rows = applied(rows, command);
  const drag = state.drag;
  if (!drag) return rows;
  return rows.map((row) => (row[0] === drag.id ? [row[0], drag.x, drag.y, row[3], row[4]] : row));
}

/** @param {readonly PointRow[]} rows @param {SentCommand} command @returns {readonly PointRow[]} */
function applied(rows, command) {
  const ids = new Set(/** @type {number[]} */ (command.ids ?? []));
  if (command.type === "delete_points") return rows.filter(([id]) => !ids.has(id));
  if (command.type === "relabel_points") {
    const label = Number(command.label);
    return rows.map((row) => (ids.has(row[0]) ? [row[0], row[1], row[2], label, row[4]] : row));
  }
  const points = /** @type {[number, number, number][]} */ (command.points);
  if (command.type === "add_points") {
    return [
      ...rows,
      ...points.map(([x, y, label]) => /** @type {PointRow} */ ([-1, x, y, label, Boolean(command.test)])),
    ];
  }
  const moved = new Map(points.map((point) => [point[0], point]));
  return rows.map((row) => {
    const to = moved.get(row[0]);
    return to ? [row[0], to[1], to[2], row[3], row[4]] : row;
  });
}

/** @param {State} state @param {SentCommand} command @returns {State} */
export function editSent(state, command) {
  const drag =
    state.drag && command.type === "move_points" ? { ...state.drag, dirty: false, inFlight: command.id } : state.drag;
  return { ...state, drag, edits: [...state.edits, { command, answered: false }] };
}

/**
 * An answered edit is still shown until the points that carry it.
 * @param {State} state
 * @param {number} id
 * @returns {State}
 */
export function editAnswered(state, id) {
  const edits = state.edits.map((edit) => (edit.command.id === id ? { ...edit, answered: true } : edit));
  return settleDrag({ ...state, edits }, id);
}

/** @param {State} state @param {number | null} id @returns {State} */
export function editRefused(state, id) {
  const edits = state.edits.filter(({ command }) => command.id !== id);
  return settleDrag({ ...state, edits }, id);
}

/** @param {State} state @param {number | null} id @returns {State} */
function settleDrag(state, id) {
  if (!state.drag || state.drag.inFlight !== id) return state;
  const drag = { ...state.drag, inFlight: null };
  return { ...state, drag: drag.released && !drag.dirty ? null : drag };
}

/**
 * New points from the server: they carry every edit answered so far.
 * @param {State} state
 * @param {readonly PointRow[]} points
 * @param {number} dataRevision
 * @returns {State}
 */
export function pointsArrived(state, points, dataRevision) {
  const known = new Set(points.map(([id]) => id));
  const keep = (/** @type {number | null} */ id) => (id !== null && known.has(id) ? id : null);
  const ui = { ...state.ui, selected: keep(state.ui.selected), hovered: keep(state.ui.hovered) };
  const drag = state.drag && known.has(state.drag.id) ? state.drag : null;
  return { ...state, points, dataRevision, ui, drag, edits: state.edits.filter(({ answered }) => !answered) };
}

/**
 * The move to send now: while the hand moves one is unanswered at most and the newest place wins; the last place is
 * sent as soon as the hand lets go.
 * @param {State} state
 * @returns {Command | null}
 */
export function nextMove(state) {
  const drag = state.drag;
  if (!drag || !drag.dirty || (drag.inFlight !== null && !drag.released)) return null;
  return { type: "move_points", points: [[drag.id, drag.x, drag.y]] };
}

/** @param {State} state @returns {State} */
export function released(state) {
  if (!state.drag) return state;
  const settled = !state.drag.dirty && state.drag.inFlight === null;
  return { ...state, drag: settled ? null : { ...state.drag, released: true } };
}

/**
 * The board when nobody is left to answer: what was on its way stays as it was shown, so that a server which begins anew
 * is given it; a server that still has the session sends its own points.
 * @param {State} state
 * @returns {State}
 */
export function takenAsDone(state) {
  const underWay = state.edits.length > 0 || Boolean(state.drag?.dirty);
  if (!state.server || !underWay) return { ...state, edits: [], drag: null };
  return { ...state, points: shownPoints(state), server: { ...state.server, edited: true }, edits: [], drag: null };
}
