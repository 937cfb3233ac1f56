/**
 * What the page knows of keeping its session: until when, that it is not kept just now, that it has come back after the line was
 * lost, and which sessions of one's own there were before. Pure.
 * @import { KeepingState, Saving, State, Welcome } from "../types"
 */

/** @param {State} state @param {Partial<KeepingState>} change @returns {State} */
function changed(state, change) {
  const names = /** @type {(keyof KeepingState)[]} */ (Object.keys(change));
  if (names.every((name) => state.keeping[name] === change[name])) return state;
  return { ...state, keeping: { ...state.keeping, ...change } };
}

/** @param {State} state @param {Welcome} welcome @param {State} before @returns {State} */
function welcomed(state, { resumed, kept_until: until = null }, before) {
  return changed(state, { until, unsaved: null, retry: null, returning: resumed && before.connection === "lost" });
}

/** The first state after the line was lost tells from where it goes on. @param {State} state @param {{step: number}} server @returns {State} */
function stateTold(state, { step }) {
  if (!state.keeping.returning) return state;
  const text = `Back: the session goes on from step ${step}.`;
  return changed({ ...state, notice: { kind: "info", about: "back", text } }, { returning: false });
}

/** @param {State} state @param {Saving} saving @returns {State} */
function savingTold(state, { ok, message }) {
  return changed(state, { unsaved: ok ? null : message });
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: {
    keeping: /** @type {KeepingState} */ ({ until: null, unsaved: null, retry: null, returning: false, own: [], offer: false, open: false }),
  },
  actions: { keeping: (state, { change }) => changed(state, change) },
  messages: { welcome: welcomed, state: stateTold, saving: savingTold },
};
