/**
 * Paints what the network says of the board: its picture, and the line between two classes or the borders between several.
 * With one input it is a curve (dom/curve.js). A picture is drawn where it belongs, so that an old one moves along while hands zoom and pan.
 * @import { Area } from "../views/board.js"
 * @import { Tables } from "../views/picture.js"
 * @import { Frame, Palette, State } from "../types"
 */
import { surfaceShown } from "../state/surface.js";
import { pictureNeeds, placeOf } from "../views/board.js";
import { isCurve } from "../views/curve.js";
import { bordersOf, contourOf } from "../views/contour.js";
import { hasFocus, paintFocus } from "../views/focus.js";
import { paintBoundary } from "../views/picture.js";
import { contextInside, Raster } from "./canvas.js";
import { drawGround } from "./curve.js";

/** @param {HTMLCanvasElement} canvas @param {(palette: Palette) => Tables} tables */
export function createBoundary(canvas, tables) {
  const raster = new Raster();
  /** A unit that is looked at closely; the other one stays what the network says. */
  const closeUp = new Raster();
  /** @type {Float32Array} */ const none = new Float32Array();
  /** @type {readonly unknown[]} */ let painted = [];
  /** @type {Float32Array} */ let lines = new Float32Array();

  /** The raster alone, which the diagram shows too. @param {State} state */
  function paint(state) {
    const { frame, palette, tools } = state;
    if (!frame || !palette || isCurve(state)) return;
    const needs = [...pictureNeeds(state), palette, tools.discretise];
    if (needs.every((need, row) => need === painted[row])) return;
    painted = needs;
    const [planes, side] = frame.boundary.shape;
    const { values, classes } = tools.discretise ? tables(palette).decision : tables(palette);
    raster.write(side, side, (pixels) => paintBoundary(frame.boundary, values, classes, pixels));
    lines = (planes === 1 ? contourOf : bordersOf)(frame.boundary.values, side);
    if (hasFocus(frame)) closeUp.write(side, side, (pixels) => paintFocus(state, frame, tables(palette), pixels));
  }

  return {
    raster,
    paint,
    /** @param {State} state @param {Area} area @param {number} size of the square, in CSS pixels */
    draw(state, area, size) {
      const { frame, palette } = state;
      if (!frame || !palette) return;
      if (isCurve(state)) return drawGround(canvas, state, area, size);
      paint(state);
      // The board shows it in space.
      if (surfaceShown(state)) return;
      const close = hasFocus(frame);
      const quality = pictureQuality(state);
      drawPicture(canvas, quality, close ? closeUp : raster, close ? none : lines, frame, palette, area, size);
    },
  };
}

/** How smoothly cells become pixels: the best way takes five milliseconds, which a picture that the next one replaces at once is not worth. @param {State} state @returns {ImageSmoothingQuality} */
export function pictureQuality({ server }) {
  return server?.phase === "playing" ? "low" : "high";
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ImageSmoothingQuality} quality
 * @param {Raster} raster
 * @param {Float32Array} lines
 * @param {Frame} frame
 * @param {Palette} palette
 * @param {Area} area
 * @param {number} size
 */
function drawPicture(canvas, quality, raster, lines, frame, palette, area, size) {
  const context = contextInside(canvas, area, size);
  const place = placeOf(area, frame);
  context.imageSmoothingQuality = quality;
  context.drawImage(raster.canvas, place.x, place.y, place.width, place.height);
  drawLines(context, lines, frame.boundary.shape[1], place, palette);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} segments in cells
 * @param {number} side
 * @param {{x: number, y: number, width: number, height: number}} place
 * @param {Palette} palette
 */
function drawLines(context, segments, side, place, palette) {
  const x = (/** @type {number} */ cell) => place.x + ((cell + 0.5) / side) * place.width;
  const y = (/** @type {number} */ cell) => place.y + (1 - (cell + 0.5) / side) * place.height;
  context.beginPath();
  for (let row = 0; row < segments.length; row += 4) {
    context.moveTo(x(segments[row]), y(segments[row + 1]));
    context.lineTo(x(segments[row + 2]), y(segments[row + 3]));
  }
  context.strokeStyle = palette.ink;
  context.globalAlpha = 0.55;
  context.lineWidth = 1.5;
  context.stroke();
}
