/**
 * The session as the server tells it, the connection to it, and the vocabulary that both sides speak.
 * @import { Connection, Phase, State } from "../types"
 */
import { shared } from "./shared.js";

/** @param {State} state @param {{phase: Phase, step: number, epoch: number}} message @returns {State} */
function phaseChanged(state, { phase, step, epoch }) {
  return state.server ? { ...state, server: { ...state.server, phase, step, epoch } } : state;
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { connection: /** @type {Connection} */ ("connecting"), session: null, nextId: 1, schema: null, server: null },
  actions: {
    schema: (state, { schema }) => ({ ...state, schema }),
    session: (state, { session }) => ({ ...state, session }),
    connection: (state, { connection }) => ({ ...state, connection }),
    sent: (state, { command }) => ({ ...state, nextId: command.id + 1 }),
  },
  messages: {
    welcome: (state, { session }) => ({ ...state, connection: "open", session }),
    state: (state, server) => ({ ...state, server: shared(state.server, server) }),
    phase: phaseChanged,
  },
};
