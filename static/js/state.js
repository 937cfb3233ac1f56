/**
 * The page's state and the one function that changes it: (state, action) -> state. Pure: no DOM, no socket, no clock.
 * @import { Action, Notice, Ok, ServerMessage, ServerState, State, Welcome } from "./types"
 */
import {
  diagramKept,
  edgesShow,
  editingBegun,
  featuresArrived,
  FIRST_DIAGRAM,
  handsOff,
  stopped,
  weightAnswered,
  weightHovered,
  weightPulled,
  weightRefused,
  weightReleased,
  weightsArrived,
  weightSent,
  weightTyped,
} from "./state/diagram.js";
import { chartsChanged, FIRST_CHARTS, marksArrived, stoppedEarly } from "./state/charts.js";
import { ACTIONS as CHECK_ACTIONS, checkAnswered, checkForgotten, checkKept, checkSent, MESSAGES as CHECK_MESSAGES, UNCHECKED } from "./state/check.js";
import { ACTIONS as DRAWER_ACTIONS, FIRST_DRAWER } from "./state/drawer.js";
import { ACTIONS as WALK_ACTIONS, MESSAGES as WALK_MESSAGES, NO_WALK, walkAnswered, walkForgotten, walkSent } from "./state/phaseview.js";
import { NO_HELP } from "./state/help.js";
import { withLosses } from "./state/history.js";
import { covers, NO_LINK } from "./state/link.js";
import { askedAnew, inspectAnswered, inspectSent, NOTHING_POINTED_AT, pointedAt, pointedUnit } from "./state/inspect.js";
import { ACTIONS as BRANCH_ACTIONS, branchAnswered, branchesAskedAnew, branchSent, FIRST_BRANCHES, MESSAGES as BRANCH_MESSAGES } from "./state/branches.js";
import { looked, NOTHING_CARRIED, viewAnswered, viewArrived, viewRefused, viewSent } from "./state/look.js";
import { editAnswered, editRefused, editSent, grabbed, isEdit, pointsArrived, released, takenAsDone } from "./state/points.js";
import { presetChosen } from "./state/presets.js";
import { draftChanged, draftDropped, patchAnswered, patchRefused, patchSent } from "./state/spec.js";
import { cellTyped, CLOSED_TABLE, tableChanged } from "./state/table.js";
import { ACTIONS as TIMELINE_ACTIONS, arrived, FIRST_TIMELINE, MESSAGES as TIMELINE_MESSAGES, seekAnswered, seekRefused, seeksForgotten, seekSent } from "./state/timeline.js";
import { ACTIONS as RESULTS_ACTIONS, FIRST_RESULTS } from "./state/results.js";
import { ACTIONS as UNTIL_ACTIONS, FIRST_UNTIL, MESSAGES as UNTIL_MESSAGES, untilSent } from "./state/until.js";
import { FIRST_TOOLS, selected, toolsChanged } from "./state/tools.js";
import { judged } from "./state/wrong.js";

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
  marks: [],
  charts: FIRST_CHARTS,
  drafts: [],
  edits: [],
  drag: null,
  notice: null,
  palette: null,
  link: NO_LINK,
  help: NO_HELP,
  presets: null,
  look: null,
  carried: NOTHING_CARRIED,
  check: UNCHECKED,
  inspect: NOTHING_POINTED_AT,
  tools: FIRST_TOOLS,
  wrong: new Set(),
  table: CLOSED_TABLE,
  diagram: FIRST_DIAGRAM,
  drawer: FIRST_DRAWER,
  phaseview: NO_WALK,
  timeline: FIRST_TIMELINE,
  branches: FIRST_BRANCHES,
  results: FIRST_RESULTS,
  until: FIRST_UNTIL,
  ui: { brush: 1, selected: [], hovered: null, cursor: null, layer: null, present: false },
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
  draft: (state, { path, value, final }) =>
    covers(state.link.lock, path) ? state : draftChanged(state, path, value, final),
  undraft: (state, { path }) => draftDropped(state, path),
  charts: chartsChanged,
  brush: (state, { label }) => ({ ...state, ui: { ...state.ui, brush: label } }),
  select: selected,
  look: looked,
  "point-at": pointedAt,
  "point-unit": pointedUnit,
  tools: toolsChanged,
  table: tableChanged,
  cell: cellTyped,
  edges: edgesShow,
  features: featuresArrived,
  "hover-weight": weightHovered,
  stop: stopped,
  "edit-weight": editingBegun,
  "type-weight": weightTyped,
  "pull-weight": weightPulled,
  "release-weight": weightReleased,
  hover: (state, { id }) => (id === state.ui.hovered ? state : { ...state, ui: { ...state.ui, hovered: id } }),
  cursor: (state, { at }) => (at === state.ui.cursor ? state : { ...state, ui: { ...state.ui, cursor: at } }),
  layer: (state, { layer }) => ({ ...state, ui: { ...state.ui, layer } }),
  link: (state, { link }) => ({ ...state, link, ui: { ...state.ui, present: link.present } }),
  present: (state, { on }) => ({ ...state, ui: { ...state.ui, present: on } }),
  grab: grabbed,
  drag: (state, { x, y }) => (state.drag ? { ...state, drag: { ...state.drag, x, y, dirty: true } } : state),
  release: released,
  notice: (state, { notice }) => ({ ...state, notice }),
  "help-entries": (state, { entries }) => ({ ...state, help: { ...state.help, entries } }),
  help: (state, { open }) => ({ ...state, help: { ...state.help, open } }),
  presets: (state, { presets }) => ({ ...state, presets }),
  preset: presetChosen,
  ...DRAWER_ACTIONS,
  ...WALK_ACTIONS,
  ...TIMELINE_ACTIONS,
  ...BRANCH_ACTIONS,
  ...RESULTS_ACTIONS,
  ...UNTIL_ACTIONS,
  ...CHECK_ACTIONS,
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
  return {
    ...walkForgotten(checkForgotten(branchesAskedAnew(seeksForgotten(handsOff(takenAsDone(state)))))),
    connection,
    notice,
    drafts: [],
    unacknowledged: [],
    look: null,
    carried: NOTHING_CARRIED,
    inspect: askedAnew(state.inspect),
  };
}

/** @param {State} state @param {Extract<Action, {type: "sent"}>} action @returns {State} */
function commandSent(state, { command }) {
  const next = walkSent(checkSent(branchSent(seekSent(untilSent({ ...state, nextId: command.id + 1 }, command), command), command), command), command);
  if (command.type === "set_spec") return patchSent(next, command.id);
  if (command.type === "set_view") return viewSent(next, command);
  if (command.type === "inspect") return inspectSent(next, command);
  if (command.type === "set_weight") return weightSent(next, command);
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
  const next = { ...state, server, frame, unacknowledged, history: withLosses(state.history, frame) };
  return checkKept(arrived(weightsArrived(judged(next))));
}

/** @param {State} state @param {ServerMessage} message @returns {State} */
function messageArrived(state, message) {
  switch (message.type) {
    case "welcome":
      return welcomed(state, message);
    case "state":
      return stateArrived(state, message);
    case "points":
      return checkKept(judged(pointsArrived(state, message.points, message.data_revision)));
    case "phase":
      return phaseChanged(state, message);
    case "diverged":
      return { ...state, notice: { kind: "error", about: "divergence", text: message.message } };
    case "marks":
      return marksArrived(state, message.marks);
    case "timeline":
      return TIMELINE_MESSAGES.timeline(state, message);
    case "curves":
      return BRANCH_MESSAGES.curves(state, message);
    case "walk":
      return WALK_MESSAGES.walk(state, message);
    case "chain":
      return WALK_MESSAGES.chain(state, message);
    case "gradient_check":
      return CHECK_MESSAGES.gradient_check(state, message);
    case "reached":
      return UNTIL_MESSAGES.reached(state, message);
    case "stopped":
      return stoppedEarly(state, message);
    case "ok":
      return answered(state, message);
    case "error":
      return refused(state, message);
    default:
      return state;
  }
}

/** A command was carried out; looking closer takes no complaint away. @param {State} state @param {Ok} ok @returns {State} */
function answered(state, { id, ids }) {
  const looking = [state.inspect.inFlight, state.carried.inFlight, state.branches.inFlight].includes(id);
  const next = looking ? state : editAnswered(patchAnswered(withoutComplaint(state), id), id, ids);
  return walkAnswered(checkAnswered(branchAnswered(seekAnswered(weightAnswered(inspectAnswered(viewAnswered(next, id), id), id), id), id), id), id);
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
    marks: [],
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
  const [history, marks] = anew ? [[], []] : [state.history, state.marks];
  // An old picture of the same network stays until the first new one: no flicker while a slider is dragged.
  const frame = anew && !sameLayers(server, state.server) ? null : state.frame;
  return checkKept(diagramKept(viewArrived({ ...state, server, drafts, history, marks, frame, ui: { ...state.ui, brush, layer } })));
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
  const edited = spec ? patchRefused(state, refusal) : editRefused(state, refusal.id);
  const after = weightRefused(inspectAnswered(viewRefused(edited, refusal.id), refusal.id), refusal.id);
  return { ...walkAnswered(checkAnswered(branchAnswered(seekRefused(after, refusal.id), refusal.id), refusal.id), refusal.id), notice: { kind: "warning", about: "command", text: capitalised(refusal.message) } };
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
