/**
 * What the chart panel shows, what happened to the run, and the words of early stopping.
 * @import { Action, ChartsState, LossRow, State, Stopped } from "../types"
 */

/** @type {ChartsState} */
const FIRST_CHARTS = {
  kind: "loss",
  log: false,
  smoothing: 0,
  across: "auto",
  options: false,
  table: false,
  said: "",
};

/** @param {State} state @param {Extract<Action, {type: "charts"}>} action @returns {State} */
function chartsChanged(state, { change }) {
  return { ...state, charts: { ...state.charts, said: "", ...change } };
}

/** @param {State} state @param {Stopped} message @returns {State} */
function stoppedEarly(state, { message }) {
  return { ...state, notice: { kind: "info", about: "stopped", text: message } };
}

/** The columns of the history's table and of its copy, without the layers' norms. @type {readonly (keyof Omit<LossRow, "norms">)[]} */
const COLUMNS = ["step", "epoch", "train_loss", "test_loss", "train_score", "test_score", "penalty", "learning_rate"];
/** @type {readonly (keyof Omit<LossRow, "norms">)[]} */
const VALIDATION = ["validation_loss", "validation_score"];

/** Those of a run; validation's only where there was any. @param {readonly LossRow[]} history */
export function columnsOf(history) {
  const validated = history.some((row) => Number.isFinite(row.validation_loss));
  return validated ? COLUMNS.toSpliced(6, 0, ...VALIDATION) : COLUMNS;
}

/**
 * The history as CSV, one row a record; what is not known is left empty. Layers count from 1, the output layer is the last.
 * @param {readonly LossRow[]} history
 */
export function historyCsv(history) {
  const layers = (history.at(-1)?.norms.length ?? 0) / 2;
  const norms = Array.from({ length: layers }, (_, layer) => [`gradient_norm_${layer + 1}`, `update_ratio_${layer + 1}`]);
  const columns = columnsOf(history);
  const cell = (/** @type {number | null | undefined} */ value) => (Number.isFinite(value) ? String(value) : "");
  const row = (/** @type {LossRow} */ one) => [
    ...columns.map((name) => cell(one[name])),
    ...Array.from({ length: 2 * layers }, (_, column) => cell(one.norms[column])),
  ];
  return [[...columns, ...norms.flat()], ...history.map(row)].map((cells) => `${cells.join(",")}\r\n`).join("");
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { charts: FIRST_CHARTS, marks: [] },
  actions: { charts: chartsChanged },
  messages: {
    welcome: (state) => ({ ...state, marks: [] }),
    state: (state, { revision }, before) => (revision === before.server?.revision ? state : { ...state, marks: [] }),
    marks: (state, { marks }) => ({ ...state, marks }),
    stopped: stoppedEarly,
  },
};
