/**
 * Hands that move the view: wheel, two fingers, a drag with the middle button or with Space held.
 * @import { Store } from "../store.js"
 * @import { Look, Place } from "../types"
 * @import { Press, Spot } from "./pointer.js"
 */
import { lookOf, zoomed } from "../state/look.js";
import { areaOf, toExact } from "../views/board.js";

/** A wheel that counts in lines: so many pixels each. */
const LINE = 16;
/** How much nearer a pixel of the wheel brings; a trackpad's pinch comes in smaller pixels. */
const WHEEL = 0.0015;
const TRACKPAD = 0.01;

/** @param {HTMLElement} layer @param {Store} store @param {(event: MouseEvent) => Spot} find */
export function listenToWheel(layer, store, find) {
  const turn = (/** @type {WheelEvent} */ event) => {
    event.preventDefault();
    const { area, x, y } = find(event);
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE);
    const factor = Math.exp(pixels * (event.ctrlKey ? TRACKPAD : WHEEL));
    const look = zoomed(area, toExact(area, x, y), Math.max(0.5, Math.min(2, factor)));
    store.dispatch({ type: "look", look });
  };
  layer.addEventListener("wheel", turn, { passive: false });
}

/** @param {HTMLElement} layer @param {Store} store @param {Spot} start @returns {Press} */
export function pan(layer, store, start) {
  const { centre, extent } = lookOf(store.get());
  const origin = toExact(start.area, start.x, start.y);
  const end = () => delete layer.dataset.panning;
  layer.dataset.panning = "true";
  return {
    move({ x, y }) {
      const [x1, x2] = toExact(start.area, x, y);
      const moved = /** @type {const} */ ([centre[0] - (x1 - origin[0]), centre[1] - (x2 - origin[1])]);
      store.dispatch({ type: "look", look: { centre: moved, extent } });
    },
    up: end,
    cancel: end,
  };
}

/**
 * Two fingers: what lay between them stays between them, and as much of it as there was.
 * @param {Store} store @param {readonly Spot[]} start
 */
export function pinch(store, start) {
  const look = lookOf(store.get());
  const { x, y, distance } = between(start);
  const area = { ...start[0].area, ...look };
  const held = toExact(area, x, y);
  return {
    /** @param {readonly Spot[]} now */
    move(now) {
      const hands = between(now);
      const near = zoomed(look, held, distance / Math.max(1, hands.distance));
      store.dispatch({ type: "look", look: carried(near, { ...area, ...near }, held, hands) });
    },
  };
}

/** @param {readonly Spot[]} spots @returns {{x: number, y: number, distance: number}} in pixels */
function between([a, b]) {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, distance: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)) };
}

/**
 * `look` shifted so that the place `held` lies under the hands.
 * @param {Look} look @param {ReturnType<typeof areaOf>} area @param {Place} held @param {{x: number, y: number}} hands
 * @returns {Look}
 */
function carried({ centre, extent }, area, held, { x, y }) {
  const [x1, x2] = toExact(area, x, y);
  return { centre: [centre[0] + held[0] - x1, centre[1] + held[1] - x2], extent };
}

/**
 * Space over the board is a hand that pans; pressed and let go without a drag it means what it always means: play, or the
 * control that has the focus.
 * @param {HTMLElement} layer
 */
export function listenToSpace(layer) {
  let over = false;
  let held = false;
  let used = false;
  const typing = (/** @type {EventTarget | null} */ target) =>
    target instanceof Element && target.closest("input:not([type=range], [type=radio], [type=checkbox]), select, textarea") !== null;
  layer.addEventListener("pointerenter", () => (over = true));
  layer.addEventListener("pointerleave", () => (over = false));
  const show = (/** @type {boolean} */ now) => {
    held = now;
    if (held) layer.dataset.pan = "true";
    else delete layer.dataset.pan;
  };
  const down = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== " " || typing(event.target) || document.querySelector("dialog:modal")) return;
    if (!over && !held) return;
    event.preventDefault();
    if (!event.repeat) used = false;
    show(true);
  };
  const up = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== " " || !held) return;
    event.preventDefault();
    show(false);
    const own = event.target instanceof Element ? event.target.closest("button, input, summary, a") : null;
    const pressed = own ?? document.getElementById("button-play");
    if (!used && pressed instanceof HTMLElement) pressed.click();
  };
  document.addEventListener("keydown", down, { capture: true });
  document.addEventListener("keyup", up, { capture: true });
  window.addEventListener("blur", () => show(false));
  return {
    /** Asked when a press begins: from then on it is no press of the play button. */
    isHeld() {
      used ||= held;
      return held;
    },
  };
}
