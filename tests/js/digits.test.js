import assert from "node:assert/strict";
import { test } from "node:test";

import { ASKING } from "../../static/js/state.js";
import { causesCsv } from "../../static/js/state/causes.js";
import { tabsOf } from "../../static/js/state/drawer.js";
import { causeCounts, exampleOf, galleryPage, mistakesOf, PAGE } from "../../static/js/state/gallery.js";
import { imageOf, meanInk, readingOf, seenInk } from "../../static/js/state/pixels.js";
import { drawingView } from "../../static/js/views/drawing.js";
import { edgesTree, layoutOf, networkCaption } from "../../static/js/views/network.js";
import { largeUnit } from "../../static/js/views/pixels.js";
import { classWord, readingText } from "../../static/js/views/reading.js";
import { after, frame, joined, SERVER, told } from "./helpers.js";

/** @import { Command, State } from "../../static/js/types" */

const INPUTS = [0, 1, 2, 3].map((at) => ({ name: `pixel ${at}`, unit: "", column: `pixel ${at}`, low: 0, high: 16, middle: 4 * at, shift: 8, scale: 4, indicator: false }));
/** Pictures of two by two pixels and three classes, 3, 8 and 11. @type {any} */
const PICTURES = {
  ...SERVER,
  revision: 2,
  output: "softmax",
  middle: null,
  spec: { ...SERVER.spec, data: { ...SERVER.spec.data, source: "table", classes: 3 } },
  layers: [
    { fan_in: 4, fan_out: 2, activation: "tanh", offset: 0, batch_norm: null },
    { fan_in: 2, fan_out: 3, activation: "softmax", offset: 10, batch_norm: null },
  ],
  inputs: INPUTS,
  labels: ["3", "8", "oak"],
  image: { width: 2, height: 2, high: 16 },
};
/** Six points: the network takes 21 for 8 with 0.6, 22 for 8 with 0.9, 24 for 3 with 0.7. @type {any} */
const POINTS = [
  [20, 0, 0, 0, 0],
  [21, 1, 0, 0, 0],
  [22, 2, 0, 0, 0],
  [23, 3, 0, 1, 0],
  [24, 4, 0, 1, 0],
  [25, 5, 0, 2, 2],
];
const SHARES = [
  [0.8, 0.3, 0.05, 0.1, 0.7, 0.2],
  [0.1, 0.6, 0.9, 0.8, 0.2, 0.2],
  [0.1, 0.1, 0.05, 0.1, 0.1, 0.6],
];
const CONFUSION = [
  [1, 2, 0],
  [1, 1, 0],
  [0, 0, 0],
];
const SIZE = 10 + 9;

/** @param {any} [facts] */
const shown = (facts = {}) =>
  frame({
    revision: 2,
    predictions: { shape: [3, 6], values: Float32Array.from(SHARES.flat()) },
    cells: { shape: [6], values: Uint8Array.of(0, 1, 1, 1, 0, 2) },
    metrics: { train: /** @type {any} */ ({ points: 5, confusion: CONFUSION }), test: null },
    theta: { shape: [SIZE], values: Float64Array.from({ length: SIZE }, (_, row) => (row === 8 ? -0.9 : row / 100)) },
    ...facts,
  });

/** @param {any} [facts] of the frame @returns {State} */
const begun = (facts) => after(joined(), told(PICTURES), told({ type: "points", data_revision: 1, points: POINTS }), { type: "frame", frame: shown(facts) });

/** What the page asks for now, of one type. @param {State} state @param {string} type @returns {Command[]} */
const asks = (state, type) => ASKING.flatMap((next) => next(state) ?? []).filter((command) => command.type === type);

/** @param {readonly number[]} seen @param {readonly number[]} outputs */
const probe = (seen, outputs) => ({ probe: { shape: [9], values: Float32Array.from([...seen, 0.1, 0.2, ...outputs]) } });

/** @param {any} node @returns {string} */
const textIn = (node) => (typeof node === "string" ? node : node.children.map(textIn).join(""));

test("only where all inputs are pixels is there an image and something to draw on", () => {
  assert.equal(imageOf(joined()), null);
  assert.equal(imageOf(after(joined(), told({ ...PICTURES, inputs: INPUTS.slice(1) }))), null);
  assert.deepEqual(imageOf(begun()), { width: 2, height: 2, high: 16 });
  const names = (/** @type {State} */ state) => tabsOf(state).map(({ tab }) => tab);
  assert.ok(!names(joined()).includes("drawing"));
  assert.ok(names(begun()).includes("drawing"));
});

test("a stroke is asked for as it grows, one question unanswered at most, the newest next", () => {
  const first = after(begun(), { type: "draw", points: [[0.1, 0.2]], begins: true });
  assert.deepEqual(asks(first, "inspect"), [{ type: "inspect", at: null, unit: null, strokes: [[[0.1, 0.2]]] }]);
  const sent = after(first, { type: "sent", command: { ...asks(first, "inspect")[0], id: 7 } });
  const grown = after(sent, { type: "draw", points: [[0.12345, 1.4], [-1, 0.5]], begins: false });
  assert.deepEqual(asks(grown, "inspect"), []);
  const answered = after(grown, told({ type: "ok", id: 7, ids: [], seed: null }));
  assert.deepEqual(asks(answered, "inspect")[0].strokes, [[[0.1, 0.2], [0.123, 1], [0, 0.5]]]);
  assert.equal(after(begun(), { type: "draw", points: [[0, 0]], begins: false }).drawing.strokes.length, 0, "no stroke has begun");
});

test("a place of the board is looked at before the drawing, and the drawing again after it", () => {
  const drawn = after(begun(), { type: "draw", points: [[0.5, 0.5]], begins: true }, { type: "point-at", at: [1, 2] });
  assert.deepEqual(asks(drawn, "inspect"), [{ type: "inspect", at: [1, 2], unit: null }]);
  const away = after(drawn, { type: "point-at", at: null });
  assert.deepEqual(asks(away, "inspect")[0].strokes, [[[0.5, 0.5]]]);
});

test("a drawing ends with its pictures, a row with its point", () => {
  const drawn = after(begun(), { type: "drawer", tab: "drawing" }, { type: "draw", points: [[0.5, 0.5]], begins: true });
  const left = after(drawn, told({ ...SERVER, revision: 3 }));
  assert.deepEqual([left.inspect.sample, left.drawing.strokes, left.drawer.tab], [null, [], null]);
  const row = after(begun(), { type: "look-at", sample: { row: 24 } });
  assert.deepEqual(asks(row, "inspect"), [{ type: "inspect", at: null, unit: null, row: 24 }]);
  assert.equal(after(row, told({ type: "points", data_revision: 2, points: POINTS.slice(0, 4) })).inspect.sample, null);
  assert.equal(after(row, { type: "drawer", tab: null }).inspect.sample, null);
  assert.notEqual(after(drawn, { type: "drawer", tab: null }).inspect.sample, null, "a drawing stays to be seen in the diagram");
});

test("what the network sees is mapped back to ink, and what it reads is said when the pen is lifted", () => {
  const facts = probe([-2, 2, 0, 9], [0.03, 0.97, 0]);
  const drawn = after(begun(), { type: "drawer", tab: "drawing" }, { type: "draw", points: [[0.5, 0.5]], begins: true });
  const asked = after(drawn, { type: "sent", command: { type: "inspect", id: 1 } }, told({ type: "ok", id: 1, ids: [], seed: null }), { type: "frame", frame: shown(facts) });
  assert.deepEqual(seenInk(asked), [0, 1, 0.5, 1]);
  assert.deepEqual(meanInk(asked), [0, 0.25, 0.5, 0.75]);
  assert.deepEqual(readingOf(asked)?.map((share) => Number(share.toFixed(2))), [0.03, 0.97, 0]);
  assert.equal(asked.drawing.said, null, "the pen is still down");
  const lifted = after(asked, { type: "draw-end" });
  assert.equal(lifted.drawing.said?.label, 1);
  assert.match(drawingView(lifted).map(textIn).join(" "), /I read an 8, 97 %\..*3 %.*97 %/);
  const training = after(lifted, told({ type: "phase", phase: "playing", step: 0, epoch: 0 }));
  const surer = after(training, { type: "frame", frame: shown(probe([0, 0, 0, 0], [0.01, 0.99, 0])) });
  assert.equal(surer.drawing.said, lifted.drawing.said, "the same answer is not said twice");
  const unsure = after(training, { type: "frame", frame: shown(probe([0, 0, 0, 0], [0.5, 0.1, 0.4])) });
  assert.equal(unsure.drawing.said, lifted.drawing.said, "nor one that may change with the next step");
  const other = after(training, { type: "frame", frame: shown(probe([0, 0, 0, 0], [0.9, 0.1, 0])) });
  assert.equal(other.drawing.said?.label, 0);
});

test("classes are read aloud as one would", () => {
  const state = begun();
  assert.equal(readingText(state, 0, 0.974), "I read a 3, 97 %.");
  assert.equal(classWord(state, 1), "an 8");
  assert.equal(classWord(state, 2), "“oak”");
});

test("weights that are pictures have no lines, and their legend says how far the colours reach", () => {
  const state = begun();
  const { edges } = edgesTree(state, layoutOf(state, 900, 500));
  assert.deepEqual([...new Set(edges.map(({ ref }) => ref.layer))], [1]);
  assert.match(networkCaption(state).map(textIn).join(""), /weights by pixel, up to ±0\.9\./);
  assert.equal(largeUnit(state), null);
  assert.equal(largeUnit(after(state, { type: "point-unit", unit: [0, 1] })), 1);
  assert.equal(largeUnit(after(state, { type: "point-unit", unit: [1, 1] })), null, "outputs have no pixels");
  assert.equal(largeUnit(after(joined(), { type: "frame", frame: frame() }, { type: "point-unit", unit: [0, 1] })), null);
});

/** A gallery of 3 read as 8. */
const opened = () => after(begun(), { type: "drawer", tab: "results" }, { type: "results", change: { chosen: { name: "0,1", ids: [21, 22] } } });

test("a cell's examples come with the most confident mistake first, and their values are asked for once", () => {
  const state = opened();
  assert.deepEqual(galleryPage(state).ids, [22, 21]);
  const { id, number, actual, predicted, share, cause } = /** @type {any} */ (exampleOf(state, 22));
  assert.deepEqual([id, number, actual, predicted, Number(share.toFixed(2)), cause], [22, 3, 0, 1, 0.9, ""]);
  assert.deepEqual(asks(state, "rows"), [{ type: "rows", ids: [22, 21] }]);
  const sent = after(state, { type: "sent", command: { type: "rows", ids: [22, 21], id: 5 } });
  assert.deepEqual(asks(sent, "rows"), []);
  const rows = [{ id: 22, values: [1, 2, 3, 4], label: 0, part: 0 }, { id: 21, values: [0, 0, 0, 0], label: 0, part: 0 }];
  const known = after(sent, told({ type: "rows", rows }));
  assert.deepEqual(known.gallery.rows.get(22), [1, 2, 3, 4]);
  assert.deepEqual(asks(known, "rows"), []);
  const moved = after(known, told({ type: "points", data_revision: 2, points: POINTS.with(2, [22, 2, 9, 0, 0]) }));
  assert.deepEqual(asks(moved, "rows"), [{ type: "rows", ids: [22] }], "of a point that was moved they are others");
});

test("all mistakes are those of the part that is shown", () => {
  const state = after(begun(), { type: "drawer", tab: "results" }, { type: "all-mistakes" });
  assert.deepEqual(mistakesOf(state), [21, 22, 24]);
  assert.deepEqual(state.gallery.shown?.ids, [22, 24, 21]);
  assert.equal(after(state, { type: "results", change: { part: "test", chosen: null } }).gallery.shown, null);
});

test("what is right comes with the least certain first, and pages hold so many", () => {
  const right = after(begun(), { type: "results", change: { chosen: { name: "0,0", ids: [20] } } });
  assert.deepEqual(galleryPage(right).ids, [20]);
  const many = Array.from({ length: PAGE + 3 }, (_, at) => [100 + at, at, 0, 0, 0]);
  const state = after(begun(), told({ type: "points", data_revision: 2, points: many }), { type: "results", change: { chosen: { name: "0,1", ids: many.map(([id]) => id) } } }, { type: "gallery", change: { page: 1 } });
  assert.deepEqual(galleryPage(state).ids, [124, 125, 126]);
  const fewer = after(state, told({ type: "points", data_revision: 3, points: many.slice(0, 5) }));
  assert.deepEqual([galleryPage(fewer).page, galleryPage(fewer).all], [0, 5]);
});

test("causes are counted over points that are there, and go with their data", () => {
  const state = after(opened(), { type: "cause", ids: [22, 21], cause: " badly written " }, { type: "cause", ids: [24], cause: "wrong label" });
  assert.deepEqual(causeCounts(state), [["badly written", 2], ["wrong label", 1]]);
  assert.deepEqual(causeCounts(after(state, { type: "cause", ids: [22], cause: "" })), [["badly written", 1], ["wrong label", 1]]);
  const gone = after(state, told({ type: "points", data_revision: 2, points: POINTS.slice(0, 4) }));
  assert.deepEqual(causeCounts(gone), [["badly written", 2]]);
  const other = after(state, told({ ...PICTURES, revision: 3, spec: { ...PICTURES.spec, data: { ...PICTURES.spec.data, train_fraction: 0.5 } } }));
  assert.deepEqual([other.gallery.causes, other.gallery.shown], [{}, null]);
});

test("the analysis as CSV holds no formula", () => {
  const state = after(opened(), { type: "cause", ids: [22], cause: '=1+1, or "so"' });
  assert.equal(causesCsv([exampleOf(state, 22), null], ["3", "8", "oak"]), 'row,class,network says,probability,cause\n3,3,8,0.9,"\'=1+1, or ""so"""\n');
});
