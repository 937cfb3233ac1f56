/**
 * Draws the board: the boundary picture and its middle line, then the points. Nothing is drawn that has not changed.
 * @import { Area, Mark } from "../views/board.js"
 * @import { Tables } from "../views/picture.js"
 * @import { Palette, State } from "../types"
 */
import { areaOf, marksOf, SHAPE_PATHS, toPixels } from "../views/board.js";
import { contourOf } from "../views/contour.js";
import { paintBoundary } from "../views/picture.js";
import { Raster, sharpContext } from "./canvas.js";

const paths = Object.fromEntries(Object.entries(SHAPE_PATHS).map(([name, path]) => [name, new Path2D(path)]));

/**
 * @param {HTMLElement} root holds `canvas.board__picture` and `canvas.board__points`
 * @param {(palette: Palette) => Tables} tables
 */
export function createBoard(root, tables) {
  const picture = /** @type {HTMLCanvasElement} */ (root.querySelector(".board__picture"));
  const points = /** @type {HTMLCanvasElement} */ (root.querySelector(".board__points"));
  const raster = new Raster();
  /** @type {readonly unknown[]} */ let drawnPicture = [];
  /** @type {readonly unknown[]} */ let drawnPoints = [];
  return {
    raster,
    /** @param {State} state @param {number} size of the square, in CSS pixels */
    render(state, size) {
      const { frame, palette, server, ui, edits, drag } = state;
      if (!palette || !server || !size) return;
      const area = areaOf(size, size, server.view.extent);
      const pictureNeeds = [frame, palette, size];
      if (frame && changed(drawnPicture, pictureNeeds)) {
        drawnPicture = pictureNeeds;
        drawPicture(picture, raster, state, tables(palette), area, size);
      }
      const pointNeeds = [state.points, edits, drag, ui.selected, ui.hovered, ui.cursor, palette, size, server.task];
      if (changed(drawnPoints, pointNeeds)) {
        drawnPoints = pointNeeds;
        drawPoints(points, state, area, size);
      }
    },
  };
}

/** @param {readonly unknown[]} before @param {readonly unknown[]} now */
function changed(before, now) {
  return now.some((need, row) => need !== before[row]);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Raster} raster
 * @param {State} state
 * @param {Tables} tables
 * @param {Area} area
 * @param {number} size
 */
function drawPicture(canvas, raster, state, tables, area, size) {
  const { frame, palette } = state;
  if (!frame || !palette) return;
  const [planes, side] = frame.boundary.shape;
  raster.write(side, side, (pixels) => paintBoundary(frame.boundary, tables.values, tables.classes, pixels));
  const context = sharpContext(canvas, size, size);
  context.imageSmoothingQuality = "high";
  context.drawImage(raster.canvas, area.x, area.y, area.width, area.height);
  if (planes === 1) drawLine(context, contourOf(frame.boundary.values, side), side, area, palette);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} segments
 * @param {number} side
 * @param {Area} area
 * @param {Palette} palette
 */
function drawLine(context, segments, side, area, palette) {
  const x = (/** @type {number} */ cell) => area.x + ((cell + 0.5) / side) * area.width;
  const y = (/** @type {number} */ cell) => area.y + (1 - (cell + 0.5) / side) * area.height;
  context.beginPath();
  for (let row = 0; row < segments.length; row += 4) {
    context.moveTo(x(segments[row]), y(segments[row + 1]));
    context.lineTo(x(segments[row + 2]), y(segments[row + 3]));
  }
  context.strokeStyle = palette.ink;
  context.globalAlpha = 0.55;
  context.lineWidth = 1.5;
  context.stroke();
  context.globalAlpha = 1;
}

/** @param {HTMLCanvasElement} canvas @param {State} state @param {Area} area @param {number} size */
function drawPoints(canvas, state, area, size) {
  const context = sharpContext(canvas, size, size);
  const palette = /** @type {Palette} */ (state.palette);
  const scale = area.width / 420;
  for (const mark of marksOf(state, area)) drawMark(context, mark, palette, Math.min(1.4, Math.max(0.75, scale)));
  if (state.ui.cursor) drawCursor(context, toPixels(area, ...state.ui.cursor), palette);
}

/**
 * Filled: trained on. Hollow: only tests.
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 * @param {Palette} palette
 * @param {number} scale
 */
function drawMark(context, mark, palette, scale) {
  const size = scale * (mark.focus ? 1.45 : mark.test ? 0.68 : 0.78);
  context.save();
  context.translate(mark.x, mark.y);
  context.scale(size, size);
  if (mark.id < 0) context.globalAlpha = 0.6;
  context.fillStyle = mark.test ? palette.surface : mark.colour;
  context.strokeStyle = mark.test ? mark.colour : mark.focus ? palette.ink : mark.outline;
  context.lineWidth = (mark.test ? 1.7 : mark.focus ? 2.2 : 1.1) / size;
  context.fill(paths[mark.shape]);
  if (mark.test && mark.outline !== palette.surface) drawRim(context, mark, size);
  context.stroke(paths[mark.shape]);
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {readonly [number, number]} at @param {Palette} palette */
function drawCursor(context, [x, y], palette) {
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]) {
    context.moveTo(x + 4 * dx, y + 4 * dy);
    context.lineTo(x + 12 * dx, y + 12 * dy);
  }
  context.stroke();
}

/**
 * Around a ring whose own colour may be as pale as the board.
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 * @param {number} size
 */
function drawRim(context, mark, size) {
  context.save();
  context.strokeStyle = mark.outline;
  context.lineWidth = 3.4 / size;
  context.stroke(paths[mark.shape]);
  context.restore();
}
