/**
 * The board as a surface: whether it is shown, and from where it is seen.
 * @import { Action, State, SurfaceState } from "../types"
 */

/** From the front left, a third of the way up. @type {SurfaceState} */
export const FIRST_SURFACE = { on: false, yaw: -0.6, pitch: 0.55 };
/** Never from below, and never so flat that it is a line. */
const PITCH = { least: 0.12, most: Math.PI / 2 };

/** A curve has no surface. @param {State} state */
export function hasSurface({ server }) {
  return Boolean(server) && server?.chart !== "curve";
}

/** @param {State} state */
export function surfaceShown(state) {
  return state.surface.on && hasSurface(state);
}

/** @param {State} state @param {Extract<Action, {type: "surface"}>} action @returns {State} */
function changed(state, { change }) {
  const next = { ...state.surface, ...change };
  const pitch = Math.max(PITCH.least, Math.min(PITCH.most, next.pitch));
  const turn = 2 * Math.PI;
  const yaw = ((((next.yaw + Math.PI) % turn) + turn) % turn) - Math.PI;
  return { ...state, surface: { on: next.on, yaw, pitch } };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = { first: { surface: FIRST_SURFACE }, actions: { surface: changed } };
