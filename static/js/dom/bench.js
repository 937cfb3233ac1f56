/**
 * Hands on the tab of the bench: what is typed, which figure is shown, and the start.
 * @import { Store } from "../store.js"
 * @import { BenchState, Command } from "../types"
 */
import { benchCommand, benchHindrance, isBenching } from "../state/bench.js";

/** @param {HTMLElement} panel @param {Store} store @param {(command: Command) => void} send */
export function listenToBench(panel, store, send) {
  const change = (/** @type {Partial<Pick<BenchState, "sizes" | "epochs" | "measure">>} */ what) => store.dispatch({ type: "bench-form", change: what });
  panel.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.bench) change({ [target.dataset.bench]: target.value });
  });
  panel.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-bench-measure]") : null;
    if (button instanceof HTMLElement) change({ measure: button.dataset.benchMeasure === "score" ? "score" : "loss" });
  });
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    const state = store.get();
    const { command } = benchCommand(state);
    const waits = state.bench.inFlight !== null || isBenching(state);
    if (command && !waits && benchHindrance(state) === null) send(command);
  });
}
