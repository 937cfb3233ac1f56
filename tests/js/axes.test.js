import assert from "node:assert/strict";
import { test } from "node:test";

import { axesOf, axisTitle, boardOf, inputNames, numberText, placeText, rawOf, ticksOf } from "../../static/js/views/axes.js";
import { axesFigure } from "../../static/js/views/board.js";
import { after, joined, PALETTE, SERVER, told } from "./helpers.js";

/** @import { Axis, InputColumn, State } from "../../static/js/types" */

/** Six board units are 3 cm. @type {Axis} */
const LENGTH = { name: "petal length", unit: "cm", input: 2, middle: 4, scale: 0.5 };
/** @type {Axis} */
const WIDTH = { name: "petal width", unit: "cm", input: 3, middle: 1.25, scale: 0.25 };
const FIRST = { centre: /** @type {const} */ ([0, 0]), extent: 6 };

/** @returns {State} */
export function iris() {
  const inputs = ["sepal length", "sepal width", "petal length", "petal width"].map(
    (name, row) => /** @type {InputColumn} */ ({ name, unit: "cm", column: name, low: row, high: row + 4, middle: row + 2, shift: 0, scale: 1, indicator: false }),
  );
  const spec = { ...SERVER.spec, data: { ...SERVER.spec.data, source: "table" } };
  return after(joined(), told({ ...SERVER, spec, inputs, axes: [LENGTH, WIDTH], chart: "slice", labels: ["setosa", "versicolor", "virginica"] }));
}

test("a place on an axis and a raw value are each other's inverse", () => {
  assert.equal(rawOf(LENGTH, 2), 5);
  assert.equal(boardOf(LENGTH, 5), 2);
});

test("ticks stand at round numbers of the data, not of the board", () => {
  assert.deepEqual(
    ticksOf(LENGTH, -6, 6).map(({ text }) => text),
    ["1", "2", "3", "4", "5", "6", "7"],
  );
  assert.deepEqual(
    ticksOf(WIDTH, -6, 6).map(({ at, text }) => [Number(at.toFixed(6)), text]),
    [[-5, "0.0"], [-3, "0.5"], [-1, "1.0"], [1, "1.5"], [3, "2.0"], [5, "2.5"]],
  );
});

test("an axis of an indicator has its two values and no more", () => {
  const sex = { name: "sex = female", unit: "", input: 0, middle: 0.5, scale: 0.2 };
  assert.deepEqual(
    ticksOf(sex, -6, 6, true).map(({ at, text }) => [at, text]),
    [[-2.5, "0"], [2.5, "1"]],
  );
});

test("tiny and huge columns keep numbers that can be read", () => {
  const huge = { name: "mass", unit: "kg", input: 0, middle: 0, scale: 1e300 };
  assert.deepEqual(
    ticksOf(huge, -6, 6).map(({ text }) => text),
    ["−6e+300", "−4e+300", "−2e+300", "0", "2e+300", "4e+300", "6e+300"],
  );
  assert.deepEqual(
    ticksOf({ ...huge, middle: 3e-9, scale: 1e-9 }, -2, 2).map(({ text }) => text),
    ["1e-9", "2e-9", "3e-9", "4e-9", "5e-9"].map((one) => one.replace("-", "−")),
  );
  assert.equal(numberText(-0.0001, 0.01), "0.00");
});

test("a place is read in the data's own unit, as fine as can be seen", () => {
  assert.equal(placeText(LENGTH, 1.8, FIRST), "4.90 cm");
  assert.equal(placeText(LENGTH, 1.8, { extent: 0.06 }), "4.9000 cm");
  assert.equal(placeText({ ...LENGTH, unit: "" }, -9, FIRST), "−0.50");
});

test("x1 and x2 look as they always did", () => {
  assert.equal(placeText(axesOf(joined())[0], -1.204, FIRST), "−1.20");
  assert.deepEqual(inputNames(joined()), ["x₁", "x₂"]);
  const { layout } = axesFigure(PALETTE, FIRST, axesOf(joined()));
  assert.equal(/** @type {any} */ (layout).xaxis.tickvals, undefined);
});

test("a table's columns keep the names that they have there", () => {
  const state = iris();
  assert.deepEqual(inputNames(state), ["sepal length", "sepal width", "petal length", "petal width"]);
  assert.equal(axisTitle(state, LENGTH), "petal length (cm)");
  const { layout } = axesFigure(PALETTE, FIRST, axesOf(state));
  assert.deepEqual(/** @type {any} */ (layout).xaxis.ticktext, ["1", "2", "3", "4", "5", "6", "7"]);
  assert.deepEqual(/** @type {any} */ (layout).xaxis.tickvals, [-6, -4, -2, 0, 2, 4, 6]);
});
