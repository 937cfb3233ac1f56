import assert from "node:assert/strict";
import { test } from "node:test";

import { labelAt } from "../../static/js/dom/edits.js";
import { areaOf, marksOf } from "../../static/js/views/board.js";
import { brushView } from "../../static/js/views/brush.js";
import { curveLines, focusLine, isCurve, residualsOf, shadesOf, smallLine, smallZero } from "../../static/js/views/curve.js";
import { readoutView } from "../../static/js/views/readout.js";
import { toolsView } from "../../static/js/views/tools.js";
import { after, frame, joined, PALETTE, SERVER, told } from "./helpers.js";

/** @import { Child, Node, State } from "../../static/js/types" */

/** One board unit of x is 1, one up is half a unit of y. */
const AXES = [
  { name: "x1", unit: "", input: 0, middle: 0, scale: 1 },
  { name: "y", unit: "", input: null, middle: 1, scale: 0.5 },
];
const CURVE = { ...SERVER, task: "regression", output: "linear", middle: null, chart: "curve", axes: AXES };
/** 400 pixels for 12 board units both ways. */
const AREA = areaOf(438, 432, { centre: [0, 0], extent: 6 });

/** A curve of four cells, points at u = -4.5 and 4.5. @param {object} [more] @returns {State} */
const drawn = (more) =>
  after(
    joined(),
    told(CURVE),
    told({ type: "points", data_revision: 1, points: [[0, -4.5, 2, 2, 0], [1, 4.5, -2, 0, 2]] }),
    {
      type: "frame",
      frame: frame({
        boundary_range: [-1, 3],
        curve: { shape: [1, 4], values: Float32Array.of(0, 1, 2, 3) },
        predictions: { shape: [1, 2], values: Float32Array.of(1, 2) },
        ...more,
      }),
    },
  );
/** @param {readonly Child[]} children @returns {string} */
const text = (children) => children.map((child) => (typeof child === "string" ? child : text(child.children))).join("");
/** @param {readonly Child[]} children @param {(node: Node) => boolean} pick @returns {Node[]} */
const find = (children, pick) => children.flatMap((child) => (typeof child === "string" ? [] : [...(pick(child) ? [child] : []), ...find(child.children, pick)]));

test("the curve runs through the cells' centres at the heights that the engine says", () => {
  // Cells' centres: -4.5, -1.5, 1.5, 4.5; values 0 to 3 lie at -2, 0, 2, 4 board units.
  assert.deepEqual(
    curveLines(drawn(), AREA)[0].map((place) => place.map((pixel) => Number(pixel.toFixed(4)))),
    [[80, 274.6667], [180, 208], [280, 141.3333], [380, 74.6667]],
  );
});

test("a residual runs from its point to the prediction, and while the point moves to the curve", () => {
  // Predictions 1 and 2 lie at 0 and 2 board units; the curve at the points says 0 and 3.
  const ends = residualsOf(drawn(), AREA).map(({ y, to }) => [Math.round(y), Math.round(to)]);
  assert.deepEqual(ends, [[141, 208], [275, 141]]);
  const moving = after(drawn(), { type: "grab", id: 0, x: -4.5, y: 2 }, { type: "drag", x: -1.5, y: 2 });
  assert.deepEqual(residualsOf(moving, AREA).map(({ x, to }) => [Math.round(x), Math.round(to)]), [[180, 208], [380, 75]]);
});

test("hidden test points have no residuals", () => {
  const hidden = after(drawn(), { type: "tools", change: { tests: false } });
  assert.equal(residualsOf(hidden, AREA).length, 1);
});

test("a point put on the board has the target of its height, not of a brush", () => {
  assert.equal(labelAt(drawn(), [1, 3]), 2.5);
  assert.equal(labelAt(joined(), [1, 3]), joined().ui.brush);
  assert.deepEqual(find(brushView(drawn()), ({ attrs }) => attrs["data-label"] !== undefined), []);
});

test("a curve's board offers residuals and not the decision, and its points are of one colour", () => {
  const toggles = find(toolsView(drawn()), ({ attrs }) => attrs["data-toggle"] !== undefined).map(({ attrs }) => attrs["data-toggle"]);
  assert.ok(toggles.includes("residuals") && !toggles.includes("discretise"));
  assert.deepEqual(new Set(marksOf(drawn(), AREA).map(({ colour }) => colour)), new Set([PALETTE.train]));
  assert.equal(isCurve(joined()), false);
});

test("the read-out says the place in the data's units and what the network says there", () => {
  const probed = drawn({ probe_at: [1.2, -0.4], probe: { shape: [4], values: Float32Array.of(1.2, 0.1, 0.2, 0.625) } });
  assert.equal(text(readoutView(after(probed, { type: "point-at", at: [1.2, -0.4] }))), "x₁ 1.20, y 0.80: network 0.625");
});

test("a unit's small curve spans its range over its box, with zero where it is", () => {
  const place = { x: 50, y: 50, box: 100 };
  assert.deepEqual(smallLine([0, 255], place), [[25, 92], [75, 8]]);
  assert.equal(smallZero([-1, 1], place), 50);
  assert.equal(smallZero([1, 2], place), null);
  assert.deepEqual([...shadesOf(Float32Array.of(-2, 0, 9), [-1, 1])], [0, 127.5, 255]);
});

test("a unit that is looked at closely runs over the whole height", () => {
  const close = drawn({ focus_unit: [0, 1], focus_range: [0, 1], focus: { shape: [2, 2], values: Uint8Array.of(0, 255, 0, 255) } });
  assert.deepEqual(focusLine(close, AREA), [[130, 408], [330, 8]]);
  assert.deepEqual(focusLine(drawn(), AREA), []);
});
