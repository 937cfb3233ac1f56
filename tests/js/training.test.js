/** The training panel's own parts: paces, what a switch turns on, the schedule's curve. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { defaultsAt } from "../../static/js/state/schema.js";
import { schedulePreview } from "../../static/js/views/schedule.js";
import { speedCommand, transportView } from "../../static/js/views/transport.js";
import { after, joined, SERVER, told } from "./helpers.js";

test("the list of paces runs from one step a second to flat out, and asks for at most one of the two", () => {
  const list = JSON.stringify(transportView(after(joined(), told({ ...SERVER, epochs_per_second: null, steps_per_second: 1 }))));
  const words = [...list.matchAll(/"value":"([^"]*)","selected":(true|false)},"children":\["([^"]*)"\]/g)].map((found) => found.slice(1));
  assert.deepEqual(words[0], ["1 steps", "true", "1 step/s"]);
  assert.deepEqual(words[2], ["1", "false", "1 epoch/s"]);
  assert.deepEqual(words.at(-1), ["", "false", "flat out"]);
  assert.deepEqual(speedCommand("5 steps"), { type: "set_speed", steps_per_second: 5 });
  assert.deepEqual(speedCommand("30"), { type: "set_speed", epochs_per_second: 30 });
  assert.deepEqual(speedCommand(""), { type: "set_speed", epochs_per_second: null });
});

test("a group that is switched on begins with the schema's defaults", () => {
  /** @type {any} */
  const root = {
    $defs: { Rule: { type: "object", properties: { patience: { type: "integer", default: 20 }, back: { type: "boolean", default: true } } } },
    properties: { rule: { anyOf: [{ $ref: "#/$defs/Rule" }, { type: "null" }], default: null } },
  };
  assert.deepEqual(defaultsAt(root, ["rule"], { rule: null }), { patience: 20, back: true });
});

test("the schedule's curve runs through the engine's pairs, with a dot where training is", () => {
  const state = after(joined(), told({ ...SERVER, epoch: 50, schedule_preview: [[0, 0.1], [100, 0]] })); // prettier-ignore
  const text = JSON.stringify(schedulePreview(state));
  assert.match(text, /Learning rate from 0\.1 at epoch 0 to 0 at epoch 100/);
  assert.match(text, /"d":"M40\.0 6\.0L152\.0 44\.0"/);
  assert.match(text, /"cx":"96\.0","cy":"25\.0"/);
  assert.equal(schedulePreview(joined()), null);
});
