/**
 * What hands ask for: edits of points as commands, each with the gesture that makes it one undo.
 * @import { Store } from "../store.js"
 * @import { Command, Part, State } from "../types"
 */
import { shownPoints, visiblePoints } from "../state/points.js";
import { mustWait } from "../state/waiting.js";
import { axesOf, rawOf } from "../views/axes.js";
import { isCurve } from "../views/curve.js";

/** @typedef {(command: Command) => void} Send */

let lastGesture = 0;

/** A number that no other gesture of this page or of another one has. */
export function newGesture() {
  lastGesture = Math.max(lastGesture + 1, Date.now());
  return lastGesture;
}

/** Of points that the server has not named yet an edit is asked for when it has. @param {Store} store @param {Send} send @param {Command} edit */
function ask(store, send, edit) {
  if (mustWait(store.get(), edit)) store.dispatch({ type: "wait", command: edit });
  else send(edit);
}

/** @param {Store} store @param {Send} send @param {readonly number[]} ids */
export function remove(store, send, ids) {
  store.dispatch({ type: "release" });
  store.dispatch({ type: "select", ids: [] });
  if (ids.length) ask(store, send, { type: "delete_points", ids, gesture: newGesture() });
}

/**
 * Give points a label; without any, that is what new points get.
 * @param {Store} store @param {Send} send @param {number} label @param {readonly number[]} ids
 */
export function giveLabel(store, send, label, ids) {
  if (!ids.length) return store.dispatch({ type: "brush", label });
  ask(store, send, { type: "relabel_points", ids, label, gesture: newGesture() });
}

/** @param {Store} store @param {Send} send @param {Part} part */
export function setPart(store, send, part) {
  const ids = store.get().ui.selected;
  if (ids.length) ask(store, send, { type: "set_part", ids, part, gesture: newGesture() });
}

/** Every point that is shown. @param {Store} store */
export function selectAll(store) {
  store.dispatch({ type: "select", ids: visiblePoints(store.get()).map(([id]) => id) });
}

/** What a new point is: the chosen label, or on a curve the target at its height. @param {State} state @param {readonly [number, number]} at */
export function labelAt(state, [, up]) {
  return isCurve(state) ? Number(rawOf(axesOf(state)[1], up).toPrecision(12)) : state.ui.brush;
}

/**
 * @param {Store} store @param {Send} send @param {readonly [number, number]} at
 */
export function add(store, send, [x1, x2]) {
  send({ type: "add_points", points: [[x1, x2, labelAt(store.get(), [x1, x2])]], gesture: newGesture() });
}

/**
 * The chosen points a little further. @param {Store} store @param {Send} send @param {readonly [number, number]} by
 * @param {number} gesture
 */
export function moveChosen(store, send, [dx, dy], gesture) {
  const state = store.get();
  const chosen = new Set(state.ui.selected);
  const { coordinate = 100 } = state.schema?.bounds ?? {};
  const kept = (/** @type {number} */ value) => Math.max(-coordinate, Math.min(coordinate, Number(value.toFixed(6))));
  const points = shownPoints(state).filter(([id]) => chosen.has(id));
  const moved = points.map(([id, x1, x2]) => /** @type {const} */ ([id, kept(x1 + dx), kept(x2 + dy)]));
  if (moved.length) ask(store, send, { type: "move_points", points: moved, gesture });
  return moved;
}
