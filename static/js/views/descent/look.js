/**
 * How runners are told apart - colour, shape and dash, any of which is enough - and the colours of the ground.
 * @import { DescentState } from "../../descenttypes"
 * @import { Palette } from "../../types"
 */
import { SHAPES, SHAPE_PATHS } from "../board.js";
import { mix, rgb } from "../picture.js";
import { h } from "../tree.js";

/** Which of the classes' colours: the grey one last, because the ground is quiet too. */
const COLOURS = [0, 1, 2, 3, 4, 6, 5];
/** As SVG writes dashes, and as Plotly calls those most like them. @type {readonly [string, string][]} */
const DASHES = [
  ["", "solid"],
  ["9 4", "dash"],
  ["2.5 3.5", "dot"],
  ["10 3 2.500 3", "dashdot"],
  ["15 5", "longdash"],
  ["15 4 2.500 4", "longdashdot"],
  ["5 3", "dash"],
];
/** The marks that Plotly has in 3-D. */
const SOLIDS = ["circle", "square", "circle-open", "diamond", "cross", "x", "square-open"];

/** @param {DescentState} state @param {string} optimizer */
export function lookOf({ optimizers, palette }, optimizer) {
  const row = optimizers.indexOf(optimizer);
  const [dash, plotlyDash] = DASHES[row % DASHES.length];
  return {
    colour: /** @type {Palette} */ (palette).classes[COLOURS[row % COLOURS.length]],
    shape: SHAPE_PATHS[SHAPES[row % SHAPES.length]],
    dash,
    plotlyDash,
    solid: SOLIDS[row % SOLIDS.length],
  };
}

/** The mark and the line of one, as a key. @param {DescentState} state @param {string} optimizer */
export function keyMark(state, optimizer) {
  const { colour, shape, dash } = lookOf(state, optimizer);
  return h(
    "svg.runner__key",
    { viewBox: "-22 -9 44 18", "aria-hidden": "true" },
    h("path", { d: "M-21 0H21", stroke: colour, "stroke-width": 3, "stroke-dasharray": dash, fill: "none" }),
    h("path", { d: shape, fill: colour, stroke: /** @type {Palette} */ (state.palette).surface, "stroke-width": 1.5 }),
  );
}

/** From the lowest (0) to the highest (1) of a ground: quiet, so that the paths stand out. @param {Palette} palette @param {number} share */
function groundColour({ surface, positive, strength }, share) {
  return mix(rgb(surface), rgb(positive), (1 - share) ** 1.5 * strength * 0.6 + 0.08);
}

/** The same as Plotly wants it. @param {Palette} palette @returns {[number, string][]} */
export function groundScale(palette) {
  return [0, 0.1, 0.25, 0.5, 0.75, 1].map((share) => [share, `rgb(${groundColour(palette, share).join(",")})`]);
}
