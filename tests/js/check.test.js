/** The gradient check: asked once, told in words, pointing at the diagram, and old when anything has changed. @import { State } from "../../static/js/types" */
import assert from "node:assert/strict";
import { test } from "node:test";

import { notesTree } from "../../static/js/views/badges.js";
import { checkView, markedRows } from "../../static/js/views/check.js";
import { layoutNetwork } from "../../static/js/views/network.js";
import { after, frame, joined, SERVER, told } from "./helpers.js";

/** @param {object} more @returns {any} */
const row = (more) => ({ index: 0, layer: 0, unit: 0, input: 0, kind: "weight", analytic: 0.5, numeric: 0.25, error: 0.25, kink: false, ...more });
const ROWS = [
  row({ index: 1, input: 1 }),
  row({ index: 8, layer: 1, input: null, kind: "bias", error: 1e-9 }),
  row({ index: 0, error: 0 }),
  row({ index: 4, unit: 1, error: 1, kink: true }),
];
/** @param {object} [more] */
const answer = (more = {}) =>
  told({ type: "gradient_check", step: 25, parameters: 9, checked: 9, points: 1, h: 1e-5, distance: 0.125, verdict: "wrong", text: "Wrong: they are apart.", rows: ROWS, ...more }); // prettier-ignore
const OPEN = { type: "drawer", tab: "gradient-check" };
const at = (/** @type {object} */ facts = {}) => ({ type: "frame", frame: frame(facts) });
/** @param {...any} actions */
const checked = (...actions) => after(joined(), OPEN, at(), answer(), ...actions);
/** @param {any} node @returns {any[]} */
const nodes = (node) => (typeof node === "string" ? [] : [node, ...node.children.flatMap(nodes)]);
/** @param {any} node @returns {string} */
const text = (node) => (typeof node === "string" ? node : node.children.map(text).join(" "));
/** @param {State} state */
const all = (state) => checkView(state).flatMap(nodes);
/** @param {any[]} list @param {string} name */
const classed = (list, name) => list.filter(({ attrs }) => String(attrs.class ?? "").split(" ").includes(name));
/** @param {State} state */
const overlay = (state) => notesTree(state, layoutNetwork(SERVER.layers, 600, 300)).flatMap(nodes);

test("the verdict stands in large words, with what was compared, and is told to ears", () => {
  const list = all(checked());
  const [status] = list.filter(({ attrs }) => attrs.role === "status");
  assert.match(text(status), /Wrong/);
  assert.match(text(status), /Wrong: they are apart\./);
  const figures = list.filter(({ attrs }) => attrs["data-check"]).map((node) => [node.attrs["data-check"], text(node)]);
  assert.deepEqual(figures, [["distance", "0.125"], ["parameters", "9"], ["points", "1"], ["step", "25"], ["h", "1.00e−5"]]); // prettier-ignore
  const sampled = all(checked(answer({ checked: 4, distance: null }))).filter(({ attrs }) => attrs["data-check"]).map(text);
  assert.deepEqual(sampled.slice(0, 2), ["–", "4 of 9"]);
});

test("each row names its parameter and gives both derivatives and how far they are apart", () => {
  const rows = all(checked()).filter(({ attrs }) => attrs["data-check-row"] !== undefined);
  assert.deepEqual(rows.map(({ children }) => children.map(text)), [
    ["1 Weight from x₂ to unit 1 of layer 1", "0.5", "0.25", "0.25"],
    ["2 Bias of the output", "0.5", "0.25", "1.00e−9"],
    ["Weight from x₁ to unit 1 of layer 1", "0.5", "0.25", "0"],
    ["Weight from x₁ to unit 2 of layer 1", "0.5", "0.25", "at a kink"],
  ]); // prettier-ignore
  assert.deepEqual(rows.map(({ attrs }) => attrs.tabindex), [0, -1, -1, -1]);
  const gamma = all(checked(answer({ rows: [row({ input: null, kind: "gamma", unit: 1 })] }))).find(({ attrs }) => attrs["data-check-row"] === 0);
  assert.match(text(gamma), /Scale γ of unit 2 of layer 1/);
});

test("the worst are marked in the diagram by their places, but not what is equal or at a kink", () => {
  const state = checked();
  assert.deepEqual(markedRows(state), [0, 1]);
  const marks = overlay(state).filter(({ attrs }) => attrs["data-offender"]);
  assert.deepEqual(marks.map(({ attrs }) => attrs["aria-label"]), ["1: Weight from x₂ to unit 1 of layer 1", "2: Bias of the output"]);
  assert.equal(classed(overlay(state), "offender--wrong").length, 2);
  assert.deepEqual(overlay(after(state, { type: "drawer", tab: null })).filter(({ attrs }) => attrs["data-offender"]), []);
});

test("a row under a hand shows its edge, whatever its place", () => {
  const pointed = (/** @type {State} */ state) => classed(overlay(state), "offender--pointed").length;
  assert.deepEqual([pointed(checked()), pointed(checked({ type: "check-row", row: 3 }))], [0, 1]);
  const rows = all(checked({ type: "check-row", row: 3 })).filter(({ attrs }) => attrs["data-check-row"] !== undefined);
  assert.deepEqual(rows.map(({ attrs }) => [attrs.tabindex, attrs["aria-current"]]), [[-1, null], [-1, null], [-1, null], [0, "true"]]); // prettier-ignore
});

test("an answer is of its own step, weights, points and settings, and says so once one of them changes", () => {
  const theta = { shape: [9], values: Float64Array.of(1, -2, 0.5, 0, 3, -0.5, 1, -1, 0.5) };
  const relearned = { ...SERVER, spec: { ...SERVER.spec, training: { ...SERVER.spec.training, batch_size: 5 } } };
  const fresh = [checked(), checked(at()), checked(told(SERVER)), checked(at({ theta: frame().theta }))];
  assert.deepEqual(fresh.map(({ check }) => check.stale), [false, false, false, false]);
  const old = [
    checked(at({ step: 26 })),
    checked(at({ theta })),
    checked(told({ type: "points", data_revision: 2, points: [] })),
    checked(told(relearned)),
    checked(told({ ...SERVER, revision: 2 })),
  ];
  assert.deepEqual(old.map(({ check }) => check.stale), [true, true, true, true, true]);
  assert.deepEqual(old.map(markedRows), [[], [], [], [], []]);
  assert.match(text(checkView(old[0])[0]), /This belongs to step 25: weights, points or settings have changed since\./);
  assert.equal(checked(at({ step: 26 }), at(), answer()).check.stale, false);
});

test("an answer that comes before the frame of its step waits for it", () => {
  const early = after(joined(), OPEN, at({ step: 20 }), answer());
  assert.equal(early.check.stale, false);
  assert.equal(after(early, at()).check.stale, false);
  assert.equal(after(early, at({ step: 30 })).check.stale, true);
});

test("an answer about a network that is gone keeps its names and points at nothing", () => {
  const layers = [{ ...SERVER.layers[0], fan_out: 1 }, { ...SERVER.layers[1], fan_in: 1 }];
  const state = checked({ type: "check-row", row: 3 }, told({ ...SERVER, revision: 2, layers }));
  assert.match(text(checkView(state)[0]), /Weight from x₁ to unit 2 of layer 1/);
  assert.deepEqual(classed(overlay(state), "offender--pointed"), []);
});

test("the button waits for the answer, and hands are free again after a refusal or a lost line", () => {
  const sent = after(joined(), OPEN, { type: "sent", command: { type: "check_gradient", id: 7 } });
  const word = (/** @type {State} */ state) => text(classed(all(state), "check__button")[0]);
  assert.equal(word(sent), "Checking …");
  assert.equal(word(after(sent, told({ type: "ok", id: 7, ids: [], seed: null }))), "Check the gradient");
  assert.equal(word(after(sent, told({ type: "error", id: 7, code: "not_allowed", message: "no points", path: [] }))), "Check the gradient");
  assert.equal(after(sent, { type: "connection", connection: "lost" }).check.inFlight, null);
  assert.deepEqual(checkView(joined()), []);
});
