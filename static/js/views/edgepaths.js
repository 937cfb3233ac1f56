/**
 * The lines of the diagram as SVG paths. Training changes every weight a little in every frame, but few so much that a line looks
 * different: widths go by tenths of a pixel, and a path that looks as before is the very same description, which is not even compared.
 * @import { Node } from "../types"
 * @import { Edge } from "./edge.js"
 * @import { Layout } from "./network.js"
 */
import { pathOf } from "./edge.js";
import { h } from "./tree.js";

/** More than a layer's units or inputs, to make one number of layer, unit and input. */
const MANY = 65_536;

/** What each line was last drawn as, for as long as the layout stands. @type {WeakMap<Layout, Map<number, Node>>} */
const drawnBefore = new WeakMap();

/** A line's width as it is drawn, in pixels. @param {number} width */
export function widthText(width) {
  return (Math.round(10 * width) / 10).toFixed(2);
}

/**
 * @param {Layout} layout
 * @param {Edge} edge
 * @param {string} stroke its colour
 * @param {number} width in pixels
 * @param {boolean} frozen
 * @returns {Node}
 */
export function edgeNode(layout, edge, stroke, width, frozen) {
  const nodes = drawnBefore.get(layout) ?? new Map();
  if (!nodes.size) drawnBefore.set(layout, nodes);
  const { layer, unit, input } = edge.ref;
  const place = (layer * MANY + unit) * MANY + Number(input);
  /** @type {Node | undefined} */
  const before = nodes.get(place);
  const look = { stroke, "stroke-width": widthText(width), class: frozen ? "edge--frozen" : null };
  // Beside a grid it depends on what is pointed at where a line begins and ends.
  const d = before && !layout.crowded.some(Boolean) ? before.attrs.d : pathOf(edge);
  if (before && before.attrs.d === d && alike(before.attrs, look)) return before;
  const node = h("path", { d, ...look });
  nodes.set(place, node);
  return node;
}

/** @param {Node["attrs"]} one @param {Node["attrs"]} other */
function alike(one, other) {
  return one["stroke-width"] === other["stroke-width"] && one.stroke === other.stroke && (one.class ?? null) === (other.class ?? null);
}
