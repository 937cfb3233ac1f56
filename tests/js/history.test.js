/** The chart's rows: what comes again replaces what was known, and thinning loses no extreme. @import { Frame } from "../../static/js/types" */
import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST_ROWS, thinned, withLosses } from "../../static/js/state/history.js";

/** A frame with rows of (step, training loss). @param {[number, number][]} rows */
const frame = (rows) =>
  /** @type {Frame} */ (
    /** @type {unknown} */ ({
      loss_columns: ["step", "train_loss"],
      losses: { shape: [rows.length, 2], values: Float64Array.from(rows.flat()) },
    })
  );

/** @param {readonly {step: number, train_loss: number}[]} rows */
const pairs = (rows) => rows.map(({ step, train_loss }) => [step, train_loss]);

test("rows of later steps are added", () => {
  const history = withLosses(withLosses([], frame([[0, 3]])), frame([[5, 2], [10, 1]])); // prettier-ignore
  assert.deepEqual(pairs(history), [[0, 3], [5, 2], [10, 1]]); // prettier-ignore
});

test("rows that come again after a reconnect stand once", () => {
  const known = withLosses([], frame([[0, 3], [5, 2], [10, 1]])); // prettier-ignore
  assert.deepEqual(pairs(withLosses(known, frame([[0, 3], [5, 2]]))), [[0, 3], [5, 2]]); // prettier-ignore
});

test("a run gone back to an earlier step goes on from there", () => {
  const known = withLosses([], frame([[0, 3], [5, 2], [10, 1]])); // prettier-ignore
  assert.deepEqual(pairs(withLosses(known, frame([[10, 7]]))), [[0, 3], [5, 2], [10, 7]]); // prettier-ignore
});

test("a frame without rows changes nothing", () => {
  const known = withLosses([], frame([[0, 3]]));
  assert.equal(withLosses(known, frame([])), known);
});

test("thinning keeps the least and the largest loss of every eight rows, in order", () => {
  const rows = [4, 1, 3, 2, 5, 6, 8, 7, 9].map((train_loss, step) => ({ step, train_loss, norms: [] }));
  const kept = thinned(/** @type {any} */ (rows));
  assert.deepEqual(pairs(kept), [[0, 4], [1, 1], [6, 8], [8, 9]]); // prettier-ignore
});

test("the history is bounded", () => {
  const many = Array.from({ length: MOST_ROWS + 1 }, (_, step) => /** @type {[number, number]} */ ([step, step]));
  assert.ok(withLosses([], frame(many)).length <= MOST_ROWS / 2 + 2);
});
