/** The tab of diagnostics: asked for while it is open, readings worst first, histograms, gauge, and badges in the diagram. @import { State } from "../../static/js/types" */
import assert from "node:assert/strict";
import { test } from "node:test";

import { nextView } from "../../static/js/state/look.js";
import { notesTree } from "../../static/js/views/badges.js";
import { diagnosticsNeeds, diagnosticsView } from "../../static/js/views/diagnostics.js";
import { decadesOf, histogram, shortText } from "../../static/js/views/histogram.js";
import { layoutNetwork } from "../../static/js/views/network.js";
import { after, frame, joined, SERVER, told } from "./helpers.js";

/** @param {string} about @param {string} verdict @param {object} [more] @returns {any} */
const reading = (about, verdict, more = {}) => ({ about, layer: null, unit: null, verdict, text: `Why ${verdict}.`, units: [], norm: null, ...more });
const READINGS = [
  reading("gradients", "healthy"),
  reading("layer", "vanishing", { layer: 0, norm: 0.002 }),
  reading("layer", "healthy", { layer: 1, norm: 0.5 }),
  reading("unit", "saturated", { layer: 0, unit: 1, units: [1] }),
  reading("curvature", "too_large"),
  reading("gap", "high_variance"),
];
const CURVATURE = { sharpness: 20, limit: 2, formula: "2 / learning rate", step: 25, points: 1, of: 1 };
const FACTS = {
  readings: READINGS,
  curvature: CURVATURE,
  health: { shape: [2], values: Float32Array.of(0.25, 0.925) },
  histograms: { shape: [3, 2, 4], values: Float32Array.from({ length: 24 }, (_, at) => at % 5) },
  histogram_ranges: { shape: [3, 2, 2], values: Float32Array.of(-1, 1, 0, 4, -2, 2, 0.5, 1, -0.1, 0, -3, 1) },
};
const OPEN = { type: "drawer", tab: "diagnostics" };
/** @param {object} [facts] @returns {State} */
const open = (facts = {}) => after(joined(), OPEN, { type: "frame", frame: frame({ ...FACTS, ...facts }) });
/** @param {any} node @returns {any[]} */
const nodes = (node) => (typeof node === "string" ? [] : [node, ...node.children.flatMap(nodes)]);
/** @param {any} node @returns {string} */
const text = (node) => (typeof node === "string" ? node : node.children.map(text).join(""));
/** @param {State} state */
const all = (state) => diagnosticsView(state).flatMap(nodes);
/** @param {any[]} list @param {string} name */
const classed = (list, name) => list.filter(({ attrs }) => String(attrs.class ?? "").split(" ").includes(name));

test("frames carry the diagnosis while its tab is open, and no longer", () => {
  const ok = (/** @type {number} */ id) => told({ type: "ok", id, ids: [], seed: null });
  assert.equal(nextView(joined()), null);
  const opened = after(joined(), OPEN);
  const command = /** @type {any} */ (nextView(opened));
  assert.equal(command.view.diagnostics, true);
  assert.deepEqual(command.view.centre, [0, 0]);
  const sent = after(opened, { type: "sent", command: { ...command, id: 1 } });
  assert.equal(nextView(sent), null);
  const answered = after(sent, ok(1));
  assert.equal(nextView(answered), null, "not asked again while the server's word is on its way");
  const closed = after(answered, told({ ...SERVER, view: command.view }), { type: "drawer", tab: null });
  assert.equal(/** @type {any} */ (nextView(closed)).view.diagnostics, false);
  const results = after(answered, { type: "drawer", tab: "results" });
  assert.deepEqual([/** @type {any} */ (nextView(results)).view.metrics, /** @type {any} */ (nextView(results)).view.diagnostics], [true, false]);
});

test("what is asked is asked again on a new connection, and never insisted on", () => {
  const opened = after(joined(), OPEN);
  const sent = after(opened, { type: "sent", command: { ...nextView(opened), id: 1 } });
  const refused = after(sent, told({ type: "error", id: 1, code: "x", message: "no", path: [] }));
  assert.equal(nextView(refused), null);
  const lost = after(sent, { type: "connection", connection: "lost" });
  const again = after(lost, told({ type: "welcome", protocol: 1, session: "abc", resumed: true, spec_refused: null }), told(SERVER));
  assert.equal(/** @type {any} */ (nextView(again)).view.diagnostics, true);
});

test("a page moved while the tab is open asks for its place and the diagnosis at once", () => {
  const state = after(joined(), OPEN, { type: "look", look: { centre: [2, 1], extent: 3 } });
  const { view } = /** @type {any} */ (nextView(state));
  assert.deepEqual([view.centre, view.extent, view.diagnostics], [[2, 1], 3, true]);
});

test("readings stand worst first, those of single layers' gradients with that of all", () => {
  const titles = classed(all(open()), "finding__title").map(text);
  assert.deepEqual(titles, [
    "Curvature: rate too large for this curvature",
    "Layer 1, unit 2: saturated",
    "Training and test: high variance",
    "Gradients: healthy",
  ]);
  assert.deepEqual(classed(all(open()), "finding__text").map(text).slice(0, 2), ["Why too_large.", "Why saturated."]);
  const [layers] = classed(all(open()), "finding__layers");
  assert.equal(text(layers), "Layer by layerWhy vanishing.Why healthy.");
});

test("the gap's reading has both losses beside it", () => {
  const [losses] = classed(all(open()), "finding__losses");
  assert.equal(text(losses), "training loss 0.500test loss 0.600");
});

test("where points validate the gap is theirs, and the test loss stands last; without test points there is none", () => {
  const shown = (/** @type {object} */ now) => {
    const list = all(open({ now: { ...frame().now, ...now } }));
    return [classed(list, "finding__title").map(text)[2], text(classed(list, "finding__losses")[0])];
  };
  assert.deepEqual(shown({ validation_loss: 0.55 }), ["Training and validation: high variance", "training loss 0.500validation loss 0.550test loss 0.600"]);
  assert.deepEqual(shown({ validation_loss: 0.55, test_loss: null })[1], "training loss 0.500validation loss 0.550");
  assert.deepEqual(shown({ validation_loss: null })[0], "Training and test: high variance");
});

test("the gauge's hand stands where sharpness is against the limit in the middle, each end a hundred times away", () => {
  const hand = (/** @type {number} */ sharpness) => classed(all(open({ curvature: { ...CURVATURE, sharpness } })), "gauge__hand")[0].attrs.d;
  assert.match(hand(2), /^M150\.0 /);
  assert.match(hand(20), /^M225\.0 /);
  assert.match(hand(0.2), /^M75\.0 /);
  assert.match(hand(-3), /^M0\.0 /);
  assert.match(hand(9e9), /^M300\.0 /);
  const [gauge] = classed(all(open()), "gauge");
  assert.equal(gauge.attrs["aria-label"], "Sharpness 20 against 2 / learning rate = 2, measured at step 25");
  assert.deepEqual(classed(all(open({ curvature: null })), "gauge"), []);
  const formula = "2 (1 + momentum) / learning rate";
  const [momentum] = classed(all(open({ curvature: { ...CURVATURE, limit: 3.8, formula } })), "gauge");
  assert.equal(momentum.attrs["aria-label"], `Sharpness 20 against ${formula} = 3.8, measured at step 25`);
  const words = (/** @type {any} */ node) => classed(nodes(node), "gauge__text").map(text);
  assert.deepEqual([words(gauge)[1], words(momentum)[1]], ["2 / learning rate = 2", "limit = 3.8"]);
});

test("each layer has three histograms over their own ranges, and its gradient's length on an axis of decades", () => {
  const list = all(open());
  const labels = list.filter(({ tag, attrs }) => tag === "svg" && /from/.test(attrs["aria-label"] ?? "")).map(({ attrs }) => attrs["aria-label"]);
  assert.deepEqual(labels, [
    "Activations of layer 1: from −1 to 1, most between 0.5 and 1",
    "Weights and biases of layer 1: from −2 to 2, most between −1 and 0",
    "Last step’s gradient of layer 1: from −0.1 to 0, most between −0.025 and 0",
    "Activations of the output: from 0 to 4, most between 0 and 1",
    "Weights and biases of the output: from 0.5 to 1, most between 0.75 and 0.88",
    "Last step’s gradient of the output: from −3 to 1, most between 0 and 1",
  ]);
  assert.deepEqual(classed(list, "layers__value").map(text), ["0.002", "0.5"]);
  assert.deepEqual(classed(list, "layers__axis").map(text), ["0.0011"]);
  // 0.002 lies log10(2) / 3 along the three decades from 0.001 to 1.
  assert.match(classed(list, "logbar__bar")[0].attrs.d, /H10\.03V/);
  assert.deepEqual(classed(list, "layers__units").map(text), ["1 saturated"]);
  assert.deepEqual(classed(list, "layers__verdict").map(text), ["vanishing", "healthy"]);
});

test("before the first step there is no bar and no length", () => {
  const list = all(open({ readings: [reading("gradients", "none")] }));
  assert.deepEqual(classed(list, "layers__value").map(text), ["–", "–"]);
  assert.deepEqual(classed(list, "logbar__bar"), []);
});

test("a histogram tells signs apart by colour and place, and what lies around zero from both", () => {
  const bars = nodes(histogram([1, 2, 3, 4], -2, 2, "Weights"));
  const path = (/** @type {string} */ name) => classed(bars, `histogram__bars--${name}`)[0].attrs.d;
  assert.deepEqual([path("negative"), path("around"), path("positive")].map((d) => d.match(/M[\d.]+/g)), [["M0.00"], ["M25.00", "M50.00"], ["M75.00"]]);
  assert.equal(classed(bars, "histogram__zero")[0].attrs.d, "M50.00 0V32");
  assert.deepEqual(classed(nodes(histogram([1, 2], 1, 2, "Weights")), "histogram__zero"), []);
});

test("a shared log axis holds every length in whole decades, at least two and at most fourteen", () => {
  assert.deepEqual(decadesOf([0.002, 0.5]), [-3, 0]);
  assert.deepEqual(decadesOf([0.5, NaN, 0]), [-2, 0]);
  assert.deepEqual(decadesOf([1e-30, 5]), [-13, 1]);
  assert.deepEqual(decadesOf([]), [-2, 0]);
  assert.deepEqual([0.00012, -1234, 0, 56789, -0.5].map(shortText), ["1.2e−4", "−1200", "0", "5.7e4", "−0.5"]);
});

test("a frame that tells no figures leaves those of the last one that did, until the network is another one", () => {
  const empty = { figures: false, readings: null, curvature: null, health: { shape: [0], values: new Float32Array() } };
  const next = after(open(), { type: "frame", frame: frame({ ...empty, number: 2, step: 50 }) });
  assert.equal(next.frame?.step, 50);
  assert.equal(next.figures?.step, 25);
  assert.deepEqual(text(diagnosticsView(next)[0]), text(diagnosticsView(open())[0]));
  assert.equal(diagnosticsNeeds(next)[0], diagnosticsNeeds(after(next, { type: "frame", frame: frame({ ...empty, number: 3 }) }))[0]);
  const without = after(next, { type: "frame", frame: frame({ readings: null, number: 3, step: 75 }) });
  assert.match(text(diagnosticsView(without)[0]), /Waiting/);
  const [first, last] = SERVER.layers;
  const other = after(next, told({ ...SERVER, revision: 2, layers: [{ ...first, fan_out: 5 }, last] }));
  assert.equal(other.figures, null);
});

test("nothing is described while the tab is closed, and a frame without a diagnosis is waited for", () => {
  const closed = after(open(), { type: "drawer", tab: null });
  assert.deepEqual(diagnosticsView(closed), []);
  assert.deepEqual(diagnosticsNeeds(closed), [null]);
  assert.match(text(diagnosticsView(open({ readings: null }))[0]), /Waiting/);
});

test("dead and saturated units carry a badge in the diagram, with words, while the tab is open", () => {
  const layout = layoutNetwork(SERVER.layers, 600, 300);
  const state = open({ readings: [reading("layer", "dead", { layer: 0, units: [0, 1] })], health: { shape: [2], values: Float32Array.of(1, 1) } });
  const badges = (/** @type {State} */ shown) => classed(notesTree(shown, layout).flatMap(nodes), "badge");
  assert.deepEqual(
    badges(state).map(({ attrs }) => [attrs["data-badge"], attrs["aria-label"]]),
    [["0-0", "Unit 1 of layer 1 is dead: 100 % of training points"], ["0-1", "Unit 2 of layer 1 is dead: 100 % of training points"]],
  ); // prettier-ignore
  assert.deepEqual(badges(open()).map(({ attrs }) => attrs["aria-label"]), ["Unit 2 of layer 1 is saturated: 93 % of training points"]);
  assert.notEqual(text(badges(state)[0]), "", "a pointer reads it too");
  assert.deepEqual(badges(after(state, { type: "drawer", tab: null })), []);
});
