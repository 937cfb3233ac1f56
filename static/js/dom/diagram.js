/**
 * Draws the network diagram: pictures of the units on a canvas, edges and frames as SVG over it.
 * @import { Frame, Palette, State } from "../types"
 * @import { Layout, Place } from "../views/network.js"
 * @import { Tables } from "../views/picture.js"
 */
import { layoutNetwork, networkTree } from "../views/network.js";
import { paintClass, paintPlane, rangeTable, rgb } from "../views/picture.js";
import { Raster, sharpContext } from "./canvas.js";
import { patchChildren } from "./patch.js";

/**
 * @param {HTMLElement} root holds `canvas.diagram__maps` and `div.diagram__lines`
 * @param {(palette: Palette) => Tables} tables
 */
export function createDiagram(root, tables) {
  const canvas = /** @type {HTMLCanvasElement} */ (root.querySelector(".diagram__maps"));
  const lines = /** @type {HTMLElement} */ (root.querySelector(".diagram__lines"));
  const maps = new Raster();
  const outputs = new Raster();
  /** @type {readonly unknown[]} */
  let drawn = [];
  return {
    /**
     * @param {State} state
     * @param {number} width
     * @param {number} height
     * @param {Raster} boundary the board's picture, drawn before
     */
    render(state, width, height, boundary) {
      const { frame, palette, server } = state;
      const needs = [frame, palette, server?.layers, width, height];
      if (!palette || !server || !width || needs.every((need, row) => need === drawn[row])) return;
      drawn = needs;
      const layout = layoutNetwork(server.layers, width, height);
      patchChildren(lines, [networkTree(state, layout)]);
      const context = sharpContext(canvas, width, height);
      if (!frame) return;
      drawMaps(context, maps, frame, tables(palette), layout);
      drawOutputs(context, outputs, boundary, frame, tables(palette), palette, layout);
    },
  };
}

/**
 * Every hidden unit's picture in one tall raster, then each to its place.
 * @param {CanvasRenderingContext2D} context
 * @param {Raster} raster
 * @param {Frame} frame
 * @param {Tables} tables
 * @param {Layout} layout
 */
function drawMaps(context, raster, frame, tables, layout) {
  const [count, side] = frame.maps.shape;
  const places = layout.columns.slice(1, -1).flat();
  if (!count || places.length !== count) return;
  const cells = side * side;
  const { values } = frame.maps;
  raster.write(side, side * count, (pixels) => {
    for (let unit = 0; unit < count; unit++) {
      const [low, high] = frame.map_ranges.values.subarray(2 * unit, 2 * unit + 2);
      const table = rangeTable(tables.units, low, high);
      paintPlane(
        values.subarray(unit * cells, (unit + 1) * cells),
        side,
        table,
        pixels.subarray(unit * cells, (unit + 1) * cells),
      );
    }
  });
  places.forEach((place, unit) => drawBox(context, raster.canvas, unit * side, side, place));
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
  if (planes === 1) return places.forEach((place) => drawBox(context, boundary.canvas, 0, side, place));
  const [r, g, b] = rgb(palette.neutral);
  const empty = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  places.forEach((place, label) => {
    raster.write(side, side, (pixels) => paintClass(frame.boundary, label, tables.classes[label], empty, pixels));
    drawBox(context, raster.canvas, 0, side, place);
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} source
 * @param {number} top
 * @param {number} side
 * @param {Place} place
 */
function drawBox(context, source, top, side, { x, y, box }) {
  context.save();
  context.beginPath();
  context.roundRect(x - box / 2, y - box / 2, box, box, Math.min(8, box / 5));
  context.clip();
  context.drawImage(source, 0, top, side, side, x - box / 2, y - box / 2, box, box);
  context.restore();
}
