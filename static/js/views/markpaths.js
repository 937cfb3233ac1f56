/** The outlines of the marks over a chart, of about ten pixels around the origin, by Plotly's names. */
import { SHAPE_PATHS } from "./board.js";

/** @type {Readonly<Record<string, string>>} */
export const MARK_PATHS = {
  circle: SHAPE_PATHS.circle,
  square: SHAPE_PATHS.square,
  diamond: SHAPE_PATHS.diamond,
  x: "M-5 -3L-3 -5L0 -2L3 -5L5 -3L2 0L5 3L3 5L0 2L-3 5L-5 3L-2 0Z",
  "triangle-down": "M0 5.8L5.4 -4.2H-5.4Z",
  "star-square": "M-5 -5L0 -3L5 -5L3 0L5 5L0 3L-5 5L-3 0Z",
};
