/**
 * Names at the right ends of a chart's lines, as many as there is height for: the first and the last layer before others.
 * @import { LossRow, Palette } from "../types"
 * @import { Line } from "./charts.js"
 */

/** Pixels between two names, and to the right of the lines for them. */
const APART = 11;
export const ROOM_FOR_ENDS = 28;

/** A layer's name where there is little room: its number. @param {string} name */
export function shortName(name) {
  return name === "output" ? "out" : name.replace("layer ", "");
}

/**
 * Which lines get a name: from the first and the last on, each that keeps its distance from those that have one.
 * @param {readonly number[]} heights in pixels; NaN where a line has no end to name
 * @param {number} apart pixels @returns {number[]} rows of `heights`
 */
export function named(heights, apart) {
  const rows = heights.map((_, row) => row);
  const order = [...rows.slice(-1), ...rows.slice(0, -1)];
  /** @type {number[]} */
  const kept = [];
  for (const row of order)
    if (Number.isFinite(heights[row]) && kept.every((other) => Math.abs(heights[other] - heights[row]) >= apart)) kept.push(row);
  return kept;
}

/**
 * Annotations for a log axis. @param {readonly Line[]} lines @param {readonly LossRow[]} rows
 * @param {readonly [number, number]} range of the axis, powers of ten @param {number} height of the plot, pixels
 * @param {Palette} palette
 */
export function endsOf(lines, rows, [low, high], height, { scale, ink }) {
  const last = rows.findLast(({ norms }) => norms.length);
  if (!last || lines.length < 2) return [];
  const powers = lines.map(({ figure }) => Math.log10(figure(last)));
  const heights = powers.map((power) => ((power - low) / (high - low)) * height);
  return named(heights, APART * scale).map((row) => ({
    text: shortName(lines[row].name),
    x: 1,
    xref: "paper",
    xanchor: "left",
    xshift: 3 * scale,
    y: powers[row],
    yref: "y",
    showarrow: false,
    font: { size: 11 * scale, color: ink },
  }));
}
