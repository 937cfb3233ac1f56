/**
 * How a point is drawn, for canvas and SVG alike. Filled: trained on. Hollow: only tests. Hollow with a dot: only chooses, as
 * validation does.
 * @import { Mark } from "./board.js"
 * @import { Palette } from "../types"
 */

/** Around a ring whose own colour may be as pale as the board. */
export const RIM = 3.4;
/** The dot of a point that only chooses, in units of its outline. */
export const DOT = 2;
/** Around a point that is taken for another class, from its outline. */
export const RING = { away: 2.6, halo: 2.6, line: 1.2 };

/** How large points are on a board whose inside is so wide. @param {number} width in pixels @param {Palette} palette */
export function pointScale(width, palette) {
  return Math.min(1.4, Math.max(0.75, width / 420)) * palette.scale;
}

/**
 * @param {Mark} mark @param {Palette} palette @param {number} scale
 * @returns {{size: number, fill: string, stroke: string, width: number, rim: string | null}} size: of the outline's units; widths in pixels
 */
export function inkOf({ part, focus, chosen, colour, outline }, palette, scale) {
  const trained = part === "train";
  const marked = focus || chosen;
  return {
    size: scale * (focus ? 1.45 : trained ? 0.78 : 0.68),
    fill: trained ? colour : palette.surface,
    stroke: chosen ? palette.ink : !trained ? colour : marked ? palette.ink : outline,
    width: marked ? 2.2 : trained ? 1.1 : 1.7,
    rim: !trained && outline !== palette.surface ? outline : null,
  };
}
