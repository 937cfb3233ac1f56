/**
 * From rows of the history to what a line is drawn through: places along the axis, a moving average, and no more rows than
 * a screen has pixels for. What is drawn stays the server's rows; only the average is the page's, and says so.
 * @import { LossRow, State } from "../types"
 */
import { addEnds } from "../state/history.js";
import { isTrained } from "../state/parts.js";

/** Rows that are drawn at most, all lines together; a chart is some 400 pixels wide. */
const MOST_DRAWN = 800;

/**
 * The history and, where training stands between two rows, how things stand now.
 * @param {State} state @returns {readonly LossRow[]}
 */
export function rowsShown({ history, frame, server }) {
  const last = history.at(-1);
  if (!last || !frame || frame.revision !== server?.revision || frame.step <= last.step) return history;
  const now = /** @type {Omit<LossRow, "step" | "epoch" | "norms">} */ (/** @type {unknown} */ (frame.now));
  return [...history, { ...now, step: frame.step, epoch: frame.epoch, norms: [] }];
}

/** Whether the axis counts steps: if asked to, or by itself while there are fewer than two epochs to see. @param {State} state */
export function countsSteps({ charts, server, history }) {
  // Not by the epoch alone that is shown: in the past the run's later part stays on the chart.
  const epochs = Math.max(server?.epoch ?? 0, history.at(-1)?.epoch ?? 0);
  return charts.across === "auto" ? epochs < 2 : charts.across === "step";
}

/** Updates an epoch has; 1 where there are no points to train on. @param {State} state */
export function stepsPerEpoch({ points, server }) {
  const trained = points.filter(isTrained).length;
  return Math.max(1, Math.ceil(trained / (server?.spec.training.batch_size ?? Math.max(1, trained))));
}

/**
 * Where each row stands along the axis: at its step, or at its epoch and the part of the next one that is done.
 * @param {readonly LossRow[]} rows @param {boolean} steps @param {number} perEpoch @returns {number[]}
 */
export function placesOf(rows, steps, perEpoch) {
  if (steps) return rows.map(({ step }) => step);
  let first = rows[0];
  return rows.map((row) => {
    if (row.epoch !== first.epoch) first = row;
    return row.epoch + Math.min((row.step - first.step) / perEpoch, 0.99);
  });
}

/**
 * Where a step stands among rows whose places are known.
 * @param {readonly LossRow[]} rows @param {readonly number[]} places @param {number} step
 */
export function placeOf(rows, places, step) {
  const after = rows.findIndex((row) => row.step >= step);
  if (after < 0) return places.at(-1) ?? 0;
  if (after === 0) return places[0];
  const [low, high] = [rows[after - 1].step, rows[after].step];
  const part = high > low ? (step - low) / (high - low) : 1;
  return places[after - 1] + part * (places[after] - places[after - 1]);
}

/**
 * The exponential moving average: each value is `factor` of the last average and the rest of itself. Gaps stay gaps.
 * @param {readonly number[]} values @param {number} factor 0 to 1
 */
export function smoothed(values, factor) {
  let average = NaN;
  return values.map((value) => {
    if (!Number.isFinite(value)) return NaN;
    average = Number.isNaN(average) ? value : factor * average + (1 - factor) * value;
    return average;
  });
}

/**
 * Which rows to draw: of every stretch those where one of the figures is least or largest, and the first and last of all.
 * @param {readonly LossRow[]} rows @param {readonly ((row: LossRow) => number)[]} figures @param {number} [most]
 * @returns {number[]} in order
 */
export function drawn(rows, figures, most = MOST_DRAWN) {
  if (rows.length <= most / figures.length) return rows.map((_, row) => row);
  const stretches = Math.max(8, Math.floor(most / (2 * figures.length ** 2)));
  const kept = new Set([0, rows.length - 1]);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const [start, end] = [stretch, stretch + 1].map((edge) => Math.floor((edge * rows.length) / stretches));
    for (const figure of figures) addEnds(kept, rows, figure, start, end);
  }
  return [...kept].sort((a, b) => a - b);
}
