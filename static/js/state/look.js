/**
 * Where the board is looked at: centre and half width. While hands zoom or pan the page runs ahead of the server, one view
 * unanswered at most; pictures follow and say themselves where they belong. The view also says what frames carry for the
 * drawer's open tab.
 * @import { Action, Carried, Command, Look, SchemaFile, SentCommand, State, View } from "../types"
 */
import { resolve } from "./schema.js";

/** Before the server has said anything. @type {Look} */
const FIRST = { centre: [0, 0], extent: 6 };

/** A new connection knows of nothing that was asked. @type {Carried} */
const NOTHING_CARRIED = { asked: null, inFlight: null };

/** What the open tab needs: what nobody looks at is not computed. @param {State} state */
function needed({ drawer: { tab } }) {
  return { metrics: tab === "results", diagnostics: tab === "diagnostics" };
}

/**
 * Whether frames are to carry other things. Once asked, this page asks again only when its own tab changes: two pages of
 * one session would else take turns for ever.
 * @param {State} state @param {View} view the server's
 */
function carriesOther(state, view) {
  const [wanted, had] = [needed(state), state.carried.asked ?? view];
  return wanted.metrics !== Boolean(had.metrics) || wanted.diagnostics !== Boolean(had.diagnostics);
}

/** The view that hands, axes and points follow. @param {State} state @returns {Look} */
export function lookOf({ look, server }) {
  return look ?? server?.view ?? FIRST;
}

/** The view that a new session begins with, as the schema has it. @param {SchemaFile | null} schema @returns {Look} */
export function homeOf(schema) {
  const view = schema?.commands ? resolve(schema.commands, { $ref: "#/$defs/View" }).properties : undefined;
  if (!view) return FIRST;
  const centre = /** @type {[number, number]} */ (view.centre.default);
  return { centre, extent: Number(view.extent.default) };
}

/**
 * `look` with the place `at` staying where it is and everything else `factor` times as far from it.
 * @param {Look} look @param {readonly [number, number]} at board coordinates @param {number} factor @returns {Look}
 */
export function zoomed({ centre, extent }, at, factor) {
  const follow = (/** @type {0 | 1} */ axis) => at[axis] + (centre[axis] - at[axis]) * factor;
  return { centre: [follow(0), follow(1)], extent: extent * factor };
}

/**
 * `look` brought inside what the server allows; zooming stops at the bounds without sliding sideways.
 * @param {Look} look @param {Look} before @param {SchemaFile | null} schema @returns {Look}
 */
function bounded(look, before, schema) {
  const { coordinate = 100, extent_least: least = 0.05 } = schema?.bounds ?? {};
  if (look.extent < least) return before;
  const extent = Math.min(coordinate, look.extent);
  const room = coordinate - extent;
  const inside = (/** @type {number} */ value) => Math.max(-room, Math.min(room, value));
  return { centre: [inside(look.centre[0]), inside(look.centre[1])], extent };
}

/** @param {State} state @param {Extract<Action, {type: "look"}>} action @returns {State} */
function looked(state, { look }) {
  if (!state.server) return state;
  const next = bounded(look, lookOf(state), state.schema);
  return { ...state, look: { ...next, dirty: true, inFlight: state.look?.inFlight ?? null } };
}

/** The view to ask for now. @param {State} state @returns {Command | null} */
export function nextView(state) {
  const { connection, server, look, carried, plane } = state;
  if (!server || connection !== "open" || carried.inFlight !== null) return null;
  if (!look?.dirty && !plane.dirty && !carriesOther(state, server.view)) return null;
  const { centre, extent } = lookOf(state);
  const laid = plane.wanted ? { plane: plane.wanted } : {};
  return { type: "set_view", view: { ...server.view, ...needed(state), ...laid, centre, extent } };
}

/** @param {State} state @param {{command: SentCommand}} action @returns {State} */
function viewSent(state, { command }) {
  if (command.type !== "set_view") return state;
  const look = state.look && { ...state.look, dirty: false, inFlight: command.id };
  return { ...state, look, carried: { asked: needed(state), inFlight: command.id } };
}

/** Carried out or refused: another one may be asked. @param {State} state @param {number | null} id @returns {State} */
function freed(state, id) {
  const { carried } = state;
  return id !== null && carried.inFlight === id ? { ...state, carried: { ...carried, inFlight: null } } : state;
}

/** @param {State} before @param {{id: number | null}} answer @returns {State} */
function viewAnswered(before, { id }) {
  const state = freed(before, id);
  if (!state.look || id === null || state.look.inFlight !== id) return state;
  const look = { ...state.look, inFlight: null };
  const there = state.server?.view;
  const same = there?.extent === look.extent && look.centre.every((value, axis) => value === there.centre[axis]);
  return { ...state, look: same && !look.dirty ? null : look };
}

/** A refused view is not to be insisted on. @param {State} state @param {{id: number | null}} answer @returns {State} */
function viewRefused(state, { id }) {
  const after = freed(state, id);
  return after.look && id !== null && after.look.inFlight === id ? { ...after, look: null } : after;
}

/** The server has said its view: it holds, unless hands are already further. @param {State} state @returns {State} */
function viewArrived(state) {
  const waiting = state.look && (state.look.dirty || state.look.inFlight !== null);
  return waiting || !state.look ? state : { ...state, look: null };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { look: null, carried: NOTHING_CARRIED },
  actions: {
    look: looked,
    connection: (state) => ({ ...state, look: null, carried: NOTHING_CARRIED }),
    sent: viewSent,
  },
  messages: { state: viewArrived, ok: viewAnswered, error: viewRefused },
  next: nextView,
};
