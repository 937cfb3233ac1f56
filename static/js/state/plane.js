/**
 * Which plane through a table's inputs the board shows, as hands want it: the page runs ahead of the server, and state/look.js
 * asks for it with the view, one unanswered at most. A slice through a row needs that row's values, to be shown at the sliders.
 * @import { Action, Command, Plane, PlaneState, RowsTold, SentCommand, State } from "../types"
 */
import { homeOf, lookOf } from "./look.js";

/** @type {PlaneState} */
const NOTHING_WANTED = { wanted: null, dirty: false, inFlight: null, row: null, asked: null, search: "" };

/** The plane that hands, sliders and pickers follow. @param {State} state @returns {Plane} */
export function planeOf({ plane, server }) {
  if (plane.wanted) return plane.wanted;
  const told = server?.view.plane;
  const kind = server?.chart === "pca" ? "pca" : "slice";
  const [right, up] = server?.axes ?? [];
  const axes = /** @type {const} */ ([right?.input ?? told?.axes[0] ?? 0, up?.input ?? told?.axes[1] ?? 1]);
  return { kind, axes, row: told?.row ?? null, values: told?.values ?? [] };
}

/** Whether the board is a plane through several inputs. @param {State} state */
export function hasPlane({ server }) {
  return server?.chart === "slice" || server?.chart === "pca";
}

/** Where an input that is not on an axis is held, in raw values; null while the row's are not known. @param {State} state @param {number} input */
export function heldAt(state, input) {
  const plane = planeOf(state);
  const own = plane.values.find(([held]) => held === input);
  if (own) return own[1];
  if (plane.row === null) return state.server?.inputs?.[input]?.middle ?? null;
  return state.plane.row?.id === plane.row ? (state.plane.row.values[input] ?? null) : null;
}

/** @param {Plane} plane @param {readonly (readonly [number, number])[]} held @returns {Plane} with inputs held elsewhere */
export function heldElsewhere(plane, held) {
  const inputs = new Set(held.map(([input]) => input));
  return { ...plane, values: [...plane.values.filter(([input]) => !inputs.has(input)), ...held] };
}

/** An input on an axis; where it is on the other one already, the two change places. @param {Plane} plane @param {0 | 1} axis @param {number} input @returns {Plane} */
export function turnedTo(plane, axis, input) {
  const [right, up] = plane.axes;
  const other = axis ? right : up;
  const left = axis ? up : right;
  const pair = /** @type {const} */ ([input, other === input ? left : other]);
  return { ...plane, axes: axis ? [pair[1], pair[0]] : pair };
}

/** Another plane begins at the first view: what was looked at closely lies elsewhere. @param {State} state @param {Extract<Action, {type: "plane"}>} action @returns {State} */
function planeChanged(state, { plane }) {
  if (!hasPlane(state)) return state;
  const before = planeOf(state);
  const same = before.kind === plane.kind && before.axes.every((input, row) => input === plane.axes[row]);
  const wanted = { ...state, plane: { ...state.plane, wanted: plane, dirty: true } };
  return same ? wanted : atHome(wanted);
}

/** @param {State} state @returns {State} */
function atHome(state) {
  const [home, now] = [homeOf(state.schema), lookOf(state)];
  const there = home.extent === now.extent && home.centre.every((value, axis) => value === now.centre[axis]);
  return there ? state : { ...state, look: { ...home, dirty: true, inFlight: state.look?.inFlight ?? null } };
}

/** @param {State} state @param {{command: SentCommand}} action @returns {State} */
function sent(state, { command }) {
  const { row } = planeOf(state);
  if (command.type === "rows" && /** @type {readonly number[]} */ (command.ids).includes(row ?? -1)) return { ...state, plane: { ...state.plane, asked: row } };
  if (command.type !== "set_view" || !state.plane.wanted) return state;
  return { ...state, plane: { ...state.plane, dirty: false, inFlight: command.id } };
}

/** @param {State} state @param {{id: number | null}} answer @returns {State} */
function answered(state, { id }) {
  return id !== null && state.plane.inFlight === id ? { ...state, plane: { ...state.plane, inFlight: null } } : state;
}

/** A refused plane is not to be insisted on. @param {State} state @param {{id: number | null}} answer @returns {State} */
function refused(state, answer) {
  const after = answered(state, answer);
  return after === state ? state : { ...after, plane: { ...after.plane, wanted: null, dirty: false } };
}

/** The server has said its plane: it holds, unless hands are already further. @param {State} state @returns {State} */
function arrived(state) {
  const { wanted, dirty, inFlight } = state.plane;
  return !wanted || dirty || inFlight !== null ? state : { ...state, plane: { ...state.plane, wanted: null } };
}

/** @param {State} state @param {RowsTold} told @returns {State} */
function rowsArrived(state, { rows }) {
  const row = rows.find(({ id }) => id === planeOf(state).row);
  return row ? { ...state, plane: { ...state.plane, row: { id: row.id, values: row.values } } } : state;
}

/** The row that the slice goes through, once. @param {State} state @returns {Command | null} */
export function nextRow(state) {
  const { row } = planeOf(state);
  if (row === null || !hasPlane(state) || state.connection !== "open") return null;
  return state.plane.row?.id === row || state.plane.asked === row ? null : { type: "rows", ids: [row] };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { plane: NOTHING_WANTED },
  actions: {
    plane: planeChanged,
    "plane-search": (state, { search }) => ({ ...state, plane: { ...state.plane, search } }),
    connection: (state) => ({ ...state, plane: { ...NOTHING_WANTED, search: state.plane.search } }),
    sent,
  },
  messages: { state: arrived, ok: answered, error: refused, rows: rowsArrived },
  next: nextRow,
};
