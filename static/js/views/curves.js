/**
 * Loss curves of several branches over one another, drawn as SVG: each branch its colour and dash, training thick and test
 * thin, a dotted line where a branch leaves, and a line where the curves are read.
 * @import { BranchRow, Child, CurveRow, Palette, State } from "../types"
 */
import { branchesOf, comparedOf, curveOf } from "../state/branches.js";
import { DASHES, powers } from "./charts.js";
import { PATTERNS } from "./chartpanel.js";
import { countText, typed } from "./labels.js";
import { h } from "./tree.js";

export const HEIGHT = 168;
/** Room for the axes, in pixels: left, right, top, bottom. */
const MARGIN = { left: 48, right: 10, top: 8, bottom: 20 };
/** Before the panel has been measured. */
const FIRST_WIDTH = 560;
/** Columns of a row, by what they are. */
const COLUMN = { train: 2, test: 3 };
const THICK = { train: 2.4, test: 1.2 };

/** How a branch is told apart in the picture, by its id: stable while others come and go. @param {number} id @param {Palette} palette */
export function lookOfBranch(id, { lines }) {
  return { colour: lines[(id - 1) % lines.length], dash: PATTERNS[DASHES[(id - 1) % DASHES.length]] };
}

/** @param {State} state @returns {("train" | "test")[]} */
function partsOf({ branches: { part } }) {
  return part === "both" ? ["train", "test"] : [part];
}

/** The branches that are compared, each with its rows. @param {State} state @returns {{branch: BranchRow, rows: readonly CurveRow[]}[]} */
export function comparison(state) {
  const ids = comparedOf(state);
  return branchesOf(state)
    .filter(({ id }) => ids.includes(id))
    .map((branch) => ({ branch, rows: curveOf(state, branch.id) }));
}

/** What a branch does not share with another one in the picture. @param {readonly CurveRow[]} rows @param {BranchRow} branch @param {readonly number[]} ids compared */
function ownPart(rows, { parent, from_step: from }, ids) {
  if (parent === null || !ids.includes(parent)) return rows;
  return rows.slice(Math.max(0, rows.findLastIndex(([step]) => step <= from)));
}

/**
 * What steps and losses are where in the picture, and back.
 * @param {State} state
 */
export function scalesOf(state) {
  const { log, width } = state.branches;
  const all = comparison(state).flatMap(({ rows }) => rows);
  const steps = all.map(([step]) => step);
  const [first, last] = [steps.reduce((a, b) => Math.min(a, b), steps[0] ?? 0), steps.reduce((a, b) => Math.max(a, b), 1)];
  const losses = all.flatMap((row) => partsOf(state).map((part) => row[COLUMN[part]])).filter(Number.isFinite);
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

/** @param {State} state @returns {Child} */
export function curvesView(state) {
  const scales = scalesOf(state);
  const ids = comparedOf(state);
  const lines = comparison(state).flatMap(({ branch, rows }) =>
    partsOf(state).map((part) => lineView(state, branch, ownPart(rows, branch, ids), part, scales)),
  );
  const { at, width } = state.branches;
  const reading = at === null ? null : h("path.curves__reading", { key: "reading", d: upright(scales.x(at)) });
  return h(
    "svg.curves__picture",
    { viewBox: `0 0 ${width || FIRST_WIDTH} ${HEIGHT}`, width: width || FIRST_WIDTH, height: HEIGHT, "aria-hidden": "true" },
    axesView(scales),
    forksView(state, scales),
    lines,
    reading,
  );
}

/** @typedef {ReturnType<typeof scalesOf>} Scales */

/** @param {number} x */
function upright(x) {
  return `M${x.toFixed(1)} ${MARGIN.top}V${HEIGHT - MARGIN.bottom}`;
}

/** @param {Scales} scales */
function axesView({ axis, left, right, first, last, x, y }) {
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

/** @param {State} state @param {Scales} scales */
function forksView(state, scales) {
  const leaving = comparison(state).filter(({ branch }) => branch.parent !== null);
  return leaving.map(({ branch: { id, from_step: step, name } }) =>
    h("path.curves__fork", { key: `fork-${id}`, d: upright(scales.x(step)), "data-fork": step }, h("title", {}, `“${name}” leaves at step ${countText(step)}`)),
  );
}

/** @param {State} state @param {BranchRow} branch @param {readonly CurveRow[]} rows @param {"train" | "test"} part @param {Scales} scales */
function lineView({ palette }, branch, rows, part, scales) {
  const { colour, dash } = lookOfBranch(branch.id, /** @type {Palette} */ (palette));
  return h("path.curves__line", {
    key: `${branch.id}-${part}`,
    d: pathOf(rows, COLUMN[part], scales),
    stroke: colour,
    "stroke-width": THICK[part],
    "stroke-dasharray": dash,
    "data-branch": branch.id,
    "data-part-of": part,
  });
}

/** Gaps stay gaps. @param {readonly CurveRow[]} rows @param {number} column @param {Scales} scales */
function pathOf(rows, column, { x, y }) {
  let pen = "M";
  let path = "";
  for (const row of rows) {
    const height = y(row[column]);
    if (Number.isFinite(height)) path += `${pen}${x(row[0]).toFixed(1)} ${height.toFixed(1)}`;
    pen = Number.isFinite(height) ? "L" : "M";
  }
  return path;
}
