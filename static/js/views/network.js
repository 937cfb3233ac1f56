/**
 * The network diagram: where layers, units and edges stand, and the SVG tree that shows the weights of a frame.
 * @import { Child, Frame, LayerLayout, Node, Palette, State } from "../types"
 */
import { nameOf } from "./labels.js";
import { h } from "./tree.js";

/** More edges than these cannot be told apart: the strongest are drawn. */
export const MOST_EDGES = 900;
const BOX_MOST = 58;
const BOX_LEAST = 5;
const INPUT_WIDTH = 54;
const MARGIN = 8;

/** @typedef {{x: number, y: number, box: number}} Place the centre of a unit and the side of its box */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {{columns: readonly (readonly Place[])[], input: Size, width: number, height: number}} Layout columns: inputs, hidden layers, output */

/** @param {readonly LayerLayout[]} layers @param {number} width @param {number} height @returns {Layout} */
export function layoutNetwork(layers, width, height) {
  const counts = [layers[0]?.fan_in ?? 0, ...layers.map((layer) => layer.fan_out)];
  const pitchOf = (/** @type {number} */ count) =>
    Math.min((height - 2 * MARGIN) / Math.max(count, 1), BOX_MOST + 20);
  const sideOf = (/** @type {number} */ pitch) =>
    Math.max(BOX_LEAST, Math.min(BOX_MOST, Math.floor(pitch - Math.min(14, pitch * 0.22))));
  const gap = width / counts.length;
  const boxOf = (/** @type {number} */ count) => Math.min(sideOf(pitchOf(count)), gap * 0.54);
  const columns = counts.map((count, column) =>
    Array.from({ length: count }, (_, row) => ({
      x: gap * (column + 0.5),
      y: height / 2 + (row - (count - 1) / 2) * pitchOf(count),
      box: boxOf(count),
    })),
  );
  const input = { width: INPUT_WIDTH, height: Math.min(36, sideOf(pitchOf(counts[0]))) };
  return { columns, input, width, height };
}

/**
 * Line width in pixels of a weight: grows at once, and never beyond what the eye can compare.
 * @param {number} weight
 */
export function thickness(weight) {
  return 0.4 + 6.6 * Math.tanh(Math.abs(weight) / 2.5);
}

/** @typedef {{from: {x: number, y: number}, to: {x: number, y: number}, weight: number}} Edge */

/**
 * @param {readonly LayerLayout[]} layers
 * @param {Layout} layout
 * @param {Float64Array | null} theta
 * @returns {Edge[]}
 */
export function edgesOf(layers, layout, theta) {
  const all = layers.flatMap(({ fan_in, fan_out, offset }, layer) =>
    Array.from({ length: fan_in * fan_out }, (_, row) => {
      const [unit, input] = [Math.floor(row / fan_in), row % fan_in];
      const weight = theta?.[offset + unit * (fan_in + 1) + input] ?? 0;
      const { x, y, box } = layout.columns[layer][input];
      const to = layout.columns[layer + 1][unit];
      const right = x + (layer ? box : layout.input.width) / 2;
      return { from: { x: right, y }, to: { x: to.x - to.box / 2, y: to.y }, weight };
    }),
  );
  if (all.length <= MOST_EDGES) return all;
  return all.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, MOST_EDGES);
}

/** @param {State} state @param {Layout} layout @returns {Node} */
export function networkTree(state, layout) {
  const palette = /** @type {Palette} */ (state.palette);
  const layers = state.server?.layers ?? [];
  const theta = state.frame?.theta.values ?? null;
  const edges = edgesOf(layers, layout, theta).map((edge) => edgeNode(edge, palette));
  const inputs = (state.server?.spec.inputs ?? []).map((name, row) =>
    inputNode(name, layout.columns[0][row], layout.input),
  );
  const units = layers.map((layer, index) => h("g", {}, unitNodes(layer, layout.columns[index + 1], theta, palette)));
  const attrs = {
    viewBox: `0 0 ${layout.width} ${layout.height}`,
    width: layout.width,
    height: layout.height,
    "aria-hidden": "true",
  };
  return h("svg.diagram__svg", attrs, h("g.edges", {}, edges), h("g.inputs", {}, inputs), h("g.units", {}, units));
}

/** @param {Edge} edge @param {Palette} palette */
function edgeNode({ from, to, weight }, palette) {
  const middle = (from.x + to.x) / 2;
  const d = `M${from.x.toFixed(1)} ${from.y.toFixed(1)}C${middle.toFixed(1)} ${from.y.toFixed(1)} ${middle.toFixed(1)} ${to.y.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
  return h("path", {
    d,
    stroke: weight < 0 ? palette.negative : palette.positive,
    "stroke-width": thickness(weight).toFixed(2),
  });
}

/** @param {string} name @param {Place | undefined} place @param {Size} size */
function inputNode(name, place, { width, height }) {
  if (!place) return h("g");
  const frame = h("rect.input", {
    x: place.x - width / 2,
    y: place.y - height / 2,
    width,
    height,
    rx: Math.min(8, height / 4),
  });
  return h(
    "g",
    {},
    frame,
    h(
      "text.input__name",
      { x: place.x, y: place.y, "font-size": Math.min(15, height * 0.6).toFixed(1) },
      nameOf(name),
    ),
  );
}

/**
 * @param {LayerLayout} layer
 * @param {readonly Place[]} places
 * @param {Float64Array | null} theta
 * @param {Palette} palette
 */
function unitNodes(layer, places, theta, palette) {
  return places.map(({ x, y, box }, unit) => {
    const half = box / 2;
    const bias = theta?.[layer.offset + unit * (layer.fan_in + 1) + layer.fan_in] ?? 0;
    const frame = h("rect.unit", { x: x - half, y: y - half, width: box, height: box, rx: Math.min(8, box / 5) });
    return h("g", {}, frame, box < 14 ? null : biasNode(bias, x - half, y + half, palette));
  });
}

/**
 * A dot at the lower left corner of its unit: colour for the sign, size for the amount.
 * @param {number} bias
 * @param {number} x
 * @param {number} y
 * @param {Palette} palette
 */
function biasNode(bias, x, y, palette) {
  const radius = 2.5 + 3.5 * Math.tanh(Math.abs(bias) / 1.5);
  return h(
    "circle.bias",
    { cx: x + 2, cy: y - 2, r: radius.toFixed(2), fill: bias < 0 ? palette.negative : palette.positive },
    h("title", {}, "Bias"),
  );
}

/** @param {State} state @param {Frame | null} frame @returns {Child[]} what the diagram says in words */
export function networkCaption(state, frame) {
  const layers = state.server?.layers ?? [];
  const weights = layers.reduce((sum, { fan_in, fan_out }) => sum + fan_in * fan_out, 0);
  const shown =
    weights > MOST_EDGES
      ? `The strongest ${MOST_EDGES} of ${weights} weights are drawn.`
      : "Line width and colour: a weight’s size and sign. Dot: the bias.";
  return frame ? [shown] : ["Waiting for the first picture …"];
}
