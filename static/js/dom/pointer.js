/**
 * Hands on the board: mouse, touch and pen. Says which press belongs to which tool; what a tool does with it is
 * `dom/presses.js`, moving the view is `dom/zoom.js`, keys are `dom/boardkeys.js`. Knows no socket and draws nothing.
 * @import { Store } from "../store.js"
 * @import { Area } from "../views/board.js"
 * @import { Place, PointRow } from "../types"
 * @import { Send } from "./edits.js"
 */
import { lookOf } from "../state/look.js";
import { visiblePoints } from "../state/points.js";
import { areaOf, pointAt, toBoard } from "../views/board.js";
import { boardKey } from "./boardkeys.js";
import { remove } from "./edits.js";
import { PRESSES } from "./presses.js";
import { listenToSpace, listenToWheel, pan, pinch } from "./zoom.js";

/** How near a hand must come to a point, in pixels. @type {Readonly<Record<string, number>>} */
const REACH = { mouse: 10, pen: 12, touch: 22 };

/** @typedef {{x: number, y: number, at: Place, area: Area, point: PointRow | null, shift: boolean, touch: boolean}} Spot a hand's place */
/** @typedef {{move: (spot: Spot) => void, up: (spot: Spot) => void, cancel: () => void}} Press what a tool makes of one press */

/**
 * @param {HTMLElement} layer the overlay that catches hands
 * @param {Store} store
 * @param {Send} send
 */
export function listenToBoard(layer, store, send) {
  /** @type {{id: number, press: Press} | null} */
  let held = null;
  /** @type {Map<number, Spot>} */
  const fingers = new Map();
  /** @type {ReturnType<typeof pinch> | null} */
  let pinching = null;
  const space = listenToSpace(layer);
  const find = (/** @type {MouseEvent} */ event) => spotOf(layer, store, event);
  const letGo = () => {
    held?.press.cancel();
    held = null;
  };

  layer.addEventListener("pointerdown", (event) => {
    const spot = find(event);
    if (spot.touch) fingers.set(event.pointerId, spot);
    if (fingers.size === 2) {
      letGo();
      pinching = pinch(store, [...fingers.values()]);
    }
    const panning = event.button === 1 || (event.button === 0 && space.isHeld());
    if (held || pinching || (event.button !== 0 && !panning)) return;
    layer.setPointerCapture(event.pointerId);
    if (panning) event.preventDefault();
    store.dispatch({ type: "cursor", at: null });
    const press = panning ? pan(layer, store, spot) : PRESSES[store.get().tools.tool](store, send, spot);
    held = { id: event.pointerId, press };
  });
  layer.addEventListener("pointermove", (event) => {
    const spot = find(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, spot);
    if (pinching) return fingers.size === 2 ? pinching.move([...fingers.values()]) : undefined;
    store.dispatch({ type: "point-at", at: spot.at });
    if (held?.id === event.pointerId) held.press.move(spot);
    else if (!held) store.dispatch({ type: "hover", id: spot.point?.[0] ?? null });
  });
  const ended = (/** @type {PointerEvent} */ event, /** @type {boolean} */ cancelled) => {
    fingers.delete(event.pointerId);
    if (!fingers.size) pinching = null;
    if (held?.id !== event.pointerId) return;
    if (cancelled) return letGo();
    const { press } = held;
    held = null;
    press.up(find(event));
  };
  layer.addEventListener("pointerup", (event) => ended(event, false));
  layer.addEventListener("pointercancel", (event) => ended(event, true));
  layer.addEventListener("pointerleave", () => {
    store.dispatch({ type: "hover", id: null });
    store.dispatch({ type: "point-at", at: store.get().ui.cursor });
  });
  layer.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    const { point } = find(event);
    if (point && !held) remove(store, send, [point[0]]);
  });
  layer.addEventListener("keydown", (event) => {
    if (boardKey(store, send, event)) event.preventDefault();
  });
  layer.addEventListener("blur", () => {
    if (store.get().ui.cursor) store.dispatch({ type: "point-at", at: null });
    store.dispatch({ type: "cursor", at: null });
  });
  listenToWheel(layer, store, find);
}

/** @param {HTMLElement} layer @param {Store} store @param {MouseEvent | PointerEvent} event @returns {Spot} */
function spotOf(layer, store, event) {
  const box = layer.getBoundingClientRect();
  const state = store.get();
  const area = areaOf(box.width, box.height, lookOf(state));
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  const kind = event instanceof PointerEvent ? event.pointerType : "mouse";
  const reach = REACH[kind] ?? REACH.mouse;
  const point = pointAt(visiblePoints(state), area, x, y, reach);
  return { x, y, at: toBoard(area, x, y), area, point, shift: event.shiftKey, touch: kind === "touch" };
}
