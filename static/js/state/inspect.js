/**
 * What is pointed at: a place of the board, a unit of the network. The server's frames carry what is to be seen there.
 * One question is unanswered at most, and the newest wins.
 * @import { Action, Command, Inspect, SentCommand, State } from "../types"
 */

/** @type {Inspect} */
export const NOTHING_POINTED_AT = { at: null, unit: null, dirty: false, inFlight: null };

/** @param {State} state @param {Extract<Action, {type: "point-at"}>} action @returns {State} */
export function pointedAt(state, { at }) {
  return same(at, state.inspect.at) ? state : { ...state, inspect: { ...state.inspect, at, dirty: true } };
}

/** @param {State} state @param {Extract<Action, {type: "point-unit"}>} action @returns {State} */
export function pointedUnit(state, { unit }) {
  return same(unit, state.inspect.unit) ? state : { ...state, inspect: { ...state.inspect, unit, dirty: true } };
}

/** @param {readonly number[] | null} one @param {readonly number[] | null} other */
function same(one, other) {
  return one === other || (one !== null && other !== null && one[0] === other[0] && one[1] === other[1]);
}

/** The question to ask now. @param {State} state @returns {Command | null} */
export function nextInspect({ connection, server, inspect: { at, unit, dirty, inFlight } }) {
  return dirty && inFlight === null && connection === "open" && server ? { type: "inspect", at, unit } : null;
}

/** @param {State} state @param {SentCommand} command @returns {State} */
export function inspectSent(state, command) {
  return { ...state, inspect: { ...state.inspect, dirty: false, inFlight: command.id } };
}

/** Carried out or refused. @param {State} state @param {number | null} id @returns {State} */
export function inspectAnswered(state, id) {
  return state.inspect.inFlight === id && id !== null
    ? { ...state, inspect: { ...state.inspect, inFlight: null } }
    : state;
}

/** A new connection knows of nothing. @param {Inspect} inspect @returns {Inspect} */
export function askedAnew({ at, unit }) {
  return { at, unit, dirty: at !== null || unit !== null, inFlight: null };
}
