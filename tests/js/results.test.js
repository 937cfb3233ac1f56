import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenName, idsIn, partOf } from "../../static/js/state/results.js";
import { resultsNeeds, resultsView } from "../../static/js/views/results.js";
import { after, frame, joined, SERVER, told } from "./helpers.js";

/** @import { State } from "../../static/js/types" */

/** Six points: of class 0, 0, 1, 1 to train on, of class 1 and 0 to test on. @type {any} */
const POINTS = [
  [10, 0, 0, 0, 0],
  [11, 1, 0, 0, 0],
  [12, 0, 1, 1, 0],
  [13, 1, 1, 1, 0],
  [14, 2, 2, 1, 2],
  [15, 2, 3, 0, 2],
];
const CLASSES = {
  points: 4,
  confusion: [
    [1, 1],
    [0, 2],
  ],
  accuracy: 0.75,
  precision: [1, 2 / 3],
  recall: [0.5, 1],
  f1: [2 / 3, 0.8],
  macro: { precision: 5 / 6, recall: 0.75, f1: 11 / 15 },
  roc_area: 0.875,
  roc_at: /** @type {[number, number]} */ ([0.5, 1]),
};
const NUMBERS = {
  points: 4,
  mae: 0.25,
  rmse: 0.3,
  max_error: 0.5,
  r2: -0.125,
  residuals: { low: -0.5, high: 0.5, counts: [1, 0, 3] },
};

/** The tab open, with these figures for training and none for test points. @param {any} train @param {any} [facts] @returns {State} */
function open(train, facts = {}) {
  const state = after(joined(), told({ type: "points", data_revision: 1, points: POINTS }));
  const shown = frame({
    metrics: { train, test: null },
    cells: { shape: [6], values: Uint8Array.of(0, 1, 1, 1, 1, 1) },
    roc: { shape: [2, 3, 2], values: Float32Array.of(0, 0, 0.5, 1, 1, 1, 0, 0, 0, 0, 0, 0) },
    ...facts,
  });
  return { ...after(state, { type: "frame", frame: shown }), drawer: { ...state.drawer, tab: "results" } };
}

/** @param {any} node @returns {any[]} */
const nodes = (node) => (typeof node === "string" ? [] : [node, ...node.children.flatMap(nodes)]);
/** @param {any} node @returns {string} */
const textIn = (node) => (typeof node === "string" ? node : node.children.map(textIn).join(""));
/** @param {readonly any[]} tree @param {string} tag @returns {any[]} */
const findAll = (tree, tag) => tree.flatMap(nodes).filter((node) => node.tag === tag);
/** @param {State} state @param {string} name */
const cell = (state, name) => findAll(resultsView(state), "button").find(({ attrs }) => attrs["data-cell"] === name);

test("nothing is described while another tab is open, and nothing is looked at", () => {
  const state = open(CLASSES);
  const shut = { ...state, drawer: { ...state.drawer, tab: null } };
  assert.deepEqual(resultsView(shut), []);
  assert.deepEqual(resultsNeeds(shut), [null]);
});

test("a cell has its count, its share of the class, and words for who does not see it", () => {
  const wrong = cell(open(CLASSES), "0,1");
  assert.equal(textIn(wrong), "1 50.0 % of class 0: network says 1");
  assert.equal(wrong.attrs["data-shade"], 5);
  assert.match(String(wrong.attrs.class), /confusion__cell--wrong/);
  assert.match(String(cell(open(CLASSES), "1,1").attrs.class), /confusion__cell--right/);
  assert.equal(cell(open(CLASSES), "1,0").attrs.disabled, true);
});

test("a cell's points are those of the part, the class and the network's word", () => {
  const state = open(CLASSES);
  assert.deepEqual(idsIn(state, 1, 0), [11]);
  assert.deepEqual(idsIn(state, 1, 1), [12, 13]);
  const tests = after(state, { type: "results", change: { part: "test" } });
  assert.deepEqual(idsIn(tests, 1, 0), [15]);
});

test("figures of other points choose none", () => {
  assert.deepEqual(idsIn({ ...open(CLASSES), dataRevision: 2 }, 1, 1), []);
});

test("a cell is pressed as long as its points are what is chosen", () => {
  const ids = [11];
  const state = after(open(CLASSES), { type: "results", change: { chosen: { name: "0,1", ids } } }, { type: "select", ids });
  assert.equal(chosenName(state), "0,1");
  assert.equal(cell(state, "0,1").attrs["aria-pressed"], "true");
  assert.equal(chosenName(after(state, { type: "select", ids: [12] })), null);
});

test("rates are in per cent, class by class and as their mean; what is not defined is a dash", () => {
  const rows = findAll(resultsView(open({ ...CLASSES, precision: [null, 2 / 3] })), "tr").map(textIn);
  assert.deepEqual(rows.slice(-3), ["class 0–50.0 %66.7 %", "class 166.7 %100.0 %80.0 %", "macro83.3 %75.0 %73.3 %"]);
});

test("the curve runs through the server's points and the threshold in force is marked", () => {
  const tree = resultsView(open(CLASSES));
  const paths = findAll(tree, "path").map(({ attrs }) => attrs.d);
  assert.ok(paths.includes("M44.00 158.00L119.00 8.00L194.00 8.00"));
  const [{ attrs: mark }] = findAll(tree, "circle");
  assert.deepEqual([mark.cx, mark.cy], [119, 8]);
  const [picture] = findAll(tree, "svg").filter(({ attrs }) => attrs.role === "img");
  assert.equal(
    picture.attrs["aria-label"],
    "ROC curve, area 0.875. At the threshold 0.5: 100.0 % of class 1 found, 50.0 % of class 0 taken for it.",
  );
});

test("without an area there is no curve", () => {
  assert.equal(findAll(resultsView(open({ ...CLASSES, roc_area: null, roc_at: null })), "circle").length, 0);
});

test("a part without points says so, and so does a server that has told nothing yet", () => {
  const state = open(CLASSES);
  assert.match(textIn({ children: resultsView(after(state, { type: "results", change: { part: "test" } })) }), /There are no test points\./);
  assert.equal(partOf(state), state.frame?.metrics?.train);
  assert.match(textIn({ children: resultsView(open(null, { metrics: null })) }), /on their way/);
});

test("residuals are bars that choose their points, with the usual figures", () => {
  const state = { ...open(NUMBERS), server: { ...SERVER, task: /** @type {const} */ ("regression") } };
  const tree = resultsView(state);
  const bars = findAll(tree, "g").filter(({ attrs }) => attrs["data-bin"] !== undefined);
  assert.deepEqual(bars.map(({ attrs }) => attrs["data-bin"]), [0, 2]);
  assert.equal(bars[1].attrs["aria-label"], "residuals from 0.167 to 0.5: 3 points");
  assert.equal(bars[0].attrs["aria-label"], "residuals from −0.5 to −0.167: 1 point");
  const outputs = findAll(tree, "output").map((node) => [node.attrs.id, textIn(node)]);
  assert.deepEqual(outputs, [["result-r2", "−0.125"], ["result-mae", "0.250"], ["result-rmse", "0.300"], ["result-max_error", "0.500"]]); // prettier-ignore
  assert.deepEqual(idsIn(state, 1, null), [11, 12, 13]);
});
