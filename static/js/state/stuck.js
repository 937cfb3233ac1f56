/**
 * A run that has diverged trains no further until something is changed. Whoever has begun it anew need not wait for the
 * answer: on the way it stands behind that in the row, so the step asked for next is one that can be taken.
 * @import { SentCommand, State } from "../types"
 */

/** Commands after which a run can go on, whatever had become of it. */
const BEGINS_ANEW = new Set(["reset", "new_weights"]);

/** Whether training cannot be asked for. @param {State} state */
export function isStuck({ server, leaving }) {
  return server?.phase === "diverged" && leaving === null;
}

/** @param {State} state @param {{command: SentCommand}} action @returns {State} */
function sent(state, { command: { type, id } }) {
  return state.server?.phase === "diverged" && BEGINS_ANEW.has(type) ? { ...state, leaving: id } : state;
}

/** @param {State} state @returns {State} */
function settled(state) {
  return state.leaving === null ? state : { ...state, leaving: null };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { leaving: null },
  actions: { sent, connection: settled },
  messages: {
    phase: settled,
    error: (state, { id }) => (id !== null && id === state.leaving ? settled(state) : state),
  },
};
