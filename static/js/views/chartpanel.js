/**
 * What stands around the chart: which one is shown and how, a key of its lines, what it shows in words and as a table.
 * @import { ChartsState, Child, LossRow, Part, State } from "../types"
 */
import { columnsOf } from "../state/charts.js";
import { PART_WORDS } from "../state/parts.js";
import { isPerLayer, linesOf, scoreWord } from "./charts.js";
import { shortName } from "./ends.js";
import { helpButton } from "./help.js";
import { countText, lossText, rateText, scoreText } from "./labels.js";
import { rowsShown } from "./series.js";
import { h, icon } from "./tree.js";

/** Factors of the moving average to choose from. */
const FACTORS = [0, 0.6, 0.8, 0.9, 0.97];
/** Lines of a key that says their values; of more it says the names, and the chart's read-out the values. */
const MOST_WITH_VALUES = 6;
/** Rows of the table. */
const TABLE_ROWS = 20;

/** @param {State} state @returns {[ChartsState["kind"], string, string][]} */
function kindsOf(state) {
  const score = scoreWord(state);
  return [
    ["loss", "Loss", "Loss"],
    ["score", score.charAt(0).toUpperCase() + score.slice(1), score === "R²" ? "R²: share of the variance explained" : "Share of points that are right"],
    ["gradient", "Gradients", "Norm of each layer’s gradient"],
    ["update", "Updates", "Norm of each layer’s last update over norm of its weights"],
    ["rate", "Rate", "Learning rate in use"],
  ];
}

/** @param {State} state @returns {Child[]} */
export function chartTabsView(state) {
  const { charts } = state;
  const tabs = kindsOf(state).map(([kind, word, title]) =>
    h("button", { type: "button", "aria-pressed": String(kind === charts.kind), title, "data-chart": kind }, word),
  );
  const toggle = (/** @type {"log" | "options"} */ name, /** @type {Record<string, any>} */ attrs, /** @type {Child} */ child) =>
    h("button.tool", { type: "button", id: `button-chart-${name}`, "data-chart-toggle": name, ...attrs }, child);
  return [
    h("div.segmented.chart-tabs", { role: "group", "aria-label": "Chart" }, tabs),
    h(
      "div.chart-tools",
      {},
      charts.kind === "loss" &&
        toggle("log", { "aria-pressed": String(charts.log), title: "Loss on a logarithmic axis" }, "log"),
      toggle(
        "options",
        { "aria-expanded": String(charts.options), "aria-label": "Chart options", title: "Smoothing, axis, table" },
        icon("sliders"),
      ),
      helpButton(`chart.${charts.kind}`, "Chart"),
    ),
  ];
}

/** @param {State} state @returns {Child[]} */
export function chartOptionsView({ charts }) {
  if (!charts.options) return [];
  const select = (/** @type {string} */ label, /** @type {"smoothing" | "across"} */ name, /** @type {[string | number, string][]} */ choices) =>
    h(
      "label.chart-option",
      {},
      h("span", {}, label),
      h(
        "select.select.select--small",
        { id: `chart-${name}`, "data-chart-option": name },
        choices.map(([value, word]) => h("option", { value, selected: value === charts[name] }, word)),
      ),
    );
  return [
    select("Smoothing", "smoothing", FACTORS.map((factor) => [factor, factor ? String(factor) : "off"])),
    select("Across", "across", [["auto", "auto"], ["epoch", "epochs"], ["step", "steps"]]), // prettier-ignore
    h("button.button", { type: "button", "data-chart-toggle": "table", title: "The history as a table, and as CSV" }, "Table"),
  ];
}

/** What each line of the chart is, with its present value; the figures over it say so for loss and score. @param {State} state @returns {Child[]} */
export function chartKeyView(state) {
  const { charts, history, palette } = state;
  const row = history.at(-1);
  if (!palette || !row) return [];
  const smoothing = charts.smoothing
    ? [h("span.chart-key__note", {}, `smoothed: moving average, factor ${charts.smoothing}; raw lines are faint`)]
    : [];
  if (!isPerLayer(state)) return smoothing;
  const lines = linesOf(state);
  if (!lines.length) return [h("span.chart-key__note", {}, "The server has not told the layers’ norms yet.")];
  const many = lines.length > MOST_WITH_VALUES;
  const keys = lines.map(({ name, figure, colour, dash, text }) =>
    h(
      "span.chart-key__line",
      { key: name, title: many ? `${name}: ${text(figure(row))}` : null },
      h("svg", { viewBox: "0 0 24 4", "aria-hidden": "true" }, h("path", { d: "M0 2H24", stroke: colour, "stroke-width": 3, "stroke-dasharray": PATTERNS[dash] })),
      many ? shortName(name) : `${name} `,
      many ? null : h("output", { "aria-live": "off" }, text(figure(row))),
    ),
  );
  const note = charts.kind === "update" ? [h("span.chart-key__note", {}, "Near the dashed line at 0.001 is usual.")] : [];
  return [...(many ? [h("span", {}, "Layer")] : []), ...keys, ...note, ...smoothing];
}

/** Plotly's dashes as SVG's. @type {Record<string, string | null>} */
export const PATTERNS = { solid: null, dot: "3 3", dash: "7 4", dashdot: "8 3 3 3", longdash: "12 5" };

/** What the chart shows in words: what it is, its last values, and where they have been going. @param {State} state */
export function chartWords(state) {
  const [, , title] = kindsOf(state).find(([kind]) => kind === state.charts.kind) ?? ["", "", "Chart"];
  const rows = rowsShown(state);
  const last = rows.at(-1);
  if (!last || !state.palette) return `${title}. Nothing to show yet.`;
  const lines = linesOf(state).map((line) => {
    const values = rows.map(line.figure).filter(Number.isFinite);
    const value = values.at(-1);
    return value === undefined ? `${line.name}: none` : `${line.name} ${line.text(value)}, ${trendOf(values)}`;
  });
  return `Chart. ${title}, epoch ${rows[0].epoch} to ${last.epoch}. ${lines.join("; ")}.`;
}

/** Over the last quarter of what is shown. @param {readonly number[]} values finite ones */
export function trendOf(values) {
  const last = values[values.length - 1];
  const before = values[Math.floor((values.length - 1) * 0.75)];
  const size = Math.max(Math.abs(last), Math.abs(before));
  if (values.length < 2 || Math.abs(last - before) <= 0.02 * size) return "steady";
  return last > before ? "rising" : "falling";
}

/** The last rows of the history as a table. @param {State} state @returns {Child[]} */
export function historyTableView(state) {
  if (!state.charts.table) return [];
  const word = scoreWord(state);
  const columns = columnsOf(state.history);
  const heads = columns.map((name) => headText(name, word));
  const rows = state.history.slice(-TABLE_ROWS).reverse();
  const cells = (/** @type {LossRow} */ row) => columns.map((name) => h("td", {}, cellText(state, name, row[name])));
  return [
    h(
      "div.history__bar",
      {},
      h("button.button", { type: "button", id: "button-history-copy", "data-chart-copy": "" }, "Copy the whole history as CSV"),
      h("span", { role: "status" }, state.charts.said),
    ),
    h("p", {}, `The last ${rows.length} of ${countText(state.history.length)} rows, newest first.`),
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, cells(row)))),
    ),
  ];
}

/** @param {keyof Omit<LossRow, "norms">} name @param {string} score its word */
function headText(name, score) {
  const words = { step: "Step", epoch: "Epoch", penalty: "Penalty", learning_rate: "Rate" };
  const plain = /** @type {Record<string, string | undefined>} */ (words)[name];
  const [part, figure] = name.split("_");
  const whose = PART_WORDS[/** @type {Part} */ (part)];
  return plain ?? `${whose.charAt(0).toUpperCase()}${whose.slice(1)} ${figure === "score" ? score : figure}`;
}

/** @param {State} state @param {keyof Omit<LossRow, "norms">} name @param {number} value */
function cellText({ server }, name, value) {
  if (name === "step" || name === "epoch") return countText(value);
  if (name.endsWith("score")) return scoreText(value, server?.task !== "regression");
  return name === "learning_rate" ? rateText(value) : lossText(value);
}
