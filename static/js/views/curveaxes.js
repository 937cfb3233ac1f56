/**
 * Curves of losses over steps as SVG: what is where, axes with round numbers, and a line for each row of figures. Whose curves
 * they are, others know.
 * @import { CurvePart, CurveRow } from "../types"
 */
import { powers } from "./charts.js";
import { countText, typed } from "./labels.js";
import { h } from "./tree.js";

export const HEIGHT = 168;
/** Room for the axes, in pixels: left, right, top, bottom. */
export const MARGIN = { left: 48, right: 10, top: 8, bottom: 20 };
/** Before the panel has been measured. */
export const FIRST_WIDTH = 560;
/** Columns of a row, by what they are. */
export const COLUMN = { train: 2, validation: 6, test: 3 };
export const THICK = { train: 2.4, validation: 1.8, test: 1.2 };

/**
 * What steps and losses are where in the picture, and back.
 * @param {readonly CurveRow[]} all rows of all curves @param {readonly CurvePart[]} parts whose losses are drawn
 * @param {boolean} log @param {number} width in pixels; 0: not measured yet
 */
export function curveScales(all, parts, log, width) {
  const steps = all.map(([step]) => step);
  const [first, last] = [steps.reduce((a, b) => Math.min(a, b), steps[0] ?? 0), steps.reduce((a, b) => Math.max(a, b), 1)];
  const losses = all.flatMap((row) => parts.map((part) => row[COLUMN[part]] ?? NaN)).filter(Number.isFinite);
  const axis = log ? powers(losses) : plain(losses);
  const [left, right] = [MARGIN.left, (width || FIRST_WIDTH) - MARGIN.right];
  const [low, high] = axis.range;
  const part = (/** @type {number} */ loss) => ((log ? Math.log10(loss) : loss) - low) / (high - low || 1);
  return {
    first,
    last,
    axis,
    left,
    right,
    x: (/** @type {number} */ step) => left + ((right - left) * (step - first)) / (last - first || 1),
    y: (/** @type {number} */ loss) => HEIGHT - MARGIN.bottom - part(loss) * (HEIGHT - MARGIN.top - MARGIN.bottom),
    step: (/** @type {number} */ x) => Math.round(first + ((x - left) / (right - left)) * (last - first)),
  };
}

/** A linear axis from 0 and its ticks. @param {readonly number[]} values */
function plain(values) {
  const high = values.reduce((a, b) => Math.max(a, b), 0) || 1;
  const ticks = ticksTo(0, high, 4);
  return { range: [0, high * 1.04], tickvals: ticks, ticktext: ticks.map(typed) };
}

/** Round numbers between two others, some `count` of them. @param {number} low @param {number} high @param {number} count */
export function ticksTo(low, high, count) {
  const rough = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const leap = power * ([1, 2, 5].find((times) => times * power >= rough) ?? 10);
  const from = Math.ceil(low / leap);
  return Array.from({ length: Math.floor(high / leap) - from + 1 }, (_, row) => Number(((from + row) * leap).toPrecision(12)));
}

/** @typedef {ReturnType<typeof curveScales>} Scales */

/** @param {number} x */
export function upright(x) {
  return `M${x.toFixed(1)} ${MARGIN.top}V${HEIGHT - MARGIN.bottom}`;
}

/** @param {Scales} scales */
export function axesView({ axis, left, right, first, last, x, y }) {
  const { range, tickvals, ticktext } = axis;
  const room = HEIGHT - MARGIN.bottom;
  const inside = tickvals.map((value, row) => ({ value, text: ticktext[row], at: y(value) })).filter(({ at }) => at >= MARGIN.top - 1 && at <= room + 1);
  const across = ticksTo(first, last, 6).filter(Number.isInteger);
  return h(
    "g.curves__axes",
    { key: "axes", "data-range": range.map((end) => end.toFixed(3)).join(" ") },
    inside.map(({ at, text }) => [
      h("path.curves__grid", { d: `M${left} ${at.toFixed(1)}H${right}` }),
      h("text.curves__text", { x: left - 6, y: at + 4, "text-anchor": "end" }, text),
    ]).flat(),
    across.map((step) => h("text.curves__text", { x: x(step).toFixed(1), y: HEIGHT - 5, "text-anchor": step === last ? "end" : "middle" }, countText(step))),
  );
}

/** Gaps stay gaps. @param {readonly CurveRow[]} rows @param {number} column @param {Scales} scales */
export function pathOf(rows, column, { x, y }) {
  let pen = "M";
  let path = "";
  for (const row of rows) {
    const height = y(row[column] ?? NaN);
    if (Number.isFinite(height)) path += `${pen}${x(row[0]).toFixed(1)} ${height.toFixed(1)}`;
    pen = Number.isFinite(height) ? "L" : "M";
  }
  return path;
}
