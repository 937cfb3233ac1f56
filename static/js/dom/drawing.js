/**
 * Hands on the tab "Draw": strokes of mouse, pen or finger with every place between two frames, clearing, and rows of the data set.
 * @import { Store } from "../store.js"
 * @import { Place } from "../types"
 */
import { shownPoints } from "../state/points.js";

/** @param {HTMLElement} panel @param {Store} store */
export function listenToDrawing(panel, store) {
  panel.addEventListener("pointerdown", (event) => {
    const pad = padOf(event.target);
    if (!pad || event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    store.dispatch({ type: "draw", points: [placeOn(pad, event)], begins: true });
  });
  panel.addEventListener("pointermove", (event) => {
    const pad = padOf(event.target);
    if (!pad || !store.get().drawing.pen || !event.isPrimary) return;
    const all = event.getCoalescedEvents?.() ?? [];
    store.dispatch({ type: "draw", points: (all.length ? all : [event]).map((each) => placeOn(pad, each)), begins: false });
  });
  const lift = () => store.dispatch({ type: "draw-end" });
  panel.addEventListener("pointerup", lift);
  panel.addEventListener("pointercancel", lift);
  panel.addEventListener("lostpointercapture", lift);
  panel.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.id === "drawing-row") lookAtRow(store, Number(target.value));
  });
  return {
    buttons: {
      "draw-clear": () => store.dispatch({ type: "draw-clear" }),
      "next-wrong": () => lookAtNextWrong(store),
    },
  };
}

/** @param {EventTarget | null} target */
function padOf(target) {
  return target instanceof HTMLElement && target.id === "drawing-pad" ? target : null;
}

/** @param {HTMLElement} pad @param {PointerEvent} event @returns {Place} */
function placeOn(pad, { clientX, clientY }) {
  const { left, top, width, height } = pad.getBoundingClientRect();
  return [(clientX - left) / width, (clientY - top) / height];
}

/** Rows count from 1, as in the table of points; an emptied box is no row. @param {Store} store @param {number} number */
function lookAtRow(store, number) {
  if (!number) return store.dispatch({ type: "look-at", sample: null });
  const point = shownPoints(store.get())[number - 1];
  if (point && point[0] >= 0) store.dispatch({ type: "look-at", sample: { row: point[0] } });
}

/** The next point that the network takes for another class, from the first again after the last. @param {Store} store */
function lookAtNextWrong(store) {
  const { points, wrong, inspect } = store.get();
  const { sample } = inspect;
  const at = sample && "row" in sample ? points.findIndex(([id]) => id === sample.row) : -1;
  const next = [...points.slice(at + 1), ...points.slice(0, at + 1)].find(([id]) => wrong.has(id));
  if (next) store.dispatch({ type: "look-at", sample: { row: next[0] } });
}
