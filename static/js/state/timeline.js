/**
 * Time travel: which steps there are, the one that hands want, and playing what is recorded. One `seek` is unanswered at most
 * and the newest wish wins; the server's `timeline` says what there is, and frames which step is shown.
 * @import { Action, Command, SentCommand, State, Timeline, TimelineState } from "../types"
 */
import { whenShown } from "./frames.js";

/** @type {TimelineState} */
const FIRST_TIMELINE = { told: null, wanted: null, inFlight: null, tour: null, pace: 1 };

/** Steps of the branch that can be gone to; while training the far end grows with the frames. @param {State} state */
export function stepsOf({ timeline: { told }, server }) {
  const at = server?.step ?? 0;
  return { first: told?.first ?? at, last: Math.max(told?.last ?? 0, at) };
}

/** The step that hands are at: the wanted one while it is on its way, else the one that is shown. @param {State} state */
export function stepAt({ timeline: { wanted }, server }) {
  return wanted?.step ?? server?.step ?? 0;
}

/** Whether what is shown, or on its way, is not the newest of its branch. @param {State} state */
export function isPast(state) {
  return state.server !== null && state.timeline.told !== null && stepAt(state) < stepsOf(state).last;
}

/** The step that is shown, where it is not the newest; else null. @param {State} state */
export function pastStep(state) {
  const { server, timeline } = state;
  return server && timeline.told && server.step < stepsOf(state).last ? server.step : null;
}

/** A hand wants to stand at a step. @param {State} state @param {Extract<Action, {type: "travel"}>} action @returns {State} */
function travelled(state, { step }) {
  return wish({ ...state, timeline: { ...state.timeline, tour: null } }, step);
}

/** A link may keep hands off the past. @param {State["link"]} link */
function isClosed({ hide, lock }) {
  return hide.includes("timeline") || lock.includes("timeline");
}

/** @param {State} state @param {number} step @returns {State} */
function wish(state, step) {
  if (!state.server || !state.timeline.told || isClosed(state.link)) return state;
  const { first, last } = stepsOf(state);
  const there = Math.max(first, Math.min(last, Math.round(step)));
  if (there === stepAt(state)) return state;
  return { ...state, timeline: { ...state.timeline, wanted: { step: there, dirty: true } } };
}

/** The step to ask for now. @param {State} state @returns {Command | null} */
export function nextSeek({ connection, timeline: { wanted, inFlight } }) {
  return wanted?.dirty && inFlight === null && connection === "open" ? { type: "seek", step: wanted.step } : null;
}

/** Looking closer does not end the playing of what is recorded. */
const QUIET = ["seek", "inspect", "set_view", "compare", "name_branch", "check_gradient"];

/** Any command on its way: a seek of ours, or something that ends a tour. @param {State} state @param {{command: SentCommand}} action @returns {State} */
function seekSent(state, { command }) {
  const { timeline } = state;
  if (command.type === "seek" && timeline.wanted)
    return { ...state, timeline: { ...timeline, wanted: { ...timeline.wanted, dirty: false }, inFlight: command.id } };
  if (QUIET.includes(command.type) || (!timeline.tour && !timeline.wanted)) return state;
  return { ...state, timeline: { ...timeline, tour: null, wanted: null } };
}

/** @param {State} state @param {{id: number | null}} answer @returns {State} */
function seekAnswered(state, { id }) {
  if (id === null || state.timeline.inFlight !== id) return state;
  return arrived({ ...state, timeline: { ...state.timeline, inFlight: null } });
}

/** A refused step is not to be insisted on. @param {State} state @param {{id: number | null}} answer @returns {State} */
function seekRefused(state, { id }) {
  if (id === null || state.timeline.inFlight !== id) return state;
  return { ...state, timeline: { ...state.timeline, wanted: null, inFlight: null, tour: null } };
}

/** A frame has come: the wanted step is shown, or it still is on its way. @param {State} state @returns {State} */
function arrived(state) {
  const { wanted, inFlight } = state.timeline;
  if (!wanted || wanted.dirty || inFlight !== null || state.frame?.step !== wanted.step) return state;
  return { ...state, timeline: { ...state.timeline, wanted: null } };
}

/** What the server says holds, unless it is on the way to what is wanted here. @param {State} state @param {Timeline} told @returns {State} */
function timelineArrived(state, told) {
  const { wanted, inFlight } = state.timeline;
  const waiting = wanted && (wanted.dirty || inFlight !== null || state.server?.phase === "seeking" || told.at === wanted.step);
  return { ...state, timeline: { ...state.timeline, told, wanted: waiting ? wanted : null } };
}

/** Play what is recorded in a direction, so many steps at a time; 0 stops it. @param {State} state @param {Extract<Action, {type: "tour"}>} action @returns {State} */
function toured(state, { direction, stride }) {
  const can = direction !== 0 && state.timeline.told !== null && state.server?.phase !== "playing";
  return { ...state, timeline: { ...state.timeline, tour: can ? { direction, stride: Math.max(1, stride) } : null } };
}

/** Time for the tour's next stop; nothing happens until the last one is shown, and at the end it is over. @param {State} state @returns {State} */
function tourOn(state) {
  const { tour, wanted } = state.timeline;
  if (!tour || wanted) return state;
  const { first, last } = stepsOf(state);
  const at = stepAt(state);
  if (at === (tour.direction < 0 ? first : last)) return { ...state, timeline: { ...state.timeline, tour: null } };
  return wish(state, at + tour.direction * tour.stride);
}

/** The connection is gone, and with it all that was asked. @param {State} state @returns {State} */
function seeksForgotten(state) {
  return { ...state, timeline: { ...state.timeline, wanted: null, inFlight: null, tour: null } };
}

/** Seconds in which a tour crosses the run at pace 1. */
const CROSSING = 10;

/** Steps from one stop of a tour to the next. @param {State} state @param {number} stops a second */
export function strideOf(state, stops) {
  const { first, last } = stepsOf(state);
  return Math.max(1, Math.round((state.timeline.pace * (last - first)) / (CROSSING * stops)));
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { timeline: FIRST_TIMELINE },
  actions: {
    travel: travelled,
    tour: toured,
    "tour-on": tourOn,
    pace: (state, { pace }) => ({ ...state, timeline: { ...state.timeline, pace } }),
    connection: seeksForgotten,
    frame: whenShown(arrived),
    sent: seekSent,
  },
  messages: { timeline: timelineArrived, ok: seekAnswered, error: seekRefused },
  next: nextSeek,
};
