/**
 * Draws the points, and what hands are doing among them. Those at rest are painted once, on a canvas of their own that is copied: while a
 * hand drags one of three hundred, one is painted in each frame.
 * @import { Area, Mark } from "../views/board.js"
 * @import { Palette, State } from "../types"
 */
import { isShown, marksOf, SHAPE_PATHS, toPixels } from "../views/board.js";
import { DOT, inkOf, pointScale, RIM, RING } from "../views/pointink.js";
import { sharpContext } from "./canvas.js";
import { createSprites } from "./sprites.js";

const paths = Object.fromEntries(Object.entries(SHAPE_PATHS).map(([name, path]) => [name, new Path2D(path)]));

/** @param {HTMLCanvasElement} canvas */
export function createPoints(canvas) {
  const sprites = createSprites();
  const resting = createResting();
  return {
    /** @param {State} state @param {Area} area @param {number} size of the square, in CSS pixels */
    draw(state, area, size) {
      const palette = /** @type {Palette} */ (state.palette);
      const scale = pointScale(area.width, palette);
      const classes = state.server?.task !== "regression";
      const inHand = new Set(state.drag ? [state.drag.id, ...state.drag.rest.map(([id]) => id)] : []);
      const marks = marksOf(state, area).filter(({ x, y }) => isShown(area, x, y));
      const isHeld = (/** @type {Mark} */ mark) => mark.focus || inHand.has(mark.id);
      /** @type {Pen} */
      const paint = (context, mark) => {
        // A point in the hand moves by less than a pixel, and a regression has a colour for each.
        if (mark.focus || !classes) drawMark(context, mark, palette, scale);
        else sprites.draw(context, [mark.x, mark.y], kindOf(mark), 7 * scale + 4, (pen) => drawMark(pen, { ...mark, x: 0, y: 0 }, palette, scale));
      };
      sprites.begin([palette, scale]);
      const picture = resting(marks.filter((mark) => !isHeld(mark)), [palette, scale, size, classes, window.devicePixelRatio], size, paint);
      const context = sharpContext(canvas, size, size);
      copy(context, picture);
      for (const mark of marks.filter(isHeld)) paint(context, mark);
      drawHands(context, state, area, palette);
    },
  };
}

/** @typedef {(context: CanvasRenderingContext2D, mark: Mark) => void} Pen */

/** What the points at rest look like, painted again only when one of them, or something of `needs`, is not as before. */
function createResting() {
  const canvas = document.createElement("canvas");
  /** @type {readonly Mark[]} */ let painted = [];
  /** @type {readonly unknown[]} */ let paintedFor = [];
  return (/** @type {readonly Mark[]} */ marks, /** @type {readonly unknown[]} */ needs, /** @type {number} */ size, /** @type {Pen} */ paint) => {
    const same = marks.length === painted.length && needs.every((need, row) => need === paintedFor[row]);
    if (same && marks.every((mark, row) => looksLike(mark, painted[row]))) return canvas;
    [painted, paintedFor] = [marks, needs];
    const context = sharpContext(canvas, size, size);
    for (const mark of marks) paint(context, mark);
    return canvas;
  };
}

/** Pixel by pixel. @param {CanvasRenderingContext2D} context @param {HTMLCanvasElement} picture */
function copy(context, picture) {
  context.save();
  context.resetTransform();
  context.drawImage(picture, 0, 0);
  context.restore();
}

/** @param {Mark} one @param {Mark} other */
function looksLike(one, other) {
  const placed = one.x === other.x && one.y === other.y && one.id < 0 === other.id < 0;
  const coloured = one.colour === other.colour && one.outline === other.outline && one.shape === other.shape;
  return placed && coloured && one.part === other.part && one.chosen === other.chosen && one.wrong === other.wrong;
}

/** The keyboard's place, the lasso on its way, the brush. @param {CanvasRenderingContext2D} context @param {State} state @param {Area} area @param {Palette} palette */
function drawHands(context, { ui, tools, inspect }, area, palette) {
  if (ui.cursor) drawCursor(context, toPixels(area, ...ui.cursor), palette);
  if (tools.loop) drawLoop(context, tools.loop.map(([x1, x2]) => toPixels(area, x1, x2)), palette);
  if (tools.tool === "brush" && inspect.at) drawRing(context, toPixels(area, ...inspect.at), (tools.radius * area.width) / 2, palette);
}

/** Whatever tells two marks of classes apart, except their place. @param {Mark} mark */
function kindOf({ shape, colour, part, chosen, wrong, id }) {
  return `${shape} ${colour} ${part} ${chosen} ${wrong} ${id < 0}`;
}

/**
 * The lasso on its way, closed as it would be if let go now.
 * @param {CanvasRenderingContext2D} context @param {readonly (readonly [number, number])[]} loop @param {Palette} palette
 */
function drawLoop(context, loop, palette) {
  context.save();
  context.beginPath();
  for (const [x, y] of loop) context.lineTo(x, y);
  context.closePath();
  context.fillStyle = palette.ink;
  context.globalAlpha = 0.08;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = palette.ink;
  context.setLineDash([5, 4]);
  context.lineWidth = 1.5;
  context.stroke();
  context.restore();
}

/**
 * The brush, or a ring around a point that is taken for another class.
 * @param {CanvasRenderingContext2D} context @param {readonly [number, number]} at @param {number} radius @param {Palette} palette
 */
function drawRing(context, [x, y], radius, palette) {
  for (const [colour, width] of /** @type {const} */ ([[palette.surface, RING.halo], [palette.ink, RING.line]])) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 * @param {Palette} palette
 * @param {number} scale
 */
function drawMark(context, mark, palette, scale) {
  const { size, fill, stroke, width, rim } = inkOf(mark, palette, scale);
  context.save();
  context.translate(mark.x, mark.y);
  if (mark.wrong) drawRing(context, [0, 0], 5 * size + RING.away, palette);
  context.scale(size, size);
  if (mark.id < 0) context.globalAlpha = 0.6;
  context.fillStyle = fill;
  context.strokeStyle = stroke;
  context.lineWidth = width / size;
  context.fill(paths[mark.shape]);
  if (rim) drawRim(context, mark, size);
  context.stroke(paths[mark.shape]);
  if (mark.part === "validation") drawDot(context, mark);
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {Mark} mark */
function drawDot(context, { colour }) {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(0, 0, DOT, 0, 2 * Math.PI);
  context.fill();
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
  context.lineWidth = RIM / size;
  context.stroke(paths[mark.shape]);
  context.restore();
}
