/**
 * The loss rows that the chart shows, bounded: of every four rows the lowest and the highest training loss stay.
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

/** @param {Frame} frame @returns {LossRow[]} */
function rowsOf({ losses, loss_columns: columns }) {
  const width = columns.length;
  return Array.from({ length: losses.shape[0] }, (_, row) => {
    const values = losses.values.subarray(row * width, (row + 1) * width);
    return /** @type {any} */ (Object.fromEntries(columns.map((name, column) => [name, values[column]])));
  });
}

/** @param {readonly LossRow[]} rows @returns {LossRow[]} */
export function thinned(rows) {
  /** @type {LossRow[]} */
  const kept = [];
  for (let start = 0; start + 4 <= rows.length - 1; start += 4) {
    const group = rows.slice(start, start + 4).sort((a, b) => a.train_loss - b.train_loss);
    kept.push(...[group[0], group[3]].sort((a, b) => a.step - b.step));
  }
  return [...kept, ...rows.slice(4 * Math.floor((rows.length - 1) / 4))];
}
