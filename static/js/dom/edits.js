/**
 * What hands ask for: edits of points as commands, each with the gesture that makes it one undo.
 * @import { Store } from "../store.js"
 * @import { Command } from "../types"
 */
import { isPending } from "../state/pending.js";
import { shownPoints, visiblePoints } from "../state/points.js";

/** @typedef {(command: Command) => void} Send */

let lastGesture = 0;

/** A number that no other gesture of this page or of another one has. */
export function newGesture() {
  lastGesture = Math.max(lastGesture + 1, Date.now());
  return lastGesture;
}

/** Those that the server can be asked about. @param {readonly number[]} ids */
function known(ids) {
  return ids.filter((id) => !isPending(id));
}

/** @param {Store} store @param {Send} send @param {readonly number[]} asked */
export function remove(store, send, asked) {
  const ids = known(asked);
  if (asked.length && !ids.length) return;
  store.dispatch({ type: "release" });
  store.dispatch({ type: "select", ids: [] });
  if (ids.length) send({ type: "delete_points", ids, gesture: newGesture() });
}

/**
 * Give points a label; without any, that is what new points get.
 * @param {Store} store @param {Send} send @param {number} label @param {readonly number[]} ids
 */
export function giveLabel(store, send, label, ids) {
  if (!ids.length) return store.dispatch({ type: "brush", label });
  const there = known(ids);
  if (there.length) send({ type: "relabel_points", ids: there, label, gesture: newGesture() });
}

/** @param {Store} store @param {Send} send @param {boolean} test */
export function setPart(store, send, test) {
  const ids = known(store.get().ui.selected);
  if (ids.length) send({ type: "set_part", ids, test, gesture: newGesture() });
}

/** Every point that is shown and that the server knows. @param {Store} store */
export function selectAll(store) {
  store.dispatch({ type: "select", ids: known(visiblePoints(store.get()).map(([id]) => id)) });
}

/**
 * @param {Store} store @param {Send} send @param {readonly [number, number]} at
 */
export function add(store, send, [x1, x2]) {
  send({ type: "add_points", points: [[x1, x2, store.get().ui.brush]], gesture: newGesture() });
}

/**
 * The chosen points a little further. @param {Store} store @param {Send} send @param {readonly [number, number]} by
 * @param {number} gesture
 */
export function moveChosen(store, send, [dx, dy], gesture) {
  const state = store.get();
  const chosen = new Set(known(state.ui.selected));
  const { coordinate = 100 } = state.schema?.bounds ?? {};
  const kept = (/** @type {number} */ value) => Math.max(-coordinate, Math.min(coordinate, Number(value.toFixed(6))));
  const points = shownPoints(state).filter(([id]) => chosen.has(id));
  const moved = points.map(([id, x1, x2]) => /** @type {const} */ ([id, kept(x1 + dx), kept(x2 + dy)]));
  if (moved.length) send({ type: "move_points", points: moved, gesture });
  return moved;
}
