/**
 * The point table: which page is open, what is typed into its cells, what came of a paste.
 * @import { Action, Axis, Cell, Command, PointRow, State, TableState } from "../types"
 * @import { Limits, Names } from "./paste.js"
 */
import { axesOf, boardOf, rawOf } from "./axes.js";
import { addingPoints, numberOf } from "./parts.js";
import { complaint, parsePoints, readNumber } from "./paste.js";
import { shownPoints } from "./points.js";

/** Rows of a page: few enough to be quick, however many points there are. */
export const PAGE = 50;

/** @type {TableState} */
const CLOSED_TABLE = { open: false, page: 0, cells: [], pasted: null, copy: null, said: "" };

/** @param {State} state @param {Extract<Action, {type: "table"}>} action @returns {State} */
function tableChanged(state, { change }) {
  return { ...state, table: { ...state.table, ...change } };
}

/** What is being typed, nothing judged yet. @param {State} state @param {Extract<Action, {type: "cell"}>} action @returns {State} */
function cellTyped(state, { id, column, text }) {
  return tableChanged(state, {
    type: "table",
    change: { cells: [...othersOf(state, id, column), { id, column, text, error: null }] },
  });
}

/** @param {State} state @param {number} id @param {string} column */
function othersOf({ table: { cells } }, id, column) {
  return cells.filter((cell) => cell.id !== id || cell.column !== column);
}

/** The rows in the table; a point on its way to the server is not among them yet. @param {State} state */
export function tableRows(state) {
  return shownPoints(state).filter(([id]) => id >= 0);
}

/** Of how many pages, and which rows stand on the open one. @param {readonly PointRow[]} rows @param {number} page */
export function pageOf(rows, page) {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const open = Math.min(Math.max(0, page), pages - 1);
  return { pages, page: open, from: open * PAGE, rows: rows.slice(open * PAGE, (open + 1) * PAGE) };
}

/** What a point may be now. @param {State} state @returns {Limits} */
export function limitsOf(state) {
  const { points: most = 5000, coordinate = 100, target = 1000 } = state.schema?.bounds ?? {};
  const classes = state.server?.task === "classification" ? state.server.spec.data.classes : null;
  return { coordinate, target, classes, room: most - shownPoints(state).length };
}

/**
 * A cell has been filled in: the command that makes it so, or what is wrong with it; null where nothing has changed.
 * @param {State} state @param {number} id @param {Cell["column"]} column @param {string} text
 * @returns {{command: Command | null, cells: readonly Cell[]}}
 */
export function cellFilled(state, id, column, text) {
  const row = shownPoints(state).find((point) => point[0] === id);
  const others = othersOf(state, id, column);
  if (!row) return { command: null, cells: others };
  const value = toBoard(state, column, readNumber(text));
  const error = complaint(column, text.trim(), value, limitsOf(state), namesOf(state));
  if (error) return { command: null, cells: [...others, { id, column, text, error }] };
  return { command: asked(row, column, value), cells: others };
}

/** The axis that a column of places belongs to; undefined for the label. @param {State} state @param {Cell["column"]} column */
export function axisFor(state, column) {
  return axesOf(state)[["x1", "x2"].indexOf(column)];
}

/** A number as it is typed, in the data's own units, as the board counts. @param {State} state @param {Cell["column"]} column @param {number} raw */
function toBoard(state, column, raw) {
  const axis = axisFor(state, column);
  return axis ? Number(boardOf(axis, raw).toPrecision(12)) : raw;
}

/** How a complaint calls the columns, and which of their values lie at a bound. @param {State} state @returns {Names} */
function namesOf(state) {
  return {
    name: (column) => axisFor(state, column)?.name ?? column,
    raw: (column, value) => Number(rawOf(/** @type {Axis} */ (axisFor(state, column)), value).toPrecision(6)),
  };
}

/** @param {PointRow} row @param {Cell["column"]} column @param {number} value @returns {Command | null} */
function asked([id, x1, x2, label], column, value) {
  if (value === { x1, x2, label }[column]) return null;
  if (column === "label") return { type: "relabel_points", ids: [id], label: value };
  return { type: "move_points", points: [[id, column === "x1" ? value : x1, column === "x2" ? value : x2]] };
}

/**
 * What a pasted text asks for: commands that are one undo together, and what to tell.
 * @param {State} state @param {string} text @param {number} gesture
 * @returns {{commands: Command[], pasted: NonNullable<TableState["pasted"]>}}
 */
export function pasting(state, text, gesture) {
  const { rows, bad } = parsePoints(text, limitsOf(state));
  const points = rows.map(({ x1, x2, label, part }, id) => /** @type {PointRow} */ ([id, x1, x2, label, numberOf(part)]));
  const commands = addingPoints(points, { gesture });
  return { commands, pasted: { loaded: rows.length, bad } };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = { first: { table: CLOSED_TABLE }, actions: { table: tableChanged, cell: cellTyped } };
