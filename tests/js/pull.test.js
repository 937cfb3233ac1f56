import assert from "node:assert/strict";
import { test } from "node:test";
import { endsOf, pullTree } from "../../static/js/views/pull.js";
import { after, joined, told } from "./helpers.js";

const BOARD = { centre: /** @type {const} */ ([0, 0]), extent: 6 };

test("a line ends where the board does", () => {
  assert.deepEqual(endsOf([1, 0, -2], BOARD), [[2, -6], [2, 6]]);
  assert.deepEqual(endsOf([0, 2, 2], BOARD), [[6, -1], [-6, -1]]);
  const [[x1, y1], [x2, y2]] = endsOf([3, 4, -10], BOARD) ?? [[0, 0], [0, 0]];
  assert.deepEqual([x1, y1, x2, y2].map((value) => Number(value.toFixed(9))), [6, -2, -4.666666667, 6]);
});

test("a line that does not cross the board, and none at all, have no ends", () => {
  assert.equal(endsOf([1, 0, -7], BOARD), null);
  assert.equal(endsOf([1, 1, -13], BOARD), null);
  assert.equal(endsOf([0, 0, 1], BOARD), null);
  assert.deepEqual(endsOf([1, 0, -7], { centre: [6, 0], extent: 2 }), [[7, -2], [7, 2]]);
});

/** A walk through the step of a perceptron, pulled by point 0 or not. @param {number} delta */
function walking(delta) {
  const state = joined();
  const spec = { ...state.server?.spec, training: { optimizer: { name: "perceptron", learning_rate: 0.1 } } };
  const walk = {
    type: "walk",
    open: true,
    step: 0,
    stop: 0,
    stops: [{ kind: "forward", layer: 0, title: "Forward" }],
    samples: [0],
    sample: 0,
    numbers: [],
    layers: [{ inputs: [1, 1], z: [-3], a: [0], slope: null, delta: [delta] }],
    line: { before: [3, 4, -10], after: [3.1, 4.1, -9.9] },
  };
  return after({ ...state, server: /** @type {any} */ ({ ...state.server, spec }) }, told(walk));
}

const AREA = { x: 30, y: 8, width: 120, height: 120, ...BOARD };

test("a walk marks its sample and the line before and after; a point without a delta does not pull", () => {
  const text = JSON.stringify(pullTree(walking(-1), AREA));
  assert.match(text, /"data-line":"before".*"data-line":"after".*"data-sample":0.*"pulls"/);
  // Point 0 is at (1, 1): 7/12 of the way to the right and 5/12 down.
  assert.match(text, /"cx":100,"cy":58/);
  const still = JSON.stringify(pullTree(walking(0), AREA));
  assert.match(still, /"data-sample":0/);
  assert.doesNotMatch(still, /pulls/);
});

test("without a walk the board is bare", () => {
  assert.deepEqual(pullTree(joined(), AREA).children, []);
});
