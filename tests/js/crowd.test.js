import assert from "node:assert/strict";
import { test } from "node:test";

import { FEW_EDGES, gridPlaces, isCrowd } from "../../static/js/views/crowd.js";
import { edgesOf, foundAt, pathOf } from "../../static/js/views/edge.js";
import { shortened } from "../../static/js/views/named.js";
import { boxesTree, edgesTree, layoutNetwork, layoutOf, networkCaption } from "../../static/js/views/network.js";
import { readoutView } from "../../static/js/views/readout.js";
import { weightName } from "../../static/js/views/weight.js";
import { after, frame, joined, SERVER, told } from "./helpers.js";

/** @import { Child, LayerLayout, Node, State } from "../../static/js/types" */

/** 64 inputs, 64 units, 10 outputs, as for the digits. @type {LayerLayout[]} */
const DIGITS = [
  { fan_in: 64, fan_out: 64, activation: "relu", offset: 0, batch_norm: null },
  { fan_in: 64, fan_out: 10, activation: "softmax", offset: 64 * 65, batch_norm: null },
];
const SIZE = 64 * 65 + 10 * 65;
const THETA = Float64Array.from({ length: SIZE }, (_, row) => Math.sin(row));
const NAMES = ["setosa", "versicolor", "virginica"];
const INPUTS = ["sepal length", "petal length", "the width of the widest petal"].map((name) => ({ name, unit: "cm", column: name, low: 0, high: 8, middle: 4, shift: 3, scale: 2, indicator: false }));
const TABLE = {
  ...SERVER,
  spec: { ...SERVER.spec, data: { ...SERVER.spec.data, source: "table", classes: 3 } },
  output: "sigmoid",
  middle: null,
  layers: [
    { fan_in: 3, fan_out: 2, activation: "tanh", offset: 0, batch_norm: null },
    { fan_in: 2, fan_out: 3, activation: "sigmoid", offset: 8, batch_norm: null },
  ],
  inputs: INPUTS,
  labels: NAMES,
  axes: [
    { name: "sepal length", unit: "cm", input: 0, middle: 4, scale: 0.5 },
    { name: "petal length", unit: "cm", input: 1, middle: 4, scale: 0.5 },
  ],
  chart: "slice",
};

/** @param {object} [more] @returns {State} */
const table = (more) => after(joined(), told(TABLE), { type: "frame", frame: frame({ theta: { shape: [17], values: new Float64Array(17).fill(1) }, ...more }) });
/** @param {readonly Child[]} children @returns {string} */
const text = (children) => children.map((child) => (typeof child === "string" ? child : text(child.children))).join("");
/** @param {readonly Child[]} children @param {(node: Node) => boolean} pick @returns {Node[]} */
const find = (children, pick) => children.flatMap((child) => (typeof child === "string" ? [] : [...(pick(child) ? [child] : []), ...find(child.children, pick)]));

test("more than twelve in a column are a grid, an image's inputs as its pixels lie", () => {
  const layout = layoutNetwork(DIGITS, 600, 300, 1, { pictures: false, wide: 8 });
  assert.deepEqual(layout.crowded, [true, true, false]);
  const [first, second] = layout.columns[0];
  assert.equal(first.y, second.y);
  assert.equal(layout.columns[0][8].x, first.x);
  assert.ok(layout.columns[0][8].y > first.y);
  assert.ok(!isCrowd(12) && isCrowd(13));
});

test("tiles of a grid fill their room and do not touch", () => {
  for (const count of [13, 30, 64, 784]) {
    const places = gridPlaces(count, { x: 100, width: 200, height: 280, scale: 1 });
    const box = places[0].box;
    for (const { x, y } of places) assert.ok(x - box / 2 >= 0 && x + box / 2 <= 200 && y - box / 2 >= 0 && y + box / 2 <= 280);
    const least = Math.min(...places.slice(1).map(({ x, y }) => Math.max(Math.abs(x - places[0].x), Math.abs(y - places[0].y))));
    assert.ok(least > box);
  }
});

test("beside a grid the strongest lines are drawn, or those of the unit that is pointed at", () => {
  const layout = layoutNetwork(DIGITS, 600, 300);
  assert.equal(edgesOf(DIGITS, layout, THETA).length, FEW_EDGES);
  const own = edgesOf(DIGITS, layout, THETA, [1, 5]);
  assert.equal(own.length, 64 + 10);
  assert.ok(own.every(({ ref }) => (ref.layer === 0 ? ref.unit === 5 : ref.input === 5)));
  const inputs = edgesOf(DIGITS, layout, THETA, [0, 63]);
  assert.deepEqual(new Set(inputs.map(({ ref }) => ref.input)), new Set([63]));
});

test("a line is drawn anew where pointing at a unit changes its ends", () => {
  const state = after(joined(), told({ ...SERVER, layers: DIGITS, parameters: SIZE }), { type: "frame", frame: frame({ theta: { shape: [SIZE], values: THETA } }) });
  const layout = layoutOf(state, 600, 300);
  edgesTree(state, layout);
  const { node, edges } = edgesTree(after(state, { type: "point-unit", unit: [0, 5] }), layout);
  assert.equal(edges.length, 74);
  assert.deepEqual(find([node], ({ tag }) => tag === "path").map(({ attrs }) => attrs.d), edges.map(pathOf));
});

test("a network of 64-64-10 is drawn with few nodes, without biases on its tiles, and found by hands", () => {
  const state = after(joined(), told({ ...SERVER, layers: DIGITS, parameters: SIZE }), { type: "frame", frame: frame({ theta: { shape: [SIZE], values: THETA } }) });
  const layout = layoutOf(state, 600, 300);
  const nodes = find([edgesTree(state, layout).node, ...boxesTree(state, layout)], () => true);
  assert.ok(nodes.length < 600);
  assert.equal(nodes.filter(({ attrs }) => attrs.class === "bias").length, 10);
  const { x, y } = layout.columns[1][40];
  assert.deepEqual(foundAt(DIGITS, layout, [], x, y, 8).unit, [0, 40]);
  assert.match(text(networkCaption(state)), /The strongest 200 of 4736 are drawn; point at a unit for its own/);
});

test("a table's inputs carry their names, and what the network sees of those that are held", () => {
  const state = table();
  const inputs = find(boxesTree(state, layoutOf(state, 600, 300)), ({ attrs }) => attrs.class === "inputs");
  // The third is held at its mean, 4: (4 - 3) / 2.
  assert.deepEqual(find(inputs, ({ attrs }) => attrs.class === "input__seen").map((node) => text([node])), ["→", "↑", "0.50"]);
  const names = find(inputs, ({ attrs }) => attrs.class === "input__name").map((node) => text([node]));
  assert.ok(names[2].includes("…") && names[2].endsWith("the width of the widest petal (cm)"));
  assert.equal(weightName(state, { layer: 0, unit: 1, input: 1 }), "Weight from petal length to unit 2 of layer 1");
  assert.equal(weightName(state, { layer: 1, unit: 2, input: 0 }), "Weight from unit 1 to output virginica");
});

test("outputs are named by their classes", () => {
  const answers = find(boxesTree(table(), layoutOf(table(), 900, 300)), ({ attrs }) => attrs.class === "answer");
  assert.deepEqual(answers.map(({ children }) => children[0]), NAMES);
});

test("one-vs-rest outputs answer each for itself", () => {
  const probed = table({ probe_at: [1, 2], probe: { shape: [8], values: Float32Array.of(0, 0, 0, 0, 0, 0.25, 0.75, 0.5) } });
  const said = text(readoutView(after(probed, { type: "point-at", at: [1, 2] })));
  assert.equal(said, "sepal length 4.50 cm, petal length 5.00 cm: versicolor 75 %, virginica 50 %, setosa 25 % (each for itself, together 150 %)");
});

test("names are shortened to the room that they have", () => {
  assert.equal(shortened("petal length", 12), "petal length");
  assert.equal(shortened("petal length", 7.9), "petal…");
});
