import assert from "node:assert/strict";
import { test } from "node:test";
import { refusalOf } from "../../static/js/state/link.js";
import { nextWalk, openWalk } from "../../static/js/state/phaseview.js";
import { lineText, walkView } from "../../static/js/views/phaseview.js";
import { lightsTree } from "../../static/js/views/lights.js";
import { layoutNetwork } from "../../static/js/views/network.js";
import { transportView } from "../../static/js/views/transport.js";
import { after, joined, SERVER, told } from "./helpers.js";

const STOPS = [
  { kind: "forward", layer: 0, title: "Forward: hidden layer 1" },
  { kind: "forward", layer: 1, title: "Forward: output layer" },
  { kind: "loss", layer: null, title: "Loss" },
  { kind: "backward", layer: 1, title: "Backward: output layer" },
  { kind: "backward", layer: 0, title: "Backward: hidden layer 1" },
  { kind: "gradient", layer: null, title: "Gradient" },
  { kind: "update", layer: null, title: "Update" },
];

/** @param {number} stop @param {object} [more] */
function walk(stop, more = {}) {
  return told({
    type: "walk",
    open: true,
    step: 4,
    stop,
    stops: STOPS,
    sample: 0,
    applied: stop === 6,
    loss: 0.5,
    rate: 0.03,
    text: "A sentence.",
    symbols: "<math/>",
    numbers: ["<math/>", "<math/>"],
    layers: [
      { inputs: [1, 2], z: [0.5, -1], a: [0.46, -0.76], slope: [0.79, 0.42], delta: [0.011, -0.022] },
      { inputs: [0.46, -0.76], z: [0], a: [0.5], slope: null, delta: [-0.5] },
    ],
    parameters: null,
    line: null,
    ...more,
  });
}
const BATCH = told({ type: "batch", step: 4, samples: [0, 1], losses: [0.25, 0.75] });
const CLOSED = told({ type: "walk", open: false, step: 4 });
const CHAIN = { type: "chain", layer: 1, unit: 0, input: 1, of: "weight", symbols: "", numbers: "", terms: [], total: 0.1, then: [] };
const ASKED = { layer: 1, unit: 0, input: 1, of: /** @type {const} */ ("weight") };

test("a walk opens its tab, for whoever sees it begin; leaving the tab ends the walk, once", () => {
  const open = after(joined(), walk(0));
  assert.equal(open.drawer.tab, "walk");
  assert.equal(nextWalk(open), null);
  const left = after(open, { type: "drawer", tab: "results" });
  assert.deepEqual(nextWalk(left), { type: "walk" });
  const sent = after(left, { type: "sent", command: { type: "walk", id: 7 } });
  assert.equal(nextWalk(sent), null);
  // A stop that was asked for before does not bring the tab back.
  assert.equal(after(sent, walk(1)).drawer.tab, "results");
  const closed = after(sent, CLOSED, told({ type: "ok", id: 7, ids: [], seed: null }));
  assert.equal(openWalk(closed), null);
  assert.equal(nextWalk(closed), null);
});

test("a page without the drawer neither shows nor ends the walk of another, and has no button for it", () => {
  const link = { hide: ["drawer"], lock: [], present: false, theme: null, unknown: [] };
  const state = after(joined(), { type: "link", link }, walk(0));
  assert.equal(state.drawer.tab, null);
  assert.equal(nextWalk(state), null);
  assert.doesNotMatch(JSON.stringify(transportView(state)), /button-sample/);
  assert.match(JSON.stringify(transportView(joined())), /button-sample/);
});

test("who may not step may not walk", () => {
  const locked = { hide: [], lock: ["step"], present: false, theme: null, unknown: [] };
  assert.equal(refusalOf(locked, { type: "walk", by: "phase" }), "step");
  assert.equal(refusalOf({ ...locked, lock: ["board"] }, { type: "walk", by: "phase" }), null);
});

test("what is taken apart is asked once, and again for the next stop", () => {
  const asking = after(joined(), walk(4), { type: "take-apart", what: ASKED });
  assert.deepEqual(nextWalk(asking), { type: "chain", ...ASKED });
  const sent = after(asking, { type: "sent", command: { type: "chain", id: 8, ...ASKED } });
  assert.equal(nextWalk(sent), null);
  const there = after(sent, told({ type: "ok", id: 8, ids: [], seed: null }), told(CHAIN));
  assert.equal(there.phaseview.chain?.total, 0.1);
  assert.equal(nextWalk(there), null);
  assert.deepEqual(nextWalk(after(there, walk(5))), { type: "chain", ...ASKED });
  assert.equal(after(there, CLOSED).phaseview.chain, null);
});

test("the row of stops says where the walk is; the last one takes the next step", () => {
  const text = JSON.stringify(walkView(after(joined(), BATCH, walk(4))));
  assert.match(text, /"aria-current":"step"[^}]*\},"children":\["Backward 1"\]/);
  for (const word of ["Forward 1", "Forward out", "Loss", "Backward out", "Gradient", "Update"]) assert.ok(text.includes(`"${word}"`), word);
  assert.ok(text.includes('"Next"') && text.includes("Sample 1 of 2: point 0, loss 0.250"));
  assert.ok(JSON.stringify(walkView(after(joined(), walk(6)))).includes('"Next step"'));
});

test("the diagram has the values that have been reached, then the deltas", () => {
  const layout = layoutNetwork(SERVER.layers, 600, 300);
  const texts = (/** @type {number} */ stop) =>
    [...JSON.stringify(lightsTree(after(joined(), walk(stop)), layout)).matchAll(/"text-anchor":"middle"\},"children":\["([^"]*)"/g)].map(([, text]) => text);
  assert.deepEqual(texts(0), ["1", "2", "0.46", "−0.76"]);
  assert.deepEqual(texts(1), ["1", "2", "0.46", "−0.76", "0.5"]);
  assert.deepEqual(texts(3), ["δ −0.5"]);
  assert.deepEqual(texts(4), ["δ 0.011", "δ −0.022", "δ −0.5"]);
});

test("a line is written as in class", () => {
  assert.equal(lineText([3, 4, -10]), "3 x₁ + 4 x₂ − 10 = 0");
  assert.equal(lineText([-0.5, -1, 2]), "−0.5 x₁ − 1 x₂ + 2 = 0");
});

test("a right point says that nothing changes", () => {
  const same = { before: [3, 4, -10], after: [3, 4, -10] };
  const batch = told({ type: "batch", step: 4, samples: [0], losses: [0] });
  const text = (/** @type {object} */ line) => JSON.stringify(walkView(after(joined(), batch, walk(0, { line }))));
  assert.match(text(same), /The point is right: the line stays\./);
  assert.doesNotMatch(text({ ...same, after: [3.1, 4.1, -9.9] }), /stays/);
});

test("the batch is told once and stays from stop to stop, until the walk is closed", () => {
  const state = after(joined(), BATCH, walk(0), walk(1));
  assert.match(JSON.stringify(walkView(state)), /batch of 2.*Sample 1 of 2: point 0/);
  assert.deepEqual(after(state, CLOSED).phaseview.batch.samples, []);
});

/** A step of the network of `layers`, whose update of parameter i is i. @param {readonly any[]} layers @param {number} count */
function listed(layers, count) {
  const column = Array.from({ length: count }, (_, at) => at);
  const parameters = Object.fromEntries(
    ["before", "data_gradient", "penalty_gradient", "clipped_gradient", "update", "after"].map((name) => [name, column]),
  );
  const none = ["first_before", "second_before", "first", "second", "first_corrected", "second_corrected", "decay"].map((name) => [name, null]);
  return after(joined(), told({ ...SERVER, layers }), BATCH, walk(5, { parameters: { ...parameters, ...Object.fromEntries(none) } }));
}
const WIDE = [
  { fan_in: 2, fan_out: 30, activation: "tanh", offset: 0, batch_norm: 90 },
  { fan_in: 30, fan_out: 1, activation: "sigmoid", offset: 150, batch_norm: null },
];
/** @param {any} state @returns {string[]} the listed updates */
function updates(state) {
  return [...JSON.stringify(walkView(state)).matchAll(/"data-column":"update","data-exact":"(\d+)"/g)].map(([, at]) => at);
}

test("of many parameters the largest updates are listed; of a chosen layer or unit all, in their order", () => {
  const state = listed(WIDE, 181);
  assert.deepEqual(updates(state).slice(0, 2), ["180", "179"]);
  assert.equal(updates(state).length, 60);
  assert.match(JSON.stringify(walkView(state)), /The 60 largest updates of 181\./);
  const of = (/** @type {number | null} */ layer, /** @type {number | null} */ unit) => after(state, { type: "list-parameters", chosen: { layer, unit } });
  assert.deepEqual(updates(of(1, null)), Array.from({ length: 31 }, (_, row) => String(150 + row)));
  assert.match(JSON.stringify(walkView(of(0, null))), /The 60 largest updates of 150\./);
  assert.deepEqual(updates(of(0, 3)), ["9", "10", "11", "93", "123"]);
  assert.match(JSON.stringify(walkView(of(0, 3))), /"Scale γ of unit 4 of layer 1".*"Shift β of unit 4 of layer 1"/);
});

test("of five thousand samples the largest losses are chips, and any is chosen by its place", () => {
  const ids = Array.from({ length: 5000 }, (_, row) => row);
  const batch = told({ type: "batch", step: 4, samples: ids, losses: ids.map((row) => (row === 4321 ? 9 : 1 / (row + 1))) });
  const text = (/** @type {string | null} */ typed) => {
    const state = after(joined(), batch, walk(0));
    return JSON.stringify(walkView(typed === null ? state : after(state, { type: "type-sample", typed })));
  };
  const chips = [...text(null).matchAll(/phases__sample"[^[]*\["(\d+)"\]/g)].map(([, id]) => Number(id));
  assert.deepEqual(chips, [4321, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.match(text(null), /"id":"walk-sample","value":"1"/);
  assert.doesNotMatch(text("5000"), /aria-invalid":"true/);
  for (const wrong of ["0", "5001", "1.5", "", "x"]) assert.match(text(wrong), /aria-invalid":"true.*a whole number from 1 to 5000/, wrong);
});
