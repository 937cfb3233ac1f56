/**
 * A chart as plain lines and words (views/livechart.js) as SVG: what stays of it in a picture of the page.
 * @import { Node, Palette } from "../types"
 * @import { LiveChart, Shape, Stroke, Symbol } from "./livechart.js"
 */
import { PATTERNS } from "./chartpanel.js";
import { MARK_PATHS } from "./markpaths.js";
import { h } from "./tree.js";

/** Between the axis and its numbers, in pixels. */
const GAP = 4;
/** Lines whose names stand in a row, each with so many pixels. */
const MOST_NAMED = 4;
const NAME = 165;

/** @param {LiveChart} chart @returns {Node[]} */
export function chartNodes(chart) {
  return [
    axesNode(chart),
    ...chart.shapes.map((shape) => shapeNode(shape, chart.letters.size)),
    ...chart.strokes.map(strokeNode),
    ...chart.symbols.map(symbolNode),
    ...chart.names.map(({ text, x, y, size, colour }) => h("text", { x: round(x), y: round(y + 0.35 * size), "font-size": size, fill: colour }, text)),
  ];
}

/** Names over the chart; those of many lines stand at their ends. @param {readonly {name: string, colour: string, dash: string}[]} lines @param {Palette} palette @returns {Node[]} */
export function keyNodes(lines, { ink }) {
  if (lines.length > MOST_NAMED) return [];
  return [...lines].reverse().map(({ name, colour, dash }, row) =>
    h(
      "g",
      { transform: `translate(${40 + row * NAME} -6)`, "font-size": 13 },
      h("path", { d: "M0 -4H24", stroke: colour, "stroke-width": 3, "stroke-dasharray": PATTERNS[dash] }),
      h("text", { x: 31, fill: ink }, name),
    ),
  );
}

/** @param {LiveChart} chart */
function axesNode({ inside: { left, right, bottom }, across, up, title, letters: { size, colour }, grid }) {
  const words = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ anchor) =>
    h("text", { x: round(x), y: round(y), "text-anchor": anchor }, text);
  return h(
    "g",
    { "font-size": size, fill: colour },
    up.map(({ at }) => h("path", { d: `M${left} ${round(at)}H${right}`, stroke: grid, "stroke-width": 1 })),
    up.map(({ text, at }) => words(text, left - GAP, at + 0.35 * size, "end")),
    across.map(({ text, at }) => words(text, at, bottom + GAP + 0.8 * size, "middle")),
    words(title.text, (left + right) / 2, title.at + size / 2, "middle"),
  );
}

/** @param {Shape} shape @param {number} size of its letters */
function shapeNode({ x0, y0, x1, y1, rect, colour, width, dash, opacity, words }, size) {
  const what = rect
    ? h("rect", { x: round(x0), y: round(Math.min(y0, y1)), width: round(x1 - x0), height: round(Math.abs(y1 - y0)), fill: colour, opacity })
    : h("path", { d: `M${round(x0)} ${round(y0)}L${round(x1)} ${round(y1)}`, stroke: colour, "stroke-width": width, "stroke-dasharray": PATTERNS[dash], opacity });
  return words ? h("g", {}, what, h("text", { x: round(x1 - GAP), y: round(y1 - GAP), "text-anchor": "end", "font-size": size, fill: colour }, words)) : what;
}

/** @param {Stroke} stroke */
function strokeNode({ points, colour, dash, width, opacity, dots }) {
  const places = placesOf(points);
  if (dots) return h("g", { fill: colour, opacity }, places.flat().map(([x, y]) => h("circle", { cx: x, cy: y, r: dots / 2 })));
  const d = places.map((run) => `M${run.map((place) => place.join(" ")).join("L")}`).join("");
  return h("path", { d, fill: "none", stroke: colour, "stroke-width": width, "stroke-dasharray": PATTERNS[dash], "stroke-linejoin": "round", opacity });
}

/** The stretches without a gap. @param {Float64Array} points x and y in turn, NaN at gaps @returns {[number, number][][]} */
function placesOf(points) {
  /** @type {[number, number][][]} */
  const runs = [];
  let begun = false;
  for (let at = 0; at < points.length; at += 2) {
    const whole = Number.isFinite(points[at + 1]);
    if (whole && !begun) runs.push([]);
    if (whole) runs[runs.length - 1].push([round(points[at]), round(points[at + 1])]);
    begun = whole;
  }
  return runs;
}

/** @param {Symbol} symbol */
function symbolNode({ x, y, symbol, size, colour }) {
  return h("path", { d: MARK_PATHS[symbol] ?? MARK_PATHS.circle, fill: colour, transform: `translate(${round(x)} ${round(y)}) scale(${size / 10})` });
}

/** A hundredth of a pixel is fine enough, and a tenth of the file. @param {number} value */
export function round(value) {
  return Math.round(value * 100) / 100;
}
