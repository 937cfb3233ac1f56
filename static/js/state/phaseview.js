/**
 * Walking through one step of descent: where the walk stands, which product is taken apart, and what of it the page shows.
 * @import { Action, ChainTold, Command, PhaseView, SentCommand, State, Walk, WalkStop } from "../types"
 */

/** @type {PhaseView} */
export const NO_WALK = { walk: null, chain: null, asked: null, inFlight: null };

/** The walk that is open; else null. @param {State} state @returns {Walk | null} */
export function openWalk({ phaseview: { walk } }) {
  return walk?.open ? walk : null;
}

/** The stop where it stands. @param {Walk} walk @returns {WalkStop} */
export function stopOf(walk) {
  return walk.stops[walk.stop];
}

/** What a unit of a layer is taken apart into at this stop. @param {Walk} walk @returns {"forward" | "backward"} */
export function unitChain(walk) {
  return ["forward", "loss"].includes(stopOf(walk).kind) ? "forward" : "backward";
}

/** The command that the page owes: closing the walk when its tab is left, and the product to take apart. @param {State} state @returns {Command | null} */
export function nextWalk(state) {
  const { connection, drawer, phaseview } = state;
  if (connection !== "open" || phaseview.inFlight !== null || !phaseview.walk?.open) return null;
  if (drawer.tab !== "walk") return isHidden(state) ? null : { type: "walk" };
  return phaseview.asked ? { type: "chain", ...phaseview.asked } : null;
}

/** @param {State} state @param {SentCommand} command @returns {State} */
export function walkSent(state, { type, id }) {
  if (type === "chain") return { ...state, phaseview: { ...state.phaseview, inFlight: id, asked: null } };
  return type === "walk" ? { ...state, phaseview: { ...state.phaseview, inFlight: id } } : state;
}

/** Carried out or refused. @param {State} state @param {number | null} id @returns {State} */
export function walkAnswered(state, id) {
  if (id === null || state.phaseview.inFlight !== id) return state;
  return { ...state, phaseview: { ...state.phaseview, inFlight: null } };
}

/** A new connection tells anew what is open. @param {State} state @returns {State} */
export function walkForgotten(state) {
  return state.phaseview === NO_WALK ? state : { ...state, phaseview: NO_WALK };
}

/** A page without the drawer cannot walk, nor may it end another viewer's walk. @param {State} state */
function isHidden({ link }) {
  return link.hide.includes("drawer");
}

/** Whoever begins it, a walk opens its tab: also on joining, and for other viewers. @param {State} state @param {Walk} walk @returns {State} */
function walkArrived(state, walk) {
  if (!walk.open) return { ...state, phaseview: { ...state.phaseview, walk, chain: null, asked: null } };
  const { chain } = state.phaseview;
  // What is taken apart stays under the eyes, with the numbers of the sample and step at hand.
  const again = chain && { layer: chain.layer, unit: chain.unit, input: chain.input, of: chain.of };
  const begins = !openWalk(state) && !isHidden(state);
  const drawer = begins ? { ...state.drawer, tab: /** @type {const} */ ("walk") } : state.drawer;
  return { ...state, drawer, phaseview: { ...state.phaseview, walk, asked: state.phaseview.asked ?? again } };
}

/** @type {{[T in "take-apart"]: (state: State, action: Extract<Action, {type: T}>) => State}} */
export const ACTIONS = {
  "take-apart": (state, { what }) => ({ ...state, phaseview: { ...state.phaseview, asked: what, chain: what ? state.phaseview.chain : null } }),
};

export const MESSAGES = {
  walk: walkArrived,
  chain: (/** @type {State} */ state, /** @type {ChainTold} */ chain) => ({ ...state, phaseview: { ...state.phaseview, chain } }),
};
