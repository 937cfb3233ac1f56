/**
 * Hands on the board: mouse, touch, pen and keys become actions and commands. Knows no socket and draws nothing.
 * @import { Store } from "../store.js"
 * @import { Command, PointRow } from "../types"
 */
import { shownPoints } from "../state/points.js";
import { areaOf, pointAt, toBoard, VALUES } from "../views/board.js";

/** How near a hand must come to a point, in pixels. @type {Readonly<Record<string, number>>} */
const REACH = { mouse: 10, pen: 12, touch: 22 };
/** A finger that stays this long asks to delete, as a right click does; milliseconds. */
const LONG_PRESS = 800;
/** A press that wanders further than this is no click. */
const WANDER = 4;

/** @typedef {{x: number, y: number, point: PointRow | null, moved: boolean, timer: number}} Press */

/**
 * @param {HTMLElement} layer the overlay that catches hands
 * @param {Store} store
 * @param {(command: Command) => void} send
 */
export function listenToBoard(layer, store, send) {
  /** @type {Press | null} */
  let press = null;
  const find = (/** @type {PointerEvent | MouseEvent} */ event, reach = REACH.mouse) =>
    locate(layer, store, event, reach);
  const reachOf = (/** @type {PointerEvent} */ event) => REACH[event.pointerType] ?? REACH.mouse;
  const end = () => {
    clearTimeout(press?.timer);
    press = null;
  };

  layer.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || press) return;
    const { x, y, point } = find(event, reachOf(event));
    layer.setPointerCapture(event.pointerId);
    const timer =
      event.pointerType === "touch" && point
        ? window.setTimeout(() => (end(), remove(store, send, point[0])), LONG_PRESS)
        : 0;
    press = { x, y, point, moved: false, timer };
    store.dispatch({ type: "cursor", at: null });
    if (point) store.dispatch({ type: "grab", id: point[0], x: point[1], y: point[2] });
  });
  layer.addEventListener("pointermove", (event) => {
    const { x, y, at, point } = find(event, reachOf(event));
    if (!press) return store.dispatch({ type: "hover", id: point?.[0] ?? null });
    press.moved ||= Math.hypot(x - press.x, y - press.y) > WANDER;
    if (!press.moved) return;
    clearTimeout(press.timer);
    if (press.point) store.dispatch({ type: "drag", x: at[0], y: at[1] });
  });
  layer.addEventListener("pointerup", (event) => {
    if (!press) return;
    if (press.point) store.dispatch({ type: "release" });
    else if (!press.moved) click(store, send, find(event).at);
    end();
  });
  layer.addEventListener("pointercancel", () => {
    store.dispatch({ type: "release" });
    end();
  });
  layer.addEventListener("pointerleave", () => store.dispatch({ type: "hover", id: null }));
  layer.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    const { point } = find(event);
    if (point && !press) remove(store, send, point[0]);
  });
  layer.addEventListener("keydown", (event) => {
    if (keyed(store, send, event)) event.preventDefault();
  });
  layer.addEventListener("blur", () => store.dispatch({ type: "cursor", at: null }));
}

/** @param {HTMLElement} layer @param {Store} store @param {MouseEvent} event @param {number} reach */
function locate(layer, store, event, reach) {
  const box = layer.getBoundingClientRect();
  const state = store.get();
  const area = areaOf(box.width, box.height, state.server?.view.extent ?? 6);
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  return { x, y, at: toBoard(area, x, y), point: pointAt(shownPoints(state), area, x, y, reach) };
}

/**
 * An empty place: let go of the chosen point, or else put a new one there.
 * @param {Store} store
 * @param {(command: Command) => void} send
 * @param {readonly [number, number]} at
 */
function click(store, send, [x, y]) {
  if (store.get().ui.selected !== null) return store.dispatch({ type: "select", id: null });
  send({ type: "add_points", points: [[x, y, store.get().ui.brush]] });
}

/** @param {Store} store @param {(command: Command) => void} send @param {number} id */
export function remove(store, send, id) {
  store.dispatch({ type: "release" });
  store.dispatch({ type: "select", id: null });
  send({ type: "delete_points", ids: [id] });
}

/**
 * Give the chosen point a label; without one, that is what new points get.
 * @param {Store} store
 * @param {(command: Command) => void} send
 * @param {number} label
 * @param {number | null} id
 */
export function giveLabel(store, send, label, id) {
  if (id === null) return store.dispatch({ type: "brush", label });
  send({ type: "relabel_points", ids: [id], label });
}

/**
 * Digits and Delete work wherever the pointer hovers, so they are heard on the whole page.
 * @param {Store} store
 * @param {(command: Command) => void} send
 * @param {KeyboardEvent} event
 * @returns {boolean} whether it meant something
 */
export function pointKey(store, send, event) {
  const { ui, server } = store.get();
  const id = ui.hovered ?? ui.selected;
  if (event.key === "Delete" || event.key === "Backspace") {
    if (id !== null) remove(store, send, id);
    return id !== null;
  }
  if (!/^[0-9]$/.test(event.key) || !server) return false;
  const labels =
    server.task === "regression" ? VALUES : Array.from({ length: server.spec.data.classes }, (_, label) => label);
  const label = labels[Number(event.key)];
  if (label !== undefined) giveLabel(store, send, label, id);
  return label !== undefined;
}

/** @type {Record<string, readonly [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * The board without a pointer: arrows move the cursor or the chosen point, Enter adds or chooses, Escape lets go.
 * @param {Store} store
 * @param {(command: Command) => void} send
 * @param {KeyboardEvent} event
 */
function keyed(store, send, event) {
  const { ui } = store.get();
  const arrow = ARROWS[event.key];
  if (arrow) return (moveBy(store, send, arrow, event.shiftKey ? 1 : 0.25), true);
  if (event.key === "Escape") return (store.dispatch({ type: "select", id: null }), true);
  if (event.key !== "Enter") return false;
  if (ui.cursor) chooseOrAdd(store, send, ui.cursor);
  return true;
}

/**
 * @param {Store} store
 * @param {(command: Command) => void} send
 * @param {readonly [number, number]} arrow
 * @param {number} by
 */
function moveBy(store, send, [dx, dy], by) {
  const state = store.get();
  const extent = state.server?.view.extent ?? 6;
  const kept = (/** @type {number} */ value) => Math.max(-extent, Math.min(extent, Number(value.toFixed(3))));
  const chosen = shownPoints(state).find(([id]) => id === state.ui.selected);
  const [x, y] = chosen ? [chosen[1], chosen[2]] : (state.ui.cursor ?? [0, 0]);
  const to = /** @type {const} */ ([kept(x + dx * by), kept(y + dy * by)]);
  store.dispatch({ type: "cursor", at: to });
  if (chosen) send({ type: "move_points", points: [[chosen[0], ...to]] });
}

/** @param {Store} store @param {(command: Command) => void} send @param {readonly [number, number]} cursor */
function chooseOrAdd(store, send, [x, y]) {
  const near = shownPoints(store.get()).filter(([id, x1, x2]) => id >= 0 && Math.hypot(x1 - x, x2 - y) < 0.2);
  const found = near.sort((a, b) => Math.hypot(a[1] - x, a[2] - y) - Math.hypot(b[1] - x, b[2] - y))[0];
  if (found) store.dispatch({ type: "select", id: found[0] });
  else send({ type: "add_points", points: [[x, y, store.get().ui.brush]] });
}
