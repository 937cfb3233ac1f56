/**
 * Walking through one step of descent: where the walk stands, which product is taken apart, and what of it the page shows.
 * @import { Command, PhaseView, SentCommand, State, Walk, WalkStop } from "../types"
 */

/** @type {PhaseView} */
const NO_WALK = {
  walk: null,
  batch: { type: "batch", step: 0, samples: [], losses: [] },
  typed: null,
  chosen: { layer: null, unit: null },
  chain: null,
  asked: null,
  inFlight: null,
};

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

/** What is wrong with a typed place in a batch of `size`; null: nothing. @param {string} typed @param {number} size */
export function sampleProblem(typed, size) {
  const place = Number(typed);
  return typed.trim() !== "" && Number.isInteger(place) && place >= 1 && place <= size ? null : `a whole number from 1 to ${size}`;
}

/** The command that the page owes: closing the walk when its tab is left, and the product to take apart. @param {State} state @returns {Command | null} */
export function nextWalk(state) {
  const { connection, drawer, phaseview } = state;
  if (connection !== "open" || phaseview.inFlight !== null || !phaseview.walk?.open) return null;
  if (drawer.tab !== "walk") return isHidden(state) ? null : { type: "walk" };
  return phaseview.asked ? { type: "chain", ...phaseview.asked } : null;
}

/** @param {State} state @param {{command: SentCommand}} action @returns {State} */
function walkSent(state, { command: { type, id } }) {
  if (type === "chain") return { ...state, phaseview: { ...state.phaseview, inFlight: id, asked: null } };
  return type === "walk" ? { ...state, phaseview: { ...state.phaseview, inFlight: id } } : state;
}

/** Carried out or refused. @param {State} state @param {{id: number | null}} answer @returns {State} */
function walkAnswered(state, { id }) {
  if (id === null || state.phaseview.inFlight !== id) return state;
  return { ...state, phaseview: { ...state.phaseview, inFlight: null } };
}

/** A new connection tells anew what is open. @param {State} state @returns {State} */
function walkForgotten(state) {
  return state.phaseview === NO_WALK ? state : { ...state, phaseview: NO_WALK };
}

/** A page without the drawer cannot walk, nor may it end another viewer's walk. @param {State} state */
function isHidden({ link }) {
  return link.hide.includes("drawer");
}

/** Whoever begins it, a walk opens its tab: also on joining, and for other viewers. @param {State} state @param {Walk} walk @returns {State} */
function walkArrived(state, walk) {
  if (!walk.open) return { ...state, phaseview: { ...NO_WALK, walk, inFlight: state.phaseview.inFlight } };
  const { chain } = state.phaseview;
  // What is taken apart stays under the eyes, with the numbers of the sample and step at hand.
  const again = chain && { layer: chain.layer, unit: chain.unit, input: chain.input, of: chain.of };
  const begins = !openWalk(state) && !isHidden(state);
  const drawer = begins ? { ...state.drawer, tab: /** @type {const} */ ("walk") } : state.drawer;
  return { ...state, drawer, phaseview: { ...state.phaseview, walk, typed: null, asked: state.phaseview.asked ?? again } };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { phaseview: NO_WALK },
  actions: {
    "take-apart": (state, { what }) => ({ ...state, phaseview: { ...state.phaseview, asked: what, chain: what ? state.phaseview.chain : null } }),
    "type-sample": (state, { typed }) => ({ ...state, phaseview: { ...state.phaseview, typed } }),
    "list-parameters": (state, { chosen }) => ({ ...state, phaseview: { ...state.phaseview, chosen } }),
    connection: walkForgotten,
    sent: walkSent,
  },
  messages: {
    batch: (state, batch) => ({ ...state, phaseview: { ...state.phaseview, batch } }),
    walk: walkArrived,
    chain: (state, chain) => ({ ...state, phaseview: { ...state.phaseview, chain } }),
    ok: walkAnswered,
    error: walkAnswered,
  },
  next: nextWalk,
};
