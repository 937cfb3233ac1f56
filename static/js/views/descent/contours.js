/**
 * The contours: the ground as a figure for Plotly, and over it, as SVG, start, paths and who runs where they are now. The SVG is
 * drawn anew at every step and under every drag, the figure only with another surface, size or theme.
 * @import { DescentState, Ground, RacePath, Row } from "../../descenttypes"
 * @import { Look, Node, Palette } from "../../types"
 */
import { groundOf, pathsOf, rowAt } from "../../state/descent/race.js";
import { areaOf, axesFigure, toPixels } from "../board.js";
import { h } from "../tree.js";
import { groundScale, lookOf } from "./look.js";

const LINES = 16;
/** Farther out than this, in sizes of the picture, a place is drawn at the edge of it: lines to infinity are not for SVG. */
const FAR = 20;

/** What the board calls a look: the drawn square's centre and half width. @param {Ground} ground @returns {Look} */
export function squareOf({ domain: [[left, right], [low, high]] }) {
  return { centre: [(left + right) / 2, (low + high) / 2], extent: (right - left) / 2 };
}

/** The heights as they are drawn. @param {Ground} ground @param {number} height */
export function drawn({ steep, lowest }, height) {
  return steep ? Math.log10(1 + height - lowest) : height;
}

/** @param {Ground} ground @param {0 | 1} axis @returns {number[]} where the heights were taken */
export function ticksAlong({ domain, heights }, axis) {
  const [low, high] = domain[axis];
  const last = heights.length - 1;
  return heights.map((_, row) => low + ((high - low) * row) / last);
}

/** @param {Palette} palette @param {Ground} ground @returns {{data: object[], layout: object}} */
export function contourFigure(palette, ground) {
  const { layout } = axesFigure(palette, squareOf(ground));
  const trace = {
    type: "contour",
    x: ticksAlong(ground, 0),
    y: ticksAlong(ground, 1),
    z: ground.heights.map((row) => row.map((height) => drawn(ground, height))),
    ncontours: LINES,
    colorscale: groundScale(palette),
    showscale: false,
    hoverinfo: "skip",
    line: { color: palette.muted, width: 0.6 * palette.scale },
    contours: { coloring: "heatmap" },
  };
  return { data: [trace], layout };
}

/** Everything over the ground. @param {DescentState} state @param {number} size of the picture in pixels @returns {Node[]} */
export function pathsView(state, size) {
  const ground = groundOf(state);
  if (!ground || !state.palette || !size) return [];
  const area = areaOf(size, size, squareOf(ground));
  const at = (/** @type {readonly number[]} */ [x, y]) => toPixels(area, x, y).map((pixel) => Math.max(-FAR * size, Math.min(FAR * size, pixel)).toFixed(1)).join(" ");
  const { x, y, width, height } = area;
  const whole = state.whole || state.dragging;
  const { scale } = state.palette;
  const inside = h(
    "svg",
    { x, y, width, height, viewBox: `${x} ${y} ${width} ${height}`, key: "inside" },
    ground.minima.map((minimum) => h("path.minimum", { d: "M-5 0H5M0 -5V5", transform: `translate(${at(minimum)}) scale(${scale})` })),
    whole ? pathsOf(state).map((path) => ahead(state, path, at)) : [],
    pathsOf(state).map((path) => behind(state, path, at)),
  );
  const balls = pathsOf(state).flatMap((path) => ball(state, path, at, area));
  return [h("svg.contours__svg", { width: size, height: size, viewBox: `0 0 ${size} ${size}` }, inside, startMark(state, at), balls)];
}

/** @typedef {(place: readonly number[]) => string} At */

/** @param {readonly Row[]} rows @param {At} at */
function lineOf(rows, at) {
  return rows.map((row, step) => `${step ? "L" : "M"}${at(row)}`).join("");
}

/** Where one will go. @param {DescentState} state @param {RacePath} path @param {At} at */
function ahead(state, { optimizer, rows }, at) {
  const { colour } = lookOf(state, optimizer);
  const width = 1.4 * /** @type {Palette} */ (state.palette).scale;
  return h("path.path--ahead", { key: `ahead-${optimizer}`, d: lineOf(rows.slice(state.step), at), stroke: colour, "stroke-width": width });
}

/** Where one has been: every step a dot. @param {DescentState} state @param {RacePath} path @param {At} at */
function behind(state, { optimizer, rows }, at) {
  const { colour, dash } = lookOf(state, optimizer);
  const { scale, surface } = /** @type {Palette} */ (state.palette);
  const been = rows.slice(0, state.step + 1);
  const d = lineOf(been, at);
  return h(
    "g.path",
    { key: `behind-${optimizer}`, "data-path": optimizer },
    h("path.path__halo", { d, stroke: surface, "stroke-width": 5 * scale }),
    h("path.path__line", { d, stroke: colour, "stroke-width": 2.4 * scale, "stroke-dasharray": dash }),
    h("path.path__dots", { d: been.map((row) => `M${at(row)}h0`).join(""), stroke: colour, "stroke-width": 5 * scale }),
  );
}

/** @param {DescentState} state @param {RacePath} path @param {At} at @param {import("../board.js").Area} area @returns {Node[]} */
function ball(state, path, at, area) {
  const row = rowAt(path, state.step);
  if (!row || !isInside(area, row)) return [];
  const { colour, shape } = lookOf(state, path.optimizer);
  const { scale, surface } = /** @type {Palette} */ (state.palette);
  const attrs = { d: shape, fill: colour, stroke: surface, transform: `translate(${at(row)}) scale(${1.5 * scale})` };
  return [h("path.ball", { ...attrs, key: `ball-${path.optimizer}`, "data-ball": path.optimizer })];
}

/** @param {import("../board.js").Area} area @param {Row} row */
function isInside({ centre, extent }, [x, y]) {
  return Math.abs(x - centre[0]) <= extent && Math.abs(y - centre[1]) <= extent;
}

/** The start, which a hand takes. @param {DescentState} state @param {At} at */
function startMark({ settings, palette, dragging }, at) {
  const scale = Math.sqrt(/** @type {Palette} */ (palette).scale);
  const transform = `translate(${at(settings?.start ?? [0, 0])}) scale(${(scale * (dragging ? 1.25 : 1)).toFixed(2)})`;
  return h(
    "g.start",
    { key: "start", transform, id: "start-mark" },
    h("circle.start__ground", { r: 14 }),
    h("circle.start__ring", { r: 14 }),
    h("path.start__cross", { d: "M-20 0H-9M9 0H20M0 -20V-9M0 9V20" }),
  );
}
