/**
 * The clock beside the wait for the session: only one that has lasted is spoken of, so that nothing flickers when a page opens as it should.
 * @import { Store } from "../store.js"
 * @import { State } from "../types"
 */
import { isComing } from "../state/coming.js";

/** Milliseconds after which somebody begins to wonder. */
const NOTICED = 1000;

/** @param {Store} store */
export function createComing(store) {
  let clock = 0;

  /** @param {boolean} late */
  const tell = (late) => store.dispatch({ type: "coming-late", late });

  /** @param {State} state */
  function follow(state) {
    const coming = isComing(state);
    if (coming && !clock) clock = window.setTimeout(tell, NOTICED, true);
    if (coming || !clock) return;
    clearTimeout(clock);
    clock = 0;
    tell(false);
  }

  store.subscribe(() => follow(store.get()));
  follow(store.get());
}
