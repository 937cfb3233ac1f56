/**
 * Draws the network diagram: pictures of inputs and units on a canvas, edges, frames and marks as SVG over it.
 * @import { FeatureMaps, Frame, Palette, State } from "../types"
 * @import { Edge } from "../views/edge.js"
 * @import { Layout, Place } from "../views/network.js"
 * @import { Tables } from "../views/picture.js"
 */
import { h } from "../views/tree.js";
import { foundAt, shownNumbers, spotOf } from "../views/edge.js";
import { rowsOf } from "../views/crowd.js";
import { lightsTree } from "../views/lights.js";
import { boxesTree, edgesTree, layoutOf, pickedTree, probeTree } from "../views/network.js";
import { diverging, paintClass, paintPlane, rangeTable, rgb } from "../views/picture.js";
import { isCurve } from "../views/curve.js";
import { showsWeights } from "../state/pixels.js";
import { isImage } from "../views/pixels.js";
import { Raster, sharpContext } from "./canvas.js";
import { drawSmallCurves } from "./curve.js";
import { patchChildren } from "./patch.js";
import { createPixels } from "./pixels.js";

/**
 * @param {HTMLElement} root holds `canvas.diagram__maps` and `div.diagram__lines`
 * @param {(palette: Palette) => Tables} tables
 */
export function createDiagram(root, tables) {
  const canvas = /** @type {HTMLCanvasElement} */ (root.querySelector(".diagram__maps"));
  const marks = /** @type {HTMLElement} */ (root.querySelector(".diagram__lines"));
  const lights = /** @type {HTMLElement} */ (root.querySelector(".diagram__lights"));
  const rasters = { maps: new Raster(), outputs: new Raster(), features: new Raster(), pixels: createPixels() };
  /** What stands on the page. @type {{layout: Layout, edges: readonly Edge[], state: State} | null} */
  let shown = null;
  /** What the lines show. @type {ReturnType<typeof shownNumbers>} */
  let lined = null;
  /** The units' values at the pointer that stand on the page. @type {Frame["probe"] | undefined} */
  let probed;
  const laid = remembered(layoutOf);
  const edgesOf = remembered(edgesTree);
  const boxesOf = remembered(boxesTree);
  const picked = remembered(pickedTree);
  const probes = remembered(probeTree);
  const lit = remembered(lightsTree);
  const pictures = remembered(drawPictures);
  return {
    /**
     * @param {State} state
     * @param {{width: number, height: number}} room
     * @param {Raster} boundary the board's picture, drawn before
     * @param {{lines: boolean, values: boolean}} turn which numbers may change now
     */
    render(state, { width, height }, boundary, { lines, values }) {
      const { frame, palette, server, diagram, drafts } = state;
      if (!palette || !server || !width) return;
      root.style.setProperty("--rows", String(Math.max(...server.layers.flatMap(({ fan_in, fan_out }) => [rowsOf(fan_in), rowsOf(fan_out)]))));
      const layout = laid([server.layers, server.image, server.spec.data.source, width, height, palette.scale], state, width, height);
      const shownAs = [palette, layout, diagram.mode, server.spec, drafts];
      if (lines) lined = shownNumbers(frame, diagram.mode);
      if (values) probed = frame?.probe;
      const numbers = [lined, ...shownAs];
      const inputs = [server.axes, server.inputs, server.labels, server.target, state.plane, isImage(state) ? frame?.probe : null];
      const { node, edges } = edgesOf([...numbers, diagram.stop, state.inspect.unit], state, layout);
      const hands = [diagram.hovered, diagram.pull, diagram.editing, diagram.stop];
      patchChildren(marks, [
        svgOf(layout, [
          node,
          ...boxesOf([...numbers, ...inputs], state, layout),
          picked([layout, palette, frame, ...hands], state, layout),
          probes([layout, probed], probed, layout),
        ]),
      ]);
      patchChildren(lights, state.phaseview.walk?.open ? [lit([state.phaseview.walk, layout], state, layout)] : []);
      pictures([...mapNeeds(state, layout), palette, layout, diagram.features, server.spec, server.inputs, server.chart], canvas, rasters, boundary, state, tables(palette), layout);
      shown = { layout, edges, state };
    },
    /** What a hand at a place of the diagram means. @param {number} x @param {number} y @param {number} reach */
    at: (x, y, reach) =>
      shown ? foundAt(shown.state.server?.layers ?? [], shown.layout, shown.edges, x, y, reach) : { ref: null, unit: null },
    /** Where a weight is on the diagram. @param {import("../types").WeightRef} ref */
    spot: (ref) => (shown?.layout.columns[ref.layer + 1]?.[ref.unit] ? spotOf(shown.layout, ref) : { x: 0, y: 0 }),
    /** Where a unit is. @param {number} column @param {number} row */
    place: (column, row) => shown?.layout.columns[column]?.[row] ?? { x: 0, y: 0, box: 0 },
  };
}

/** @typedef {ReturnType<typeof createDiagram>} Diagram */

/**
 * `make` that is asked again only when one of `needs` has changed.
 * @template {readonly any[]} A, B
 * @param {(...args: A) => B} make
 * @returns {(needs: readonly unknown[], ...args: A) => B}
 */
function remembered(make) {
  /** @type {{needs: readonly unknown[], made: B} | null} */
  let last = null;
  return (needs, ...args) => {
    if (!last || needs.some((need, row) => need !== last?.needs[row])) last = { needs, made: make(...args) };
    return last.made;
  };
}

/**
 * Of the frame: the pictures, and the values at the pointer or the weights where those are drawn as pictures too.
 * @param {State} state @param {Layout} layout @returns {unknown[]}
 */
function mapNeeds(state, layout) {
  const { frame } = state;
  if (!frame) return [];
  const values = layout.pictures && !isImage(state) ? [] : [frame.probe, frame.theta];
  return [frame.boundary, frame.boundary_range, frame.maps, frame.map_ranges, frame.curve, frame.centre, frame.extent, ...values];
}

/** @param {Layout} layout @param {readonly import("../types").Node[]} groups */
function svgOf({ width, height }, groups) {
  return h("svg.diagram__svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" }, [...groups]);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{maps: Raster, outputs: Raster, features: Raster, pixels: ReturnType<typeof createPixels>}} rasters
 * @param {Raster} boundary
 * @param {State} state
 * @param {Tables} tables
 * @param {Layout} layout
 */
function drawPictures(canvas, rasters, boundary, state, tables, layout) {
  const { frame, palette, diagram } = state;
  const context = sharpContext(canvas, layout.width, layout.height);
  if (isImage(state)) rasters.pixels.seen(context, state, layout.columns[0]);
  else if (!layout.pictures) drawTiles(context, state, layout);
  if (isCurve(state)) return drawSmallCurves(context, state, layout);
  if (diagram.features && layout.pictures) drawFeatures(context, rasters.features, diagram.features, state, tables, layout);
  if (!frame || !palette) return;
  drawMaps(context, rasters.maps, frame, tables, layout, showsWeights(state) ? layout.columns[1].length : 0);
  if (showsWeights(state)) rasters.pixels.weights(context, state, layout.columns[1]);
  drawOutputs(context, rasters.outputs, boundary, frame, tables, palette, layout);
}

/**
 * The inputs' pictures, over the part of the board that the units' pictures show.
 * @param {CanvasRenderingContext2D} context
 * @param {Raster} raster
 * @param {FeatureMaps} features
 * @param {State} state
 * @param {Tables} tables
 * @param {Layout} layout
 */
function drawFeatures(context, raster, { names, maps, ranges, extent: span, centre }, { server, frame }, tables, layout) {
  const side = maps.shape[1];
  const cells = side * side;
  const [extent, [x1, x2]] = [frame?.extent ?? span, frame?.centre ?? centre];
  const scale = side / (2 * span);
  const from = { x: (x1 - extent - centre[0] + span) * scale, y: (centre[1] + span - x2 - extent) * scale, side: 2 * extent * scale };
  (server?.inputs?.map(({ name }) => name) ?? server?.spec.inputs ?? []).forEach((name, row) => {
    const [at, place] = [names.indexOf(name), layout.columns[0][row]];
    if (at < 0 || !place) return;
    const table = rangeTable(tables.units, ranges.values[2 * at], ranges.values[2 * at + 1]);
    raster.write(side, side, (pixels) => paintPlane(maps.values.subarray(at * cells, (at + 1) * cells), side, table, pixels));
    drawBox(context, raster.canvas, from, place);
  });
}

/**
 * Inputs without pictures that are a grid of tiles: each as the network sees it at the place that is pointed at.
 * @param {CanvasRenderingContext2D} context @param {State} state @param {Layout} layout
 */
function drawTiles(context, { frame, palette }, { columns, crowded }) {
  if (!palette || !crowded[0]) return;
  const seen = frame?.probe.values ?? [];
  columns[0].forEach(({ x, y, box }, row) => {
    context.fillStyle = diverging(palette, 0.5 + (seen[row] ?? 0) / (2 * FULL));
    context.fillRect(x - box / 2, y - box / 2, box, box);
  });
}

/** An input this far from what is usual, as the network sees it, has full colour. */
const FULL = 2.5;

/**
 * Every hidden unit's picture in one tall raster, then each to its place.
 * @param {CanvasRenderingContext2D} context
 * @param {Raster} raster
 * @param {Frame} frame
 * @param {Tables} tables
 * @param {Layout} layout
 * @param {number} skipped so many first units show something else
 */
function drawMaps(context, raster, frame, tables, layout, skipped) {
  const [count, side] = frame.maps.shape;
  const places = layout.columns.slice(1, -1).flat();
  if (!count || places.length !== count) return;
  const cells = side * side;
  const { values } = frame.maps;
  raster.write(side, side * count, (pixels) => {
    for (let unit = skipped; unit < count; unit++) {
      const [low, high] = frame.map_ranges.values.subarray(2 * unit, 2 * unit + 2);
      const table = rangeTable(tables.units, low, high);
      const part = /** @type {const} */ ([unit * cells, (unit + 1) * cells]);
      paintPlane(values.subarray(...part), side, table, pixels.subarray(...part));
    }
  });
  places.forEach((place, unit) => unit < skipped || drawBox(context, raster.canvas, { x: 0, y: unit * side, side }, place));
}

/**
 * One output unit shows the board's own picture; of several each shows where its class wins.
 * @param {CanvasRenderingContext2D} context
 * @param {Raster} raster
 * @param {Raster} boundary
 * @param {Frame} frame
 * @param {Tables} tables
 * @param {Palette} palette
 * @param {Layout} layout
 */
function drawOutputs(context, raster, boundary, frame, tables, palette, layout) {
  const places = layout.columns.at(-1) ?? [];
  const [planes, side] = frame.boundary.shape;
  const whole = { x: 0, y: 0, side };
  if (planes === 1) return places.forEach((place) => drawBox(context, boundary.canvas, whole, place));
  const [r, g, b] = rgb(palette.neutral);
  const empty = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  places.forEach((place, label) => {
    raster.write(side, side, (pixels) => paintClass(frame.boundary, label, tables.classes[label], empty, pixels));
    drawBox(context, raster.canvas, whole, place);
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} source
 * @param {{x: number, y: number, side: number}} from the part of the source
 * @param {Place} place
 */
function drawBox(context, source, from, { x, y, box }) {
  context.save();
  context.beginPath();
  context.roundRect(x - box / 2, y - box / 2, box, box, Math.min(8, box / 5));
  context.clip();
  context.drawImage(source, from.x, from.y, from.side, from.side, x - box / 2, y - box / 2, box, box);
  context.restore();
}
