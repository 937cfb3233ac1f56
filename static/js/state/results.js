/**
 * The tab of results: which part of the points it shows, and which of its cells or bins was chosen. Figures are the server's.
 * @import { Action, Metrics, ResultsState, State } from "../types"
 */
import { numberOf } from "./parts.js";

/** @type {ResultsState} */
const FIRST_RESULTS = { part: "train", chosen: null };

/** @param {State} state @param {Extract<Action, {type: "results"}>} action @returns {State} */
function resultsChanged(state, { change }) {
  return { ...state, results: { ...state.results, ...change } };
}

/** The figures of the part that is shown; undefined: the server has told none yet. @param {State} state */
export function partOf({ figures, results }) {
  return figures?.metrics?.[/** @type {keyof Metrics} */ (results.part)];
}

/**
 * The points of the shown part that lie in `cell`, a predicted class or a bin; of `actual` class only, where one is given.
 * None while the figures are those of other points.
 * @param {State} state @param {number} cell @param {number | null} actual @returns {number[]} ids
 */
export function idsIn({ figures, points, dataRevision, results }, cell, actual) {
  const cells = figures?.cells?.values;
  if (!cells || figures?.data_revision !== dataRevision) return [];
  const part = numberOf(results.part);
  const inside = points.filter((point, row) => point[4] === part && cells[row] === cell && (actual === null || point[3] === actual));
  return inside.map(([id]) => id);
}

/** Names a cell of the matrix or a bin, for as long as its points are the ones that are chosen on the board. @param {State} state */
export function chosenName({ results: { chosen }, ui }) {
  return chosen && chosen.ids === ui.selected ? chosen.name : null;
}

/** @satisfies {import("../types").Slice} */
export const SLICE = { first: { results: FIRST_RESULTS }, actions: { results: resultsChanged } };
