import assert from "node:assert/strict";
import { test } from "node:test";

import { nextMove, shownPoints } from "../../static/js/state/points.js";
import { pendingId } from "../../static/js/state/pending.js";
import { mustWait, nextWaiting } from "../../static/js/state/waiting.js";
import { after, joined, POINTS, told } from "./helpers.js";

const ADD = { type: "sent", command: { type: "add_points", id: 4, points: [[2, 2, 1], [3, 3, 0]] } }; // prettier-ignore
const NEW = pendingId(4, 0);
const ok = told({ type: "ok", id: 4, ids: [70, 71], seed: null });
const carried = told({ type: "points", data_revision: 2, points: [...POINTS, [70, 2, 2, 1, 0], [71, 3, 3, 0, 0]] });

test("points on their way go by ids of their own, then by the server's", () => {
  const sent = after(joined(), ADD);
  const ids = (/** @type {any} */ state) => shownPoints(state).slice(POINTS.length).map(([id]) => id);
  assert.ok(ids(sent).every((id) => id < 0) && new Set(ids(sent)).size === 2);
  assert.deepEqual(ids(after(sent, ok)), [70, 71]);
  assert.deepEqual(ids(after(sent, ok, carried)), [70, 71]);
});

test("a point that is taken before it has a name is held by its name as soon as it has one", () => {
  const held = after(joined(), ADD, { type: "grab", id: NEW, x: 2, y: 2, gesture: 9 }, { type: "drag", x: 1, y: 0.5 });
  assert.equal(nextMove(held), null);
  assert.deepEqual(shownPoints(held).at(-2), [NEW, 1, 0.5, 1, 0]);
  const known = after(held, ok);
  assert.deepEqual(known.ui.selected, [70]);
  assert.deepEqual(nextMove(known), { type: "move_points", points: [[70, 1, 0.5]], gesture: 9 });
  assert.deepEqual(nextMove(after(known, carried)), { type: "move_points", points: [[70, 1, 0.5]], gesture: 9 });
});

test("a hand that has let go before the answer has moved the point all the same", () => {
  const grab = { type: "grab", id: NEW, x: 2, y: 2, gesture: 9 };
  const gone = after(joined(), ADD, grab, { type: "drag", x: 1, y: 0.5 }, { type: "release" });
  assert.deepEqual(nextMove(after(gone, ok)), { type: "move_points", points: [[70, 1, 0.5]], gesture: 9 });
});

test("points of others that arrive in between let go of nothing", () => {
  const held = after(joined(), ADD, { type: "grab", id: NEW, x: 2, y: 2 }, { type: "hover", id: NEW });
  const other = after(held, told({ type: "points", data_revision: 2, points: POINTS.slice(1) }));
  assert.deepEqual([other.ui.selected, other.ui.hovered, other.drag?.id], [[NEW], NEW, NEW]);
});

test("what was refused is let go", () => {
  const refusal = told({ type: "error", id: 4, code: "too_many_points", message: "full", path: [] });
  const state = after(joined(), ADD, { type: "grab", id: NEW, x: 2, y: 2 }, { type: "hover", id: NEW }, refusal);
  assert.deepEqual([state.ui.selected, state.ui.hovered, state.drag], [[], null, null]);
});

test("a point deleted before it has a name goes at once, and the server is asked as soon as it has one", () => {
  const command = { type: "delete_points", ids: [NEW, 0], gesture: 9 };
  const sent = after(joined(), ADD);
  assert.equal(mustWait(sent, command), true);
  const gone = after(sent, { type: "wait", command });
  assert.deepEqual(shownPoints(gone).map(([, x1]) => x1), [-1, 3]); // prettier-ignore
  assert.equal(nextWaiting(gone), null);
  const known = after(gone, ok);
  assert.deepEqual(nextWaiting(known), { type: "delete_points", ids: [70, 0], gesture: 9 });
  const asked = after(known, carried, { type: "sent", command: { ...nextWaiting(known), id: 5 } });
  assert.equal(nextWaiting(asked), null);
  assert.deepEqual(shownPoints(asked).map(([id]) => id), [1, 71]); // prettier-ignore
});

test("an edit waits behind one that waits, in their order; of a refused point nothing is left to ask", () => {
  const waits = after(joined(), ADD, { type: "wait", command: { type: "relabel_points", ids: [NEW], label: 0, gesture: 9 } });
  const move = { type: "move_points", points: [[NEW, 4, 4]], gesture: 10 };
  assert.equal(mustWait(waits, { type: "delete_points", ids: [0], gesture: 11 }), true);
  const both = after(waits, { type: "wait", command: move });
  assert.deepEqual(shownPoints(both).at(-2), [NEW, 4, 4, 0, ...POINTS[0].slice(4)]);
  const known = after(both, ok);
  assert.equal(nextWaiting(known)?.type, "relabel_points");
  const second = after(known, { type: "sent", command: { ...nextWaiting(known), id: 5 } });
  assert.deepEqual(nextWaiting(second), { ...move, points: [[70, 4, 4]] });
  const refusal = told({ type: "error", id: 4, code: "too_many_points", message: "full", path: [] });
  assert.deepEqual(after(both, refusal).edits, []);
});
