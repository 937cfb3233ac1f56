/**
 * The drawer at the page's foot: which of its panels is open, and how high it is.
 * @import { Action, DrawerState, DrawerTab, State } from "../types"
 */

/** The panels in the order of their tabs. @type {readonly {tab: DrawerTab, word: string, title: string}[]} */
export const TABS = [
  { tab: "walk", word: "Step", title: "Step through one update: forward, loss, backward, update" },
  { tab: "diagnostics", word: "Diagnostics", title: "Histograms, dead units, gradient norms, curvature" },
  { tab: "results", word: "Results", title: "Confusion matrix, precision, recall, ROC, residuals" },
  { tab: "gradient-check", word: "Gradient check", title: "Is the gradient right? Compare it with differences" },
  { tab: "branches", word: "Branches", title: "Runs and branches, compared" },
];

/** Least and largest height in pixels, and how far a key moves it. */
export const HEIGHTS = { least: 160, first: 300, most: 720, step: 20 };

/** @type {DrawerState} */
export const FIRST_DRAWER = { tab: null, height: HEIGHTS.first };

/** @type {{[T in "drawer" | "drawer-height"]: (state: State, action: Extract<Action, {type: T}>) => State}} */
export const ACTIONS = {
  drawer: (state, { tab }) => ({ ...state, drawer: { ...state.drawer, tab } }),
  "drawer-height": (state, { height }) => {
    const kept = Math.round(Math.max(HEIGHTS.least, Math.min(HEIGHTS.most, height)));
    return kept === state.drawer.height ? state : { ...state, drawer: { ...state.drawer, height: kept } };
  },
};
