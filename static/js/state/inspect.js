/**
 * What is pointed at: a place of the board, a unit of the network. The server's frames carry what is to be seen there.
 * One question is unanswered at most, and the newest wins.
 * @import { Action, Command, Inspect, Sample, SentCommand, State } from "../types"
 */

/** @type {Inspect} */
const NOTHING_POINTED_AT = { at: null, sample: null, unit: null, dirty: false, inFlight: null };

/** @param {State} state @param {Extract<Action, {type: "point-at"}>} action @returns {State} */
function pointedAt(state, { at }) {
  return same(at, state.inspect.at) ? state : { ...state, inspect: { ...state.inspect, at, dirty: true } };
}

/** @param {State} state @param {Extract<Action, {type: "point-unit"}>} action @returns {State} */
export function pointedUnit(state, { unit }) {
  return same(unit, state.inspect.unit) ? state : { ...state, inspect: { ...state.inspect, unit, dirty: true } };
}

/** A point or a drawing that is looked at until another one is. @param {State} state @param {Sample | null} sample @returns {State} */
export function lookingAt(state, sample) {
  return sample === state.inspect.sample ? state : { ...state, inspect: { ...state.inspect, sample, dirty: true } };
}

/** @param {readonly number[] | null} one @param {readonly number[] | null} other */
function same(one, other) {
  return one === other || (one !== null && other !== null && one[0] === other[0] && one[1] === other[1]);
}

/** The question to ask now. @param {State} state @returns {Command | null} */
export function nextInspect({ connection, server, inspect: { at, sample, unit, dirty, inFlight } }) {
  if (!dirty || inFlight !== null || connection !== "open" || !server) return null;
  return { type: "inspect", at, unit, ...(at === null ? sample : null) };
}

/** @param {State} state @param {{command: SentCommand}} action @returns {State} */
function inspectSent(state, { command }) {
  if (command.type !== "inspect") return state;
  return { ...state, inspect: { ...state.inspect, dirty: false, inFlight: command.id } };
}

/** Carried out or refused. @param {State} state @param {{id: number | null}} answer @returns {State} */
function inspectAnswered(state, { id }) {
  return state.inspect.inFlight === id && id !== null
    ? { ...state, inspect: { ...state.inspect, inFlight: null } }
    : state;
}

/** A point that is gone, or a drawing for a network that does not see pictures, is not insisted on. @param {State} state @param {{id: number | null}} answer @returns {State} */
function inspectRefused(state, answer) {
  const after = inspectAnswered(state, answer);
  return after === state ? state : { ...after, inspect: { ...after.inspect, sample: null } };
}

/** Pictures have gone: nothing drawn can be looked at. @param {State} state @returns {State} */
function sampleKept(state) {
  const { sample } = state.inspect;
  return sample && "strokes" in sample && !state.server?.image ? lookingAt(state, null) : state;
}

/** A point that is gone cannot be looked at. @param {State} state @returns {State} */
function rowKept(state) {
  const { sample } = state.inspect;
  return sample && "row" in sample && !state.points.some(([id]) => id === sample.row) ? lookingAt(state, null) : state;
}

/** A point is looked at from the tabs that show it; a drawing stays. @param {State} state @param {Extract<Action, {type: "drawer"}>} action @returns {State} */
function tabChanged(state, { tab }) {
  const { sample } = state.inspect;
  return sample && "row" in sample && tab !== "results" && tab !== "drawing" ? lookingAt(state, null) : state;
}

/** A new connection knows of nothing. @param {Inspect} inspect @returns {Inspect} */
function askedAnew({ at, sample, unit }) {
  return { at, sample, unit, dirty: at !== null || sample !== null || unit !== null, inFlight: null };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { inspect: NOTHING_POINTED_AT },
  actions: {
    "point-at": pointedAt,
    "point-unit": pointedUnit,
    drawer: tabChanged,
    "look-at": (state, { sample }) => lookingAt(state, sample),
    connection: (state) => ({ ...state, inspect: askedAnew(state.inspect) }),
    sent: inspectSent,
  },
  messages: { state: sampleKept, points: rowKept, ok: inspectAnswered, error: inspectRefused },
  next: nextInspect,
};
