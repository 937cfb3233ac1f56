/**
 * The board: where things stand on it, how points look, and its axes. Pictures of the network are `views/picture.js`.
 * @import { Axis, InputColumn, Look, Palette, Part, PointRow, State } from "../types"
 */
import { numberOf, partNamed } from "../state/parts.js";
import { visiblePoints } from "../state/points.js";
import { isPlain, ticksOf } from "./axes.js";
import { diverging } from "./picture.js";

/** Room for the axes' numbers, in pixels; the same for the canvases and for Plotly. */
export const MARGINS = { left: 30, right: 8, top: 8, bottom: 24 };
export const SHAPES = ["circle", "square", "triangle", "diamond", "cross", "star", "down", "saltire", "hourglass", "dome"];
/** What a new point of a regression can be worth, where the targets are about as large. */
const VALUES = [-1, -0.5, 0, 0.5, 1];
/** @type {readonly [number, number]} */
const USUAL = [-1, 1];

/** @typedef {{x: number, y: number, width: number, height: number} & Look} Area the inside of the axes in pixels, and what it shows */

/** @param {number} width @param {number} height @param {Look} look @returns {Area} */
export function areaOf(width, height, { centre, extent }) {
  const { left, right, top, bottom } = MARGINS;
  return {
    x: left,
    y: top,
    width: Math.max(1, width - left - right),
    height: Math.max(1, height - top - bottom),
    centre,
    extent,
  };
}

/** @param {Area} area @param {number} x1 @param {number} x2 @returns {[number, number]} pixels */
export function toPixels(area, x1, x2) {
  const { centre, extent } = area;
  return [
    area.x + (((x1 - centre[0]) / extent + 1) / 2) * area.width,
    area.y + ((1 - (x2 - centre[1]) / extent) / 2) * area.height,
  ];
}

/** Board coordinates to the last place. @param {Area} area @param {number} left @param {number} top @returns {[number, number]} */
export function toExact({ x, y, width, height, centre, extent }, left, top) {
  return [
    centre[0] + (((left - x) / width) * 2 - 1) * extent,
    centre[1] + (1 - ((top - y) / height) * 2) * extent,
  ];
}

/** Where a picture of `look` belongs in an area that shows something else. @param {Area} area @param {Look} look */
export function placeOf(area, { centre, extent }) {
  const [x, y] = toPixels(area, centre[0] - extent, centre[1] + extent);
  const scale = extent / area.extent;
  return { x, y, width: area.width * scale, height: area.height * scale };
}

/**
 * @param {Area} area
 * @param {number} left
 * @param {number} top
 * @returns {[number, number]} board coordinates, kept in the part that is shown, as fine as can be seen
 */
export function toBoard(area, left, top) {
  const digits = Math.max(3, 3 - Math.floor(Math.log10(area.extent)));
  const clamp = (/** @type {number} */ value, /** @type {number} */ middle) =>
    Number(Math.max(middle - area.extent, Math.min(middle + area.extent, value)).toFixed(digits));
  const [x1, x2] = toExact(area, left, top);
  return [clamp(x1, area.centre[0]), clamp(x2, area.centre[1])];
}

/** Whether a place lies inside the axes. @param {Area} area @param {number} left @param {number} top */
export function isShown({ x, y, width, height }, left, top) {
  return left >= x - 1 && left <= x + width + 1 && top >= y - 1 && top <= y + height + 1;
}

/**
 * The point nearest to a place, drawn last first. @param {readonly PointRow[]} points @param {Area} area
 * @param {number} left @param {number} top @param {number} reach in pixels @returns {PointRow | null}
 */
export function pointAt(points, area, left, top, reach) {
  let best = null;
  let least = reach * reach;
  for (const point of points) {
    const [x, y] = toPixels(area, point[1], point[2]);
    const distance = (x - left) ** 2 + (y - top) ** 2;
    if (distance <= least) [best, least] = [point, distance];
  }
  return best;
}

/** @typedef {{id: number, x: number, y: number, shape: string, colour: string, outline: string, part: Part, focus: boolean,
 * chosen: boolean, wrong: boolean}} Mark */

/**
 * Every point as a mark, the ones that matter now on top.
 * @param {State} state
 * @param {Area} area
 * @returns {Mark[]}
 */
export function marksOf(state, area) {
  const { selected, hovered } = state.ui;
  const chosen = new Set(selected);
  const classes = state.server?.task !== "regression";
  const palette = /** @type {Palette} */ (state.palette);
  const range = rangeOf(state);
  const marks = visiblePoints(state).map(([id, x1, x2, label, part]) => {
    const [x, y] = toPixels(area, x1, x2);
    const focus = id === hovered || (chosen.has(id) && chosen.size === 1);
    const outline = classes || state.server?.chart === "curve" ? palette.surface : palette.muted;
    return {
      id,
      x,
      y,
      part: partNamed(part),
      focus,
      chosen: chosen.has(id),
      wrong: state.wrong.has(id),
      outline,
      shape: classes ? classShape(label) : "circle",
      colour: state.server?.chart === "curve" && !classes ? palette.train : labelColour(palette, label, classes, range),
    };
  });
  return marks.sort((a, b) => Number(a.focus) - Number(b.focus) || Number(a.chosen) - Number(b.chosen) || numberOf(b.part) - numberOf(a.part));
}

/** The place of a class among what is chosen from: between two messages of the server a label may be of other data, and no class at all. @param {number} label @param {number} count */
const place = (label, count) => Math.abs(Math.round(label)) % count;

/** @param {number} label of a class */
export function classShape(label) {
  return SHAPES[place(label, SHAPES.length)];
}

/** @param {Palette} palette @param {number} label @param {boolean} classes @param {readonly [number, number]} [range] of a regression's colours */
export function labelColour(palette, label, classes, [low, high] = USUAL) {
  return classes ? palette.classes[place(label, palette.classes.length)] : diverging(palette, (label - low) / (high - low));
}

/** What the board's picture is drawn from: of two frames on a paused board these are the same. @param {State} state @returns {unknown[]} */
export function pictureNeeds({ frame, server }) {
  if (!frame) return [];
  const { boundary, boundary_range: range, curve, focus, focus_unit: unit, focus_range: span, centre, extent } = frame;
  return [boundary, range, curve, focus, unit, span, centre, extent, server?.layers, server?.output];
}

/** What the board's colours span in a regression; points have those of the picture. @param {State} state */
export function rangeOf({ frame, server }) {
  return server?.task === "regression" ? (frame?.boundary_range ?? USUAL) : USUAL;
}

/** What a new point can be worth: round numbers over what the targets span; on a curve its place says it. @param {State} state */
export function valuesOf(state) {
  if (state.server?.chart === "curve") return [];
  const [low, high] = rangeOf(state);
  if (low <= -1 && low > -2 && high >= 1 && high < 2) return VALUES;
  const axis = { name: "", unit: "", input: null, middle: 0, scale: 1 };
  return ticksOf(axis, low, high).map(({ at }) => Number(at.toPrecision(12)));
}

/**
 * Round numbers of the data at axes that have units of their own; Plotly's at the others.
 * @param {readonly Axis[]} axes @param {Look} look @param {readonly InputColumn[]} inputs @returns {object[]} what each axis adds
 */
function namedTicks(axes, { centre, extent }, inputs) {
  return axes.map((axis, row) => {
    if (isPlain(axis)) return {};
    const ticks = ticksOf(axis, centre[row] - extent, centre[row] + extent, axis.input !== null && inputs[axis.input]?.indicator);
    return { tickvals: ticks.map(({ at }) => at), ticktext: ticks.map(({ text }) => text) };
  });
}

/**
 * @param {Palette} palette @param {Look} look
 * @param {readonly Axis[]} [axes] @param {readonly InputColumn[]} [inputs] @returns {{data: object[], layout: object}}
 */
export function axesFigure(palette, look, axes = [], inputs = []) {
  const { centre, extent } = look;
  const [right, up] = namedTicks(axes, look, inputs);
  const axis = {
    fixedrange: true,
    zeroline: false,
    showgrid: false,
    ticks: "",
    tickfont: { size: 11 * palette.scale, color: palette.muted },
    linecolor: palette.hairline,
    showline: true,
    mirror: true,
    nticks: 7,
    // The uppermost number of a large type would stand out by a pixel, and what does is left out.
    ticklabeloverflow: "allow",
    automargin: false,
  };
  const { left: l, right: r, top: t, bottom: b } = MARGINS;
  const layout = {
    xaxis: { ...axis, ...right, range: [centre[0] - extent, centre[0] + extent] },
    yaxis: { ...axis, ...up, range: [centre[1] - extent, centre[1] + extent] },
    margin: { l, r, t, b, pad: 0 },
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    showlegend: false,
    font: { family: palette.font },
  };
  return { data: [{ type: "scatter", x: [], y: [] }], layout };
}

/** Outlines around the origin, of about the same area. @type {Record<string, string>} */
export const SHAPE_PATHS = {
  circle: "M5 0A5 5 0 1 1 -5 0A5 5 0 1 1 5 0Z",
  square: "M-4.5 -4.5H4.5V4.5H-4.5Z",
  triangle: "M0 -5.8L5.4 4.2H-5.4Z",
  diamond: "M0 -6.2L5.2 0L0 6.2L-5.2 0Z",
  cross: "M-1.9 -5.6H1.9V-1.9H5.6V1.9H1.9V5.6H-1.9V1.9H-5.6V-1.9H-1.9Z",
  star: "M0 -6.6L1.7 -2.1L6.4 -2L2.7 0.9L4 5.4L0 2.8L-4 5.4L-2.7 0.9L-6.4 -2L-1.7 -2.1Z",
  down: "M0 5.8L5.4 -4.2H-5.4Z",
  saltire: "M-5.4 -3.2L-3.2 -5.4L0 -2.2L3.2 -5.4L5.4 -3.2L2.2 0L5.4 3.2L3.2 5.4L0 2.2L-3.2 5.4L-5.4 3.2L-2.2 0Z",
  hourglass: "M-5 -5.4H5L1.2 0L5 5.4H-5L-1.2 0Z",
  dome: "M-6 3.2A6 6 0 0 1 6 3.2Z",
};
