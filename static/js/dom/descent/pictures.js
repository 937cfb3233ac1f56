/**
 * The surfaces' small pictures: their heights in bands.
 * @import { DescentState, Ground } from "../../descenttypes"
 * @import { Palette } from "../../types"
 */
import { mix, rgb } from "../../views/picture.js";
import { drawn } from "../../views/descent/contours.js";

const BANDS = 7;

/** @param {DescentState} state @param {HTMLElement} place */
export function paintGrounds({ grounds, palette }, place) {
  if (!palette) return;
  for (const ground of grounds?.surfaces ?? []) {
    const canvas = place.querySelector(`[data-ground="${ground.name}"] canvas`);
    if (canvas instanceof HTMLCanvasElement) paint(canvas, ground, palette);
  }
}

/** @param {HTMLCanvasElement} canvas @param {Ground} ground @param {Palette} palette */
function paint(canvas, ground, palette) {
  const side = ground.heights.length;
  [canvas.width, canvas.height] = [side, side];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const picture = context.createImageData(side, side);
  const heights = ground.heights.map((row) => row.map((height) => drawn(ground, height)));
  const all = heights.flat();
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const [near, far] = [palette.positive, palette.surface].map(rgb);
  for (const [row, line] of heights.entries()) {
    for (const [column, height] of line.entries()) {
      // The root spreads the bands: most of a surface lies low.
      const share = Math.sqrt((height - low) / (high - low));
      const band = Math.min(BANDS - 1, Math.floor(share * BANDS)) / (BANDS - 1);
      picture.data.set([...mix(near, far, 0.15 + 0.85 * band), 255], 4 * ((side - 1 - row) * side + column));
    }
  }
  context.putImageData(picture, 0, 0);
}
