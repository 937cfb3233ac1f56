/**
 * The tab of results: how the network does on the training or the test points, beyond loss and score. Every figure is the
 * engine's; for classes `sorted.js`, for a regression `residuals.js`.
 * @import { Child, ClassResults, RegressionResults, ResultsState, State } from "../types"
 */
import { PART_WORDS } from "../state/parts.js";
import { partOf } from "../state/results.js";
import { helpButton } from "./help.js";
import { mistakesButton } from "./gallery.js";
import { residualsView } from "./residuals.js";
import { sortedView } from "./sorted.js";
import { h } from "./tree.js";

/** Only while the tab is open. @param {State} state */
const isOpen = ({ drawer, palette, server }) => drawer.tab === "results" && palette !== null && server !== null;

/** What the tab is drawn again for. @param {State} state @returns {unknown[]} */
export function resultsNeeds(state) {
  if (!isOpen(state)) return [null];
  return [state.figures, state.results, state.ui.selected, state.palette, state.server?.task, state.dataRevision, state.points, state.gallery];
}

/** @param {State} state @returns {Child[]} */
export function resultsView(state) {
  if (!isOpen(state)) return [];
  const part = partOf(state);
  return [headView(state), ...(part ? figuresOf(state, part) : [h("p.results__none", {}, missing(state))])];
}

/** @param {State} state @param {ClassResults | RegressionResults} part @returns {Child[]} */
function figuresOf(state, part) {
  return [h("div.results__figures", {}, "confusion" in part ? sortedView(state, part) : residualsView(state, part))];
}

/** @param {State} state */
function headView(state) {
  const { results, figures } = state;
  const validated = Boolean(figures?.metrics?.validation);
  const side = (/** @type {ResultsState["part"]} */ part, /** @type {string} */ word) =>
    h("button", { type: "button", "aria-pressed": String(part === results.part), "data-results-part": part }, word);
  return h(
    "div.results__head",
    {},
    h("div.segmented.results__parts", { role: "group", "aria-label": "Points" }, side("train", "Training"), validated ? side("validation", "Validation") : null, side("test", "Test")),
    h("p.results__hint", {}, "A cell or bar chooses its points on the board."),
    mistakesButton(state),
    helpButton("results", "Results"),
  );
}

/** Why there is nothing to show. @param {State} state */
function missing({ figures, results }) {
  if (!figures?.metrics) return "The results are on their way …";
  return `There are no ${PART_WORDS[results.part]} points.`;
}
