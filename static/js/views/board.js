/**
 * The board: where things stand on it, how points look, and its axes. Pictures of the network are `views/picture.js`.
 * @import { Palette, PointRow, State } from "../types"
 */
import { shownPoints } from "../state/points.js";
import { diverging } from "./picture.js";

/** Room for the axes' numbers, in pixels; the same for the canvases and for Plotly. */
export const MARGINS = { left: 30, right: 8, top: 8, bottom: 24 };
export const SHAPES = ["circle", "square", "triangle", "diamond", "cross", "star"];
/** What a new point of a regression can be worth. */
export const VALUES = [-1, -0.5, 0, 0.5, 1];

/** @typedef {{x: number, y: number, width: number, height: number, extent: number}} Area the inside of the axes in pixels */

/** @param {number} width @param {number} height @param {number} extent @returns {Area} */
export function areaOf(width, height, extent) {
  const { left, right, top, bottom } = MARGINS;
  return {
    x: left,
    y: top,
    width: Math.max(1, width - left - right),
    height: Math.max(1, height - top - bottom),
    extent,
  };
}

/** @param {Area} area @param {number} x1 @param {number} x2 @returns {[number, number]} pixels */
export function toPixels(area, x1, x2) {
  return [area.x + ((x1 / area.extent + 1) / 2) * area.width, area.y + ((1 - x2 / area.extent) / 2) * area.height];
}

/**
 * @param {Area} area
 * @param {number} left
 * @param {number} top
 * @returns {[number, number]} board coordinates, kept on the board
 */
export function toBoard(area, left, top) {
  const clamp = (/** @type {number} */ value) =>
    Math.max(-area.extent, Math.min(area.extent, Number(value.toFixed(3))));
  return [
    clamp((((left - area.x) / area.width) * 2 - 1) * area.extent),
    clamp((1 - ((top - area.y) / area.height) * 2) * area.extent),
  ];
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
    if (distance <= least && point[0] >= 0) [best, least] = [point, distance];
  }
  return best;
}

/** @typedef {{id: number, x: number, y: number, shape: string, colour: string, outline: string, test: boolean, focus: boolean}} Mark */

/**
 * Every point as a mark, the ones that matter now on top.
 * @param {State} state
 * @param {Area} area
 * @returns {Mark[]}
 */
export function marksOf(state, area) {
  const { selected, hovered } = state.ui;
  const classes = state.server?.task !== "regression";
  const palette = /** @type {Palette} */ (state.palette);
  const marks = shownPoints(state).map(([id, x1, x2, label, test]) => {
    const [x, y] = toPixels(area, x1, x2);
    const focus = id >= 0 && (id === selected || id === hovered);
    const outline = classes ? palette.surface : palette.muted;
    return {
      id,
      x,
      y,
      test,
      focus,
      outline,
      shape: classes ? SHAPES[label % SHAPES.length] : "circle",
      colour: labelColour(palette, label, classes),
    };
  });
  return marks.sort((a, b) => Number(a.focus) - Number(b.focus) || Number(b.test) - Number(a.test));
}

/** @param {Palette} palette @param {number} label @param {boolean} classes */
export function labelColour(palette, label, classes) {
  return classes ? palette.classes[label % palette.classes.length] : diverging(palette, (label + 1) / 2);
}

/** @param {Palette} palette @param {number} extent @returns {{data: object[], layout: object}} */
export function axesFigure(palette, extent) {
  const axis = {
    range: [-extent, extent],
    fixedrange: true,
    zeroline: false,
    showgrid: false,
    ticks: "",
    tickfont: { size: 11, color: palette.muted },
    linecolor: palette.hairline,
    showline: true,
    mirror: true,
    nticks: 7,
    automargin: false,
  };
  const { left: l, right: r, top: t, bottom: b } = MARGINS;
  const layout = {
    xaxis: axis,
    yaxis: axis,
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
};
