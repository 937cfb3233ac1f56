/**
 * Pictures of pixels in the diagram: what the network sees in the place of its inputs, and the first layer's weights in the
 * places of its units.
 * @import { Palette, State } from "../types"
 * @import { Place } from "../views/network.js"
 */
import { largestPixelWeight, meanInk, seenInk, showsWeights, unitWeights } from "../state/pixels.js";
import { frameAround } from "../views/pixels.js";
import { divergingTable, mix, rgb } from "../views/picture.js";
import { Raster, remembering } from "./canvas.js";

/** Weights in full colour: the largest of the layer is the end of the scale. */
const tableOf = remembering((/** @type {Palette} */ palette) => divergingTable(palette, 1));

export function createPixels() {
  const rasters = { seen: new Raster(), weights: new Raster() };
  return {
    /** The picture that is looked at, or the mean one. @param {CanvasRenderingContext2D} context @param {State} state @param {readonly Place[]} places of its pixels */
    seen(context, state, places) {
      const { palette, server } = state;
      const ink = seenInk(state) ?? meanInk(state);
      if (!ink || !palette || !server?.image || places.length !== ink.length) return;
      const { width, height } = server.image;
      rasters.seen.write(width, height, (pixels) => paintInk(pixels, ink, palette));
      const { x, y, wide, high } = frameAround(places);
      copy(context, rasters.seen.canvas, [x, y, wide, high]);
    },
    /** @param {CanvasRenderingContext2D} context @param {State} state @param {readonly Place[]} places of the first layer's units */
    weights(context, state, places) {
      const { palette, server } = state;
      if (!palette || !server?.image || !showsWeights(state)) return;
      const { width, height } = server.image;
      const largest = largestPixelWeight(state) || 1;
      places.forEach(({ x, y, box }, unit) => {
        const weights = unitWeights(state, unit);
        if (!weights) return;
        rasters.weights.write(width, height, (pixels) => paintWeights(pixels, weights, largest, tableOf(palette)));
        copy(context, rasters.weights.canvas, [x - box / 2, y - box / 2, box, box]);
      });
    },
  };
}

/** @param {Uint32Array} pixels @param {readonly number[]} ink 0 to 1 @param {Palette} palette */
export function paintInk(pixels, ink, palette) {
  const [paper, pen] = [rgb(palette.surface), rgb(palette.ink)];
  ink.forEach((share, at) => {
    const [r, g, b] = mix(paper, pen, share);
    pixels[at] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
}

/** @param {Uint32Array} pixels @param {Float64Array} weights @param {number} largest @param {Uint32Array} table 256 colours from -largest to largest */
export function paintWeights(pixels, weights, largest, table) {
  weights.forEach((weight, at) => (pixels[at] = table[Math.round(127.5 * (1 + weight / largest))]));
}

/** Pixels stay pixels. @param {CanvasRenderingContext2D} context @param {HTMLCanvasElement} source @param {readonly [number, number, number, number]} box */
function copy(context, source, [x, y, wide, high]) {
  context.imageSmoothingEnabled = false;
  context.drawImage(source, x, y, wide, high);
  context.imageSmoothingEnabled = true;
}
