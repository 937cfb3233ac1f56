/**
 * The rows that the charts show, bounded: of every eight rows the least and the largest training and test loss stay, and of
 * every other figure the row where it was least and the row where it was largest.
 * @import { Frame, LossRow } from "../types"
 */

export const MOST_ROWS = 2048;

/**
 * The history with a frame's rows. After a reconnect or an engine's death some come again: they stand instead of what was
 * known from their first step on.
 * @param {readonly LossRow[]} history @param {Frame} frame @returns {readonly LossRow[]}
 */
export function withLosses(history, frame) {
  const rows = rowsOf(frame);
  if (!rows.length) return history;
  const again = rows[0].step <= (history.at(-1)?.step ?? -1);
  const all = [...(again ? history.filter(({ step }) => step < rows[0].step) : history), ...rows];
  return all.length > MOST_ROWS ? thinned(all) : all;
}

/** Numbers are copied, so that no row keeps the bytes of a whole frame. @param {Frame} frame @returns {LossRow[]} */
function rowsOf({ losses, loss_columns: columns, layer_norms: layers }) {
  const width = columns.length;
  const two = layers ? layers.values.length / Math.max(1, layers.shape[0]) : 0;
  return Array.from({ length: losses.shape[0] }, (_, row) => {
    const values = losses.values.subarray(row * width, (row + 1) * width);
    const norms = layers ? Array.from(layers.values.subarray(row * two, (row + 1) * two)) : [];
    const named = Object.fromEntries(columns.map((name, column) => [name, values[column]]));
    return /** @type {any} */ ({ ...named, norms });
  });
}

/** @param {readonly LossRow[]} rows @returns {LossRow[]} */
export function thinned(rows) {
  const last = rows.length - 1;
  const kept = new Set([last]);
  for (let start = 0; start < last; start += 8) {
    const end = Math.min(start + 8, last);
    for (const figure of [trainLoss, testLoss]) addEnds(kept, rows, figure, start, end);
  }
  for (const figure of figuresOf(rows[last])) addEnds(kept, rows, figure, 0, rows.length);
  return rows.filter((_, row) => kept.has(row));
}

/** @typedef {(row: LossRow) => number} Figure */
/** @type {Figure} */
const trainLoss = (row) => row.train_loss;
/** @type {Figure} */
const testLoss = (row) => row.test_loss;

/** Every number of a row. @param {LossRow} row @returns {Figure[]} */
function figuresOf({ norms, ...named }) {
  const names = /** @type {(keyof typeof named)[]} */ (Object.keys(named));
  return [
    ...names.map((name) => (/** @type {LossRow} */ row) => row[name]),
    ...(norms ?? []).map((_, column) => (/** @type {LossRow} */ row) => row.norms[column]),
  ];
}

/**
 * Adds where `figure` is least and largest among the rows from `start` up to `end`; what is not a number is neither.
 * @param {Set<number>} kept @param {readonly LossRow[]} rows @param {Figure} figure @param {number} start @param {number} end
 */
export function addEnds(kept, rows, figure, start, end) {
  let [low, high] = [-1, -1];
  for (let row = start; row < end; row += 1) {
    const value = figure(rows[row]);
    if (!Number.isFinite(value)) continue;
    if (low < 0 || value < figure(rows[low])) low = row;
    if (high < 0 || value > figure(rows[high])) high = row;
  }
  if (low >= 0) kept.add(low).add(high);
}
