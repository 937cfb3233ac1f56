/**
 * Hands on the strip over the board: the tool, the brush's size, toggles, zooming, which part the chosen belong to.
 * @import { Store } from "../store.js"
 * @import { Send } from "./edits.js"
 * @import { Part, Tools } from "../types"
 */
import { homeOf } from "../state/look.js";
import { ZOOM, zoomBy } from "./boardkeys.js";
import { setPart } from "./edits.js";

/** @param {HTMLElement} root @param {Store} store @param {Send} send */
export function listenToTools(root, store, send) {
  root.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.dataset.tool) return;
    store.dispatch({ type: "tools", change: { tool: /** @type {Tools["tool"]} */ (target.dataset.tool) } });
  });
  root.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.radius)
      store.dispatch({ type: "tools", change: { radius: Number(target.value) } });
  });
  root.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button) pressed(store, send, button.dataset);
  });
}

/** @param {Store} store @param {Send} send @param {DOMStringMap} data of a button */
function pressed(store, send, { toggle, zoom, toPart }) {
  const { tools, schema, surface } = store.get();
  if (toggle === "discretise") store.dispatch({ type: "tools", change: { discretise: !tools.discretise } });
  if (toggle === "surface") store.dispatch({ type: "surface", change: { on: !surface.on } });
  if (toggle === "residuals") store.dispatch({ type: "tools", change: { residuals: !tools.residuals } });
  if (toggle === "tests") store.dispatch({ type: "tools", change: { tests: !tools.tests } });
  if (zoom === "home") store.dispatch({ type: "look", look: homeOf(schema) });
  else if (zoom) zoomBy(store, zoom === "in" ? 1 / ZOOM : ZOOM);
  if (toPart) setPart(store, send, /** @type {Part} */ (toPart));
}
