/**
 * Height above the lowest point at every step, on a logarithmic axis: who is how deep, when.
 * @import { DescentState, Ground, RacePath } from "../../descenttypes"
 * @import { Node, Palette } from "../../types"
 */
import { groundOf, lastStep, pathsOf, rowAt } from "../../state/descent/race.js";
import { ticksTo } from "../curveaxes.js";
import { h } from "../tree.js";
import { lookOf } from "./look.js";
import { say } from "./words.js";

/** Lower and higher than this nothing is told apart. */
const [LEAST, MOST] = [1e-8, 1e6];
/** Between two numbers at the axis, in pixels at a desk. */
const APART = 26;
const SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** "10⁻⁴". @param {number} power */
export function powerText(power) {
  const digits = [...String(Math.abs(power))].map((digit) => SIGNS[Number(digit)]).join("");
  return power === 0 ? "1" : power === 1 ? "10" : `10${power < 0 ? "⁻" : ""}${digits}`;
}

/** @param {DescentState} state @param {Ground} ground @param {number} width @param {number} height of the picture */
export function heightScales(state, ground, width, height) {
  const all = pathsOf(state).flatMap(({ rows }) => rows.map((row) => bounded(row[2] - ground.lowest)));
  const low = Math.floor(Math.log10(Math.min(0.01, ...all)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(1, ...all)) - 1e-9));
  const { scale } = /** @type {Palette} */ (state.palette);
  const box = { left: 44 * scale, right: width - 12, top: 8, bottom: height - 30 * scale };
  const last = Math.max(1, lastStep(state));
  return {
    ...box,
    low,
    high,
    last,
    x: (/** @type {number} */ step) => box.left + ((box.right - box.left) * step) / last,
    y: (/** @type {number} */ above) => box.bottom - ((Math.log10(bounded(above)) - low) / (high - low)) * (box.bottom - box.top),
    step: (/** @type {number} */ x) => Math.round(((x - box.left) / (box.right - box.left)) * last),
  };
}

/** @param {number} above */
function bounded(above) {
  return Math.min(MOST, Math.max(LEAST, above));
}

/** @typedef {ReturnType<typeof heightScales>} Scales */

/** @param {DescentState} state @param {{width: number, height: number}} room @returns {Node[]} */
export function heightsView(state, { width, height }) {
  const ground = groundOf(state);
  if (!ground || !state.palette || width < 80 || height < 60) return [];
  const scales = heightScales(state, ground, width, height);
  const paths = pathsOf(state);
  const now = h("path.heights__now", { key: "now", d: `M${scales.x(state.step).toFixed(1)} ${scales.top}V${scales.bottom}` });
  const lines = paths.map((path) => lineOf(state, path, ground, scales));
  const marks = paths.flatMap((path) => markAt(state, path, ground, scales));
  return [h("svg.heights__svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, axes(state, scales, height), now, lines, marks)];
}

/** @param {RacePath} path @param {number} until @param {Ground} ground @param {Scales} scales */
function line({ rows }, until, ground, scales) {
  return rows.slice(0, until).map((row, step) => `${step ? "L" : "M"}${scales.x(step).toFixed(1)} ${scales.y(row[2] - ground.lowest).toFixed(1)}`).join("");
}

/** @param {DescentState} state @param {RacePath} path @param {Ground} ground @param {Scales} scales */
function lineOf(state, path, ground, scales) {
  const { colour, dash } = lookOf(state, path.optimizer);
  const { scale } = /** @type {Palette} */ (state.palette);
  const whole = state.whole || state.dragging;
  return h(
    "g",
    { key: path.optimizer },
    whole ? h("path.path--ahead", { d: line(path, path.rows.length, ground, scales), stroke: colour, "stroke-width": 1.4 * scale }) : null,
    h("path.path__line", { d: line(path, state.step + 1, ground, scales), stroke: colour, "stroke-width": 2.4 * scale, "stroke-dasharray": dash }),
  );
}

/** @param {DescentState} state @param {RacePath} path @param {Ground} ground @param {Scales} scales @returns {Node[]} */
function markAt(state, path, ground, scales) {
  const row = rowAt(path, state.step);
  if (!row) return [];
  const { colour, shape } = lookOf(state, path.optimizer);
  const { scale, surface } = /** @type {Palette} */ (state.palette);
  const at = `translate(${scales.x(state.step).toFixed(1)} ${scales.y(row[2] - ground.lowest).toFixed(1)}) scale(${1.1 * scale})`;
  return [h("path.ball", { key: `mark-${path.optimizer}`, d: shape, fill: colour, stroke: surface, transform: at })];
}

/** @param {DescentState} state @param {Scales} scales @param {number} height */
function axes({ words, palette }, { left, right, top, bottom, low, high, last, x, y }, height) {
  const { scale } = /** @type {Palette} */ (palette);
  const every = Math.ceil((high - low) / Math.max(1, Math.floor((bottom - top) / (APART * scale))));
  const powers = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, row) => low + row * every);
  const steps = ticksTo(0, last, 5).filter(Number.isInteger);
  const small = { "font-size": 11 * scale };
  return h(
    "g.heights__axes",
    { key: "axes" },
    powers.flatMap((power) => [
      h("path.heights__grid", { d: `M${left} ${y(10 ** power).toFixed(1)}H${right}` }),
      h("text", { ...small, x: left - 6, y: (y(10 ** power) + 4 * scale).toFixed(1), "text-anchor": "end" }, powerText(power)),
    ]),
    steps.map((step) => h("text", { ...small, x: x(step).toFixed(1), y: bottom + 14 * scale, "text-anchor": step === last ? "end" : "middle" }, String(step))),
    h("path.heights__frame", { d: `M${left} ${top}V${bottom}H${right}` }),
    h("text", { ...small, x: right, y: height - 3, "text-anchor": "end" }, say(words, "steps_axis")),
    h("text", { ...small, x: left, y: height - 3 }, say(words, "heights_axis")),
  );
}
