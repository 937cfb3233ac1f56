/**
 * Results of a regression: a histogram of the residuals, whose bars choose their points, and the usual figures.
 * @import { Child, RegressionResults, State } from "../types"
 */
import { chosenName } from "../state/results.js";
import { countText, lossText, scoreText, weightText } from "./labels.js";
import { h } from "./tree.js";

/** The plot, and room for what is written at it, in the picture's own units. */
const WIDTH = 420;
const HEIGHT = 130;
const LEFT = 34;
const TOP = 10;
const BOTTOM = 36;

/** @param {State} state @param {RegressionResults} part @returns {Child[]} */
export function residualsView(state, part) {
  const { low, high, counts } = part.residuals;
  return [
    h(
      "section.results__block.results__block--wide",
      { key: "residuals", "aria-label": "Residuals" },
      h("h3.results__title", {}, "Residuals ", h("span.results__note", {}, `target less output of ${countText(part.points)} ${part.points === 1 ? "point" : "points"}`)),
      h(
        "svg.residuals",
        { viewBox: `0 0 ${LEFT + WIDTH + 8} ${TOP + HEIGHT + BOTTOM}`, role: "group", "aria-label": `Histogram of residuals from ${weightText(low)} to ${weightText(high)}` },
        axes(low, high, Math.max(...counts)),
        counts.map((count, bin) => barView(part, bin, count, chosenName(state))),
      ),
    ),
    figuresView(part),
  ];
}

/** One bar; the whole of its height can be clicked. @param {RegressionResults} part @param {number} bin @param {number} count @param {string | null} chosen */
function barView({ residuals: { low, high, counts } }, bin, count, chosen) {
  const width = WIDTH / counts.length;
  const edge = (/** @type {number} */ at) => weightText(Number((low + ((high - low) * at) / counts.length).toPrecision(3)));
  const tall = (HEIGHT * count) / Math.max(1, ...counts);
  const words = `residuals from ${edge(bin)} to ${edge(bin + 1)}: ${countText(count)} ${count === 1 ? "point" : "points"}`;
  const hands = count ? { role: "button", tabindex: 0, "data-bin": bin, "aria-label": words, "aria-pressed": String(chosen === `bin ${bin}`) } : { "aria-hidden": "true" };
  return h(
    "g.residuals__bin",
    { key: bin, ...hands },
    h("title", {}, words),
    h("rect.residuals__hit", { x: LEFT + bin * width, y: TOP, width, height: HEIGHT }),
    h("rect.residuals__bar", { x: LEFT + bin * width + 1, y: TOP + HEIGHT - tall, width: width - 2, height: tall }),
  );
}

/** @param {number} low @param {number} high @param {number} most */
function axes(low, high, most) {
  const text = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ words, anchor = "middle") =>
    h("text.roc__text", { x, y, "text-anchor": anchor }, words);
  const foot = TOP + HEIGHT;
  return h(
    "g",
    { "aria-hidden": "true" },
    h("path.residuals__axis", { d: `M${LEFT} ${TOP}V${foot}H${LEFT + WIDTH}` }),
    h("path.residuals__zero", { d: `M${LEFT + WIDTH / 2} ${TOP}V${foot + 4}` }),
    text(LEFT - 5, TOP + 6, countText(most), "end"),
    text(LEFT - 5, foot + 3, "0", "end"),
    text(LEFT, foot + 15, weightText(low), "start"),
    text(LEFT + WIDTH / 2, foot + 15, "0"),
    text(LEFT + WIDTH, foot + 15, weightText(high), "end"),
    text(LEFT, foot + 31, "output too high", "start"),
    text(LEFT + WIDTH, foot + 31, "output too low", "end"),
  );
}

/** Id, name, and what it says. @type {[keyof RegressionResults & ("r2" | "mae" | "rmse" | "max_error"), string, string][]} */
const FIGURES = [
  ["r2", "R²", "share of the targets’ variance explained; 1 is perfect, 0 as good as their mean"],
  ["mae", "MAE", "mean size of a residual"],
  ["rmse", "RMSE", "root of their mean square; large ones count more"],
  ["max_error", "Largest", "the largest residual’s size"],
];

/** @param {RegressionResults} part */
function figuresView(part) {
  const rows = FIGURES.map(([name, word, meaning]) =>
    h(
      "tr",
      { key: name },
      h("th", { scope: "row" }, word),
      h("td", {}, h("output", { id: `result-${name}`, "aria-live": "off" }, name === "r2" ? scoreText(part.r2, false) : lossText(part[name]))),
      h("td.results__meaning", {}, meaning),
    ),
  );
  return h(
    "section.results__block",
    { key: "errors", "aria-label": "Errors" },
    h("table.rates.rates--errors", {}, h("caption.results__title", {}, "Errors"), h("tbody", {}, rows)),
  );
}
