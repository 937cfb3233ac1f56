/**
 * What the chart panel shows, what happened to the run, and the words of early stopping.
 * @import { Action, ChartsState, LossRow, Mark, State, Stopped } from "../types"
 */

/** @type {ChartsState} */
export const FIRST_CHARTS = {
  kind: "loss",
  log: false,
  smoothing: 0,
  across: "auto",
  options: false,
  table: false,
  said: "",
};

/** @param {State} state @param {Extract<Action, {type: "charts"}>} action @returns {State} */
export function chartsChanged(state, { change }) {
  return { ...state, charts: { ...state.charts, said: "", ...change } };
}

/** The server tells the whole list each time. @param {State} state @param {readonly Mark[]} marks @returns {State} */
export function marksArrived(state, marks) {
  return { ...state, marks };
}

/** @param {State} state @param {Stopped} message @returns {State} */
export function stoppedEarly(state, { message }) {
  return { ...state, notice: { kind: "info", about: "stopped", text: message } };
}

/** The columns of the history's table and of its copy, without the layers' norms. @type {readonly (keyof Omit<LossRow, "norms">)[]} */
export const COLUMNS = ["step", "epoch", "train_loss", "test_loss", "train_score", "test_score", "penalty", "learning_rate"];

/**
 * The history as CSV, one row a record; what is not known is left empty. Layers count from 1, the output layer is the last.
 * @param {readonly LossRow[]} history
 */
export function historyCsv(history) {
  const layers = (history.at(-1)?.norms.length ?? 0) / 2;
  const norms = Array.from({ length: layers }, (_, layer) => [`gradient_norm_${layer + 1}`, `update_ratio_${layer + 1}`]);
  const cell = (/** @type {number | null | undefined} */ value) => (Number.isFinite(value) ? String(value) : "");
  const row = (/** @type {LossRow} */ one) => [
    ...COLUMNS.map((name) => cell(one[name])),
    ...Array.from({ length: 2 * layers }, (_, column) => cell(one.norms[column])),
  ];
  return [[...COLUMNS, ...norms.flat()], ...history.map(row)].map((cells) => `${cells.join(",")}\r\n`).join("");
}
