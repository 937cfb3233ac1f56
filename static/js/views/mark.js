/**
 * A class as it is drawn on the board: its shape in its colour.
 * @import { Palette, State } from "../types"
 */
import { classShape, SHAPE_PATHS, labelColour } from "./board.js";
import { h } from "./tree.js";

/** @param {Pick<State, "palette">} state whose palette is known @param {number} label */
export function shapeMark({ palette }, label) {
  const fill = labelColour(/** @type {Palette} */ (palette), label, true);
  const path = h("path", { d: SHAPE_PATHS[classShape(label)], fill });
  return h("svg.results__mark", { viewBox: "-8 -8 16 16", "aria-hidden": "true" }, path);
}
