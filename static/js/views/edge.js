/**
 * The diagram's lines: which number each shows, how wide it is drawn, where it runs, and which one is nearest to a hand.
 * @import { EdgeMode, Frame, LayerLayout, Palette, WeightRef } from "../types"
 * @import { Layout, Place } from "./network.js"
 */
import { weightIndex } from "../state/diagram.js";
import { belonging, FEW_EDGES, leastDrawn } from "./crowd.js";

/** More edges than these cannot be told apart: the strongest are drawn. */
export const MOST_EDGES = 900;
/** A curve as this many straight pieces is nowhere a pixel off. */
const PIECES = 20;

/** @typedef {{x: number, y: number}} Spot */
/** @typedef {{ref: WeightRef, from: Spot, to: Spot, value: number}} Edge */

/**
 * Line width in pixels of a weight: grows at once, and never beyond what the eye can compare.
 * @param {number} weight
 */
export function thickness(weight) {
  return 0.4 + 6.6 * Math.tanh(Math.abs(weight) / 2.5);
}

/**
 * Line width of any shown number: weights by the rule above, gradients and updates as a share of the largest.
 * @param {EdgeMode} mode @param {number} value @param {number} largest
 */
export function widthOf(mode, value, largest) {
  if (mode === "weight") return thickness(value);
  return 0.4 + (largest > 0 ? (6.6 * Math.abs(value)) / largest : 0);
}

/** The numbers that the edges show; null while the frame has none. @param {Frame | null} frame @param {EdgeMode} mode */
export function shownNumbers(frame, mode) {
  const tensor = mode === "weight" ? frame?.theta : mode === "gradient" ? frame?.gradient : frame?.update;
  return tensor?.values ?? null;
}

/** The largest of the numbers of all weights and biases, whatever its sign. @param {readonly LayerLayout[]} layers @param {Float32Array | Float64Array | null} numbers */
export function largestOf(layers, numbers) {
  let largest = 0;
  for (const { offset, fan_in, fan_out } of numbers ? layers : [])
    for (let at = offset; at < offset + fan_out * (fan_in + 1); at++)
      largest = Math.max(largest, Math.abs(numbers?.[at] ?? 0));
  return largest;
}

/** @param {Palette} palette @param {number} value */
export function signColour(palette, value) {
  return value < 0 ? palette.negative : palette.positive;
}

/** Where the edge of a weight runs. @param {Layout} layout @param {number} layer @param {number} unit @param {number} input @returns {{from: Spot, to: Spot}} */
export function runOf(layout, layer, unit, input) {
  const { x, y, box } = layout.columns[layer][input];
  const to = layout.columns[layer + 1][unit];
  return { from: { x: x + box / 2, y }, to: { x: to.x - to.box / 2, y: to.y } };
}

/** Where a grid begins and ends: lines of all its tiles leave the pictures free. @param {readonly Place[]} column */
function endsOf(column) {
  return { left: Math.min(...column.map(({ x, box }) => x - box / 2)), right: Math.max(...column.map(({ x, box }) => x + box / 2)) };
}

/** How many edges can be told apart. @param {Layout} layout */
export function mostEdges({ crowded }) {
  return crowded.some(Boolean) ? FEW_EDGES : MOST_EDGES;
}

/**
 * The lines to draw, at most as many as can be told apart: beside a grid those of the unit that is pointed at, else the strongest.
 * @param {readonly LayerLayout[]} layers
 * @param {Layout} layout
 * @param {Float32Array | Float64Array | null} numbers
 * @param {readonly [number, number] | null} [pointed] column and row
 * @param {number} [unlined] so many first layers have no lines: their weights are pictures
 * @returns {Edge[]}
 */
export function edgesOf(layers, layout, numbers, pointed = null, unlined = 0) {
  const most = mostEdges(layout);
  const own = belonging(layout.crowded.some(Boolean) ? pointed : null);
  const belongs = (/** @type {number} */ layer, /** @type {number} */ unit, /** @type {number} */ input) => layer >= unlined && own(layer, unit, input);
  const ends = layout.columns.map((column, at) => (layout.crowded[at] && !pointed ? endsOf(column) : null));
  const least = leastDrawn(layers, numbers, most, belongs);
  /** @type {Edge[]} */
  const edges = [];
  layers.forEach(({ fan_in, fan_out, offset }, layer) => {
    for (let unit = 0; unit < fan_out; unit++) {
      for (let input = 0; input < fan_in; input++) {
        const value = numbers?.[offset + unit * (fan_in + 1) + input] ?? 0;
        if (Math.abs(value) < least || edges.length >= most || !belongs(layer, unit, input)) continue;
        const { from, to } = runOf(layout, layer, unit, input);
        const run = { from: { ...from, x: ends[layer]?.right ?? from.x }, to: { ...to, x: ends[layer + 1]?.left ?? to.x } };
        edges.push({ ref: { layer, unit, input }, ...run, value });
      }
    }
  });
  return edges;
}

/** Weights without the biases. @param {readonly LayerLayout[]} layers */
export function weightCount(layers) {
  return layers.reduce((sum, { fan_in, fan_out }) => sum + fan_in * fan_out, 0);
}

/** The path of an edge: it leaves and arrives level, with both handles half-way across. @param {{from: Spot, to: Spot}} run */
export function pathOf({ from, to }) {
  const middle = ((from.x + to.x) / 2).toFixed(1);
  const [x0, y0, x1, y1] = [from.x, from.y, to.x, to.y].map((value) => value.toFixed(1));
  return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}`;
}

/** How far across a path is at a share of its length parameter, 0 to 1. @param {number} share */
const across = (share) => share ** 3 + 1.5 * share * (1 - share);
/** How far down it is then. @param {number} share */
const down = (share) => share * share * (3 - 2 * share);
const ACROSS = Float64Array.from({ length: PIECES + 1 }, (_, piece) => across(piece / PIECES));
const DOWN = Float64Array.from({ length: PIECES + 1 }, (_, piece) => down(piece / PIECES));

/** A place on that path, `share` 0 to 1. @param {{from: Spot, to: Spot}} run @param {number} share @returns {Spot} */
export function spotOn({ from, to }, share) {
  return { x: from.x + (to.x - from.x) * across(share), y: from.y + (to.y - from.y) * down(share) };
}

/** How far a place is from a straight piece. @param {number} x @param {number} y @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
function distanceTo(x, y, x0, y0, x1, y1) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const share = length ? Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length)) : 0;
  return Math.sqrt((x - x0 - share * dx) ** 2 + (y - y0 - share * dy) ** 2);
}

/** The edge whose curve runs nearest to a place, within `reach` pixels. @param {readonly Edge[]} edges @param {number} x @param {number} y @param {number} reach */
export function nearestEdge(edges, x, y, reach) {
  return nearest(edges, x, y, reach).edge;
}

/** That edge and how far off it is. @param {readonly Edge[]} edges @param {number} x @param {number} y @param {number} reach */
function nearest(edges, x, y, reach) {
  /** @type {{edge: Edge | null, distance: number}} */
  let found = { edge: null, distance: reach };
  for (const edge of edges) {
    const { from, to } = edge;
    const most = found.distance;
    if (x < from.x - most || x > to.x + most) continue;
    if (y < Math.min(from.y, to.y) - most || y > Math.max(from.y, to.y) + most) continue;
    const distance = distanceToCurve(edge, x, y, most);
    if (distance <= most) found = { edge, distance };
  }
  return found;
}

/** Beyond `most` it need not be exact. @param {Edge} edge @param {number} x @param {number} y @param {number} most */
function distanceToCurve({ from, to }, x, y, most) {
  const [wide, high] = [to.x - from.x, to.y - from.y];
  let least = Infinity;
  for (let piece = 0; piece < PIECES; piece++) {
    const [x0, x1] = [from.x + wide * ACROSS[piece], from.x + wide * ACROSS[piece + 1]];
    if (x < x0 - most || x > x1 + most) continue;
    const distance = distanceTo(x, y, x0, from.y + high * DOWN[piece], x1, from.y + high * DOWN[piece + 1]);
    if (distance < least) least = distance;
  }
  return least;
}

/** A unit's bias: a mark at its lower left with a short line into it. @param {Place} place */
export function biasPlace({ x, y, box }) {
  const radius = Math.max(1.6, Math.min(8.5, box * 0.16));
  const length = Math.max(3, Math.min(12, box * 0.22));
  const level = y + box / 2 - radius;
  return { x: x - box / 2 - length - radius, y: level, radius, to: { x: x - box / 2, y: level } };
}

/**
 * What a hand at a place means: the bias or the weight nearest to it, or the unit that it is on.
 * @param {readonly LayerLayout[]} layers @param {Layout} layout @param {readonly Edge[]} edges
 * @param {number} x @param {number} y @param {number} reach
 * @returns {{ref: WeightRef | null, unit: readonly [number, number] | null}}
 */
export function foundAt(layers, layout, edges, x, y, reach) {
  const bias = biasAt(layers, layout, x, y, reach / 2);
  if (bias.distance <= 0) return { ref: bias.ref, unit: null };
  const unit = unitAt(layout, x, y);
  if (unit) return { ref: null, unit: unit[0] ? [unit[0] - 1, unit[1]] : null };
  const { edge, distance } = nearest(edges, x, y, reach);
  return { ref: bias.ref && bias.distance <= distance ? bias.ref : (edge?.ref ?? null), unit: null };
}

/** The bias whose mark is nearest, and how far off it is: 0 or less on it. @param {readonly LayerLayout[]} layers @param {Layout} layout @param {number} x @param {number} y @param {number} reach */
function biasAt(layers, layout, x, y, reach) {
  /** @type {{ref: WeightRef | null, distance: number}} */
  let found = { ref: null, distance: reach };
  // Tiles of a grid have no room for their biases' marks.
  layers.forEach((_, layer) =>
    (layout.crowded[layer + 1] ? [] : layout.columns[layer + 1]).forEach((place, unit) => {
      const bias = biasPlace(place);
      const distance = distanceTo(x, y, bias.x, bias.y, bias.to.x, bias.to.y) - bias.radius;
      if (x <= bias.to.x && distance <= found.distance) found = { ref: { layer, unit, input: null }, distance };
    }),
  );
  return found;
}

/** Column and row of the box that a place lies in. @param {Layout} layout @param {number} x @param {number} y @returns {readonly [number, number] | null} */
function unitAt({ columns }, x, y) {
  for (let column = 0; column < columns.length; column++) {
    const row = columns[column].findIndex((p) => Math.abs(x - p.x) <= p.box / 2 + 1 && Math.abs(y - p.y) <= p.box / 2 + 1);
    if (row >= 0) return [column, row];
  }
  return null;
}

/** Where on the diagram a weight is to be pointed at. @param {Layout} layout @param {WeightRef} ref @returns {Spot} */
export function spotOf(layout, { layer, unit, input }) {
  if (input === null) return biasPlace(layout.columns[layer + 1][unit]);
  return spotOn(runOf(layout, layer, unit, input), 0.5);
}

/** @param {readonly LayerLayout[]} layers @param {Float32Array | Float64Array | null} numbers @param {WeightRef} ref */
export function numberAt(layers, numbers, ref) {
  return numbers?.[weightIndex(layers[ref.layer], ref)] ?? 0;
}
