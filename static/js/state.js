/**
 * The page's state and the one function that changes it: (state, action) -> state. Pure: no DOM, no socket, no clock.
 * @import { Action, Notice, ServerMessage, ServerState, State, Welcome } from "./types"
 */
import { withLosses } from "./state/history.js";
import { editAnswered, editRefused, editSent, isEdit, pointsArrived, released, takenAsDone } from "./state/points.js";
import { draftChanged, draftDropped, patchAnswered, patchRefused, patchSent } from "./state/spec.js";

/** @type {State} */
export const INITIAL = {
  connection: "connecting",
  session: null,
  nextId: 1,
  schema: null,
  server: null,
  points: [],
  dataRevision: -1,
  frame: null,
  unacknowledged: [],
  history: [],
  drafts: [],
  edits: [],
  drag: null,
  notice: null,
  palette: null,
  ui: { brush: 1, selected: null, hovered: null, cursor: null, layer: null },
};

/** @param {State} state @param {Action} action @returns {State} */
export function reduce(state, action) {
  const handler = /** @type {(state: State, action: any) => State} */ (ACTIONS[action.type]);
  return handler(state, action);
}

/** @type {{[T in Action["type"]]: (state: State, action: Extract<Action, {type: T}>) => State}} */
const ACTIONS = {
  schema: (state, { schema }) => ({ ...state, schema }),
  session: (state, { session }) => ({ ...state, session }),
  palette: (state, { palette }) => ({ ...state, palette }),
  connection: connectionChanged,
  message: (state, { message }) => messageArrived(state, message),
  frame: frameArrived,
  drawn: (state) => (state.unacknowledged.length ? { ...state, unacknowledged: [] } : state),
  sent: commandSent,
  unsent: (state, { command }) => ({
    ...state,
    drafts: state.drafts.filter(({ status }) => status !== "ready"),
    notice: notSent(command.type),
  }),
  draft: (state, { path, value, final }) => draftChanged(state, path, value, final),
  undraft: (state, { path }) => draftDropped(state, path),
  brush: (state, { label }) => ({ ...state, ui: { ...state.ui, brush: label } }),
  select: (state, { id }) => ({ ...state, ui: { ...state.ui, selected: id } }),
  hover: (state, { id }) => (id === state.ui.hovered ? state : { ...state, ui: { ...state.ui, hovered: id } }),
  cursor: (state, { at }) => (at === state.ui.cursor ? state : { ...state, ui: { ...state.ui, cursor: at } }),
  layer: (state, { layer }) => ({ ...state, ui: { ...state.ui, layer } }),
  grab: (state, { id, x, y }) => ({
    ...state,
    drag: { id, x, y, dirty: false, inFlight: null, released: false },
    ui: { ...state.ui, selected: id },
  }),
  drag: (state, { x, y }) => (state.drag ? { ...state, drag: { ...state.drag, x, y, dirty: true } } : state),
  release: released,
  notice: (state, { notice }) => ({ ...state, notice }),
};

/** @param {string} command @returns {Notice} */
function notSent(command) {
  const what = command.replace("_", " ");
  return {
    kind: "warning",
    about: "connection",
    text: `“${what}” was not sent: there is no connection to the server at the moment.`,
  };
}

/** @param {State} state @param {Extract<Action, {type: "connection"}>} action @returns {State} */
function connectionChanged(state, { connection, text }) {
  /** @type {Notice | null} */
  const notice = text
    ? { kind: connection === "closed" ? "error" : "warning", about: "connection", text }
    : state.notice;
  if (connection === "open") return { ...state, connection, notice };
  return { ...takenAsDone(state), connection, notice, drafts: [], unacknowledged: [] };
}

/** @param {State} state @param {Extract<Action, {type: "sent"}>} action @returns {State} */
function commandSent(state, { command }) {
  const next = { ...state, nextId: command.id + 1 };
  if (command.type === "set_spec") return patchSent(next, command.id);
  return isEdit(command) ? editSent(next, command) : next;
}

/**
 * A frame of another run is thrown away, yet acknowledged like any other.
 * @param {State} state
 * @param {Extract<Action, {type: "frame"}>} action
 * @returns {State}
 */
function frameArrived(state, { frame }) {
  const unacknowledged = [...state.unacknowledged, frame.number];
  if (frame.revision !== state.server?.revision) return { ...state, unacknowledged };
  const server = { ...state.server, step: frame.step, epoch: frame.epoch };
  return { ...state, server, frame, unacknowledged, history: withLosses(state.history, frame) };
}

/** @param {State} state @param {ServerMessage} message @returns {State} */
function messageArrived(state, message) {
  switch (message.type) {
    case "welcome":
      return welcomed(state, message);
    case "state":
      return stateArrived(state, message);
    case "points":
      return pointsArrived(state, message.points, message.data_revision);
    case "phase":
      return phaseChanged(state, message);
    case "diverged":
      return { ...state, notice: { kind: "error", about: "divergence", text: message.message } };
    case "ok":
      return editAnswered(patchAnswered(withoutComplaint(state), message.id), message.id);
    case "error":
      return refused(state, message);
    default:
      return state;
  }
}

/** @param {State} state @param {Welcome} welcome @returns {State} */
function welcomed(state, { session, resumed, spec_refused: why }) {
  const begunAnew = state.session !== null && !resumed;
  /** @type {Notice | null} */
  let notice = state.notice?.about === "connection" ? null : state.notice;
  if (begunAnew)
    notice = {
      kind: "info",
      about: "session",
      text: "The server no longer had this session. It began anew with your settings and points; training starts from step 0.",
    };
  if (why)
    notice = {
      kind: "warning",
      about: "session",
      text: `Your settings could not be used (${why}); these are the defaults.`,
    };
  return {
    ...state,
    connection: "open",
    session,
    notice,
    history: [],
    frame: null,
    drafts: [],
    edits: [],
    drag: null,
  };
}

/** @param {State} state @param {ServerState} server @returns {State} */
function stateArrived(state, server) {
  const anew = server.revision !== state.server?.revision;
  const drafts = state.drafts.filter(({ status }) => status !== "answered");
  const brush = server.task === state.server?.task ? Math.min(state.ui.brush, server.spec.data.classes - 1) : 1;
  const layer = state.ui.layer !== null && state.ui.layer < server.layers.length - 1 ? state.ui.layer : null;
  const history = anew ? [] : state.history;
  // An old picture of the same network stays until the first new one: no flicker while a slider is dragged.
  const frame = anew && !sameLayers(server, state.server) ? null : state.frame;
  return { ...state, server, drafts, history, frame, ui: { ...state.ui, brush, layer } };
}

/** @param {State} state @param {Extract<ServerMessage, {type: "phase"}>} message @returns {State} */
function phaseChanged(state, { phase, step, epoch }) {
  if (!state.server) return state;
  const over = state.notice?.about === "divergence" && phase !== "diverged";
  return { ...state, server: { ...state.server, phase, step, epoch }, notice: over ? null : state.notice };
}

/** @param {State} state @param {Extract<ServerMessage, {type: "error"}>} refusal @returns {State} */
function refused(state, refusal) {
  const spec = state.drafts.some(({ id }) => id === refusal.id);
  const after = spec ? patchRefused(state, refusal) : editRefused(state, refusal.id);
  return { ...after, notice: { kind: "warning", about: "command", text: capitalised(refusal.message) } };
}

/** @param {string} text */
function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {ServerState} one @param {ServerState | null} other */
function sameLayers(one, other) {
  const shape = (/** @type {ServerState} */ { layers, spec }) => JSON.stringify([layers, spec.inputs]);
  return other !== null && shape(one) === shape(other);
}

/** A refusal is old news once another command was carried out. @param {State} state @returns {State} */
function withoutComplaint(state) {
  return state.notice?.about === "command" ? { ...state, notice: null } : state;
}
