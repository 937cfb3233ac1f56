/** The charts: what is drawn, along which axis, which marks, and what is said and copied. @import { State } from "../../static/js/types" */
import assert from "node:assert/strict";
import { test } from "node:test";

import { historyCsv } from "../../static/js/state/charts.js";
import { MOST_ROWS, thinned } from "../../static/js/state/history.js";
import { chartKeyView, chartTabsView, chartWords, historyTableView, trendOf } from "../../static/js/views/chartpanel.js";
import { chartFigure, powers } from "../../static/js/views/charts.js";
import { drawn, placeOf, placesOf, rowsShown, smoothed, stepsPerEpoch } from "../../static/js/views/series.js";
import { after, frame, joined, SERVER, told } from "./helpers.js";

/** A frame's rows of (step, epoch, training loss, test loss), with norms of two layers where they are given.
 * @param {number[][]} rows @param {number[][]} [norms] @returns {any} */
const rowsFrame = (rows, norms) => ({
  type: "frame",
  frame: frame({
    step: rows.at(-1)?.[0],
    epoch: rows.at(-1)?.[1],
    losses: {
      shape: [rows.length, 8],
      values: Float64Array.from(rows.flatMap(([step, epoch, train, test]) => [step, epoch, train, test, 0.5, 0.25, 0, 0.03])),
    },
    ...(norms && { layer_norms: { shape: [rows.length, 2, 2], values: Float64Array.from(norms.flat()) } }),
  }),
});
const THREE = [[0, 0, 1, 2], [25, 1, 0.5, 1], [50, 2, 0.25, 0.75]]; // prettier-ignore
const NORMS = [[NaN, NaN, NaN, NaN], [1, 0.01, 2, 0.02], [0.5, 0.001, 4, 0.002]]; // prettier-ignore
/** @param {any} change @param {State} [state] */
const chart = (change, state = after(joined(), rowsFrame(THREE, NORMS))) => after(state, { type: "charts", change });
/** What is drawn as lines: name and values. @param {State} state */
const lines = (state) =>
  chartFigure(state)
    .data.filter((/** @type {any} */ trace) => trace.name && trace.name !== "marks")
    .map((/** @type {any} */ { name, y }) => [name, y]);

test("the loss chart has test and training loss, and no test line without test points", () => {
  assert.deepEqual(lines(chart({})), [["test loss", [2, 1, 0.75]], ["training loss", [1, 0.5, 0.25]]]); // prettier-ignore
  const alone = after(joined(), rowsFrame([[0, 0, 1, NaN], [25, 1, 0.5, NaN]])); // prettier-ignore
  assert.deepEqual(lines(alone), [["training loss", [1, 0.5]]]);
});

test("accuracy is drawn in per cent of 0 to 100, R squared as it is", () => {
  const score = chart({ kind: "score" });
  assert.deepEqual(lines(score)[1], ["training accuracy", [50, 50, 50]]);
  const axis = /** @type {any} */ (chartFigure(score).layout.yaxis);
  assert.deepEqual([axis.tickvals.at(-1), axis.ticktext.at(-1)], [100, "100 %"]);
  const regression = after(joined(), told({ ...SERVER, task: "regression" }), rowsFrame(THREE));
  assert.deepEqual(lines(chart({ kind: "score" }, regression))[1], ["training R²", [0.5, 0.5, 0.5]]);
});

test("a log axis has ticks at powers of ten, and at 2 and 5 between where there is room", () => {
  assert.equal(chartFigure(chart({})).layout.yaxis.type, undefined);
  assert.equal(chartFigure(chart({ log: true })).layout.yaxis.type, "log");
  assert.deepEqual(powers([1e-8, 1]).ticktext, ["10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01", "1"]);
  assert.deepEqual(powers([0.1, 1]).ticktext, ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "50"]);
  assert.deepEqual(powers([NaN, 0]).range, [-3.1, 0.1]);
});

test("smoothing draws an average over the raw line and changes no raw value", () => {
  assert.deepEqual(smoothed([1, 0, NaN, 1], 0.5), [1, 0.5, NaN, 0.75]);
  assert.deepEqual(lines(chart({ smoothing: 0.5 })).slice(2), [
    ["training loss", [1, 0.5, 0.25]],
    ["training loss, smoothed", [1, 0.75, 0.5]],
  ]);
});

test("gradient norms and update ratios are one line a layer, on a log axis, each with its colour and dash", () => {
  const figure = chartFigure(chart({ kind: "gradient" }));
  assert.equal(figure.layout.yaxis.type, "log");
  assert.deepEqual(lines(chart({ kind: "gradient" })), [["layer 1", [NaN, 1, 0.5]], ["output", [NaN, 2, 4]]]); // prettier-ignore
  assert.deepEqual(lines(chart({ kind: "update" }))[1], ["output", [NaN, 0.02, 0.002]]);
  const looks = figure.data.slice(1).map((/** @type {any} */ { line }) => [line.color, line.dash]);
  assert.deepEqual(looks, [["#000001", "solid"], ["#000002", "dot"]]); // prettier-ignore
  assert.equal(chartFigure(chart({ kind: "update" })).layout.shapes[0].y0, 1e-3);
  assert.match(JSON.stringify(chartKeyView(chart({ kind: "gradient" }))), /layer 1 .*"0\.5".*output .*"4"/);
});

test("a server that tells no norms is no failure", () => {
  const state = chart({ kind: "gradient" }, after(joined(), rowsFrame(THREE)));
  assert.deepEqual(lines(state), []);
  assert.match(JSON.stringify(chartKeyView(state)), /not told/);
});

test("the axis counts steps before the second epoch, epochs after, and what is asked for", () => {
  const early = after(joined(), rowsFrame([[0, 0, 1, 2], [1, 0, 0.9, 2], [2, 0, 0.8, 2]])); // prettier-ignore
  const x = (/** @type {State} */ state) => /** @type {any} */ (chartFigure(state).data[0]).x;
  assert.deepEqual(x(early), [0, 1, 2]);
  assert.deepEqual(x(chart({})), [0, 1, 2]);
  assert.deepEqual(x(chart({ across: "step" })), [0, 25, 50]);
  assert.equal(chartFigure(chart({})).layout.xaxis.title.text, "epoch");
  const rows = /** @type {any} */ ([[0, 0], [5, 0], [25, 1], [35, 1], [60, 1]].map(([step, epoch]) => ({ step, epoch }))); // prettier-ignore
  assert.deepEqual(placesOf(rows, false, 25), [0, 0.2, 1, 1.4, 1.99]);
  assert.equal(stepsPerEpoch(joined()), 1);
});

test("marks stand at their steps, with their words and a sign for their kind", () => {
  const state = after(
    chart({}),
    told({ type: "marks", marks: [{ step: 25, epoch: 1, kind: "rate", text: "learning rate 0.03 to 0.01" }] }),
  );
  const { data, layout } = chartFigure(state);
  const marks = /** @type {any} */ (data.at(-1));
  assert.deepEqual([marks.x, marks.text, marks.marker.symbol], [[1], ["learning rate 0.03 to 0.01"], ["triangle-down"]]);
  assert.equal(layout.shapes[0].x0, 1);
  const rows = /** @type {any} */ ([{ step: 0 }, { step: 10 }]);
  assert.deepEqual([placeOf(rows, [0, 1], 5), placeOf(rows, [0, 1], 99)], [0.5, 1]);
});

test("marks belong to a run: another one begins without", () => {
  const marked = after(chart({}), told({ type: "marks", marks: [{ step: 1, epoch: 0, kind: "points", text: "moved" }] }));
  assert.equal(marked.marks.length, 1);
  assert.deepEqual(after(marked, told({ ...SERVER, revision: 2 })).marks, []);
});

test("how things stand between two rows is the line's end", () => {
  const state = after(chart({}), { type: "frame", frame: frame({ step: 60, epoch: 2, losses: { shape: [0, 8], values: new Float64Array(0) } }) });
  assert.deepEqual(rowsShown(state).map(({ step }) => step), [0, 25, 50, 60]); // prettier-ignore
  assert.equal(state.history.length, 3);
});

test("early stopping says so without alarm", () => {
  const state = after(joined(), told({ type: "stopped", step: 50, epoch: 2, best_epoch: 1, loss_part: "test", restored: true, message: "No better since epoch 1." }));
  assert.deepEqual(state.notice, { kind: "info", about: "stopped", text: "No better since epoch 1." });
});

test("the read-out tells raw values, and the chart says in words what it shows", () => {
  const state = chart({ smoothing: 0.9 });
  const [reading, test] = /** @type {any[]} */ (chartFigure(state).data);
  assert.deepEqual(reading.text[1], "step 25, rate 0.03");
  assert.deepEqual(test.text, ["2.000", "1.000", "0.750"]);
  assert.equal(chartWords(state), "Chart. Loss, epoch 0 to 2. test loss 0.750, falling; training loss 0.250, falling.");
  assert.deepEqual([trendOf([1, 2]), trendOf([5, 5.01]), trendOf([3])], ["rising", "steady", "steady"]);
});

test("thinning keeps the extremes of every figure and of every norm, and is bounded", () => {
  const rows = /** @type {any[]} */ (
    Array.from({ length: MOST_ROWS + 1 }, (_, step) => ({ step, epoch: step, train_loss: (step * 7) % 11, test_loss: (step * 5) % 13, test_score: 0.5, norms: [1, 1] }))
  );
  rows[1003].norms = [1, 99];
  rows[1509].test_score = 0.9;
  const kept = thinned(rows);
  assert.ok(kept.length <= MOST_ROWS / 2 + 16);
  assert.ok(kept.includes(rows[1003]) && kept.includes(rows[1509]));
});

test("no more rows are drawn than a screen has pixels for, and no peak is lost", () => {
  const rows = /** @type {any[]} */ (Array.from({ length: 2000 }, (_, step) => ({ train_loss: step === 777 ? 50 : 1 / (step + 1) })));
  const shown = drawn(rows, [({ train_loss }) => train_loss]);
  assert.ok(shown.length <= 802);
  assert.ok(shown.includes(777) && shown[0] === 0 && shown.at(-1) === 1999);
});

test("the history can be read as a table, newest first, and copied as CSV", () => {
  const text = JSON.stringify(historyTableView(chart({ table: true })));
  assert.ok(text.indexOf('"0.250"') < text.indexOf('"1.000"'));
  assert.deepEqual(historyTableView(chart({})), []);
  const csv = historyCsv(chart({}).history).split("\r\n");
  assert.equal(csv[0], "step,epoch,train_loss,test_loss,train_score,test_score,penalty,learning_rate,gradient_norm_1,update_ratio_1,gradient_norm_2,update_ratio_2");
  assert.deepEqual([csv[1], csv[2]], ["0,0,1,2,0.5,0.25,0,0.03,,,,", "25,1,0.5,1,0.5,0.25,0,0.03,1,0.01,2,0.02"]);
});

test("only the loss can be shown on a log axis by hand", () => {
  const has = (/** @type {State} */ state) => JSON.stringify(chartTabsView(state)).includes("button-chart-log");
  assert.deepEqual([has(chart({})), has(chart({ kind: "score" }))], [true, false]);
});
