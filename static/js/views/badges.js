/**
 * What the diagnosis and the gradient check say on the diagram itself: badges at dead and saturated units, marks at the
 * parameters that differ most. An overlay of its own over the diagram's geometry.
 * @import { GradientRow, Node, State, WeightRef } from "../types"
 * @import { Layout, Place } from "./network.js"
 */
import { markedRows, rowName, rowsThere } from "./check.js";
import { isDiagnosing } from "./diagnostics.js";
import { biasPlace, pathOf, runOf, spotOf } from "./edge.js";
import { h } from "./tree.js";
import { unitName } from "./weight.js";

/** A cross for what is dead, a curve that has gone flat for what is saturated: shape as well as colour. */
const SIGNS = { dead: "M-3.2 -3.2L3.2 3.2M3.2 -3.2L-3.2 3.2", saturated: "M-4.6 3H-2C.6 3 -.6 -3 2 -3H4.6" };

/** What the overlay is drawn again for. @param {State} state @returns {unknown[]} */
export function notesNeeds({ figures, drawer, check, server }) {
  return [drawer.tab, drawer.tab === "diagnostics" ? figures : null, check, server?.revision];
}

/** @param {State} state @param {Layout} layout @returns {Node[]} */
export function notesTree(state, layout) {
  return [h("g.offenders", {}, offendersOf(state, layout)), h("g.badges", {}, badgesOf(state, layout))];
}

/** One badge for each unit that a reading calls dead or saturated. @param {State} state @param {Layout} layout @returns {Node[]} */
function badgesOf(state, layout) {
  if (!isDiagnosing(state)) return [];
  return (state.figures?.readings ?? []).flatMap(({ layer, units, verdict }) =>
    units.flatMap((unit) => {
      const place = layer === null ? null : layout.columns[layer + 1]?.[unit];
      return place && layer !== null ? [badgeNode(place, layout.scale, verdict, badgeText(state, layer, unit, verdict), `${layer}-${unit}`)] : [];
    }),
  );
}

/** @param {State} state @param {number} layer @param {number} unit @param {string} verdict */
function badgeText(state, layer, unit, verdict) {
  const name = unitName(state, layer, unit);
  const before = (state.server?.layers ?? []).slice(0, layer).reduce((sum, { fan_out }) => sum + fan_out, 0);
  const share = state.figures?.health?.values[before + unit];
  const points = share === undefined || Number.isNaN(share) ? "" : `: ${Math.round(100 * share)} % of training points`;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} is ${verdict}${points}`;
}

/** At the unit's upper right corner, where its picture loses least. @param {Place} place @param {number} scale @param {string} verdict @param {string} text @param {string} key @returns {Node} */
function badgeNode({ x, y, box }, scale, verdict, text, key) {
  const radius = Math.max(5.5, Math.min(9, box * 0.2)) * scale;
  const [left, top] = [x + box / 2 - radius * 0.35, y - box / 2 + radius * 0.35];
  const shape = verdict === "dead" ? SIGNS.dead : SIGNS.saturated;
  return h(
    "g.badge",
    { key, class: `badge--${verdict}`, role: "img", "aria-label": text, "data-badge": key, transform: `translate(${left.toFixed(1)} ${top.toFixed(1)}) scale(${(radius / 8).toFixed(3)})` },
    h("title", {}, text),
    h("circle.badge__ground", { r: 8 }),
    h("path.badge__sign", { d: shape }),
  );
}

/** The worst parameters with their places in the table, and the one whose row a hand is on. @param {State} state @param {Layout} layout @returns {Node[]} */
function offendersOf(state, layout) {
  if (state.drawer.tab !== "gradient-check") return [];
  const rows = rowsThere(state);
  const marked = markedRows(state).filter((at) => rows[at] && isThere(layout, rows[at]));
  const { row: pointed, told } = state.check;
  const here = pointed !== null && rows[pointed] && isThere(layout, rows[pointed]) ? lineNode(layout, rows[pointed], "offender--pointed") : null;
  const lines = marked.map((at) => lineNode(layout, rows[at], `offender--${told?.verdict}`));
  const numbers = marked.map((at, place) => numberNode(layout, rows[at], place + 1, rowName(state, rows[at])));
  return [...lines, ...(here ? [here] : []), ...numbers];
}

/** @param {Layout} layout @param {WeightRef} ref */
function isThere({ columns }, { layer, unit, input }) {
  return Boolean(columns[layer + 1]?.[unit]) && (input === null || Boolean(columns[layer]?.[input]));
}

/** The edge, or a ring around the bias; gamma and beta are the unit's own. @param {Layout} layout @param {GradientRow} row @param {string} tone */
function lineNode(layout, { layer, unit, input, kind }, tone) {
  if (input !== null) {
    const d = pathOf(runOf(layout, layer, unit, input));
    return h("g.offender", { class: tone }, h("path.offender__ground", { d }), h("path.offender__line", { d }));
  }
  const place = layout.columns[layer + 1][unit];
  const { x, y, r } = kind === "bias" ? { ...biasPlace(place), r: biasPlace(place).radius + 4 } : { ...place, r: place.box * 0.72 };
  return h("g.offender", { class: tone }, h("circle.offender__ground", { cx: x, cy: y, r }), h("circle.offender__line", { cx: x, cy: y, r }));
}

/** @param {Layout} layout @param {GradientRow} row @param {number} place @param {string} name */
function numberNode(layout, row, place, name) {
  const at = spotOf(layout, row);
  const [x, y] = row.input === null ? [at.x - 14 * layout.scale, at.y - 8 * layout.scale] : [at.x, at.y];
  return h(
    "g.offender__number",
    { "data-offender": place, role: "img", "aria-label": `${place}: ${name}`, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${layout.scale})` },
    h("title", {}, `${place}: ${name}`),
    h("circle.offender__disc", { r: 8 }),
    h("text.offender__text", { y: 0.5 }, String(place)),
  );
}
