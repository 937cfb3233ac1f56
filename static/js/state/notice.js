/**
 * The one sentence under the bar: what was refused, lost or went wrong. A newer one takes its place.
 * @import { Action, Diverged, Notice, Ok, Refusal, State, Welcome } from "../types"
 */

/** @param {State} state @param {Notice["kind"]} kind @param {Notice["about"]} about @param {string} text @returns {State} */
function noticed(state, kind, about, text) {
  return { ...state, notice: { kind, about, text } };
}

/** @param {State} state @param {Extract<Action, {type: "connection"}>} action @returns {State} */
function connectionLost(state, { connection, text }) {
  return text ? noticed(state, connection === "closed" ? "error" : "warning", "connection", text) : state;
}

/** @param {State} state @param {Extract<Action, {type: "unsent"}>} action @returns {State} */
function notSent(state, { command: { type } }) {
  const what = type.replace("_", " ");
  return noticed(state, "warning", "connection", `“${what}” was not sent: there is no connection to the server at the moment.`);
}

/** @param {State} state @param {Welcome} welcome @param {State} before @returns {State} */
function welcomed(state, { resumed, spec_refused: why, not_resumed: gone }, before) {
  if (why) return noticed(state, "warning", "session", `Your settings could not be used (${why}); these are the defaults.`);
  if (before.session !== null && !resumed) {
    const text = `The session could not be taken up again${gone ? `: ${gone}` : ""}. It began anew with your settings and points; training starts from step 0.`;
    return noticed(state, "info", "session", text);
  }
  return state.notice?.about === "connection" ? { ...state, notice: null } : state;
}

/** @param {State} state @param {Diverged} message @returns {State} */
function diverged(state, { message }) {
  return noticed(state, "error", "divergence", message);
}

/** @param {State} state @param {{phase: string}} message @returns {State} */
function phaseChanged(state, { phase }) {
  return state.notice?.about === "divergence" && phase !== "diverged" ? { ...state, notice: null } : state;
}

/**
 * A refusal is old news once another command was carried out; looking closer takes no complaint away.
 * @param {State} state @param {Ok} ok @param {State} before @returns {State}
 */
function answered(state, { id }, before) {
  const looking = [before.inspect.inFlight, before.carried.inFlight, before.branches.inFlight].includes(id);
  return !looking && state.notice?.about === "command" ? { ...state, notice: null } : state;
}

/** Names of commands, which the server's words say as the protocol does. */
const COMMANDS = /\b(add|check|delete|drop|move|name|new|relabel|set|switch)_(?=[a-z])/g;

/** @param {State} state @param {Refusal} refusal @returns {State} */
function refused(state, { message }) {
  const words = message.replace(/; allowed: .*$/, (allowed) => allowed.replace(COMMANDS, "$1 "));
  return noticed(state, "warning", "command", words.charAt(0).toUpperCase() + words.slice(1));
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { notice: null },
  actions: { notice: (state, { notice }) => ({ ...state, notice }), connection: connectionLost, unsent: notSent },
  messages: { welcome: welcomed, diverged, phase: phaseChanged, ok: answered, error: refused },
};
