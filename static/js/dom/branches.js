/**
 * Hands on the tab of branches: ticks, names, switching and dropping, and where the curves are read.
 * @import { Store } from "../store.js"
 * @import { BranchesState, Command } from "../types"
 */
import { scalesOf } from "../views/curves.js";

/** Of the width of the curves, for a press of an arrow key, alone and with Page Up and Down. */
const SMALL = 0.01;
const LARGE = 0.1;
/** @type {Record<string, number>} */
const KEYS = { ArrowLeft: -SMALL, ArrowDown: -SMALL, ArrowRight: SMALL, ArrowUp: SMALL, PageDown: -LARGE, PageUp: LARGE, Home: -1, End: 1 };

/**
 * @param {HTMLElement} panel the tab's @param {HTMLElement} room that the curves have
 * @param {Store} store @param {(command: Command) => void} send
 */
export function listenToBranches(panel, room, store, send) {
  const change = (/** @type {Partial<BranchesState>} */ what) => store.dispatch({ type: "branches", change: what });
  listenToList(panel, store, send, change);
  listenToNames(panel, store, send, change);
  listenToCurves(panel, store, change);
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.floor(contentRect.width);
    if (width && width !== store.get().branches.width) change({ width });
  }).observe(room);
}

/** @typedef {(what: Partial<BranchesState>) => void} Change */

/** @param {HTMLElement} panel @param {Store} store @param {(command: Command) => void} send @param {Change} change */
function listenToList(panel, store, send, change) {
  panel.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    const { branchAction: action, id, curvesPart: part, curvesLog: log } = button?.dataset ?? {};
    const branch = Number(id);
    if (action === "switch") send({ type: "switch_branch", branch });
    if (action === "drop") send({ type: "drop_branch", branch });
    if (action === "ask" || action === "keep") change({ dropping: action === "ask" ? branch : null });
    if (part) change({ part: /** @type {BranchesState["part"]} */ (part) });
    if (log !== undefined) change({ log: !store.get().branches.log });
  });
  panel.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset.compare === undefined) return;
    store.dispatch({ type: "compare-branch", branch: Number(target.dataset.compare), on: target.checked });
  });
}

/** A name is sent when it is done, as Enter and leaving the field say; Escape takes it back.
 * @param {HTMLElement} panel @param {Store} store @param {(command: Command) => void} send @param {Change} change */
function listenToNames(panel, store, send, change) {
  panel.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.name)
      change({ naming: { id: Number(target.dataset.name), text: target.value, inFlight: null } });
  });
  const done = (/** @type {HTMLInputElement} */ { dataset }) => {
    const { naming } = store.get().branches;
    if (!naming || naming.id !== Number(dataset.name) || naming.inFlight !== null) return;
    if (naming.text.trim()) send({ type: "name_branch", branch: naming.id, name: naming.text.trim() });
    else change({ naming: null });
  };
  panel.addEventListener("focusout", ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.name) done(target);
  });
  panel.addEventListener("keydown", (event) => {
    if (!(event.target instanceof HTMLInputElement) || !event.target.dataset.name) return;
    if (event.key === "Enter") done(event.target);
    if (event.key !== "Escape" || !store.get().branches.naming) return;
    event.stopPropagation();
    change({ naming: null });
  });
}

/** @param {HTMLElement} panel @param {Store} store @param {Change} change */
function listenToCurves(panel, store, change) {
  const curves = (/** @type {EventTarget | null} */ target) => (target instanceof Element ? target.closest("#curves") : null);
  const read = (/** @type {PointerEvent} */ event) => {
    const box = curves(event.target)?.getBoundingClientRect();
    if (!box) return;
    const { first, last, step } = scalesOf(store.get());
    change({ at: Math.max(first, Math.min(last, step(event.clientX - box.left))) });
  };
  panel.addEventListener("pointermove", read);
  panel.addEventListener("pointerdown", read);
  panel.addEventListener("pointerout", (event) => {
    if (curves(event.target) && !curves(event.relatedTarget)) change({ at: null });
  });
  panel.addEventListener("keydown", (event) => {
    if (!curves(event.target) || !(event.key in KEYS)) return;
    event.preventDefault();
    const { first, last } = scalesOf(store.get());
    const leap = Math.round(KEYS[event.key] * (last - first)) || Math.sign(KEYS[event.key]);
    change({ at: Math.max(first, Math.min(last, (store.get().branches.at ?? last) + leap)) });
  });
}
