/**
 * The panel of a lesson beside the playground: how wide it is, whether it is folded away, which side a phone shows, and where its
 * wide formulas can be scrolled.
 * @import { Store } from "../store.js"
 * @import { State } from "../types"
 */
import { inStorage } from "../keep.js";
import { WIDTHS } from "../state/lesson.js";
import { element } from "./element.js";

const KEY = "gradient-playground.lesson-panel";
/** Of the window, at most. */
const SHARE = 0.5;
/** @type {Record<string, number>} */
const WIDER = { ArrowRight: WIDTHS.step, ArrowLeft: -WIDTHS.step, PageUp: 5 * WIDTHS.step, PageDown: -5 * WIDTHS.step, Home: -Infinity, End: Infinity };

/** What was laid last. @type {{folded: boolean | null, width: number, side: string}} */
const laid = { folded: null, width: 0, side: "" };

/** @param {State} state */
export function layPanel({ lesson: { folded, width, side, begun, failed, script } }) {
  const root = document.documentElement;
  // Until the first experiment stands there is nothing to look at but another one's.
  if (!root.dataset.lessonReady && (failed !== null || (begun !== null && script === null))) root.dataset.lessonReady = "";
  if (folded === laid.folded && width === laid.width && side === laid.side) return;
  Object.assign(laid, { folded, width, side });
  root.dataset.lesson = folded ? "folded" : "open";
  root.dataset.side = side;
  root.style.setProperty("--lesson-width", `${width}px`);
  inStorage(() => localStorage.setItem(KEY, JSON.stringify({ width })));
}

/** @param {HTMLElement} place @param {Store} store */
export function listenToGrip(place, store) {
  const wider = (/** @type {number} */ width) =>
    store.dispatch({ type: "lesson", change: { width: Math.round(Math.max(WIDTHS.least, Math.min(WIDTHS.most, SHARE * window.innerWidth, width))) } });
  wider(keptWidth());
  place.addEventListener("pointerdown", (event) => {
    const grip = event.target;
    if (!(grip instanceof HTMLElement) || grip.id !== "lesson-grip") return;
    grip.setPointerCapture(event.pointerId);
    const [from, width] = [event.clientX, store.get().lesson.width];
    const move = (/** @type {PointerEvent} */ { clientX }) => wider(width + clientX - from);
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true });
  });
  place.addEventListener("keydown", (event) => {
    if (event.target !== element("lesson-grip") || !(event.key in WIDER)) return;
    event.preventDefault();
    wider(store.get().lesson.width + WIDER[event.key]);
  });
  new MutationObserver(() => makeScrollable(place)).observe(place, { childList: true, subtree: true });
}

/** Once what has changed stands on the page. @param {() => void} then */
export function afterDrawing(then) {
  requestAnimationFrame(() => requestAnimationFrame(then));
}

function keptWidth() {
  const text = inStorage(() => localStorage.getItem(KEY));
  const width = Number(text && JSON.parse(text).width);
  return width > 0 ? width : WIDTHS.first;
}

/** What is wider than the panel is read by scrolling, from the keyboard too. @param {HTMLElement} place */
function makeScrollable(place) {
  for (const wide of place.querySelectorAll(".prose :is(math[display=block], table, pre)")) {
    if (wide.scrollWidth > wide.clientWidth + 1) wide.setAttribute("tabindex", "0");
    else wide.removeAttribute("tabindex");
  }
}
