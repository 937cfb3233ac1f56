import assert from "node:assert/strict";
import { test } from "node:test";

import { transportView } from "../../static/js/views/transport.js";
import { untilView } from "../../static/js/views/until.js";
import { after, EXPERIMENT, joined, told } from "./helpers.js";

/** @import { Child, Node, State } from "../../static/js/types" */

const SCHEMA = { protocol: 1, experiment: EXPERIMENT, commands: { $defs: {} }, bounds: {} };
/** @param {Child} node @returns {Node[]} */
const nodes = (node) => (typeof node === "string" ? [] : [node, ...node.children.flatMap(nodes)]);

const phase = (/** @type {string} */ name) => told({ type: "phase", phase: name, step: 9, epoch: 0 });
const sent = (/** @type {string} */ type) => ({ type: "sent", command: { type, id: 5 } });
const diverged = () => after(joined(), phase("diverged"));
const refused = told({ type: "error", id: 5, code: "too_fast", message: "too fast", path: [] });

/** Whether play, step and epoch can be pressed. @param {State} state */
function canTrain(state) {
  const buttons = transportView(state).flatMap(nodes);
  const off = ["play", "step", "epoch", "until"].map((name) => buttons.find(({ attrs }) => attrs.id === `button-${name}`)?.attrs.disabled);
  assert.equal(new Set(off).size, 1);
  return off[0] === false;
}

test("a run that has diverged trains no further until it stands", () => {
  assert.equal(canTrain(joined()), true);
  assert.equal(canTrain(diverged()), false);
  assert.equal(canTrain(after(diverged(), phase("paused"))), true);
});

test("one that is begun anew can be trained before the answer is there", () => {
  for (const type of ["reset", "new_weights"]) assert.equal(canTrain(after(diverged(), sent(type))), true);
  for (const type of ["set_speed", "inspect"]) assert.equal(canTrain(after(diverged(), sent(type))), false);
});

test("where that is refused, or the line is lost, it is stuck as before", () => {
  assert.equal(canTrain(after(diverged(), sent("reset"), refused)), false);
  const back = after(diverged(), sent("reset"), { type: "connection", connection: "lost", text: "Lost." }, { type: "connection", connection: "open" });
  assert.equal(canTrain(back), false);
});

test("another divergence is another", () => {
  assert.equal(canTrain(after(diverged(), sent("reset"), phase("paused"), phase("diverged"))), false);
});

test("so is the form that trains until", () => {
  const disabled = (/** @type {State} */ state) =>
    untilView(state).flatMap(nodes).find(({ attrs }) => attrs.type === "submit")?.attrs.disabled;
  const ready = after(diverged(), { type: "schema", schema: SCHEMA });
  assert.equal(disabled(ready), true);
  assert.equal(disabled(after(ready, sent("new_weights"))), false);
});
