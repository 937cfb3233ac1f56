import assert from "node:assert/strict";
import { test } from "node:test";

import { retryDelay } from "../../static/js/connection.js";
import { restoring, toStored } from "../../static/js/keep.js";
import { MOST_ROWS, thinned } from "../../static/js/state/history.js";
import { pendingId } from "../../static/js/state/pending.js";
import { nextMove, shownPoints } from "../../static/js/state/points.js";
import { nextPatch, shownSpec } from "../../static/js/state/spec.js";
import { createStore } from "../../static/js/store.js";
import { INITIAL, reduce } from "../../static/js/state.js";
import { after, frame, joined, POINTS, SERVER, told } from "./helpers.js";

const RATE = ["training", "optimizer", "learning_rate"];

/** @param {readonly (string | number)[]} path @param {any} value */
const asked = (path, value, final = true) => ({ type: "draft", path, value, final });
/** @param {number} id */
const ok = (id) => told({ type: "ok", id, ids: [], seed: null });

test("a frame of another run is thrown away and yet acknowledged", () => {
  const state = after(joined(), { type: "frame", frame: frame({ revision: 0, number: 4 }) });
  assert.equal(state.frame, null);
  assert.deepEqual(state.unacknowledged, [4]);
});

test("a frame brings its step, its losses and the newest picture", () => {
  const losses = { shape: [1, 8], values: Float64Array.of(50, 2, 0.25, 0.6, 0.75, 0.5, 0, 0.03) };
  const second = frame({ number: 2, step: 50, epoch: 2, losses });
  const state = after(joined(), { type: "frame", frame: frame() }, { type: "frame", frame: second });
  assert.equal(state.server?.step, 50);
  assert.equal(state.frame?.number, 2);
  assert.deepEqual(state.unacknowledged, [1, 2]);
  assert.deepEqual(
    state.history.map((row) => row.train_loss),
    [0.5, 0.25],
  );
  assert.deepEqual(after(state, { type: "drawn" }).unacknowledged, []);
});

test("a new run begins with an empty chart", () => {
  const state = after(joined(), { type: "frame", frame: frame() }, told({ ...SERVER, revision: 2 }));
  assert.deepEqual(state.history, []);
});

test("the old picture stays until a new one comes, unless it is of another network", () => {
  const shown = after(joined(), { type: "frame", frame: frame() });
  assert.equal(after(shown, told({ ...SERVER, revision: 2 })).frame?.number, 1);
  assert.equal(after(shown, told({ ...SERVER, revision: 2, layers: SERVER.layers.slice(1) })).frame, null);
});

test("a live change keeps chart and picture", () => {
  const state = after(joined(), { type: "frame", frame: frame() }, told({ ...SERVER, epochs_per_second: null }));
  assert.equal(state.history.length, 1);
  assert.equal(state.frame?.number, 1);
});

test("a change is shown at once, sent once, and stays until the state that carries it", () => {
  const drafted = after(joined(), asked(RATE, 0.1));
  assert.equal(/** @type {any} */ (shownSpec(drafted)).training.optimizer.learning_rate, 0.1);
  assert.deepEqual(nextPatch(drafted), {
    type: "set_spec",
    spec: { training: { optimizer: { learning_rate: 0.1 } } },
  });
  const sent = after(drafted, { type: "sent", command: { type: "set_spec", id: 1 } });
  assert.equal(nextPatch(sent), null);
  const answered = after(sent, ok(1));
  assert.equal(answered.drafts.length, 1);
  assert.deepEqual(after(answered, told(SERVER)).drafts, []);
});

test("what is asked while an answer is awaited goes with the next change, the newest value only", () => {
  const state = after(
    joined(),
    asked(RATE, 0.1),
    { type: "sent", command: { type: "set_spec", id: 1 } },
    asked(["data", "noise"], 0.2),
    asked(["data", "noise"], 0.3),
  );
  assert.equal(nextPatch(state), null);
  assert.deepEqual(nextPatch(after(state, ok(1))), { type: "set_spec", spec: { data: { noise: 0.3 } } });
});

test("a field inside a list sends the whole list, because the server replaces lists", () => {
  const state = after(joined(), asked(["network", "layers", 0, "units"], 3));
  assert.deepEqual(nextPatch(state)?.spec, {
    network: { layers: [{ units: 3, activation: "tanh", initializer: null }] },
  });
});

test("what the server has said yes to and not yet told is in the list that comes after it", () => {
  const layer = (/** @type {string} */ name) => ["network", "layers", 0, name];
  const answered = after(joined(), asked(layer("batch_norm"), true), { type: "sent", command: { type: "set_spec", id: 1 } }, ok(1));
  assert.deepEqual(nextPatch(after(answered, asked(layer("activation"), "relu")))?.spec, {
    network: { layers: [{ units: 2, activation: "relu", initializer: null, batch_norm: true }] },
  });
});

test("a value out of bounds is marked with the bound and not sent", () => {
  const state = after(joined(), asked(RATE, 20));
  assert.equal(state.drafts[0].error, "Learning rate must be at most 10");
  assert.equal(nextPatch(state), null);
  assert.equal(/** @type {any} */ (shownSpec(state)).training.optimizer.learning_rate, 0.03);
});

test("a refusal stands at the field that it names and the rest falls back", () => {
  const sent = after(joined(), asked(RATE, 0.1), asked(["data", "noise"], 0.2), {
    type: "sent",
    command: { type: "set_spec", id: 1 },
  });
  const state = after(
    sent,
    told({ type: "error", id: 1, code: "invalid_spec", message: "no such noise", path: ["data", "noise"] }),
  );
  assert.deepEqual(
    state.drafts.map(({ path, error }) => [path.join("."), error]),
    [["data.noise", "no such noise"]],
  );
  assert.equal(state.notice?.text, "No such noise");
  assert.equal(/** @type {any} */ (shownSpec(state)).training.optimizer.learning_rate, 0.03);
});

test("typing is kept and not sent; Escape gives the value in force back", () => {
  const state = after(joined(), asked(RATE, "0.", false));
  assert.equal(nextPatch(state), null);
  assert.equal(state.drafts[0].value, "0.");
  assert.deepEqual(after(state, { type: "undraft", path: RATE }).drafts, []);
});

test("edits of points are shown before the server has answered, and until its points carry them", () => {
  const add = { type: "sent", command: { type: "add_points", id: 1, points: [[2, 2, 1]] } };
  const remove = { type: "sent", command: { type: "delete_points", id: 2, ids: [0] } };
  const relabel = { type: "sent", command: { type: "relabel_points", id: 3, ids: [1], label: 0 } };
  const state = after(joined(), add, remove, relabel);
  const shown = [
    [1, -1, -1, 0, 2],
    [pendingId(1, 0), 2, 2, 1, 0],
  ];
  assert.deepEqual(shownPoints(state), shown);
  const answered = after(state, ok(1), ok(2), ok(3));
  assert.deepEqual(shownPoints(answered), shown);
  assert.deepEqual(shownPoints(after(answered, told({ type: "points", data_revision: 2, points: POINTS }))), POINTS);
});

test("points told since those there are take their places, and the others stay the very same", () => {
  const before = after(joined(), told({ type: "points", data_revision: 2, points: POINTS }));
  const moved = [1, 4, 5, 0, 2];
  const state = after(before, told({ type: "points", data_revision: 3, since: 2, points: [moved] }));
  assert.deepEqual(state.points, [POINTS[0], moved]);
  assert.equal(state.points[0], before.points[0]);
  assert.equal(state.dataRevision, 3);
  assert.deepEqual(after(state, told({ type: "points", data_revision: 4, since: null, points: POINTS.slice(1) })).points, POINTS.slice(1));
});

test("a refusal names commands in plain words, and columns as they are", () => {
  const refusal = (/** @type {string} */ message) => told({ type: "error", id: 1, code: "not_allowed", message, path: [] });
  const said = (/** @type {string} */ message) => after(INITIAL, refusal(message)).notice?.text;
  assert.equal(said("cannot play without training points; allowed: add_points"), "Cannot play without training points; allowed: add points");
  assert.equal(said("cannot step while diverged; allowed: reset, new_weights, set_spec"), "Cannot step while diverged; allowed: reset, new weights, set spec");
  assert.equal(said("there is no column new_price; allowed: old_price"), "There is no column new_price; allowed: old_price");
});

test("a refused edit disappears", () => {
  const state = after(
    joined(),
    { type: "sent", command: { type: "add_points", id: 1, points: [[2, 2, 1]] } },
    told({ type: "error", id: 1, code: "too_many_points", message: "full", path: [] }),
  );
  assert.deepEqual(shownPoints(state), POINTS);
});

test("of a drag one move is unanswered at most, and the last place is sent as the hand lets go", () => {
  let state = after(joined(), { type: "grab", id: 0, x: 1, y: 1 });
  assert.equal(nextMove(state), null);
  state = after(state, { type: "drag", x: 2, y: 2 });
  assert.deepEqual(nextMove(state), { type: "move_points", points: [[0, 2, 2]] });
  state = after(
    state,
    { type: "sent", command: { type: "move_points", id: 1, points: [[0, 2, 2]] } },
    { type: "drag", x: 3, y: 3 },
  );
  assert.equal(nextMove(state), null);
  assert.deepEqual(shownPoints(state)[0], [0, 3, 3, 0, 0]);
  state = after(state, { type: "release" });
  assert.deepEqual(nextMove(state), { type: "move_points", points: [[0, 3, 3]] });
  state = after(state, { type: "sent", command: { type: "move_points", id: 2, points: [[0, 3, 3]] } }, ok(1), ok(2));
  assert.equal(state.drag, null);
  assert.deepEqual(shownPoints(state)[0], [0, 3, 3, 0, 0]);
});

test("points from before a drag do not pull the point back under the hand", () => {
  const state = after(
    joined(),
    { type: "grab", id: 0, x: 1, y: 1 },
    { type: "drag", x: 2, y: 2 },
    told({ type: "points", data_revision: 2, points: POINTS }),
  );
  assert.deepEqual(shownPoints(state)[0], [0, 2, 2, 0, 0]);
});

test("what was chosen is let go where other points are drawn, and by nothing else that the server tells", () => {
  const chosen = after(joined(), { type: "grab", id: 1, x: 0, y: 0 }, { type: "release" });
  const again = structuredClone(SERVER);
  assert.deepEqual(after(chosen, told({ ...again, revision: 2, epoch: 3 })).ui.selected, [1]);
  for (const change of [{ data: { ...again.spec.data, source: "blobs" } }, { seeds: { ...again.spec.seeds, data: 5 } }]) {
    assert.deepEqual(after(chosen, told({ ...again, spec: { ...again.spec, ...change } })).ui.selected, []);
  }
});

test("a point that is gone is neither chosen nor dragged any more", () => {
  const state = after(
    joined(),
    { type: "grab", id: 1, x: 0, y: 0 },
    told({ type: "points", data_revision: 2, points: POINTS.slice(0, 1) }),
  );
  assert.deepEqual(state.ui.selected, []);
  assert.equal(state.drag, null);
});

test("divergence is told in the server's words until training can go on", () => {
  const diverged = after(
    joined(),
    told({ type: "diverged", step: 9, cause: "loss_exploded", layer: 0, message: "It stopped." }),
    told({ type: "phase", phase: "diverged", step: 9, epoch: 0 }),
  );
  assert.equal(diverged.notice?.text, "It stopped.");
  assert.equal(after(diverged, told({ type: "phase", phase: "paused", step: 0, epoch: 0 })).notice, null);
});

test("a lost connection drops what was on its way and says so", () => {
  const state = after(joined(), asked(RATE, 0.1), { type: "connection", connection: "lost", text: "Lost." });
  assert.deepEqual([state.connection, state.notice?.text, state.drafts.length], ["lost", "Lost.", 0]);
});

test("coming back to the same session clears the warning; to a new one explains itself", () => {
  const lost = after(joined(), { type: "connection", connection: "lost", text: "Lost." });
  const welcome = { type: "welcome", protocol: 1, session: "abc", spec_refused: null };
  assert.equal(after(lost, told({ ...welcome, resumed: true })).notice, null);
  assert.match(
    after(lost, told({ ...welcome, session: "def", resumed: false })).notice?.text ?? "",
    /began anew with your settings/,
  );
});

test("what is kept of drawn points is their spec, of points by hand the points", () => {
  assert.deepEqual(toStored(joined()), { session: "abc", spec: SERVER.spec, points: null });
  const stored = toStored(after(joined(), told({ ...SERVER, edited: true })));
  assert.equal(stored?.spec.data.source, "points");
  assert.deepEqual(stored && restoring(stored), [
    { type: "add_points", points: [[1, 1, 0]], part: "train" },
    { type: "add_points", points: [[-1, -1, 1]], part: "test" },
  ]);
});

test("a point on its way when the connection is lost is kept with the others", () => {
  const add = { type: "add_points", points: [[2, 2, 0]], part: "train" };
  const lost = /** @type {const} */ ({ type: "connection", connection: "lost", text: "Lost." });
  const stored = toStored(after(joined(), { type: "sent", command: { ...add, id: 7 } }, lost));
  assert.deepEqual(stored && restoring(stored)[0]?.points, [
    [1, 1, 0],
    [2, 2, 0],
  ]);
  assert.equal(toStored(after(joined(), lost))?.points, null);
});

test("a long history is thinned without losing its lowest and highest loss", () => {
  const rows = Array.from(
    { length: 9 },
    (_, step) => /** @type {any} */ ({ step, train_loss: [5, 9, 1, 5, 5, 5, 5, 7, 2][step] }),
  );
  assert.deepEqual(
    thinned(rows).map((row) => row.train_loss),
    [5, 9, 1, 2],
  );
  assert.ok(MOST_ROWS >= 1024);
});

test("delays between attempts grow, are capped and differ between pages", () => {
  assert.equal(retryDelay(0, 1), 300);
  assert.equal(retryDelay(3, 0), 1200);
  assert.equal(retryDelay(30, 1), 10_000);
});

test("the store tells its listeners of changes and of nothing else", () => {
  const store = createStore(reduce, INITIAL);
  let heard = 0;
  store.subscribe(() => heard++);
  store.dispatch({ type: "drawn" });
  assert.equal(heard, 0);
  store.dispatch({ type: "brush", label: 0 });
  assert.equal(heard, 1);
});
