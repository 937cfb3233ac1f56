/**
 * What a walk through one step puts over the network diagram: values that travel along the lines, forward or back, and the
 * chosen sample's numbers at the units.
 * @import { Node, State, Walk } from "../types"
 * @import { Layout, Place } from "./network.js"
 */
import { openWalk, stopOf } from "../state/phaseview.js";
import { pathOf, runOf } from "./edge.js";
import { shortText } from "./labels.js";
import { h } from "./tree.js";

/** More lines than these are not told apart: the layer's box lights up alone. */
const MOST_LIT = 400;
/** A column with less room than this for each unit has no numbers. */
const LEAST_PITCH = 20;

/** @param {State} state @param {Layout} layout @returns {Node} */
export function lightsTree(state, layout) {
  const walk = openWalk(state);
  const fits = walk && walk.layers.length === layout.columns.length - 1;
  return h("svg.lights", { viewBox: `0 0 ${layout.width} ${layout.height}`, width: layout.width, height: layout.height, "aria-hidden": "true" }, fits ? [litLines(walk, layout), litUnits(walk, layout), ...numbersOf(walk, layout)] : []);
}

/** Which layer's lines are lit, and which way things go along them. @param {Walk} walk @returns {{layers: readonly number[], way: "forward" | "backward" | "all"}} */
function litOf(walk) {
  const { kind, layer } = stopOf(walk);
  const all = walk.layers.map((_, row) => row);
  if (kind === "forward") return { layers: [Number(layer)], way: "forward" };
  // The delta of a layer comes back along the lines that leave it.
  if (kind === "backward") return { layers: Number(layer) + 1 < all.length ? [Number(layer) + 1] : [], way: "backward" };
  return { layers: kind === "loss" ? [] : all, way: "all" };
}

/** @param {Walk} walk @param {Layout} layout */
function litLines(walk, layout) {
  const { layers, way } = litOf(walk);
  const count = layers.reduce((sum, layer) => sum + layout.columns[layer].length * layout.columns[layer + 1].length, 0);
  const lines = count > MOST_LIT ? [] : layers.flatMap((layer) => layout.columns[layer + 1].flatMap((_, unit) => layout.columns[layer].map((__, input) => pathOf(runOf(layout, layer, unit, input)))));
  return h("g.lights__lines", { class: `lights__lines--${way}`, key: `${way}-${walk.stop}` }, lines.map((d) => h("path", { d })));
}

/** The boxes of the layer at hand. @param {Walk} walk @param {Layout} layout */
function litUnits(walk, layout) {
  const { kind, layer } = stopOf(walk);
  const column = kind === "loss" ? layout.columns.length - 1 : layer === null ? -1 : layer + 1;
  const boxes = (layout.columns[column] ?? []).map(({ x, y, box }) => h("rect.lights__box", { x: x - box / 2 - 3, y: y - box / 2 - 3, width: box + 6, height: box + 6, rx: Math.min(10, box / 4) }));
  return h("g", {}, boxes);
}

/** Values that have been computed by this stop: going forward what comes out, going back the deltas. @param {Walk} walk @param {Layout} layout */
function numbersOf(walk, layout) {
  const { kind, layer } = stopOf(walk);
  const forward = kind === "forward" || kind === "loss";
  const reached = (/** @type {number} */ row) => (kind === "forward" ? row <= Number(layer) : kind !== "backward" || row >= Number(layer));
  const rows = walk.layers.map((numbers, row) => (reached(row) ? { values: forward ? numbers.a : numbers.delta, column: row + 1 } : null));
  const inputs = forward ? [{ values: walk.layers[0]?.inputs ?? [], column: 0 }] : [];
  return [...inputs, ...rows].flatMap((row) => (row ? chips(row.values, layout.columns[row.column], forward ? "" : "δ ", layout.scale) : []));
}

/** @param {readonly (number | null)[]} values @param {readonly Place[]} places @param {string} letter @param {number} scale */
function chips(values, places, letter, scale) {
  const pitch = places.length > 1 ? places[1].y - places[0].y : Infinity;
  if (pitch < LEAST_PITCH * scale || values.length !== places.length) return [];
  return places.map(({ x, y, box }, row) => {
    const text = `${letter}${shortText(values[row])}`;
    const width = (10 + 6.6 * text.length) * scale;
    const top = Math.min(y + box / 2 - 2 * scale, y + pitch / 2 - 17 * scale);
    // It reaches out to the right: at the left stand an input's name and a unit's bias.
    const left = Math.max(x - width / 2, x - box / 2 - 2 * scale);
    return h("g.lights__number", { key: `${letter}-${x}-${row}` }, h("rect", { x: left, y: top, width, height: 17 * scale, rx: 8 * scale }), h("text", { x: left + width / 2, y: top + 12.5 * scale, "font-size": 12 * scale, "text-anchor": "middle" }, text));
  });
}
