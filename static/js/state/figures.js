/**
 * The newest frame that tells results and diagnosis: while training runs only about every third one does.
 * @import { State } from "../types"
 */
import { whenShown } from "./frames.js";

/** @param {State} state @returns {State} */
function frameArrived(state) {
  return state.frame?.figures ? { ...state, figures: state.frame } : state;
}

/** They stay as long as the picture that they belong to. @param {State} state @returns {State} */
function kept(state) {
  return state.frame || !state.figures ? state : { ...state, figures: null };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { figures: null },
  actions: { frame: whenShown(frameArrived) },
  messages: { welcome: kept, state: kept },
};
