/**
 * Draws the board: the boundary, then the points and what hands are doing among them. Nothing is drawn that has not changed.
 * @import { Tables } from "../views/picture.js"
 * @import { Palette, State } from "../types"
 */
import { lookOf } from "../state/look.js";
import { surfaceShown } from "../state/surface.js";
import { areaOf, pictureNeeds, rangeOf } from "../views/board.js";
import { isCurve } from "../views/curve.js";
import { createBoundary, pictureQuality } from "./boundary.js";
import { drawCurveLine } from "./curve.js";
import { createPoints } from "./points.js";

/**
 * @param {HTMLElement} root holds `canvas.board__picture` and `canvas.board__points`
 * @param {(palette: Palette) => Tables} tables
 */
export function createBoard(root, tables) {
  const picture = /** @type {HTMLCanvasElement} */ (root.querySelector(".board__picture"));
  const points = /** @type {HTMLCanvasElement} */ (root.querySelector(".board__points"));
  const line = /** @type {HTMLCanvasElement} */ (root.querySelector(".board__curve"));
  const boundary = createBoundary(picture, tables);
  const marks = createPoints(points);
  /** @type {readonly unknown[]} */ let drawnPicture = [];
  /** @type {readonly unknown[]} */ let drawnPoints = [];
  return {
    raster: boundary.raster,
    /** @param {State} state @param {number} size of the square, in CSS pixels */
    render(state, size) {
      const { frame, palette, server, tools } = state;
      if (!palette || !server) return;
      // The diagram's output shows it even where there is no board.
      if (!size) return boundary.paint(state);
      const look = lookOf(state);
      const area = areaOf(size, size, look);
      const place = [palette, size, ...look.centre, look.extent];
      const needs = [...pictureNeeds(state), pictureQuality(state), tools.discretise, server.chart, surfaceShown(state), ...(isCurve(state) ? curveNeeds(state) : []), ...place];
      if (frame && changed(drawnPicture, needs)) {
        drawnPicture = needs;
        boundary.draw(state, area, size);
        line.hidden = !isCurve(state);
        if (!line.hidden) drawCurveLine(line, state, area, size);
      }
      const pointNeeds = [...needsOf(state), ...place];
      if (!surfaceShown(state) && changed(drawnPoints, pointNeeds)) {
        drawnPoints = pointNeeds;
        marks.draw(state, area, size);
      }
    },
  };
}

/** What a curve is drawn from besides the frame: points with what it is off at them. @param {State} state @returns {unknown[]} */
function curveNeeds({ frame, points, edits, drag, tools, server }) {
  return [frame?.predictions, frame?.data_revision, points, edits, drag, tools.tests, tools.residuals, server?.axes];
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
