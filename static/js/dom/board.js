/**
 * Draws the board: the boundary, then the points and what hands are doing among them. Nothing is drawn that has not changed.
 * @import { Area, Mark } from "../views/board.js"
 * @import { Tables } from "../views/picture.js"
 * @import { Palette, State } from "../types"
 */
import { lookOf } from "../state/look.js";
import { surfaceShown } from "../state/surface.js";
import { areaOf, isShown, marksOf, rangeOf, SHAPE_PATHS, toPixels } from "../views/board.js";
import { isCurve } from "../views/curve.js";
import { createBoundary } from "./boundary.js";
import { sharpContext } from "./canvas.js";
import { drawCurveLine } from "./curve.js";
import { createSprites } from "./sprites.js";

const sprites = createSprites();
const paths = Object.fromEntries(Object.entries(SHAPE_PATHS).map(([name, path]) => [name, new Path2D(path)]));

/**
 * @param {HTMLElement} root holds `canvas.board__picture` and `canvas.board__points`
 * @param {(palette: Palette) => Tables} tables
 */
export function createBoard(root, tables) {
  const picture = /** @type {HTMLCanvasElement} */ (root.querySelector(".board__picture"));
  const points = /** @type {HTMLCanvasElement} */ (root.querySelector(".board__points"));
  const line = /** @type {HTMLCanvasElement} */ (root.querySelector(".board__curve"));
  const boundary = createBoundary(picture, tables);
  /** @type {readonly unknown[]} */ let drawnPicture = [];
  /** @type {readonly unknown[]} */ let drawnPoints = [];
  return {
    raster: boundary.raster,
    /** @param {State} state @param {number} size of the square, in CSS pixels */
    render(state, size) {
      const { frame, palette, server, tools } = state;
      if (!palette || !server || !size) return;
      const look = lookOf(state);
      const area = areaOf(size, size, look);
      const place = [palette, size, ...look.centre, look.extent];
      const pictureNeeds = [frame, tools.discretise, server.chart, surfaceShown(state), ...(isCurve(state) ? curveNeeds(state) : []), ...place];
      if (frame && changed(drawnPicture, pictureNeeds)) {
        drawnPicture = pictureNeeds;
        boundary.draw(state, area, size);
        line.hidden = !isCurve(state);
        if (!line.hidden) drawCurveLine(line, state, area, size);
      }
      const pointNeeds = [...needsOf(state), ...place];
      if (!surfaceShown(state) && changed(drawnPoints, pointNeeds)) {
        drawnPoints = pointNeeds;
        drawPoints(points, state, area, size);
      }
    },
  };
}

/** What a curve is drawn from besides the frame: points with what it is off at them. @param {State} state @returns {unknown[]} */
function curveNeeds({ points, edits, drag, tools, server }) {
  return [points, edits, drag, tools.tests, tools.residuals, server?.axes];
}

/** What the points' layer is drawn from. @param {State} state @returns {unknown[]} */
function needsOf(state) {
  const { points, edits, drag, ui, tools, wrong, inspect, server } = state;
  const brush = tools.tool === "brush" ? inspect.at : null;
  return [points, edits, drag, ui.selected, ui.hovered, ui.cursor, tools, wrong, brush, server?.task, server?.chart, ...rangeOf(state)];
}

/** @param {readonly unknown[]} before @param {readonly unknown[]} now */
function changed(before, now) {
  return now.some((need, row) => need !== before[row]);
}

/** @param {HTMLCanvasElement} canvas @param {State} state @param {Area} area @param {number} size */
function drawPoints(canvas, state, area, size) {
  const context = sharpContext(canvas, size, size);
  const palette = /** @type {Palette} */ (state.palette);
  const scale = area.width / 420;
  const marks = marksOf(state, area).filter(({ x, y }) => isShown(area, x, y));
  const large = Math.min(1.4, Math.max(0.75, scale)) * palette.scale;
  const classes = state.server?.task !== "regression";
  sprites.begin([palette, large]);
  for (const mark of marks) {
    // A point in the hand moves by less than a pixel, and a regression has a colour for each.
    if (mark.focus || !classes) drawMark(context, mark, palette, large);
    else sprites.draw(context, [mark.x, mark.y], kindOf(mark), 7 * large + 4, (pen) => drawMark(pen, { ...mark, x: 0, y: 0 }, palette, large));
  }
  if (state.ui.cursor) drawCursor(context, toPixels(area, ...state.ui.cursor), palette);
  if (state.tools.loop) drawLoop(context, state.tools.loop.map(([x1, x2]) => toPixels(area, x1, x2)), palette);
  const at = state.inspect.at;
  if (state.tools.tool === "brush" && at) drawRing(context, toPixels(area, ...at), (state.tools.radius * area.width) / 2, palette);
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
  for (const [colour, width] of /** @type {const} */ ([[palette.surface, 2.6], [palette.ink, 1.2]])) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
}

/**
 * Filled: trained on. Hollow: only tests. Hollow with a dot: only chooses, as validation does.
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 * @param {Palette} palette
 * @param {number} scale
 */
function drawMark(context, mark, palette, scale) {
  const trained = mark.part === "train";
  const size = scale * (mark.focus ? 1.45 : trained ? 0.78 : 0.68);
  context.save();
  context.translate(mark.x, mark.y);
  if (mark.wrong) drawRing(context, [0, 0], 5 * size + 2.6, palette);
  context.scale(size, size);
  if (mark.id < 0) context.globalAlpha = 0.6;
  context.fillStyle = trained ? mark.colour : palette.surface;
  const marked = mark.focus || mark.chosen;
  context.strokeStyle = mark.chosen ? palette.ink : !trained ? mark.colour : marked ? palette.ink : mark.outline;
  context.lineWidth = (marked ? 2.2 : trained ? 1.1 : 1.7) / size;
  context.fill(paths[mark.shape]);
  if (!trained && mark.outline !== palette.surface) drawRim(context, mark, size);
  context.stroke(paths[mark.shape]);
  if (mark.part === "validation") drawDot(context, mark);
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {Mark} mark */
function drawDot(context, { colour }) {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(0, 0, 2, 0, 2 * Math.PI);
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
  context.lineWidth = 3.4 / size;
  context.stroke(paths[mark.shape]);
  context.restore();
}
