/**
 * The gradient check: asked once a press, its answer, and whether that answer still belongs to what the page shows.
 * @import { CheckState, Frame, GradientCheck, SentCommand, State } from "../types"
 */
import { whenShown } from "./frames.js";

/** @type {CheckState} */
const UNCHECKED = { told: null, inFlight: null, of: null, stale: false, row: null };

/** @param {State} state @param {Partial<CheckState>} change @returns {State} */
function changed(state, change) {
  return { ...state, check: { ...state.check, ...change } };
}

/** @param {State} state @param {{command: SentCommand}} action @returns {State} */
function checkSent(state, { command: { type, id } }) {
  return type === "check_gradient" ? changed(state, { inFlight: id }) : state;
}

/** Carried out or refused. @param {State} state @param {{id: number | null}} answer @returns {State} */
function checkAnswered(state, { id }) {
  return id !== null && state.check.inFlight === id ? changed(state, { inFlight: null }) : state;
}

/** Nobody is left to answer. @param {State} state @returns {State} */
function checkForgotten(state) {
  return state.check.inFlight === null ? state : changed(state, { inFlight: null });
}

/** @param {State} state @param {GradientCheck} told @returns {State} */
function checkArrived(state, told) {
  const { server, dataRevision } = state;
  if (!server) return state;
  return checkKept(changed(state, { told, of: { server, dataRevision, theta: null }, stale: false, row: null }));
}

/**
 * A frame, points or settings have come: does the answer still belong to them? Its weights are those of the first frame of
 * its step; once it belongs to the past it stays there.
 * @param {State} state @returns {State}
 */
function checkKept(state) {
  const { told, of, stale } = state.check;
  if (!told || !of || stale) return state;
  if (!isAbout(state, of)) return changed(state, { stale: true });
  const frame = newFrame(state);
  if (!frame) return state;
  if (of.theta === null && frame.step < told.step) return state;
  if (frame.step !== told.step) return changed(state, { stale: true });
  if (of.theta === null) return changed(state, { of: { ...of, theta: frame.theta.values } });
  return sameNumbers(of.theta, frame.theta.values) ? state : changed(state, { stale: true });
}

/** A frame of the network that is told of now. @param {State} state @returns {Frame | null} */
function newFrame({ frame, server }) {
  return frame && frame.revision === server?.revision ? frame : null;
}

/** Same run, points and settings. @param {State} state @param {NonNullable<CheckState["of"]>} of */
function isAbout({ server, dataRevision }, of) {
  if (!server || server.revision !== of.server.revision || dataRevision !== of.dataRevision) return false;
  return server.spec === of.server.spec || JSON.stringify(server.spec) === JSON.stringify(of.server.spec);
}

/** @param {Float64Array} one @param {Float64Array} other */
function sameNumbers(one, other) {
  return one === other || (one.length === other.length && one.every((value, at) => value === other[at]));
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { check: UNCHECKED },
  actions: {
    "check-row": (state, { row }) => (row === state.check.row ? state : changed(state, { row })),
    connection: checkForgotten,
    frame: whenShown(checkKept),
    sent: checkSent,
  },
  messages: { gradient_check: checkArrived, state: checkKept, points: checkKept, ok: checkAnswered, error: checkAnswered },
};
