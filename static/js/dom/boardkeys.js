/**
 * The board without a pointer, and the keys that work wherever the pointer hovers.
 * @import { Store } from "../store.js"
 * @import { Send } from "./edits.js"
 */
import { homeOf, lookOf, zoomed } from "../state/look.js";
import { visiblePoints } from "../state/points.js";
import { RADIUS } from "../state/tools.js";
import { valuesOf } from "../views/board.js";
import { add, giveLabel, moveChosen, newGesture, remove, selectAll } from "./edits.js";

/** @type {Record<string, readonly [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
/** How far arrows go, in shares of the half width that is shown: a quarter of a unit at first. */
const STEP = 1 / 24;
/** What one press of + brings nearer. */
export const ZOOM = 1.5;

/**
 * Digits and Delete work wherever the pointer hovers, so they are heard on the whole page.
 * @param {Store} store @param {Send} send @param {KeyboardEvent} event @returns {boolean} whether it meant something
 */
export function pointKey(store, send, event) {
  const { ui, server } = store.get();
  const ids = ui.hovered !== null && !ui.selected.includes(ui.hovered) ? [ui.hovered] : ui.selected;
  if (event.key === "Delete" || event.key === "Backspace") {
    if (ids.length) remove(store, send, ids);
    return ids.length > 0;
  }
  if (!/^[0-9]$/.test(event.key) || !server) return false;
  const labels =
    server.task === "regression" ? valuesOf(store.get()) : Array.from({ length: server.spec.data.classes }, (_, label) => label);
  const label = labels[Number(event.key)];
  if (label !== undefined) giveLabel(store, send, label, ids);
  return label !== undefined;
}

/** What the other keys do while the board has the focus. @type {Record<string, (store: Store, send: Send) => void>} */
const KEYS = {
  Escape: (store) => store.dispatch(store.get().tools.loop ? { type: "tools", change: { loop: null } } : { type: "select", ids: [] }),
  Enter(store, send) {
    const { cursor } = store.get().ui;
    if (cursor) chooseOrAdd(store, send, cursor);
  },
  "+": (store) => zoomBy(store, 1 / ZOOM),
  "=": (store) => zoomBy(store, 1 / ZOOM),
  "-": (store) => zoomBy(store, ZOOM),
  "[": (store) => widen(store, -RADIUS.step),
  "]": (store) => widen(store, RADIUS.step),
  Home: (store) => store.dispatch({ type: "look", look: homeOf(store.get().schema) }),
};

/**
 * The board's own keys: arrows move the cursor or the chosen points, Enter adds or chooses, Escape lets go.
 * @param {Store} store @param {Send} send @param {KeyboardEvent} event @returns {boolean} whether it meant something
 */
export function boardKey(store, send, event) {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === "a") return (selectAll(store), true);
  if (control || event.altKey) return false;
  // Where there is nothing to let go of, Escape is the page's.
  if (event.key === "Escape" && !store.get().tools.loop && !store.get().ui.selected.length) return false;
  const arrow = ARROWS[event.key];
  if (arrow) return (step(store, send, arrow, event), true);
  KEYS[event.key]?.(store, send);
  return event.key in KEYS;
}

/** Nearer or further, around the middle or the keyboard's cursor. @param {Store} store @param {number} factor */
export function zoomBy(store, factor) {
  const look = lookOf(store.get());
  store.dispatch({ type: "look", look: zoomed(look, store.get().ui.cursor ?? look.centre, factor) });
}

/** @param {Store} store @param {number} by */
function widen(store, by) {
  const radius = Math.max(RADIUS.least, Math.min(RADIUS.most, store.get().tools.radius + by));
  store.dispatch({ type: "tools", change: { radius: Number(radius.toFixed(3)) } });
}

/** Held keys are one gesture. */
let gesture = 0;

/** @param {Store} store @param {Send} send @param {readonly [number, number]} arrow @param {KeyboardEvent} event */
function step(store, send, [dx, dy], event) {
  const state = store.get();
  const { centre, extent } = lookOf(state);
  const by = extent * STEP * (event.shiftKey ? 4 : 1);
  if (!event.repeat) gesture = newGesture();
  const moved = moveChosen(store, send, [dx * by, dy * by], gesture);
  const kept = (/** @type {number} */ value, /** @type {number} */ middle) =>
    Number(Math.max(middle - extent, Math.min(middle + extent, value)).toFixed(6));
  const [x, y] = state.ui.cursor ?? centre;
  const to = /** @type {const} */ ([kept(x + dx * by, centre[0]), kept(y + dy * by, centre[1])]);
  const at = moved.length === 1 ? /** @type {const} */ ([moved[0][1], moved[0][2]]) : to;
  store.dispatch({ type: "cursor", at });
  store.dispatch({ type: "point-at", at });
}

/** @param {Store} store @param {Send} send @param {readonly [number, number]} cursor */
function chooseOrAdd(store, send, [x, y]) {
  const state = store.get();
  const reach = lookOf(state).extent / 30;
  const near = visiblePoints(state).filter(([, x1, x2]) => Math.hypot(x1 - x, x2 - y) < reach);
  const found = near.sort((a, b) => Math.hypot(a[1] - x, a[2] - y) - Math.hypot(b[1] - x, b[2] - y))[0];
  if (found) store.dispatch({ type: "select", ids: [found[0]] });
  else add(store, send, [x, y]);
}
