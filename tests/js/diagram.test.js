import assert from "node:assert/strict";
import { test } from "node:test";

import { nextWeight, numbersOf } from "../../static/js/state/diagram.js";
import {
  frozenAfterInsert,
  frozenAfterRemoval,
  frozenAfterUnits,
  isFrozen,
  toggledFrozen,
} from "../../static/js/state/frozen.js";
import { walked } from "../../static/js/state/walk.js";
import { edgesOf, foundAt, largestOf, MOST_EDGES, nearestEdge, spotOn, thickness, widthOf } from "../../static/js/views/edge.js";
import { headsView } from "../../static/js/views/heads.js";
import { layerPanel, OUTPUT } from "../../static/js/views/layer.js";
import { boxesTree, edgesTree, layoutNetwork, networkCaption, probeTree } from "../../static/js/views/network.js";
import { editorView, focusCaption, liveView, readoutView } from "../../static/js/views/weight.js";
import { after, frame, joined, SERVER, told } from "./helpers.js";

/** @import { Child, Node, State, WeightRef } from "../../static/js/types" */

/** @param {readonly Child[]} children @param {(node: Node) => boolean} pick @returns {Node[]} */
function find(children, pick) {
  return children.flatMap((child) =>
    typeof child === "string" ? [] : [...(pick(child) ? [child] : []), ...find(child.children, pick)],
  );
}

/** @param {readonly Child[]} children @returns {string} */
function textOf(children) {
  return children.map((child) => (typeof child === "string" ? child : textOf(child.children))).join(" ");
}

/** The weight from the second input to the first unit. @type {WeightRef} */
const SECOND = { layer: 0, unit: 0, input: 1 };
const LAYOUT = layoutNetwork(SERVER.layers, 300, 200);
/** @returns {State} */
const drawn = (more = {}) => after(joined(), { type: "frame", frame: { ...frame(), ...more } });
/** @param {number} value */
const pull = (value, held = true) => ({ type: "pull-weight", ref: SECOND, value, held });
/** @param {number} id @param {number} value */
const sent = (id, value) => ({ type: "sent", command: { type: "set_weight", ...SECOND, value, id } });

test("the diagram has a column for the inputs, each hidden layer and the output", () => {
  assert.deepEqual(
    LAYOUT.columns.map((column) => column.map(({ x }) => Math.round(x))),
    [[66, 66], [150, 150], [250]],
  );
  assert.equal(LAYOUT.columns[2][0].y, 100);
});

test("ten layers of many units stay inside the diagram", () => {
  const layers = Array.from({ length: 10 }, () => ({ ...SERVER.layers[0], fan_in: 64, fan_out: 64 }));
  for (const { x, y, box } of layoutNetwork(layers, 900, 300).columns.flat()) {
    assert.ok(x - box / 2 >= 0 && x + box / 2 <= 900);
    assert.ok(y >= 0 && y <= 300);
  }
});

test("an edge carries the weight that theta holds for it", () => {
  assert.deepEqual(
    edgesOf(SERVER.layers, LAYOUT, frame().theta.values).map(({ value }) => value),
    [1, -2, 0, 3, 1, -1],
  );
});

test("edges show sign by colour and size by width; biases of the output are drawn too", () => {
  const state = drawn();
  const strokes = find([edgesTree(state, LAYOUT).node], ({ tag }) => tag === "path").map(({ attrs }) => attrs.stroke);
  assert.deepEqual(strokes, ["#0000ff", "#ff0000", "#0000ff", "#0000ff", "#0000ff", "#ff0000"]);
  const biases = find(boxesTree(state, LAYOUT), ({ attrs }) => attrs.class === "bias");
  assert.deepEqual(
    biases.map(({ attrs }) => attrs.stroke),
    ["#0000ff", "#ff0000", "#0000ff"],
  );
  assert.ok(thickness(2) > thickness(-1) && thickness(1000) <= 7);
});

/** So many layers of so many units each. @param {number} count @param {number} units */
const deep = (count, units) => Array.from({ length: count }, (_, row) => ({ fan_in: units, fan_out: units, activation: "tanh", offset: row * units * (units + 1), batch_norm: null }));

test("of very many edges the strongest are drawn", () => {
  const layers = deep(12, 12);
  const theta = Float64Array.from({ length: 12 * 13 * 12 }, (_, row) => row);
  const edges = edgesOf(layers, layoutNetwork(layers, 900, 600), theta);
  assert.equal(edges.length, MOST_EDGES);
  assert.equal(edges.at(-1)?.value, 12 * 13 * 12 - 2);
  assert.ok(edges.every(({ value }) => value > 12 * 13 * 12 - 980));
});

test("gradients and updates are drawn relative to the largest of the network, weights as they are", () => {
  const layers = SERVER.layers;
  assert.equal(largestOf(layers, Float32Array.of(0, 0, -4, 0, 0, 0, 0, 2, 0)), 4);
  assert.equal(widthOf("gradient", -4, 4), 7);
  assert.equal(widthOf("gradient", 2, 4), 0.4 + 3.3);
  assert.equal(widthOf("update", 0, 0), 0.4);
  assert.equal(widthOf("weight", 2, 99), thickness(2));
});

test("what edges show can be chosen, and the caption says what it is and how large", () => {
  const gradient = { shape: [9], values: Float32Array.of(0.5, 0, 0, 0, -0.25, 0, 0, 0, 0) };
  const state = after(drawn({ gradient }), { type: "edges", mode: "gradient" });
  const widths = find([edgesTree(state, LAYOUT).node], ({ tag }) => tag === "path").map((path) => path.attrs["stroke-width"]);
  assert.deepEqual(widths, ["7.00", "0.40", "0.40", "3.70", "0.40", "0.40"]);
  assert.match(textOf(networkCaption(state)), /gradient, relative to the largest.*Largest: 0.5$/);
  const none = after(state, { type: "edges", mode: "update" });
  assert.match(textOf(networkCaption(none)), /No step yet/);
});

test("the nearest edge is found along its curve, and none beyond reach", () => {
  const edges = edgesOf(SERVER.layers, LAYOUT, frame().theta.values);
  for (const edge of edges.slice(0, 4)) {
    const { x, y } = spotOn(edge, 0.35);
    assert.deepEqual(nearestEdge(edges, x, y + 0.5, 8)?.ref, edge.ref);
  }
  const { x, y } = spotOn(edges[0], 0.5);
  assert.deepEqual(nearestEdge(edges, x, y - 7, 8)?.ref, edges[0].ref);
  assert.equal(nearestEdge(edges, x, y - 9, 8), null);
});

test("a hand on a bias means the bias, on a box the unit, on an input nothing", () => {
  const at = (/** @type {number} */ x, /** @type {number} */ y) => foundAt(SERVER.layers, LAYOUT, [], x, y, 8);
  const { x, y, box } = LAYOUT.columns[2][0];
  assert.deepEqual(at(x, y), { ref: null, unit: [1, 0] });
  assert.deepEqual(at(x - box / 2 - 12, y + box / 2 - 6).ref, { layer: 1, unit: 0, input: null });
  assert.deepEqual(at(LAYOUT.columns[0][1].x, LAYOUT.columns[0][1].y), { ref: null, unit: null });
});

test("900 edges are searched in a fraction of a frame", () => {
  const layers = deep(9, 10);
  const edges = edgesOf(layers, layoutNetwork(layers, 900, 480), new Float64Array(990).fill(1));
  assert.equal(edges.length, 900);
  const start = performance.now();
  for (let row = 0; row < 60; row++) nearestEdge(edges, 300, 8 * row, 8);
  assert.ok((performance.now() - start) / 60 < 5);
});

test("a pulled weight is shown at once, one command is unanswered at most and the newest value wins", () => {
  const begun = after(drawn(), pull(1), pull(1.5));
  assert.equal(numbersOf(begun, SECOND).weight, 1.5);
  assert.deepEqual(nextWeight(begun), { type: "set_weight", ...SECOND, value: 1.5 });
  const waiting = after(begun, sent(7, 1.5), pull(2), pull(2.5), { type: "release-weight" });
  assert.equal(nextWeight(waiting), null);
  const answered = after(waiting, told({ type: "ok", id: 7, ids: [], seed: null }));
  assert.deepEqual(nextWeight(answered), { type: "set_weight", ...SECOND, value: 2.5 });
  const last = after(answered, sent(8, 2.5), told({ type: "ok", id: 8, ids: [], seed: null }));
  assert.equal(numbersOf(last, SECOND).weight, 2.5);
  assert.equal(nextWeight(last), null);
  assert.equal(numbersOf(after(last, { type: "frame", frame: frame() }), SECOND).weight, -2);
});

test("a refused weight falls back to what is in force", () => {
  const state = after(drawn(), pull(9, false), sent(3, 9), told({ type: "error", id: 3, code: "unknown_weight", message: "no", path: [] }));
  assert.equal(numbersOf(state, SECOND).weight, -2);
  assert.equal(state.notice?.text, "No");
});

test("a typed weight out of bounds is marked with the bound and not asked for; a good one is", () => {
  const open = after(drawn(), { type: "edit-weight", ref: SECOND });
  const schema = /** @type {any} */ ({ ...open.schema, bounds: { weight: 1000 } });
  const typed = (/** @type {string} */ text) => after({ ...open, schema }, { type: "type-weight", text, final: true });
  assert.equal(typed("1001").diagram.editing?.error, "Weight must be at most 1000");
  assert.equal(nextWeight(typed("1001")), null);
  assert.match(textOf(editorView(typed("1001"))), /must be at most 1000/);
  assert.equal(typed("much").diagram.editing?.error, "Weight must be a number");
  assert.equal(nextWeight(typed("−0,25"))?.value, -0.25);
});

test("a weight that the link has locked is not changed", () => {
  const locked = { ...drawn(), link: { ...joined().link, lock: ["network"] } };
  const state = after(locked, pull(4));
  assert.equal(nextWeight(state), null);
  assert.match(state.notice?.text ?? "", /^Locked /);
});

test("the read-out tells weight, gradient and update of the weight under the hand", () => {
  const update = { shape: [9], values: Float32Array.of(0, 0.125, 0, 0, 0, 0, 0, 0, 0) };
  const state = after(drawn({ update }), { type: "hover-weight", ref: SECOND });
  assert.equal(textOf(readoutView(state)).replace(/ +/g, " "), "Weight from x₂ to unit 1 of layer 1 weight −2 gradient 0 update 0.125");
  assert.match(textOf(readoutView(drawn())), /^$/);
});

test("a frozen weight, bias or layer is drawn as such and told", () => {
  const frozen = [SECOND, { layer: 1, unit: null, input: null }];
  const spec = { ...SERVER.spec, network: { ...SERVER.spec.network, frozen } };
  const state = after(drawn(), told({ ...SERVER, spec }), { type: "hover-weight", ref: SECOND });
  const dashed = find([edgesTree(state, LAYOUT).node], ({ attrs }) => attrs.class === "edge--frozen");
  assert.equal(dashed.length, 3);
  assert.equal(find(boxesTree(state, LAYOUT), ({ attrs }) => attrs.class === "lock-mark").length, 1);
  assert.match(textOf(readoutView(state)), /frozen$/);
  assert.equal(find(headsView(state), ({ attrs }) => attrs.class === "head__lock").length, 1);
  assert.ok(isFrozen(frozen, { layer: 1, unit: 0, input: null }));
  assert.deepEqual(toggledFrozen(frozen, SECOND), [frozen[1]]);
});

test("frozen weights keep their layers when layers and units come and go", () => {
  const list = [{ layer: 0, unit: 1, input: 0 }, { layer: 1, unit: 0, input: 1 }, { layer: 1, unit: null, input: null }];
  assert.deepEqual(frozenAfterInsert(list, 1), [list[0], { layer: 2, unit: null, input: null }]);
  assert.deepEqual(frozenAfterRemoval(list, 0), [{ layer: 0, unit: null, input: null }]);
  assert.deepEqual(frozenAfterUnits(list, 0, 1), [list[2]]);
});

test("a layer can be put in anywhere and any can be taken out; the output has settings of its own", () => {
  const state = after(drawn(), { type: "layer", layer: 0 });
  const edits = find(layerPanel(state), ({ tag, attrs }) => tag === "button" && Boolean(attrs["data-edits"])).map(
    ({ attrs, children }) => [textOf(children).trim(), JSON.parse(String(attrs["data-edits"]))[0][1].length],
  );
  assert.deepEqual(edits, [["Insert a layer before", 2], ["Insert a layer after", 2], ["Remove this layer", 0]]);
  const output = textOf(layerPanel(after(state, { type: "layer", layer: OUTPUT })));
  assert.match(output, /^\s*Output layer.*Freeze this layer/);
});

test("arrow keys walk through units and weights", () => {
  const go = (/** @type {any} */ stop, /** @type {string} */ key) => walked(SERVER.layers, stop, key);
  const unit = { kind: "unit", column: 1, row: 1 };
  const weight = go(unit, "ArrowLeft");
  assert.deepEqual(weight, { kind: "weight", ref: { layer: 0, unit: 1, input: 1 } });
  assert.deepEqual(go(weight, "ArrowUp"), { kind: "weight", ref: { layer: 0, unit: 1, input: 0 } });
  assert.deepEqual(go(weight, "ArrowDown"), { kind: "weight", ref: { layer: 0, unit: 1, input: null } });
  assert.deepEqual(go(weight, "ArrowLeft"), { kind: "unit", column: 0, row: 1 });
  assert.deepEqual(go(weight, "ArrowRight"), unit);
  assert.deepEqual(go({ kind: "unit", column: 2, row: 0 }, "ArrowRight"), { kind: "unit", column: 2, row: 0 });
});

test("a unit in focus is looked at closely, and where the keyboard is is said", () => {
  const state = after(drawn(), { type: "stop", stop: { kind: "unit", column: 1, row: 1 } });
  assert.deepEqual(state.inspect.unit, [0, 1]);
  assert.deepEqual(liveView(state), ["Unit 2 of layer 1, tanh, bias −0.5"]);
  const weight = after(state, { type: "stop", stop: { kind: "weight", ref: SECOND } });
  assert.equal(weight.inspect.unit, null);
  assert.deepEqual(liveView(weight), ["Weight from x₂ to unit 1 of layer 1: −2"]);
});

test("the board's caption names the unit that it shows", () => {
  assert.equal(textOf(focusCaption(drawn({ focus_unit: [0, 1], focus_range: [-0.98, 0.97] }))), "Unit 2 of layer 1, tanh: −0.98 to 0.97");
  assert.deepEqual(focusCaption(drawn()), []);
});

test("the values of a place stand at every input and unit", () => {
  const probe = { shape: [5], values: Float32Array.of(1, -2, 0.5, -0.004, 123.4) };
  assert.deepEqual(
    find([probeTree(probe, LAYOUT)], ({ tag }) => tag === "text").map(({ children }) => children[0]),
    ["1.00", "−2.00", "0.50", "0.00", "123"],
  );
});

test("what hands hold of a network that is gone is let go", () => {
  const held = after(drawn(), pull(1), { type: "edit-weight", ref: { layer: 1, unit: 0, input: 1 } });
  const layers = [{ fan_in: 2, fan_out: 1, activation: "sigmoid", offset: 0, batch_norm: null }];
  const state = after(held, told({ ...SERVER, revision: 2, layers }));
  assert.equal(state.diagram.editing, null);
  assert.equal(nextWeight(state)?.value, 1);
});
