import assert from "node:assert/strict";
import { test } from "node:test";
import { inputsPlace } from "../../static/js/state/inputsplace.js";

/** @param {number} extent @param {[number, number]} centre @param {string} chart */
const place = (extent, centre, chart = "plane") => inputsPlace(/** @type {any} */ ({ frame: { extent, centre }, server: { chart } }));

test("within the first view its pictures do", () => {
  assert.equal(place(6, [0, 0]), "?");
  assert.equal(place(2, [4, -4]), "?");
  assert.equal(inputsPlace(/** @type {any} */ ({ frame: null, server: null })), "?");
});

test("a view that leaves it has pictures of its own", () => {
  assert.equal(place(6, [5, 5]), "?extent=6&x1=5&x2=5");
  assert.equal(place(7, [0, 0]), "?extent=7&x1=0&x2=0");
});

test("the axes of a table are no inputs of points", () => {
  assert.equal(place(7, [0, 0], "slice"), "?");
});
