import assert from "node:assert/strict";
import { test } from "node:test";
import { reduce } from "../../static/js/state.js";
import { complaint, covers, isLocked, lockedText, parseLink, refusalOf } from "../../static/js/state/link.js";
import { restricted } from "../../static/js/views/locks.js";
import { h } from "../../static/js/views/tree.js";
import { after, EXPERIMENT, joined } from "./helpers.js";

/** @param {Partial<import("../../static/js/types").Link>} facts */
const link = (facts) => ({ ...parseLink(""), ...facts });

test("a link says what is hidden and what is locked, in lists", () => {
  const found = parseLink("?hide=data, inputs&lock=training.loss&hide=bar,,data&present=1&theme=dark");
  assert.deepEqual(found.hide, ["data", "inputs", "bar"]);
  assert.deepEqual(found.lock, ["training.loss"]);
  assert.equal(found.present, true);
  assert.equal(found.theme, "dark");
  assert.deepEqual(found.unknown, []);
});

test("an empty link says nothing, and present=0 is no presenter mode", () => {
  assert.deepEqual(parseLink(""), { hide: [], lock: [], present: false, theme: null, unknown: [] });
  assert.equal(parseLink("?present=0").present, false);
  assert.equal(parseLink("?present").present, true);
});

test("unknown keys, names, paths and themes are named in one sentence", () => {
  const found = parseLink("?hid=data&hide=dta,network.layers.units,training.optimizer.betas,data&lock=training.lss&theme=pink");
  assert.equal(found.theme, null);
  assert.equal(
    complaint(found, EXPERIMENT),
    "Unknown in the link, and ignored: “hid”, “pink” in theme, “dta” in hide, “training.lss” in lock.",
  );
});

test("a link of known names is not complained about", () => {
  const names = "bar,transport,play,new-weights,board,tools,chart,presets,lessons,help,seeds,network.layers.0.units,inputs";
  const experiment = { ...EXPERIMENT, properties: { ...EXPERIMENT.properties, seeds: { type: "object" } } };
  assert.equal(complaint(parseLink(`?hide=${names}&lock=data.noise`), experiment), null);
});

test("names that every object has are no paths", () => {
  assert.match(complaint(parseLink("?hide=constructor,data.toString"), EXPERIMENT) ?? "", /“constructor”.*“data.toString”/);
});

test("a name covers its field, all below it, and the layers without their numbers", () => {
  assert.equal(covers(["training.loss"], ["training", "loss"]), true);
  assert.equal(covers(["training.optimizer"], ["training", "optimizer", "learning_rate"]), true);
  assert.equal(covers(["training.optimizer.learning_rate"], ["training", "optimizer"]), false);
  assert.equal(covers(["network.layers.units"], ["network", "layers", 1, "units"]), true);
  assert.equal(covers(["network.layers.1"], ["network", "layers", 1, "units"]), true);
  assert.equal(covers(["network.layers.0"], ["network", "layers", 1, "units"]), false);
  assert.equal(covers(["data"], ["data", "noise"]), true);
  assert.equal(covers(["da"], ["data", "noise"]), false);
});

test("a panel's seeds belong to it", () => {
  assert.equal(covers(["data"], ["seeds", "split"]), true);
  assert.equal(covers(["network"], ["seeds", "weights"]), true);
  assert.equal(covers(["training"], ["seeds", "weights"]), false);
});

test("locked things refuse their commands, others do not", () => {
  const locked = (/** @type {string} */ name, /** @type {any} */ command) => refusalOf(link({ lock: [name] }), command);
  assert.equal(locked("board", { type: "add_points", points: [] }), "board");
  assert.equal(locked("board", { type: "undo" }), "board");
  assert.equal(locked("board", { type: "play" }), null);
  assert.equal(locked("transport", { type: "set_speed" }), "transport");
  assert.equal(locked("bar", { type: "step", batches: 1 }), "bar");
  assert.equal(locked("step", { type: "step", batches: 1 }), "step");
  assert.equal(locked("step", { type: "step", epochs: 1 }), null);
  assert.equal(locked("epoch", { type: "step", epochs: 1 }), "epoch");
  assert.equal(locked("network", { type: "set_weight" }), "network");
  assert.equal(locked("network", { type: "set_view" }), null);
  assert.equal(refusalOf(link({ hide: ["board"] }), { type: "add_points" }), null);
});

test("a spec is refused when it changes what is locked", () => {
  const locked = (/** @type {string} */ name, /** @type {any} */ command) =>
    refusalOf(link({ lock: [name] }), { type: "set_spec", ...command });
  assert.equal(locked("data", { spec: { data: { noise: 0.2 } } }), "data");
  assert.equal(locked("data.noise", { spec: { data: { samples: 10 } } }), null);
  assert.equal(locked("network.layers.units", { spec: { network: { layers: [] } } }), "network.layers.units");
  assert.equal(locked("training.loss", { spec: {}, replace: true }), "training.loss");
  assert.equal(locked("board", { spec: {}, replace: true }), null);
});

test("presets are locked with any setting, and the notice says what is locked", () => {
  assert.equal(isLocked(link({ lock: ["training.loss"] }), "presets"), true);
  assert.equal(isLocked(link({ lock: ["board"] }), "presets"), false);
  assert.equal(lockedText(link({}), "tools"), "Locked by the link: tools of the board.");
});

test("a locked setting takes no draft, a locked board no hand", () => {
  const state = after(joined(), { type: "link", link: link({ lock: ["data.noise", "board"], present: true }) });
  assert.equal(reduce(state, { type: "draft", path: ["data", "noise"], value: 0.3, final: true }), state);
  assert.equal(reduce(state, { type: "draft", path: ["data", "samples"], value: 3, final: true }).drafts.length, 1);
  assert.equal(reduce(state, { type: "grab", id: 0, x: 1, y: 1 }).drag, null);
  assert.equal(state.ui.present, true);
});

const field = (/** @type {string} */ path) =>
  h("div.field", { "data-field": path }, h("label.field__label", {}, "Title"), h("input", { "data-path": JSON.stringify(path.split(".")) }));

test("a hidden field is left out of the tree", () => {
  const tree = [h("div", {}, field("data.noise"), field("data.samples"))];
  const [found] = /** @type {any[]} */ (restricted(tree, link({ hide: ["data.noise"] }), []));
  assert.deepEqual(found.children.map((/** @type {any} */ child) => child.attrs["data-field"]), ["data.samples"]);
});

test("a locked field stays, disabled, with a lock in its label", () => {
  const [found] = /** @type {any[]} */ (restricted([field("data.noise")], link({ lock: ["data.noise"] }), []));
  const [label, input] = found.children;
  assert.equal(input.attrs.disabled, true);
  assert.equal(found.attrs["data-locked"], "true");
  assert.match(label.children[1].attrs.class, /^lock$/);
});

test("in a locked part every control is disabled but those that only read", () => {
  const tree = [h("button", { "data-action": "x" }), h("button", { "data-reads": true }), h("p", {}, "text")];
  const found = /** @type {any[]} */ (restricted(tree, link({ lock: ["training"] }), ["training"]));
  assert.deepEqual(found.map((node) => node.attrs.disabled), [true, undefined, undefined]);
});

test("single buttons are hidden and locked by their names", () => {
  const tree = [h("button", { id: "button-step" }), h("button", { id: "button-reset" }), h("select", { id: "speed" })];
  const found = /** @type {any[]} */ (restricted(tree, link({ hide: ["step"], lock: ["speed"] }), ["transport", "bar"]));
  assert.deepEqual(found.map((node) => [node.attrs.id, node.attrs.disabled]), [["button-reset", undefined], ["speed", true]]);
});

test("a page without a link is drawn as it is", () => {
  const tree = [field("data.noise")];
  assert.equal(restricted(tree, link({}), ["data"]), tree);
});
