/**
 * Hands on the plane that the board shows: which two inputs, slice or components, and the sliders of the others.
 * @import { Store } from "../store.js"
 * @import { Plane } from "../types"
 */
import { heldElsewhere, planeOf, turnedTo } from "../state/plane.js";
import { rawAtPlace } from "../views/plane.js";

/** @param {HTMLElement} root the board's panel @param {Store} store */
export function listenToPlane(root, store) {
  const lay = (/** @type {Plane} */ plane) => store.dispatch({ type: "plane", plane });
  root.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.dataset.planeSearch) store.dispatch({ type: "plane-search", search: target.value });
    const input = Number(target.dataset.held ?? -1);
    const column = store.get().server?.inputs?.[input];
    if (column) lay(heldElsewhere(planeOf(store.get()), [[input, rawAtPlace(column, Number(target.value))]]));
  });
  root.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement)) return;
    const plane = planeOf(store.get());
    if (target.dataset.axis) lay(turnedTo(plane, target.dataset.axis === "1" ? 1 : 0, Number(target.value)));
    if (target.dataset.heldGroup) lay(chosenOf(plane, JSON.parse(target.dataset.heldGroup), target.value));
  });
  root.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    const { planeKind: kind, planeAt: at } = button?.dataset ?? {};
    const plane = planeOf(store.get());
    if (kind) lay({ ...plane, kind: kind === "pca" ? "pca" : "slice" });
    if (at) lay({ ...plane, row: at === "row" ? store.get().ui.selected[0] : null, values: [] });
  });
}

/** One category of a column, or where the plane lies without a choice. @param {Plane} plane @param {number[]} group @param {string} choice @returns {Plane} */
function chosenOf(plane, group, choice) {
  if (choice === "") return { ...plane, values: plane.values.filter(([input]) => !group.includes(input)) };
  return heldElsewhere(plane, group.map((input, row) => [input, Number(row === Number(choice))]));
}
