/**
 * Points as the page shows them: the server's rows under the edits that are on their way, and the drag in progress.
 * @import { Action, Command, Drag, Part, PointEdit, PointRow, PointsMessage, SentCommand, ServerState, State } from "../types"
 */
import { isTrained, numberOf } from "./parts.js";
import { addedIds, isPending, named } from "./pending.js";
import { shared } from "./shared.js";
import { withSent } from "./waiting.js";

const EDITS = new Set(["add_points", "move_points", "relabel_points", "delete_points", "set_part"]);

/** @param {Command} command */
function isEdit(command) {
  return EDITS.has(command.type);
}

/** @type {{points: unknown, edits: unknown, drag: unknown, rows: readonly PointRow[]}} the last answer: a frame asks for it many times */
let last = { points: null, edits: null, drag: null, rows: [] };

/**
 * The rows to draw. A point on its way to the server goes by a negative id (state/pending.js).
 * @param {State} state
 * @returns {readonly PointRow[]}
 */
export function shownPoints(state) {
  const { points, edits, drag } = state;
  if (!edits.length && !drag) return points;
  if (points !== last.points || edits !== last.edits || drag !== last.drag) last = { points, edits, drag, rows: changedRows(state) };
  return last.rows;
}

/** @param {State} state @returns {readonly PointRow[]} */
function changedRows(state) {
  let rows = state.points;
  for (const edit of state.edits) rows = applied(rows, edit);
  const drag = state.drag;
  if (!drag) return rows;
  const moved = new Map(dragged(drag).map((point) => [point[0], point]));
  return rows.map((row) => movedTo(row, moved.get(row[0])));
}

/** The rows that the page shows and hands can take: test points may be hidden. @param {State} state */
export function visiblePoints(state) {
  const points = shownPoints(state);
  return state.tools.tests ? points : points.filter(isTrained);
}

/** Where a drag has its points now: the one in the hand, and the others as far from it as they were. @param {Drag} drag */
function dragged({ id, x, y, rest }) {
  const round = (/** @type {number} */ value) => Number(value.toFixed(6));
  const others = rest.map(([other, dx, dy]) => /** @type {const} */ ([other, round(x + dx), round(y + dy)]));
  return /** @type {(readonly [number, number, number])[]} */ ([[id, x, y], ...others]);
}

/** @param {PointRow} row @param {readonly [number, number, number] | undefined} to @returns {PointRow} */
function movedTo(row, to) {
  return to ? [row[0], to[1], to[2], row[3], row[4]] : row;
}

/**
 * A hand takes a point; if it is one of several chosen ones, all of them.
 * @param {State} state
 * @param {Extract<Action, {type: "grab"}>} action
 * @returns {State}
 */
function grabbed(state, { id, x, y, gesture }) {
  const together = state.ui.selected.includes(id);
  const rest = together ? offsets(state, id, x, y) : [];
  const held = { id, x, y, rest, gesture: gesture ?? null, dirty: false, inFlight: null, released: false };
  const drag = state.link.lock.includes("board") ? null : held;
  return { ...state, drag, ui: together ? state.ui : { ...state.ui, selected: [id] } };
}

/** @param {State} state @param {number} id @param {number} x @param {number} y @returns {[number, number, number][]} */
function offsets(state, id, x, y) {
  const chosen = new Set(state.ui.selected);
  const others = shownPoints(state).filter((row) => row[0] !== id && chosen.has(row[0]));
  return others.map((row) => [row[0], row[1] - x, row[2] - y]);
}

/** @param {readonly PointRow[]} rows @param {PointEdit} edit @returns {readonly PointRow[]} */
function applied(rows, edit) {
  const { command } = edit;
  const ids = new Set(/** @type {number[]} */ (command.ids ?? []));
  if (command.type === "delete_points") return rows.filter(([id]) => !ids.has(id));
  if (command.type === "relabel_points") {
    const label = Number(command.label);
    return rows.map((row) => (ids.has(row[0]) ? [row[0], row[1], row[2], label, row[4]] : row));
  }
  if (command.type === "set_part") {
    const part = numberOf(/** @type {Part} */ (command.part));
    return rows.map((row) => (ids.has(row[0]) ? [row[0], row[1], row[2], row[3], part] : row));
  }
  const points = /** @type {[number, number, number][]} */ (command.points);
  if (command.type === "add_points") {
    const added = addedIds(edit);
    const part = numberOf(/** @type {Part} */ (command.part ?? "train"));
    return [...rows, ...points.map(([x, y, label], row) => /** @type {PointRow} */ ([added[row], x, y, label, part]))];
  }
  const moved = new Map(points.map((point) => [point[0], point]));
  return rows.map((row) => movedTo(row, moved.get(row[0])));
}

/** @param {State} state @param {SentCommand} command @returns {State} */
function editSent(state, command) {
  const drag =
    state.drag && command.type === "move_points" ? { ...state.drag, dirty: false, inFlight: command.id } : state.drag;
  return { ...state, drag, edits: withSent(state.edits, command) };
}

/** @param {State} state @param {number | null} id */
function isUnderWay({ edits }, id) {
  return edits.some(({ command }) => command.id === id);
}

/**
 * An answered edit is still shown until the points that carry it; what it added has its names now.
 * @param {State} state
 * @param {number} id
 * @param {readonly number[]} ids of what it added
 * @returns {State}
 */
function editAnswered(state, id, ids) {
  const known = named(state, id, ids);
  const edits = known.edits.map((edit) => (edit.command.id === id ? { ...edit, answered: true } : edit));
  return settleDrag({ ...known, edits }, id);
}

/** @param {State} state @param {number | null} id @returns {State} */
function editRefused(state, id) {
  const known = named(state, id, []);
  return settleDrag({ ...known, edits: known.edits.filter(({ command }) => command.id !== id) }, id);
}

/** @param {State} state @param {number | null} id @returns {State} */
function settleDrag(state, id) {
  if (!state.drag || state.drag.inFlight !== id) return state;
  const drag = { ...state.drag, inFlight: null };
  return { ...state, drag: drag.released && !drag.dirty ? null : drag };
}

/** All points after `message`, which may tell the changed ones only. @param {State} state @param {PointsMessage} message */
function told(state, { points, since }) {
  if (since === null || since === undefined) return points;
  const news = new Map(points.map((row) => [row[0], row]));
  return state.points.map((row) => news.get(row[0]) ?? row);
}

/**
 * New points from the server: they carry every edit answered so far.
 * @param {State} state
 * @param {PointsMessage} message
 * @returns {State}
 */
function pointsArrived(state, message) {
  const { data_revision: dataRevision } = message;
  const points = told(state, message);
  const edits = state.edits.filter(({ answered }) => !answered);
  const known = new Set([...points.map(([id]) => id), ...edits.flatMap(addedIds)]);
  const { selected, hovered } = state.ui;
  const kept = selected.every((id) => known.has(id)) ? selected : selected.filter((id) => known.has(id));
  const ui = { ...state.ui, selected: kept, hovered: hovered !== null && known.has(hovered) ? hovered : null };
  const held = state.drag && known.has(state.drag.id) ? state.drag : null;
  const drag = held?.rest.some(([id]) => !known.has(id)) ? { ...held, rest: held.rest.filter(([id]) => known.has(id)) } : held;
  return { ...state, points: shared(state.points, points), dataRevision, ui, drag, edits, server: edited(state.server, message) };
}

/** What the server says of itself after an edit; the same where that has changed nothing. @param {ServerState | null} server @param {PointsMessage} message */
function edited(server, { edited, undo, redo }) {
  const same = !server || (server.edited === edited && server.undo === undo && server.redo === redo);
  return same ? server : { ...server, edited, undo, redo };
}

/**
 * The move to send now: while the hand moves one is unanswered at most and the newest place wins; the last place is
 * sent as soon as the hand lets go. A point that the server has not named yet waits for its name.
 * @param {State} state
 * @returns {Command | null}
 */
export function nextMove(state) {
  const drag = state.drag;
  if (!drag || !drag.dirty || (drag.inFlight !== null && !drag.released)) return null;
  const points = dragged(drag);
  if (points.some(([id]) => isPending(id))) return null;
  const move = { type: "move_points", points };
  return drag.gesture === null ? move : { ...move, gesture: drag.gesture };
}

/** @param {State} state @returns {State} */
function released(state) {
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
function takenAsDone(state) {
  const underWay = state.edits.length > 0 || Boolean(state.drag?.dirty);
  if (!state.server || !underWay) return { ...state, edits: [], drag: null };
  return { ...state, points: shownPoints(state), server: { ...state.server, edited: true }, edits: [], drag: null };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { points: [], dataRevision: -1, edits: [], drag: null },
  actions: {
    grab: grabbed,
    drag: (state, { x, y }) => (state.drag ? { ...state, drag: { ...state.drag, x, y, dirty: true } } : state),
    release: released,
    connection: takenAsDone,
    sent: (state, { command }) => (isEdit(command) ? editSent(state, command) : state),
  },
  messages: {
    welcome: (state) => ({ ...state, edits: [], drag: null }),
    points: pointsArrived,
    ok: (state, { id, ids }) => (isUnderWay(state, id) ? editAnswered(state, id, ids) : state),
    error: (state, { id }) => (isUnderWay(state, id) ? editRefused(state, id) : state),
  },
  next: nextMove,
};
