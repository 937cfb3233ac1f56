/**
 * The drawer at the page's foot: which of its panels is open, and how high it is.
 * @import { DrawerState, DrawerTab, State } from "../types"
 */
import { imageOf } from "./pixels.js";

/** The panels in the order of their tabs. @type {readonly {tab: DrawerTab, word: string, title: string}[]} */
export const TABS = [
  { tab: "walk", word: "Step", title: "Step through one update: forward, loss, backward, update" },
  { tab: "diagnostics", word: "Diagnostics", title: "Histograms, dead units, gradient norms, curvature" },
  { tab: "results", word: "Results", title: "Confusion matrix, precision, recall, ROC, residuals" },
  { tab: "drawing", word: "Draw", title: "Draw a digit and see what the network reads" },
  { tab: "gradient-check", word: "Gradient check", title: "Is the gradient right? Compare it with differences" },
  { tab: "bench", word: "Bench", title: "Few training points against many, with and without regularisation" },
  { tab: "branches", word: "Branches", title: "Runs and branches, compared" },
];

/** The panels that there is something in. @param {Pick<State, "server">} state */
export function tabsOf(state) {
  return TABS.filter(({ tab }) => tab !== "drawing" || imageOf(state) !== null);
}

/** Least and largest height in pixels, and how far a key moves it. */
export const HEIGHTS = { least: 160, first: 300, most: 720, step: 20 };

/** @type {DrawerState} */
const FIRST_DRAWER = { tab: null, height: HEIGHTS.first };

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { drawer: FIRST_DRAWER },
  actions: {
    drawer: (state, { tab }) => ({ ...state, drawer: { ...state.drawer, tab } }),
    "drawer-height": (state, { height }) => {
      const kept = Math.round(Math.max(HEIGHTS.least, Math.min(HEIGHTS.most, height)));
      return kept === state.drawer.height ? state : { ...state, drawer: { ...state.drawer, height: kept } };
    },
  },
};
