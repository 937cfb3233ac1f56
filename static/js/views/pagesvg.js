/**
 * A picture of the page as one SVG: what it is of, the network diagram, the curves under it, the board with its legend. The
 * diagram's lines are put into its group `network` as they were drawn, because the style sheet says how they look.
 * @import { Node, Palette, State } from "../types"
 */
import { lookOf } from "../state/look.js";
import { areaOf } from "./board.js";
import { boardNode, legend } from "./boardsvg.js";
import { chartFigure, linesOf } from "./charts.js";
import { chartNodes, keyNodes } from "./chartsvg.js";
import { lossText, scoreText } from "./labels.js";
import { liveChart } from "./livechart.js";
import { experimentTitle } from "./titles.js";
import { h } from "./tree.js";

/** Pixels. */
export const SIZES = { width: 1200, margin: 32, head: 108, diagram: { width: 640, height: 400 }, chart: { width: 640, height: 220 }, board: 476 };
/** Between the diagram and the chart, where the lines' names stand. */
const BETWEEN = 44;
/** Room for the numbers and the name of the board's axis, above the legend. */
const UNDER_BOARD = 38;
/** @typedef {{ground: string, maps: string}} Drawn the board's square and the diagram's pictures as PNGs in data addresses */

/** @param {State} state with a frame and a palette @param {Drawn} drawn @returns {Node} */
export function pageNode(state, drawn) {
  const palette = /** @type {Palette} */ (state.palette);
  const { width, margin, head, diagram, chart, board } = SIZES;
  const keys = legend(state);
  const left = width - margin - board;
  const under = head + board + UNDER_BOARD;
  const height = Math.max(head + diagram.height + BETWEEN + chart.height, under + keys.height) + margin;
  const figure = liveChart(chartFigure(state, chart.height, false), chart.width, chart.height);
  const at = (/** @type {number} */ x, /** @type {number} */ y) => ({ transform: `translate(${x} ${y})` });
  return h(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, "font-family": palette.font },
    h("title", {}, experimentTitle(state)),
    h("rect", { width, height, fill: palette.surface }),
    ...headNodes(state, palette, margin),
    h("g", { ...at(margin, head), id: "network" }, h("image", { href: drawn.maps, width: diagram.width, height: diagram.height })),
    h("g", at(margin, head + diagram.height + BETWEEN), ...keyNodes(linesOf(state), palette), ...chartNodes(figure)),
    h("g", at(left, head - 8), boardNode(state, areaOf(board, board, lookOf(state)), drawn.ground, board)),
    h("g", at(left + 30, under), keys.node),
    h("text", { x: width - margin, y: height - 14, "text-anchor": "end", "font-size": 12, fill: palette.muted }, "Gradient Playground"),
  );
}

/** What it is of, and how well it does. @param {State} state @param {Palette} palette @param {number} margin @returns {Node[]} */
function headNodes(state, palette, margin) {
  const now = state.frame?.now;
  const classes = state.server?.task !== "regression";
  const figures = /** @type {const} */ (["train", "validation", "test"]).filter((part) => Number.isFinite(now?.[`${part}_loss`]));
  const words = figures.map((part) =>
    h("tspan", { fill: palette[part], dx: 22 }, `${PARTS[part]} loss ${lossText(now?.[`${part}_loss`])}, ${classes ? "accuracy" : "R²"} ${scoreText(now?.[`${part}_score`], classes)}`),
  );
  const { epoch = 0, step = 0 } = state.frame ?? {};
  return [
    h("text", { x: margin, y: 46, "font-size": 22, "font-weight": 600, fill: palette.ink }, experimentTitle(state)),
    h("text", { x: margin, y: 76, "font-size": 15, fill: palette.ink }, `epoch ${epoch}, step ${step}`, words),
  ];
}

const PARTS = { train: "training", validation: "validation", test: "test" };
