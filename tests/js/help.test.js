import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenKeys, helpKey, relatedKeys } from "../../static/js/state/help.js";
import { fieldView } from "../../static/js/views/field.js";
import { helpButton, helpCard } from "../../static/js/views/help.js";
import { presetsView } from "../../static/js/views/presets.js";
import { noticeView } from "../../static/js/views/transport.js";
import { after, joined, SERVER, SPEC, told } from "./helpers.js";

/** @import { Child, HelpEntry, Node, Path } from "../../static/js/types" */

/** @param {string} title @returns {HelpEntry} */
const entry = (title) => ({ title, text: `${title}.`, formula: "<math/>", try: `Try ${title}.` });
const ENTRIES = Object.fromEntries(
  [
    "symbols",
    "network",
    "network.layers",
    "network.layers.units",
    "network.layers.initializer",
    "training.optimizer",
    "training.optimizer.betas",
    "training.loss",
    "inputs",
    "inputs.x1",
    "inputs.x2",
    "initializer.normal",
    "optimizer.adam",
    "loss.binary_cross_entropy",
    "seeds",
    "seeds.data",
  ].map((key) => [key, entry(key)]),
);

/** A page with its help, one card open. @param {string} key @param {Path | null} [path] */
const reading = (key, path = null) =>
  after(joined(), { type: "help-entries", entries: ENTRIES }, { type: "help", open: { key, path } });

/** @param {Child} child @returns {Node[]} */
const all = (child) => (typeof child === "string" ? [] : [child, ...child.children.flatMap(all)]);
/** @param {Child} child @returns {string} */
const text = (child) => (typeof child === "string" ? child : child.children.map(text).join(""));
/** @param {readonly Child[]} tree @param {string} attribute */
const values = (tree, attribute) => tree.flatMap(all).map(({ attrs }) => attrs[attribute]).filter(Boolean);

test("a field's help is found by its path without list positions", () => {
  assert.equal(helpKey(["network", "layers", 3, "activation"]), "network.layers.activation");
  assert.equal(helpKey(["training", "clipping", "name"]), "training.clipping");
  assert.equal(helpKey(["inputs"]), "inputs");
});

test("what stands in a choice is explained with it", () => {
  assert.deepEqual(chosenKeys(reading("training.optimizer", ["training", "optimizer"])), ["optimizer.adam"]);
  assert.deepEqual(chosenKeys(reading("inputs", ["inputs"])), ["inputs.x1", "inputs.x2"]);
  assert.deepEqual(chosenKeys(reading("network.layers.units", ["network", "layers", 0, "units"])), []);
  assert.deepEqual(chosenKeys(reading("training.optimizer")), []);
});

test("a choice that is left to the network or the server is explained as what it comes to", () => {
  const path = ["network", "layers", 0, "initializer"];
  assert.deepEqual(chosenKeys(reading("network.layers.initializer", path)), ["initializer.normal"]);
  const spec = { ...SPEC, training: { ...SPEC.training, loss: "auto" } };
  const state = after(reading("training.loss", ["training", "loss"]), told({ ...SERVER, spec }));
  assert.deepEqual(chosenKeys(state), ["loss.binary_cross_entropy"]);
});

test("a card leads to what it is a part of, to what belongs to it and to the symbols", () => {
  assert.deepEqual(relatedKeys(reading("training.optimizer.betas")), ["training.optimizer", "symbols"]);
  assert.deepEqual(relatedKeys(reading("seeds.data")), ["seeds", "symbols"]);
  assert.deepEqual(relatedKeys(reading("network")), ["network.layers", "network.layers.units", "symbols"]);
  assert.deepEqual(relatedKeys(reading("symbols")), []);
});

test("the card says title, text, what to try, and leaves a place for each formula", () => {
  const card = helpCard(reading("training.optimizer", ["training", "optimizer"]));
  assert.match(text(card[0]), /^training\.optimizer/);
  assert.deepEqual(values(card, "data-formula"), ["training.optimizer", "optimizer.adam"]);
  assert.match(text(card[1]), /training\.optimizer\.Try Try training\.optimizer\.Now optimizer\.adamoptimizer\.adam\./);
  assert.deepEqual(helpCard(after(reading("inputs"), { type: "help", open: null })), []);
});

test("until the help has arrived the card says so", () => {
  const card = helpCard(after(joined(), { type: "help", open: { key: "inputs", path: null } }));
  assert.match(card.map(text).join(""), /on its way/);
});

test("every control has its button, which names help and field", () => {
  for (const path of [["data", "noise"], ["training", "optimizer"], ["training", "shuffle"], ["training", "optimizer", "betas"]]) {
    const buttons = all(/** @type {Node} */ (fieldView(joined(), path))).filter(({ attrs }) => attrs["data-help"]);
    assert.equal(buttons.length, 1);
    assert.equal(buttons[0].attrs["data-help"], path.join("."));
    assert.equal(buttons[0].attrs["data-help-path"], JSON.stringify(path));
  }
  assert.equal(helpButton("symbols", "Symbols").attrs["data-help-path"], null);
});

const PRESET = {
  name: "too-small",
  title: "Too small",
  text: "Two units. Add more.",
  picture: "/static/presets/too-small.png",
  picture_dark: "/static/presets/too-small-dark.png",
  spec: { inputs: ["x1"] },
  speed: { epochs_per_second: 30 },
};

test("presets are pictures with words, a picture for light pages and one for dark", () => {
  assert.match(text(presetsView(joined())[0]), /on their way/);
  const [card] = presetsView(after(joined(), { type: "presets", presets: [PRESET] }));
  assert.equal(text(card), "Too smallTwo units. Add more.");
  assert.deepEqual(values([card], "src"), ["/static/presets/too-small.png", "/static/presets/too-small-dark.png"]);
  assert.deepEqual(values([card], "data-preset"), ["too-small"]);
});

test("a chosen preset drops half typed values and says what to watch", () => {
  const typing = after(joined(), { type: "draft", path: ["training", "batch_size"], value: "1", final: false }, { type: "layer", layer: 0 });
  const state = after(typing, { type: "preset", preset: PRESET });
  assert.deepEqual(state.drafts, []);
  assert.equal(state.ui.layer, null);
  assert.deepEqual(state.notice, { kind: "info", about: "preset", text: "Too small. Two units. Add more." });
});

test("a run that went wrong can go on in smaller steps or begin again, and says why", () => {
  const wrong = after(joined(), told({ ...SERVER, phase: "diverged" }));
  assert.deepEqual(values(noticeView(wrong), "data-action"), ["tenth", "reset"]);
  assert.deepEqual(values(noticeView(wrong), "data-help"), ["divergence"]);
  assert.match(noticeView(wrong).map(text).join(""), /last good step/);
  assert.deepEqual(noticeView(after(wrong, told({ type: "phase", phase: "playing", step: 3, epoch: 0 }))), []);
});
