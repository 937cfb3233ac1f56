/**
 * The one place that holds state over time: an action goes in, listeners hear that something changed.
 * @import { Action, State } from "./types"
 */

/**
 * @param {(state: State, action: Action) => State} reduce
 * @param {State} initial
 */
export function createStore(reduce, initial) {
  let state = initial;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  return {
    /** @returns {State} */
    get: () => state,
    /** @param {Action} action */
    dispatch(action) {
      const before = state;
      state = reduce(state, action);
      if (state !== before) for (const listener of listeners) listener();
    },
    /** @param {() => void} listener */
    subscribe: (listener) => listeners.add(listener),
  };
}

/** @typedef {ReturnType<typeof createStore>} Store */
