/**
 * Loss curves of several branches over one another, drawn as SVG: each branch its colour and dash, training thick and test
 * thin, a dotted line where a branch leaves, and a line where the curves are read.
 * @import { BranchRow, Child, CurvePart, CurveRow, Palette, State } from "../types"
 */
import { anyValidation, branchesOf, comparedOf, curveOf } from "../state/branches.js";
import { DASHES } from "./charts.js";
import { PATTERNS } from "./chartpanel.js";
import { axesView, COLUMN, curveScales, FIRST_WIDTH, HEIGHT, pathOf, THICK, upright } from "./curveaxes.js";
import { countText } from "./labels.js";
import { h } from "./tree.js";

/** How a branch is told apart in the picture, by its id: stable while others come and go. @param {number} id @param {Palette} palette */
export function lookOfBranch(id, { lines }) {
  return { colour: lines[(id - 1) % lines.length], dash: PATTERNS[DASHES[(id - 1) % DASHES.length]] };
}

/** Whose loss is looked at; that of validation points only while there are some. @param {State} state @returns {"both" | CurvePart} */
export function partShown(state) {
  const { part } = state.branches;
  return part === "validation" && !anyValidation(state) ? "both" : part;
}

/** @param {State} state @returns {CurvePart[]} */
function partsOf(state) {
  const part = partShown(state);
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

/** What steps and losses are where in the picture, and back. @param {State} state */
export function scalesOf(state) {
  const { log, width } = state.branches;
  return curveScales(comparison(state).flatMap(({ rows }) => rows), partsOf(state), log, width);
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

/** @param {State} state @param {Scales} scales */
function forksView(state, scales) {
  const leaving = comparison(state).filter(({ branch }) => branch.parent !== null);
  return leaving.map(({ branch: { id, from_step: step, name } }) =>
    h("path.curves__fork", { key: `fork-${id}`, d: upright(scales.x(step)), "data-fork": step }, h("title", {}, `“${name}” leaves at step ${countText(step)}`)),
  );
}

/** @param {State} state @param {BranchRow} branch @param {readonly CurveRow[]} rows @param {CurvePart} part @param {Scales} scales */
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
