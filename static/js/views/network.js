/**
 * The network diagram: where inputs, layers and units stand, and the SVG trees that show a frame's numbers on them.
 * @import { Child, LayerLayout, Node, Palette, State } from "../types"
 */
import { numbersOf } from "../state/diagram.js";
import { showsWeights } from "../state/pixels.js";
import { frozenOf, isFrozen } from "../state/frozen.js";
import { biasPlace, edgesOf, largestOf, MOST_EDGES, numberAt, pathOf, runOf, shownNumbers, signColour, spotOf, weightCount, widthOf } from "./edge.js";
import { FEW_EDGES, gridPlaces, isCrowd, pointedOf } from "./crowd.js";
import { edgeNode } from "./edgepaths.js";
import { weightText } from "./labels.js";
import { answersTree, inputsTree } from "./named.js";
import { biasNode, lockNode, probeNode, unitNode } from "./unit.js";
import { weightLegend } from "./pixels.js";
import { h } from "./tree.js";

const BOX_MOST = 58;
const BOX_LEAST = 5;
const MARGIN = 8;
/** A column narrower than this has its inputs further to the right, for their names' sake. */
const NARROW = 120;
/** The box of an input's value, where it has no picture. */
const VALUE_BOX = 40;
/** More locks than these hide the edges that they are on; dashes say it as well. */
const MOST_LOCKS = 40;

/** @typedef {{x: number, y: number, box: number, wide?: number}} Place the centre of a unit and the side of its box, which may be wider to the left */
/** @typedef {{columns: readonly (readonly Place[])[], crowded: readonly boolean[], pictures: boolean, width: number, height: number, scale: number}} Layout
 * columns: inputs, hidden layers, output; crowded: which of them are grids; pictures: inputs have some */

/** What inputs look like: pictures of the board, or names alone; `wide` pixels in a row of an image. @type {{pictures: boolean, wide: number}} */
const OF_THE_BOARD = { pictures: true, wide: 0 };

/** The layout of a state's network. @param {State} state @param {number} width @param {number} height */
export function layoutOf({ server, palette }, width, height) {
  const inputs = { pictures: server?.spec.data.source !== "table", wide: server?.image?.width ?? 0 };
  return layoutNetwork(server?.layers ?? [], width, height, palette?.scale, inputs);
}

/**
 * @param {readonly LayerLayout[]} layers
 * @param {number} width
 * @param {number} height
 * @param {number} [scale] how much larger than at a desk things are drawn
 * @param {typeof OF_THE_BOARD} [inputs]
 * @returns {Layout}
 */
export function layoutNetwork(layers, width, height, scale = 1, { pictures, wide } = OF_THE_BOARD) {
  const counts = [layers[0]?.fan_in ?? 0, ...layers.map((layer) => layer.fan_out)];
  const most = BOX_MOST * scale;
  const pitchOf = (/** @type {number} */ count) => Math.min((height - 2 * MARGIN) / Math.max(count, 1), most + 20 * scale);
  const sideOf = (/** @type {number} */ pitch) =>
    Math.max(BOX_LEAST, Math.min(most, Math.floor(pitch - Math.min(14, pitch * 0.22))));
  const gap = width / counts.length;
  const columns = counts.map((count, column) => {
    if (isCrowd(count)) return gridPlaces(count, { x: gap * (column + 0.5), width: gap, height: height - 2 * MARGIN, scale }, column ? 0 : wide).map((place) => ({ ...place, y: place.y + MARGIN }));
    // An input's name stands to the left of its picture.
    const [share, middle] = column ? [gap < NARROW * scale ? 0.47 : 0.52, 0.5] : [0.44, gap < NARROW * scale ? 0.66 : 0.58];
    if (!column && !pictures) return namedPlaces(count, gap, height, pitchOf(count), scale);
    const box = Math.min(sideOf(pitchOf(count)), gap * share);
    return Array.from({ length: count }, (_, row) => ({
      x: gap * (column + middle),
      y: height / 2 + (row - (count - 1) / 2) * pitchOf(count),
      box,
    }));
  });
  return { columns, crowded: counts.map(isCrowd), pictures, width, height, scale };
}

/** Inputs without pictures: their names have the room. @param {number} count @param {number} gap @param {number} height @param {number} pitch @param {number} scale @returns {Place[]} */
function namedPlaces(count, gap, height, pitch, scale) {
  const wide = Math.min(VALUE_BOX * scale, gap * 0.3);
  const box = Math.min(wide, pitch * 0.8);
  return Array.from({ length: count }, (_, row) => ({ x: gap * 0.94 - box / 2, y: height / 2 + (row - (count - 1) / 2) * pitch, box, wide }));
}

/** The lines, as the diagram's mode has them. @param {State} state @param {Layout} layout @returns {{node: Node, edges: import("./edge.js").Edge[]}} */
export function edgesTree(state, layout) {
  const palette = /** @type {Palette} */ (state.palette);
  const layers = state.server?.layers ?? [];
  const { mode } = state.diagram;
  const numbers = shownNumbers(state.frame, mode);
  const largest = largestOf(layers, mode === "weight" ? null : numbers);
  const frozen = frozenOf(state);
  const edges = edgesOf(layers, layout, numbers, pointedOf(state), showsWeights(state) ? 1 : 0);
  const paths = edges.map((edge) => {
    const width = layout.scale * widthOf(mode, edge.value, largest);
    return edgeNode(layout, edge, signColour(palette, edge.value), width, frozen.length > 0 && isFrozen(frozen, edge.ref));
  });
  return { node: h("g.edges", {}, paths), edges };
}

/** Frames and names of inputs and units, and the units' biases. @param {State} state @param {Layout} layout @returns {Node[]} */
export function boxesTree(state, layout) {
  const palette = /** @type {Palette} */ (state.palette);
  const layers = state.server?.layers ?? [];
  const { mode } = state.diagram;
  const numbers = shownNumbers(state.frame, mode);
  const largest = largestOf(layers, mode === "weight" ? null : numbers);
  const frozen = frozenOf(state);
  const inputs = inputsTree(state, layout);
  const units = layers.map((_, layer) => h("g", {}, layout.columns[layer + 1].map((place) => unitNode(place))));
  const biases = layers.map((_, layer) =>
    h(
      "g",
      {},
      (layout.crowded[layer + 1] ? [] : layout.columns[layer + 1]).map((place, unit) => {
        const ref = { layer, unit, input: null };
        const value = numberAt(layers, numbers, ref);
        const width = layout.scale * widthOf(mode, value, largest);
        return biasNode(biasPlace(place), signColour(palette, value), width, isFrozen(frozen, ref));
      }),
    ),
  );
  return [h("g.inputs", {}, inputs), h("g.units", {}, units), h("g.biases", {}, biases), h("g.answers", {}, answersTree(state, layout)), locksTree(state, layout)];
}

/** A lock on each weight and bias that is frozen by itself. @param {State} state @param {Layout} layout */
function locksTree(state, layout) {
  const layers = state.server?.layers ?? [];
  const frozen = frozenOf(state).filter(({ layer, unit }) => unit !== null && unit < (layers[layer]?.fan_out ?? 0));
  const shown = frozen.filter(({ layer, input }) => (input ?? 0) < layers[layer].fan_in).slice(0, MOST_LOCKS);
  const locks = shown.map(({ layer, unit, input }) => {
    const ref = { layer, unit: Number(unit), input };
    const { x, y } = spotOf(layout, ref);
    return input === null ? lockNode(x - 12 * layout.scale, y - 9 * layout.scale, layout.scale) : lockNode(x, y, layout.scale);
  });
  return h("g.locks", {}, locks);
}

/** The weight that is looked at, edited or pulled, and the keyboard's place. @param {State} state @param {Layout} layout @returns {Node} */
export function pickedTree(state, layout) {
  const { hovered, editing, pull, stop } = state.diagram;
  const focus = stop?.kind === "unit" ? layout.columns[stop.column]?.[stop.row] : null;
  const refs = [pull?.ref, editing?.ref, hovered, stop?.kind === "weight" ? stop.ref : null];
  const ref = refs.find(Boolean);
  const ring = focus && h("rect.picked__unit", ringOf(focus));
  return h("g.picked", {}, ref ? pickedNodes(state, layout, ref) : [], ring ?? null);
}

/** @param {Place} place */
function ringOf({ x, y, box }) {
  return { x: x - box / 2 - 4, y: y - box / 2 - 4, width: box + 8, height: box + 8, rx: Math.min(11, box / 4) };
}

/** @param {State} state @param {Layout} layout @param {import("../types").WeightRef} ref @returns {Child[]} */
function pickedNodes(state, layout, ref) {
  if (!layout.columns[ref.layer + 1]?.[ref.unit]) return [];
  if (ref.input === null) {
    const bias = biasPlace(layout.columns[ref.layer + 1][ref.unit]);
    return [h("circle.picked__bias", { cx: bias.x, cy: bias.y, r: bias.radius + 3.5 })];
  }
  const { weight } = numbersOf(state, ref);
  const d = pathOf(runOf(layout, ref.layer, ref.unit, ref.input));
  const width = Math.max(2.5, layout.scale * widthOf("weight", weight ?? 0, 0));
  const colour = signColour(/** @type {Palette} */ (state.palette), weight ?? 0);
  return [h("path.picked__halo", { d, "stroke-width": width + 3.5 }), h("path.picked__edge", { d, stroke: colour, "stroke-width": width })];
}

/** The values of the place under the pointer, at every input and unit. @param {import("../types").Frame["probe"] | undefined} probe @param {Layout} layout @returns {Node} */
export function probeTree(probe, layout) {
  const values = probe?.values;
  const places = layout.columns.flat();
  if (!values?.length || values.length !== places.length) return h("g.probes");
  const wide = layout.width / layout.columns.length >= NARROW * layout.scale;
  const pitch = layout.columns.flatMap((column) => column.map(() => (column.length > 1 ? column[1].y - column[0].y : Infinity)));
  const inside = layout.pictures ? 0 : layout.columns[0].length;
  return h("g.probes", {}, places.map((place, row) => probeNode(place, values[row], pitch[row], layout.scale, wide, row < inside)));
}

/** What the lines show, and how large it gets. @type {Record<import("../types").EdgeMode, {words: string, none: string}>} */
const MODE_WORDS = {
  weight: { words: "Lines: weights; b: biases.", none: "All are 0." },
  gradient: { words: "Lines: the last step’s gradient, relative to the largest.", none: "No step yet." },
  update: { words: "Lines: what the last step added, relative to the largest.", none: "No step yet." },
};

/** @param {State} state @returns {Child[]} what the diagram says in words */
export function networkCaption(state) {
  const layers = state.server?.layers ?? [];
  if (!state.frame) return ["Waiting for the first picture …"];
  const { mode } = state.diagram;
  const { words, none } = MODE_WORDS[mode];
  const largest = largestOf(layers, shownNumbers(state.frame, mode));
  const pixels = weightLegend(state);
  const count = weightCount(pixels ? layers.slice(1) : layers);
  const crowd = [layers[0]?.fan_in ?? 0, ...layers.map(({ fan_out }) => fan_out)].some(isCrowd);
  const most = crowd ? FEW_EDGES : MOST_EDGES;
  const few = count > most ? `The strongest ${most} of ${count} are drawn${crowd ? "; point at a unit for its own" : ""}. ` : "";
  const signs = [swatch("positive", "+"), swatch("negative", "−")];
  return [h("span", {}, `${words} ${few}${pixels ?? ""}`), ...signs, h("span", {}, largest ? `Largest: ${weightText(largest)}` : none)];
}

/** @param {string} name @param {string} sign */
function swatch(name, sign) {
  return h("span.swatch", { class: `swatch--${name}` }, sign);
}
