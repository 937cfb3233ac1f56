/**
 * Hands on the network diagram: hovering, clicking and pulling weights, looking at units. Knows no socket and draws nothing.
 * @import { Store } from "../store.js"
 * @import { State, WeightRef } from "../types"
 * @import { Diagram } from "./diagram.js"
 */
import { numbersOf, sameWeight } from "../state/diagram.js";

/** How near a hand must come to a line, in pixels. @type {Readonly<Record<string, number>>} */
const REACH = { mouse: 8, pen: 10, touch: 18 };
/** A press that wanders further than this is no click. */
const WANDER = 4;
/** A finger that stays this long on a unit asks for its picture; milliseconds. */
const LONG_PRESS = 450;
/** A pixel changes a weight by this much, or by this share of it where that is more; with Shift a tenth. */
const PER_PIXEL = 0.02;
const SHARE_PER_PIXEL = 0.01;

/** @typedef {{x: number, y: number, ref: WeightRef | null, start: number, moved: boolean, timer: number}} Press */

/**
 * @param {HTMLElement} root the diagram
 * @param {Store} store
 * @param {Diagram} diagram
 */
export function listenToDiagram(root, store, diagram) {
  /** @type {Press | null} */
  let press = null;
  const find = (/** @type {PointerEvent | Touch} */ event, /** @type {string} */ kind) => {
    const box = root.getBoundingClientRect();
    return diagram.at(event.clientX - box.left, event.clientY - box.top, REACH[kind] ?? REACH.mouse);
  };
  const look = (/** @type {readonly [number, number] | null} */ unit) => store.dispatch({ type: "point-unit", unit });

  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || press) return;
    const { ref, unit } = find(event, event.pointerType);
    const touch = event.pointerType === "touch";
    if (touch) look(null);
    const timer = touch ? window.setTimeout(() => look(unit), LONG_PRESS) : 0;
    const start = ref ? (numbersOf(store.get(), ref).weight ?? 0) : 0;
    press = { x: event.clientX, y: event.clientY, ref, start, moved: false, timer };
    if (ref && mayPull(store.get(), ref, touch)) root.setPointerCapture(event.pointerId);
    store.dispatch({ type: "hover-weight", ref });
    if (!ref) store.dispatch({ type: "edit-weight", ref: null });
  });
  root.addEventListener("pointermove", (event) => {
    if (!press) return event.pointerType === "touch" ? undefined : hover(event);
    press.moved ||= Math.hypot(event.clientX - press.x, event.clientY - press.y) > WANDER;
    if (!press.moved) return;
    clearTimeout(press.timer);
    if (!press.ref || !mayPull(store.get(), press.ref, event.pointerType === "touch")) return;
    const value = pulledTo(press.start, press.y - event.clientY, event.shiftKey);
    store.dispatch({ type: "pull-weight", ref: press.ref, value, held: true });
  });
  root.addEventListener("pointerup", () => {
    if (press?.ref && !press.moved) store.dispatch({ type: "edit-weight", ref: press.ref });
    end();
  });
  root.addEventListener("pointercancel", () => end());
  root.addEventListener("pointerleave", (event) => {
    if (press || event.pointerType === "touch") return;
    store.dispatch({ type: "hover-weight", ref: null });
    look(null);
  });
  // A finger that begins on the weight being edited pulls it; anywhere else it scrolls the page.
  root.addEventListener(
    "touchstart",
    (event) => {
      const { ref } = find(event.touches[0], "touch");
      if (ref && event.cancelable && mayPull(store.get(), ref, true)) event.preventDefault();
    },
    { passive: false },
  );

  /** @param {PointerEvent} event */
  function hover(event) {
    const { ref, unit } = find(event, event.pointerType);
    root.dataset.over = ref ? "weight" : unit ? "unit" : "";
    store.dispatch({ type: "hover-weight", ref });
    look(unit);
  }

  function end() {
    clearTimeout(press?.timer);
    press = null;
    store.dispatch({ type: "release-weight" });
  }
}

/** @param {State} state @param {WeightRef} ref @param {boolean} touch */
function mayPull(state, ref, touch) {
  return !touch || sameWeight(state.diagram.editing?.ref, ref);
}

/** @param {number} start @param {number} up pixels @param {boolean} fine */
function pulledTo(start, up, fine) {
  const step = Math.max(PER_PIXEL, SHARE_PER_PIXEL * Math.abs(start)) * (fine ? 0.1 : 1);
  return Number((start + up * step).toPrecision(6));
}
