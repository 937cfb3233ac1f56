/**
 * The clock of a race that plays.
 * @import { Store } from "./races.js"
 */
import { lastStep } from "../../state/descent/race.js";

/** @param {Store} store */
export function keepPlaying(store) {
  let running = false;
  let last = 0;
  /** Steps that are due, with their fraction. */
  let due = 0;

  /** @param {number} now milliseconds */
  function tick(now) {
    const { playing, speed, step } = store.get();
    running = playing;
    if (!playing) return;
    due += ((now - last) / 1000) * speed;
    last = now;
    const whole = Math.floor(due);
    due -= whole;
    if (whole) store.dispatch({ type: "seek", step: step + whole });
    if (store.get().step >= lastStep(store.get())) store.dispatch({ type: "play", on: false });
    requestAnimationFrame(tick);
  }

  store.subscribe(() => {
    if (running || !store.get().playing) return;
    running = true;
    due = 0;
    last = performance.now();
    requestAnimationFrame(tick);
  });
}
