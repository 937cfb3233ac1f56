/**
 * The board: where things stand on it, how points look, and its axes. Pictures of the network are `views/picture.js`.
 * @import { Look, Palette, PointRow, State } from "../types"
 */
import { visiblePoints } from "../state/points.js";
import { diverging } from "./picture.js";

/** Room for the axes' numbers, in pixels; the same for the canvases and for Plotly. */
export const MARGINS = { left: 30, right: 8, top: 8, bottom: 24 };
export const SHAPES = ["circle", "square", "triangle", "diamond", "cross", "star"];
/** What a new point of a regression can be worth. */
export const VALUES = [-1, -0.5, 0, 0.5, 1];

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

/** @typedef {{id: number, x: number, y: number, shape: string, colour: string, outline: string, test: boolean, focus: boolean,
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
  const marks = visiblePoints(state).map(([id, x1, x2, label, test]) => {
    const [x, y] = toPixels(area, x1, x2);
    const focus = id === hovered || (chosen.has(id) && chosen.size === 1);
    const outline = classes ? palette.surface : palette.muted;
    return {
      id,
      x,
      y,
      test,
      focus,
      chosen: chosen.has(id),
      wrong: state.wrong.has(id),
      outline,
      shape: classes ? SHAPES[label % SHAPES.length] : "circle",
      colour: labelColour(palette, label, classes),
    };
  });
  return marks.sort((a, b) => Number(a.focus) - Number(b.focus) || Number(a.chosen) - Number(b.chosen) || Number(b.test) - Number(a.test));
}

/** @param {Palette} palette @param {number} label @param {boolean} classes */
export function labelColour(palette, label, classes) {
  return classes ? palette.classes[label % palette.classes.length] : diverging(palette, (label + 1) / 2);
}

/** @param {Palette} palette @param {Look} look @returns {{data: object[], layout: object}} */
export function axesFigure(palette, { centre, extent }) {
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
    automargin: false,
  };
  const { left: l, right: r, top: t, bottom: b } = MARGINS;
  const layout = {
    xaxis: { ...axis, range: [centre[0] - extent, centre[0] + extent] },
    yaxis: { ...axis, range: [centre[1] - extent, centre[1] + extent] },
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
