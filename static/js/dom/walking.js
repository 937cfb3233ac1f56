/**
 * The network diagram from the keyboard, and its editor of one weight.
 * @import { Store } from "../store.js"
 * @import { Stop, WeightRef } from "../types"
 * @import { Diagram } from "./diagram.js"
 */
import { numbersOf } from "../state/diagram.js";
import { FROZEN_PATH, frozenOf, toggledFrozen } from "../state/frozen.js";
import { biasStop, FIRST_STOP, walked } from "../state/walk.js";

const ARROWS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);
/** @type {Readonly<Record<string, number>>} */
const NUDGES = { "+": 0.1, "=": 0.1, "-": -0.1, "−": -0.1, PageUp: 1, PageDown: -1 };

/**
 * @param {HTMLElement} root the diagram
 * @param {HTMLElement} editor
 * @param {Store} store
 * @param {Diagram} diagram
 */
export function listenToWalking(root, editor, store, diagram) {
  root.addEventListener("focus", () => {
    if (root.matches(":focus-visible") && !store.get().diagram.stop) go(FIRST_STOP);
  });
  root.addEventListener("blur", () => store.get().diagram.editing || go(null));
  root.addEventListener("pointerdown", () => go(null));
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (keyed(event.key)) event.preventDefault();
  });

  /** @param {Stop | null} stop */
  function go(stop) {
    store.dispatch({ type: "stop", stop });
    if (!stop) return;
    const [column, row] = stop.kind === "unit" ? [stop.column, stop.row] : [stop.ref.layer + 1, stop.ref.unit];
    const scroller = root.closest(".diagram-scroll");
    const { x } = diagram.place(column, row);
    if (scroller) scroller.scrollLeft = Math.min(Math.max(scroller.scrollLeft, x + 60 - scroller.clientWidth), x - 60);
  }

  /** @param {string} key @returns {boolean} whether it meant something */
  function keyed(key) {
    const state = store.get();
    const layers = state.server?.layers;
    if (!layers) return false;
    const stop = state.diagram.stop;
    if (ARROWS.has(key)) return (go(stop ? walked(layers, stop, key) : FIRST_STOP), true);
    if (!stop) return false;
    if (key.toLowerCase() === "b") return (go(biasStop(stop)), true);
    const at = biasOr(stop);
    if (!at) return false;
    if (key === "Enter") return (edit(at), true);
    if (key === "Escape") return (root.blur(), true);
    if (key.toLowerCase() === "f") return (freeze(at), true);
    return key in NUDGES && (nudge(at, NUDGES[key]), true);
  }

  /** @param {WeightRef} ref */
  function freeze(ref) {
    const value = /** @type {any} */ (toggledFrozen(frozenOf(store.get()), ref));
    store.dispatch({ type: "draft", path: FROZEN_PATH, value, final: true });
  }

  /** @param {WeightRef} ref @param {number} by */
  function nudge(ref, by) {
    const before = numbersOf(store.get(), ref).weight ?? 0;
    store.dispatch({ type: "pull-weight", ref, value: Number((before + by).toPrecision(12)), held: false });
  }

  /** @param {WeightRef} ref */
  function edit(ref) {
    store.dispatch({ type: "stop", stop: { kind: "weight", ref } });
    store.dispatch({ type: "edit-weight", ref });
  }

  editor.addEventListener("input", ({ target }) => {
    if (isNumber(target)) store.dispatch({ type: "type-weight", text: target.value, final: false });
  });
  editor.addEventListener("change", ({ target }) => isNumber(target) && apply(target.value));
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && isNumber(event.target)) apply(event.target.value);
    else return;
    event.preventDefault();
  });
  editor.addEventListener("click", ({ target }) => {
    const ref = store.get().diagram.editing?.ref;
    const button = target instanceof Element ? target.closest("button[data-nudge]") : null;
    if (ref && button instanceof HTMLElement) nudge(ref, Number(button.dataset.nudge));
    if (target instanceof Element && target.closest("[data-action=close-weight]")) close();
  });

  /** What was not typed is not asked for. @param {string} text */
  function apply(text) {
    if (store.get().diagram.editing?.text !== null) store.dispatch({ type: "type-weight", text, final: true });
  }

  function close() {
    const ref = store.get().diagram.editing?.ref;
    store.dispatch({ type: "edit-weight", ref: null });
    if (!ref) return;
    store.dispatch({ type: "stop", stop: { kind: "weight", ref } });
    root.focus();
  }
}

/** On a unit, what can be changed is its bias. @param {Stop} stop @returns {WeightRef | null} */
function biasOr(stop) {
  const bias = stop.kind === "weight" ? stop : biasStop(stop);
  return bias.kind === "weight" ? bias.ref : null;
}

/** @param {EventTarget | null} target @returns {target is HTMLInputElement} */
function isNumber(target) {
  return target instanceof HTMLInputElement && target.id === "weight-value";
}
