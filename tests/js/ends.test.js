import assert from "node:assert/strict";
import { test } from "node:test";

import { chartKeyView } from "../../static/js/views/chartpanel.js";
import { chartFigure } from "../../static/js/views/charts.js";
import { named } from "../../static/js/views/ends.js";
import { joined, PALETTE, SERVER } from "./helpers.js";

/** @import { State } from "../../static/js/types" */

/** A state whose network has so many layers, the norms ten times as large from each to the next. @param {number} count @returns {State} */
function deep(count) {
  const state = joined();
  const layers = Array.from({ length: count }, () => SERVER.layers[0]);
  const norms = layers.flatMap((_, layer) => [10 ** (layer - count), 1e-3]);
  const row = { epoch: 0, train_loss: 1, test_loss: 1, train_score: 0, test_score: 0, validation_loss: NaN, validation_score: NaN, penalty: 0, learning_rate: 0.1, norms };
  const server = { ...SERVER, layers };
  const charts = { ...state.charts, kind: /** @type {const} */ ("gradient") };
  const palette = { ...PALETTE, lines: ["#000001", "#000002", "#000003", "#000004", "#000005", "#000006"] };
  return { ...state, palette, server, charts, history: [{ ...row, step: 1 }, { ...row, step: 2 }] };
}

test("names keep their distance; the last line and the first come before others", () => {
  assert.deepEqual(named([0, 5, 12, 30], 11), [3, 0, 2]);
  assert.deepEqual(named([0, 5, 8], 11), [2]);
  assert.deepEqual(named([NaN, 40, 20], 11), [2, 1]);
});

test("lines of layers are named at their ends, as many as there is height for", () => {
  const texts = (/** @type {number} */ height) => chartFigure(deep(11), height).layout.annotations.map(({ text }) => text);
  assert.deepEqual(texts(400), ["out", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
  assert.ok(texts(120).length < 11 && texts(120).length > 3 && texts(120)[0] === "out");
  assert.equal(chartFigure({ ...deep(11), charts: { ...deep(11).charts, kind: "loss" } }, 400).layout.annotations.length, 0);
});

test("lines of eleven layers differ in colour or dash, and their key is short", () => {
  const { data } = chartFigure(deep(11), 400);
  const looks = data.flatMap((/** @type {any} */ trace) => (trace.line?.dash ? [`${trace.line.color} ${trace.line.dash}`] : []));
  assert.equal(new Set(looks).size, 11);
  const outputs = (/** @type {number} */ count) => JSON.stringify(chartKeyView(deep(count))).split('"aria-live"').length - 1;
  assert.deepEqual([outputs(11), outputs(3)], [0, 3]);
});
