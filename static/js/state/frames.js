/**
 * The newest frame of the session's network, the losses that frames have told, and which frames are to be acknowledged.
 * @import { Action, Frame, ServerState, State } from "../types"
 */
import { withLosses } from "./history.js";
import { shared } from "./shared.js";

/**
 * A frame of another run is thrown away, yet acknowledged like any other.
 * @param {State} state @param {Extract<Action, {type: "frame"}>} action @returns {State}
 */
function frameArrived(state, { frame }) {
  const unacknowledged = [...state.unacknowledged, frame.number];
  if (frame.revision !== state.server?.revision) return { ...state, unacknowledged };
  const { step, epoch } = frame;
  const moved = step !== state.server.step || epoch !== state.server.epoch;
  const server = moved ? { ...state.server, step, epoch } : state.server;
  return { ...state, server, frame: shared(state.frame, frame), unacknowledged, history: withLosses(state.history, frame) };
}

/**
 * What a slice makes of a frame, unless that was thrown away.
 * @param {(state: State) => State} handler @returns {(state: State, action: {frame: Frame}) => State}
 */
export function whenShown(handler) {
  return (state, { frame }) => (frame.revision === state.server?.revision ? handler(state) : state);
}

/**
 * Another network has no past. Of the same layers the old picture stays until the first new one: no flicker while a slider is dragged.
 * @param {State} state @param {ServerState} server @param {State} before @returns {State}
 */
function stateArrived(state, server, before) {
  if (server.revision === before.server?.revision) return state;
  return { ...state, history: [], frame: sameLayers(server, before.server) ? state.frame : null };
}

/** @param {ServerState} one @param {ServerState | null} other */
function sameLayers(one, other) {
  const shape = (/** @type {ServerState} */ { layers, spec }) => JSON.stringify([layers, spec.inputs]);
  return other !== null && shape(one) === shape(other);
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { frame: null, unacknowledged: [], history: [] },
  actions: {
    frame: frameArrived,
    drawn: (state) => (state.unacknowledged.length ? { ...state, unacknowledged: [] } : state),
    connection: (state) => ({ ...state, unacknowledged: [] }),
  },
  messages: {
    welcome: (state) => ({ ...state, history: [], frame: null }),
    state: stateArrived,
  },
};
