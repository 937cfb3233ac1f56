import assert from "node:assert/strict";
import { test } from "node:test";

import { untilCommand, untilKept } from "../../static/js/state/until.js";
import { transportView } from "../../static/js/views/transport.js";
import { untilView } from "../../static/js/views/until.js";
import { after, EXPERIMENT, joined, SERVER, told } from "./helpers.js";

/** @import { Goal, State } from "../../static/js/types" */

/** As pydantic writes the commands. @type {any} */
const COMMANDS = {
  $defs: {
    Step: { type: "object", properties: { epochs: { anyOf: [{ type: "integer", minimum: 1, maximum: 1000 }, { type: "null" }] } } },
    Until: {
      type: "object",
      properties: {
        train_loss_below: { anyOf: [{ type: "number", exclusiveMinimum: 0 }, { type: "null" }] },
        test_score_above: { anyOf: [{ type: "number", exclusiveMaximum: 1 }, { type: "null" }] },
      },
    },
  },
};

/** @param {Goal} goal @param {Record<string, string>} [texts] @param {State} [state] */
function asking(goal, texts = {}, state = joined()) {
  const schema = { protocol: 1, experiment: EXPERIMENT, commands: COMMANDS, bounds: {} };
  return after(state, { type: "schema", schema }, { type: "until", change: { goal, texts } });
}

/** @param {any} node @returns {any[]} */
const nodes = (node) => (typeof node === "string" ? [] : [node, ...node.children.flatMap(nodes)]);
/** @param {State} state */
const form = (state) => untilView(state).flatMap(nodes);

test("a goal that nobody has touched asks for the first values", () => {
  assert.deepEqual(untilCommand(asking("train_loss_below")).command, { type: "step", epochs: 1000, until: { train_loss_below: 0.1 } });
});

test("a share of points is typed in per cent and asked for as a share, R² as it is", () => {
  const accuracy = asking("test_score_above", { percent: "97,5", most: "200" });
  assert.deepEqual(untilCommand(accuracy).command, { type: "step", epochs: 200, until: { test_score_above: 0.975 } });
  const server = told({ ...SERVER, task: "regression" });
  const r2 = asking("test_score_above", { percent: "97", r2: "−0.5" }, after(joined(), server));
  assert.deepEqual(untilCommand(r2).command?.until, { test_score_above: -0.5 });
});

test("divergence is waited for, and so many epochs are a plain step", () => {
  assert.deepEqual(untilCommand(asking("diverges", { most: "50" })).command, { type: "step", epochs: 50, until: { diverges: true } });
  assert.deepEqual(untilCommand(asking("epochs", { epochs: "7", most: "50" })).command, { type: "step", epochs: 7 });
});

test("a number that cannot be is said where it stands, in the unit that was typed", () => {
  assert.equal(untilCommand(asking("train_loss_below", { loss: "0" })).aim, "must be more than 0");
  assert.equal(untilCommand(asking("test_score_above", { percent: "100" })).aim, "must be less than 100");
  assert.equal(untilCommand(asking("diverges", { most: "1001" })).most, "must be at most 1000");
  assert.equal(untilCommand(asking("epochs", { epochs: "" })).most, "must be a number");
  const bad = asking("train_loss_below", { loss: "x" });
  assert.equal(untilCommand(bad).command, null);
  const input = form(bad).find(({ attrs }) => attrs.id === "until-loss");
  assert.deepEqual([input.attrs["aria-invalid"], input.attrs["aria-describedby"]], ["true", "until-loss-error"]);
  assert.equal(form(bad).find(({ attrs }) => attrs.type === "submit").attrs.disabled, true);
});

test("what was asked last is taken up again, but for what means nothing", () => {
  assert.deepEqual(untilKept({ goal: "diverges", texts: { loss: "0.5", most: 3, other: "x" } }), { goal: "diverges", texts: { loss: "0.5" } });
  for (const odd of [null, 3, "x", {}, { goal: "fly", texts: null }]) assert.deepEqual(untilKept(odd), { goal: "train_loss_below", texts: {} });
});

test("what was reached is a notice until training goes on", () => {
  const state = after(joined(), told({ type: "reached", step: 3, epoch: 1, reached: true, message: "Reached after epoch 1: so." }));
  assert.deepEqual(state.notice, { kind: "info", about: "reached", text: "Reached after epoch 1: so." });
  assert.notEqual(after(state, { type: "sent", command: { type: "inspect", id: 9 } }).notice, null);
  for (const type of ["play", "step", "reset"]) assert.equal(after(state, { type: "sent", command: { type, id: 9 } }).notice, null);
});

test("the small button stands at the epoch's and opens the form", () => {
  const buttons = transportView(joined()).flatMap(nodes).filter(({ tag }) => tag === "button");
  const place = buttons.findIndex(({ attrs }) => attrs.id === "button-until");
  assert.equal(buttons[place - 1].attrs.id, "button-epoch");
  assert.deepEqual([buttons[place].attrs.popovertarget, buttons[place].attrs["aria-label"]], ["until", "Train until …"]);
});
