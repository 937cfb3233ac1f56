/**
 * Whether the session is still on its way to the page: from the first try to connect, or from the server's word of welcome, until
 * it tells how it stands. An engine that is being started takes its time; when that has been long enough to be noticed, the page says so.
 * @import { State, Welcome } from "../types"
 */

/** The line is there, or is being made, but the session has not told how it stands. @param {State} state */
export function isComing({ coming, connection }) {
  return coming.awaited && (connection === "connecting" || connection === "open");
}

/** What is waited for, in words; empty while nothing is, or not for long yet. @param {State} state @returns {string} */
export function comingWords(state) {
  if (!state.coming.late || !isComing(state)) return "";
  if (state.connection !== "open") return "Connecting to the server …";
  return state.coming.resumed ? "The session is being brought back …" : "The session is being started …";
}

/** @param {State} state @param {Welcome} welcome @returns {State} */
function welcomed(state, { resumed }) {
  return { ...state, coming: { ...state.coming, awaited: true, resumed } };
}

/** @param {State} state @returns {State} */
function here(state) {
  return state.coming.awaited ? { ...state, coming: { awaited: false, resumed: false, late: false } } : state;
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { coming: { awaited: true, resumed: false, late: false } },
  actions: {
    "coming-late": (state, { late }) => (state.coming.late === late ? state : { ...state, coming: { ...state.coming, late } }),
  },
  messages: { welcome: welcomed, state: here },
};
