/**
 * Hands on the walk through one step: its buttons and samples, the diagram whose lines and units are taken apart while it is
 * open, and the formulas that go into their places.
 * @import { Store } from "../store.js"
 * @import { Command, State, Walk, WeightRef } from "../types"
 * @import { Diagram } from "./diagram.js"
 */
import { openWalk, sampleProblem, unitChain } from "../state/phaseview.js";
import { putLongMath, putMath } from "./mathml.js";

const REACH = 10;
/** A press that wanders further than this is no click. */
const WANDER = 4;

/**
 * @param {HTMLElement} panel
 * @param {HTMLElement} network the diagram's element
 * @param {Store} store
 * @param {(command: Command) => void} send
 * @param {Diagram} diagram
 */
export function listenToWalk(panel, network, store, send, diagram) {
  panel.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-walk], [data-apart]") : null;
    if (!(button instanceof HTMLElement)) return;
    if (button.dataset.walk) send({ type: "walk", ...JSON.parse(button.dataset.walk) });
    else store.dispatch({ type: "take-apart", what: JSON.parse(button.dataset.apart ?? "null") });
  });
  panel.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.id === "walk-sample") return chooseSample(target.value);
    if (!(target instanceof HTMLSelectElement)) return;
    const value = target.value === "" ? null : Number(target.value);
    const { layer } = store.get().phaseview.chosen;
    if (target.dataset.walkChoice === "layer") store.dispatch({ type: "list-parameters", chosen: { layer: value, unit: null } });
    if (target.dataset.walkChoice === "unit") store.dispatch({ type: "list-parameters", chosen: { layer, unit: value } });
  });

  /** By its place in the batch; a place that is not there stays marked. @param {string} typed */
  function chooseSample(typed) {
    const { samples } = store.get().phaseview.batch;
    store.dispatch({ type: "type-sample", typed });
    if (!sampleProblem(typed, samples.length)) send({ type: "walk", sample: samples[Number(typed) - 1] });
  }

  // While a step is open the diagram is there to be read: a press takes apart instead of pulling or editing.
  /** @type {{x: number, y: number} | null} */
  let press = null;
  network.addEventListener(
    "pointerdown",
    (event) => {
      if (!openWalk(store.get()) || event.button !== 0) return;
      press = { x: event.clientX, y: event.clientY };
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  network.addEventListener(
    "pointerup",
    (event) => {
      const walk = openWalk(store.get());
      if (!press || !walk || Math.hypot(event.clientX - press.x, event.clientY - press.y) > WANDER) return void (press = null);
      press = null;
      const box = network.getBoundingClientRect();
      const { ref, unit } = diagram.at(event.clientX - box.left, event.clientY - box.top, REACH);
      takeApart(walk, ref, unit);
    },
    { capture: true },
  );
  network.addEventListener(
    "keydown",
    (event) => {
      const [walk, { stop }] = [openWalk(store.get()), store.get().diagram];
      if (event.key !== "Enter" || !walk || !stop) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      if (stop.kind === "weight") takeApart(walk, stop.ref, null);
      else if (stop.column) takeApart(walk, null, [stop.column - 1, stop.row]);
    },
    { capture: true },
  );

  /** @param {Walk} walk @param {WeightRef | null} ref @param {readonly [number, number] | null} unit */
  function takeApart(walk, ref, unit) {
    if (ref) store.dispatch({ type: "take-apart", what: { ...ref, of: "weight" } });
    else if (unit) store.dispatch({ type: "take-apart", what: { layer: unit[0], unit: unit[1], input: null, of: unitChain(walk) } });
  }
}

/** The server's MathML into the places that the view left for it. @param {HTMLElement} panel @param {State} state */
export function fillWalk(panel, { phaseview: { walk, chain } }) {
  let changed = false;
  for (const place of panel.querySelectorAll("[data-math]")) {
    const name = /** @type {HTMLElement} */ (place).dataset.math ?? "";
    const source = SOURCES[name]?.(walk, chain) ?? walk?.numbers[Number(name)] ?? "";
    if (!source || (shown.get(place) === source && place.firstChild)) continue;
    // Symbols are written once, above; lines with numbers grow with the network.
    (name.endsWith("symbols") ? putMath : putLongMath)(place, source);
    shown.set(place, source);
    changed = true;
  }
  if (changed) makeScrollable(panel);
  showStop(panel, walk);
}

/** Formulas wider than their place are read by scrolling, from the keyboard too. @param {HTMLElement} panel */
function makeScrollable(panel) {
  for (const place of panel.querySelectorAll(".phases__symbols, .phases__numbers")) {
    if (place.scrollWidth > place.clientWidth) place.setAttribute("tabindex", "0");
    else place.removeAttribute("tabindex");
  }
}

/** The stop at hand stays in sight in a long row of them. @param {HTMLElement} panel @param {State["phaseview"]["walk"]} walk */
function showStop(panel, walk) {
  if (!walk?.open || shownStop.get(panel) === walk.stop) return;
  shownStop.set(panel, walk.stop);
  panel.querySelector("[aria-current=step]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** @type {WeakMap<Element, number>} */
const shownStop = new WeakMap();

/** What stands in each place. @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/** @type {Record<string, (walk: State["phaseview"]["walk"], chain: State["phaseview"]["chain"]) => string | undefined>} */
const SOURCES = {
  symbols: (walk) => walk?.symbols,
  "chain-symbols": (_, chain) => chain?.symbols,
  "chain-numbers": (_, chain) => chain?.numbers,
};
