import assert from "node:assert/strict";
import { test } from "node:test";

import { nextInspect } from "../../static/js/state/inspect.js";
import { homeOf, lookOf, nextView, zoomed } from "../../static/js/state/look.js";
import { nextMove, shownPoints, visiblePoints } from "../../static/js/state/points.js";
import { cellFilled, PAGE, pageOf, pasting } from "../../static/js/state/table.js";
import { idsInside, isInside, sprayed, toggled } from "../../static/js/state/tools.js";
import { decided } from "../../static/js/state/wrong.js";
import { areaOf, placeOf, toBoard, toExact, toPixels } from "../../static/js/views/board.js";
import { boardKeyView } from "../../static/js/views/brush.js";
import { bordersOf } from "../../static/js/views/contour.js";
import { decisionTable, divergingTable } from "../../static/js/views/picture.js";
import { readoutView } from "../../static/js/views/readout.js";
import { after, frame, joined, PALETTE, SERVER, told } from "./helpers.js";

/** @import { Child, Look } from "../../static/js/types" */

/** @param {number} id */
const ok = (id) => told({ type: "ok", id, ids: [], seed: null });
/** @param {readonly Child[]} children @returns {string} */
const text = (children) => children.map((child) => (typeof child === "string" ? child : text(child.children))).join("");
/** @type {Look} */
const NEAR = { centre: [2, 1], extent: 1.5 };

test("the place under the hand stays where it is when zooming", () => {
  const look = zoomed({ centre: [0, 0], extent: 6 }, [3, -3], 0.5);
  assert.deepEqual(look, { centre: [1.5, -1.5], extent: 3 });
  const [before, now] = [areaOf(438, 432, { centre: [0, 0], extent: 6 }), areaOf(438, 432, look)];
  assert.deepEqual(toPixels(now, 3, -3), toPixels(before, 3, -3));
});

test("pixels and board are each other's inverse wherever the board is looked at", () => {
  const area = areaOf(438, 432, NEAR);
  assert.deepEqual(toPixels(area, 2, 1), [30 + 200, 8 + 200]);
  assert.deepEqual(toBoard(area, ...toPixels(area, 2.75, 0.25)), [2.75, 0.25]);
  assert.deepEqual(toBoard(area, -1000, 8), [0.5, 2.5]);
  assert.deepEqual(toExact(area, 30, 8), [0.5, 2.5]);
});

test("a picture of the first view is drawn around a nearer one, at its own place", () => {
  const area = areaOf(438, 432, { centre: [3, 3], extent: 3 });
  assert.deepEqual(placeOf(area, { centre: [0, 0], extent: 6 }), { x: -370, y: 8, width: 800, height: 800 });
});

test("one view is unanswered at most, and the newest is asked for next", () => {
  let state = after(joined(), { type: "look", look: NEAR });
  const command = nextView(state);
  assert.deepEqual(command, { type: "set_view", view: { grid: 100, maps: true, map_grid: 32, metrics: false, diagnostics: false, ...NEAR } });
  state = after(state, { type: "sent", command: { ...command, id: 1 } });
  assert.equal(nextView(state), null);
  state = after(state, { type: "look", look: { ...NEAR, extent: 1 } });
  assert.equal(nextView(state), null);
  state = after(state, ok(1), told({ ...SERVER, view: { ...SERVER.view, ...NEAR } }));
  assert.equal(lookOf(state).extent, 1);
  assert.equal(/** @type {any} */ (nextView(state)).view.extent, 1);
});

test("the server's view holds once it has said the last one asked for", () => {
  const asked = after(joined(), { type: "look", look: NEAR }, { type: "sent", command: { type: "set_view", id: 1 } });
  const state = after(asked, ok(1), told({ ...SERVER, view: { ...SERVER.view, centre: [2, 1], extent: 1.5 } }));
  assert.equal(state.look, null);
  assert.deepEqual(lookOf(state).centre, [2, 1]);
  const refused = after(asked, told({ type: "error", id: 1, code: "x", message: "no", path: [] }));
  assert.equal(lookOf(refused).extent, 6);
});

test("a view stops at the edge of the board and at the nearest there is", () => {
  const bounds = { coordinate: 100, extent_least: 0.05 };
  const schema = /** @type {any} */ ({ protocol: 1, experiment: {}, bounds });
  const state = after(joined(), { type: "schema", schema });
  assert.deepEqual(lookOf(after(state, { type: "look", look: { centre: [99, 0], extent: 5 } })).centre, [95, 0]);
  assert.deepEqual(lookOf(after(state, { type: "look", look: { centre: [9, 9], extent: 500 } })), {
    ...{ centre: [0, 0], extent: 100 },
    ...{ dirty: true, inFlight: null },
  });
  assert.equal(lookOf(after(state, { type: "look", look: { centre: [3, 3], extent: 0.01 } })).extent, 6);
});

test("the way home is the schema's", () => {
  const properties = { centre: { default: [1, 2] }, extent: { default: 4 } };
  const schema = /** @type {any} */ ({ commands: { $defs: { View: { properties } } } });
  assert.deepEqual(homeOf(schema), { centre: [1, 2], extent: 4 });
});

test("one question about a place is unanswered at most, and the newest wins", () => {
  let state = after(joined(), { type: "point-at", at: [1, 2] });
  assert.deepEqual(nextInspect(state), { type: "inspect", at: [1, 2], unit: null });
  state = after(state, { type: "sent", command: { type: "inspect", id: 4 } }, { type: "point-at", at: [3, 4] });
  assert.equal(nextInspect(state), null);
  state = after(state, ok(4));
  assert.deepEqual(nextInspect(state), { type: "inspect", at: [3, 4], unit: null });
  assert.equal(after(state, { type: "point-at", at: [3, 4] }), state);
  assert.deepEqual(nextInspect(after(joined(), { type: "point-unit", unit: [0, 1] })), { type: "inspect", at: null, unit: [0, 1] });
});

test("looking closer does not take a complaint away, another command does", () => {
  const bad = told({ type: "error", id: 9, code: "too_many_points", message: "the board is full", path: [] });
  const asked = after(joined(), bad, { type: "point-at", at: [1, 1] }, { type: "sent", command: { type: "inspect", id: 10 } });
  assert.equal(after(asked, ok(10)).notice?.text, "The board is full");
  assert.equal(after(asked, ok(11)).notice, null);
});

test("points on the wrong side of the middle are wrong, and counted", () => {
  const outputs = { predictions: { shape: [1, 2], values: Float32Array.of(0.5, 0.7) } };
  const state = after(joined(), { type: "frame", frame: frame(outputs) });
  assert.deepEqual([...state.wrong], [0]);
  assert.match(text(boardKeyView(state)), /1wrong/);
  assert.deepEqual([...after(joined(), { type: "frame", frame: frame() }).wrong], []);
  const signed = after(joined(), told({ ...SERVER, middle: 0 }), { type: "frame", frame: frame() });
  assert.deepEqual([...signed.wrong], [0]);
});

test("of several outputs the largest decides", () => {
  const values = Float32Array.of(0.2, 0.1, 0.5, 0.3, 0.3, 0.6);
  assert.deepEqual([decided(values, 3, 2, 0, null), decided(values, 3, 2, 1, null)], [1, 2]);
});

test("outputs of other points than these judge none", () => {
  const state = after(joined(), { type: "frame", frame: frame({ data_revision: 2, predictions: { shape: [1, 2], values: Float32Array.of(1, 0) } }) });
  assert.equal(state.wrong.size, 0);
});

test("the pointer's read-out is the last layer of the frame's probe", () => {
  const probe = (/** @type {number} */ value) => ({ shape: [5], values: Float32Array.of(1.2, -0.4, 0.3, 0.1, value) });
  const at = (/** @type {number} */ value, /** @type {any} */ server = SERVER) =>
    text(readoutView(after(joined(), told(server), { type: "point-at", at: [1.2, -0.4] }, { type: "frame", frame: frame({ probe_at: [1.2, -0.4], probe: probe(value) }) })));
  assert.equal(at(0.93), "x₁ 1.20, x₂ −0.40: class 1 with 93 %");
  assert.equal(at(0.25), "x₁ 1.20, x₂ −0.40: class 0 with 75 %");
  assert.equal(at(0.999), "x₁ 1.20, x₂ −0.40: class 1 with over 99 %");
  assert.equal(at(-0.5, { ...SERVER, task: "regression", middle: null, output: "linear" }), "x₁ 1.20, x₂ −0.40: value −0.500");
  assert.equal(at(0.4, { ...SERVER, middle: 0, output: "tanh" }), "x₁ 1.20, x₂ −0.40: class 1, output 0.400");
});

test("borders run between cells of different classes, and meet in the middle of three", () => {
  assert.deepEqual([...bordersOf(Uint8Array.of(0, 1, 0, 1), 2)], [0.5, 0, 0.5, 1]);
  assert.deepEqual([...bordersOf(Uint8Array.of(0, 1, 2, 2), 2)].length, 12);
  assert.equal(bordersOf(Uint8Array.of(2, 2, 2, 2), 2).length, 0);
});

test("a decision has two shades and no other", () => {
  const table = decisionTable(divergingTable(PALETTE));
  assert.deepEqual([...new Set(table)].length, 2);
  assert.deepEqual([table[127], table[128]], [table[0], table[255]]);
});

test("a loop holds what lies inside, also where it is hollow", () => {
  /** @type {[number, number][]} */
  const hollow = [[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [1, 1], [1, 4], [0, 4]];
  assert.deepEqual([isInside(hollow, 0.5, 3), isInside(hollow, 2, 3), isInside(hollow, 2, 0.5), isInside(hollow, 5, 1)], [true, false, true, false]);
  const points = /** @type {any} */ ([[7, 0.5, 3, 0, 0], [8, 2, 3, 0, 0], [-1, 0.5, 2, 0, 0]]);
  assert.deepEqual(idsInside(points, hollow), [7]);
});

test("the brush sprays inside its radius", () => {
  const [[x, y], edge] = [sprayed([1, 1], 2, 1, () => 0)[0], sprayed([0, 0], 2, 1, () => 1)[0]];
  assert.deepEqual([x, y], [1, 1]);
  assert.ok(Math.abs(Math.hypot(...edge) - 2) < 1e-12);
});

test("all chosen points go along with the one in the hand", () => {
  const state = after(
    joined(),
    { type: "select", ids: [0, 1] },
    { type: "grab", id: 0, x: 1, y: 1, gesture: 5 },
    { type: "drag", x: 2, y: 0.5 },
  );
  assert.deepEqual(nextMove(state), { type: "move_points", points: [[0, 2, 0.5], [1, 0, -1.5]], gesture: 5 });
  assert.deepEqual(shownPoints(state).map((row) => row.slice(0, 3)), [[0, 2, 0.5], [1, 0, -1.5]]);
  assert.deepEqual(state.ui.selected, [0, 1]);
});

test("a point that is not chosen goes alone, and is chosen then", () => {
  const state = after(joined(), { type: "select", ids: [1] }, { type: "grab", id: 0, x: 1, y: 1 }, { type: "drag", x: 2, y: 2 });
  assert.deepEqual(nextMove(state), { type: "move_points", points: [[0, 2, 2]] });
  assert.deepEqual(state.ui.selected, [0]);
});

test("choosing adds where it is asked to, and takes back one by one", () => {
  const both = after(joined(), { type: "select", ids: [0] }, { type: "select", ids: [1, 0], add: true });
  assert.deepEqual(both.ui.selected, [0, 1]);
  assert.deepEqual([toggled(both, 0), toggled(joined(), 0)], [[1], [0]]);
});

test("hidden test points cannot be seen nor taken", () => {
  const state = after(joined(), { type: "tools", change: { tests: false } });
  assert.deepEqual(visiblePoints(state).map(([id]) => id), [0]);
  assert.equal(shownPoints(state).length, 2);
});

test("a change of part is shown before the server has answered", () => {
  const command = { type: "set_part", ids: [0], part: "test", id: 1 };
  assert.equal(shownPoints(after(joined(), { type: "sent", command }))[0][4], 2);
});

test("a filled cell asks for what it says; a bad one stays with the reason", () => {
  assert.deepEqual(cellFilled(joined(), 0, "x1", "2,5").command, { type: "move_points", points: [[0, 2.5, 1]] });
  assert.deepEqual(cellFilled(joined(), 0, "label", "1").command, { type: "relabel_points", ids: [0], label: 1 });
  assert.equal(cellFilled(joined(), 0, "x2", "1").command, null);
  const { command, cells } = cellFilled(joined(), 0, "label", "7");
  assert.equal(command, null);
  assert.deepEqual(cells, [{ id: 0, column: "label", text: "7", error: "label must be a whole number from 0 to 1" }]);
});

test("a page is what its number says, the last one for any that is too large", () => {
  const rows = /** @type {any} */ (Array.from({ length: 2 * PAGE + 1 }, (_, id) => [id, 0, 0, 0, 0]));
  assert.deepEqual([pageOf(rows, 0).rows.length, pageOf(rows, 0).pages], [PAGE, 3]);
  assert.deepEqual([pageOf(rows, Infinity).page, pageOf(rows, Infinity).rows.length], [2, 1]);
  assert.deepEqual(pageOf([], 3), { pages: 1, page: 0, from: 0, rows: [] });
});

test("a paste is one gesture, each part in its own command", () => {
  const { commands, pasted } = pasting(joined(), "1,1,0\n2,2,1,test\n3,3,9", 77);
  assert.deepEqual(commands, [
    { type: "add_points", points: [[1, 1, 0]], part: "train", gesture: 77 },
    { type: "add_points", points: [[2, 2, 1]], part: "test", gesture: 77 },
  ]);
  assert.deepEqual([pasted.loaded, pasted.bad.map(({ line }) => line)], [2, [3]]);
});
