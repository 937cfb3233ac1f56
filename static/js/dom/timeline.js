/**
 * Hands on the bar of time: the scrubber by pointer and keyboard, its buttons, and the beat of playing what is recorded.
 * @import { Store } from "../store.js"
 * @import { State } from "../types"
 * @import { Send } from "./edits.js"
 */
import { stepAt, stepsOf, strideOf } from "../state/timeline.js";
import { stepsPerEpoch } from "../views/series.js";
import { landmarkFrom } from "../views/timeline.js";

/** Stops of a tour a second, and where motion is not wanted. */
const STOPS = 12;
const CALM_STOPS = 1;

/** How far keys of the scrubber go, in epochs. @type {Record<string, number>} */
const EPOCHS = { PageUp: 1, PageDown: -1 };

/** Where each button goes. @type {Record<string, (state: State) => number>} */
const PLACES = {
  back: (state) => stepAt(state) - 1,
  forward: (state) => stepAt(state) + 1,
  "epoch-back": (state) => stepAt(state) - stepsPerEpoch(state),
  "epoch-forward": (state) => stepAt(state) + stepsPerEpoch(state),
  newest: (state) => stepsOf(state).last,
  "mark-before": (state) => landmarkFrom(state, -1)?.step ?? stepAt(state),
  "mark-after": (state) => landmarkFrom(state, 1)?.step ?? stepAt(state),
};

/** @param {HTMLElement} bar @param {Store} store @param {Send} send */
export function listenToTimeline(bar, store, send) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let beat = 0;
  const stops = () => (calm.matches ? CALM_STOPS : STOPS);
  const tour = (/** @type {0 | 1 | -1} */ direction) => store.dispatch({ type: "tour", direction, stride: strideOf(store.get(), stops()) });

  store.subscribe(() => {
    const on = store.get().timeline.tour !== null;
    if (on === Boolean(beat)) return;
    clearInterval(beat);
    beat = on ? window.setInterval(() => store.dispatch({ type: "tour-on" }), 1000 / stops()) : 0;
  });

  const go = (/** @type {string} */ name) => {
    const now = store.get().timeline.tour?.direction ?? 0;
    if (name === "rewind") tour(now === -1 ? 0 : -1);
    else if (name === "replay") tour(now === 1 ? 0 : 1);
    else store.dispatch({ type: "travel", step: PLACES[name](store.get()) });
  };

  bar.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button?.dataset.travel) go(button.dataset.travel);
  });
  bar.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.id === "scrubber") store.dispatch({ type: "travel", step: Number(target.value) });
  });
  bar.addEventListener("keydown", (event) => {
    if (!(event.target instanceof HTMLElement) || event.target.id !== "scrubber" || !(event.key in EPOCHS)) return;
    event.preventDefault();
    const state = store.get();
    store.dispatch({ type: "travel", step: stepAt(state) + EPOCHS[event.key] * stepsPerEpoch(state) });
  });
  bar.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement) || target.id !== "tour-pace") return;
    store.dispatch({ type: "pace", pace: Number(target.value) });
    tour(store.get().timeline.tour?.direction ?? 0);
  });
  return {
    buttons: {
      // Whoever stops the playing of what is recorded does not want training to go on from there.
      play: () => (store.get().timeline.tour ? tour(0) : send({ type: "play" })),
      "epoch-back": () => go("epoch-back"),
      "epoch-forward": () => go("epoch-forward"),
    },
  };
}
