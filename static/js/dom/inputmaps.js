/**
 * Asks for the inputs' pictures: once as they are first seen, and anew where the board is looked at beyond them.
 * @import { Store } from "../store.js"
 * @import { State } from "../types"
 */
import { inputsPlace } from "../state/inputsplace.js";
import { decodeFeatures } from "../wire.js";

/** Milliseconds that a view has stood still before pictures are asked for. */
const STILL = 250;

/** @param {Store} store */
export function createInputMaps(store) {
  let asked = "";
  let waiting = 0;
  return {
    /** @param {State} state */
    render(state) {
      const wanted = inputsPlace(state);
      if (wanted === asked) return;
      const first = !asked;
      asked = wanted;
      clearTimeout(waiting);
      waiting = window.setTimeout(() => void fetchMaps(store, wanted), first ? 0 : STILL);
    },
  };
}

/** Without an answer the old ones stay. @param {Store} store @param {string} query */
async function fetchMaps(store, query) {
  try {
    const file = await fetch(`/api/feature-maps${query}`);
    if (file.ok) store.dispatch({ type: "features", features: decodeFeatures(await file.arrayBuffer()) });
  } catch {
    return;
  }
}
