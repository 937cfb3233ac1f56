/**
 * Hands on the contours: the start is dragged with mouse or finger, set by a click, moved with arrow keys.
 * @import { Store } from "./races.js"
 */
import { groundOf } from "../../state/descent/race.js";
import { areaOf, toBoard, toPixels } from "../../views/board.js";
import { squareOf } from "../../views/descent/contours.js";

/** @type {Record<string, readonly [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
/** Of the drawn square's half width: an arrow key's step, and with Shift. */
const [STEP, SMALL] = [0.05, 0.005];
/** From this near, in pixels, a finger that wants to scroll takes the start instead. */
const REACH = 34;

/** @param {Store} store @param {HTMLElement} contours */
export function listenToContours(store, contours) {
  /** @type {number | null} */ let pointer = null;

  const area = () => {
    const ground = groundOf(store.get());
    const size = contours.clientWidth;
    return ground && size ? areaOf(size, size, squareOf(ground)) : null;
  };

  /** @param {{clientX: number, clientY: number}} event @returns {[number, number]} pixels */
  const placeIn = ({ clientX, clientY }) => {
    const { left, top } = contours.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };

  /** @param {PointerEvent} event */
  function move(event) {
    const here = area();
    if (here) store.dispatch({ type: "start", at: toBoard(here, ...placeIn(event)) });
  }

  /** Whether a finger is on the start: anywhere else it scrolls the page. @param {Touch} touch */
  function takes(touch) {
    const here = area();
    const { settings } = store.get();
    if (!here || !settings) return false;
    const [x, y] = toPixels(here, ...settings.start);
    const [left, top] = placeIn(touch);
    return Math.hypot(left - x, top - y) <= REACH;
  }

  contours.addEventListener("touchstart", (event) => takes(event.changedTouches[0]) && event.preventDefault(), { passive: false });
  contours.addEventListener("pointerdown", (event) => {
    if (event.button || pointer !== null) return;
    pointer = event.pointerId;
    contours.setPointerCapture(pointer);
    store.dispatch({ type: "drag", on: true });
    contours.focus({ preventScroll: true });
    move(event);
  });
  contours.addEventListener("pointermove", (event) => event.pointerId === pointer && move(event));
  const end = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    store.dispatch({ type: "drag", on: false });
  };
  contours.addEventListener("pointerup", end);
  contours.addEventListener("pointercancel", end);
  contours.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    const ground = groundOf(store.get());
    const { settings } = store.get();
    if (!arrow || !ground || !settings || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const far = squareOf(ground).extent * (event.shiftKey ? SMALL : STEP);
    const [x, y] = settings.start.map((value, axis) => nudged(value, arrow[axis] * far, ground.domain[axis]));
    store.dispatch({ type: "start", at: [x, y] });
  });
}

/** @param {number} value @param {number} by @param {readonly [number, number]} bounds */
function nudged(value, by, [low, high]) {
  return Math.max(low, Math.min(high, Number((value + by).toFixed(6))));
}
