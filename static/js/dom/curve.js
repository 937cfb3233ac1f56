/**
 * Draws a regression with one input: the network's curve on the board with what it is off at each point, and in the diagram
 * every unit's own small curve.
 * @import { Area } from "../views/board.js"
 * @import { Layout, Place } from "../views/network.js"
 * @import { FeatureMaps, Frame, Palette, State } from "../types"
 */
import { lookOf } from "../state/look.js";
import { axesOf, ticksOf } from "../views/axes.js";
import { toPixels } from "../views/board.js";
import { curveLines, focusLine, residualsOf, shadesOf, smallLine, smallZero } from "../views/curve.js";
import { contextInside } from "./canvas.js";

/** The features' pictures span this far both ways from the origin. */
const SPAN = 6;

/** What lies under the points: thin lines at the numbers, and what the network is off. @param {HTMLCanvasElement} canvas @param {State} state @param {Area} area @param {number} size of the square, in CSS pixels */
export function drawGround(canvas, state, area, size) {
  const context = contextInside(canvas, area, size);
  const palette = /** @type {Palette} */ (state.palette);
  context.fillStyle = palette.neutral;
  context.fillRect(area.x, area.y, area.width, area.height);
  drawGrid(context, state, area, palette);
  if (state.tools.residuals) drawResiduals(context, state, area, palette);
  context.restore();
}

/** The network's curve, over the points: many of them would hide it. @param {HTMLCanvasElement} canvas @param {State} state @param {Area} area @param {number} size of the square, in CSS pixels */
export function drawCurveLine(canvas, state, area, size) {
  const context = contextInside(canvas, area, size);
  const palette = /** @type {Palette} */ (state.palette);
  const lines = curveLines(state, area);
  lines.forEach((line, output) => {
    strokeLine(context, line, palette.surface, 5.5 * palette.scale);
    strokeLine(context, line, lines.length > 1 ? palette.classes[output % palette.classes.length] : palette.ink, 2.5 * palette.scale);
  });
  const close = focusLine(state, area);
  context.setLineDash([7, 4]);
  strokeLine(context, close, palette.positive, 2 * palette.scale);
  context.restore();
}

/** Thin lines at the axes' numbers. @param {CanvasRenderingContext2D} context @param {State} state @param {Area} area @param {Palette} palette */
function drawGrid(context, state, area, palette) {
  const { centre, extent } = lookOf(state);
  const [across, up] = axesOf(state).map((axis, row) => ticksOf(axis, centre[row] - extent, centre[row] + extent));
  context.beginPath();
  for (const { at } of across) {
    const [x] = toPixels(area, at, 0);
    context.moveTo(x, area.y);
    context.lineTo(x, area.y + area.height);
  }
  for (const { at } of up) {
    const [, y] = toPixels(area, 0, at);
    context.moveTo(area.x, y);
    context.lineTo(area.x + area.width, y);
  }
  context.strokeStyle = palette.hairline;
  context.lineWidth = 1;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {State} state @param {Area} area @param {Palette} palette */
function drawResiduals(context, state, area, palette) {
  const residuals = residualsOf(state, area);
  context.beginPath();
  for (const { x, y, to } of residuals) {
    context.moveTo(x, y);
    context.lineTo(x, to);
  }
  context.strokeStyle = palette.muted;
  // Many of them are a shade, few are lines.
  context.globalAlpha = Math.max(0.3, Math.min(0.8, 80 / Math.max(1, residuals.length)));
  context.lineWidth = 1.2 * palette.scale;
  context.stroke();
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {readonly (readonly [number, number])[]} line @param {string} colour @param {number} width */
function strokeLine(context, line, colour, width) {
  context.beginPath();
  for (const [x, y] of line) context.lineTo(x, y);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.stroke();
}

/**
 * Inputs, hidden units and the output as small curves over the part of the board that is shown.
 * @param {CanvasRenderingContext2D} context @param {State} state @param {Layout} layout
 */
export function drawSmallCurves(context, { frame, palette, server, diagram }, { columns }) {
  if (!palette) return;
  const names = shownInputs(server);
  columns[0].forEach((place, row) => diagram.features && frame && drawSmall(context, palette, place, ...featureRow(diagram.features, names[row], frame)));
  if (!frame) return;
  const side = frame.maps.shape[1];
  columns.slice(1, -1).flat().forEach((place, unit) => {
    const range = /** @type {const} */ ([frame.map_ranges.values[2 * unit], frame.map_ranges.values[2 * unit + 1]]);
    drawSmall(context, palette, place, frame.maps.values.subarray(unit * side * side, unit * side * side + side), range);
  });
  const range = frame.boundary_range;
  const curve = frame.curve?.values.subarray(0, frame.curve.shape[1]) ?? new Float32Array();
  columns.at(-1)?.forEach((place) => drawSmall(context, palette, place, shadesOf(curve, range), range));
}

/** The network's inputs by the vocabulary's names; of a table's columns there are no maps. @param {State["server"]} server @returns {readonly string[]} */
function shownInputs(server) {
  if (!server || server.spec.data.source === "table") return [];
  return server.inputs?.map(({ name }) => name) ?? server.spec.inputs;
}

/** The part of an input's map that the board shows, along the way to the right. @param {FeatureMaps} features @param {string} name @param {Frame} frame @returns {[ArrayLike<number>, readonly [number, number]]} */
function featureRow({ names, maps, ranges }, name, { centre, extent }) {
  const [at, side] = [names.indexOf(name), maps.shape[1]];
  if (at < 0) return [[], [0, 1]];
  const cell = (/** @type {number} */ u) => Math.max(0, Math.min(side, Math.round(((u + SPAN) / (2 * SPAN)) * side)));
  const row = at * side * side + Math.floor(side / 2) * side;
  const values = maps.values.subarray(row + cell(centre[0] - extent), row + cell(centre[0] + extent));
  return [values, [ranges.values[2 * at], ranges.values[2 * at + 1]]];
}

/** @param {CanvasRenderingContext2D} context @param {Palette} palette @param {Place} place @param {ArrayLike<number>} shades @param {readonly [number, number]} range */
function drawSmall(context, palette, place, shades, range) {
  const { x, y, box } = place;
  context.save();
  context.beginPath();
  context.roundRect(x - box / 2, y - box / 2, box, box, Math.min(8, box / 5));
  context.clip();
  context.fillStyle = palette.neutral;
  context.fillRect(x - box / 2, y - box / 2, box, box);
  const zero = smallZero(range, place);
  if (zero !== null) strokeLine(context, [[x - box / 2, zero], [x + box / 2, zero]], palette.hairline, 1);
  strokeLine(context, smallLine(shades, place), palette.ink, Math.max(1, Math.min(2, box / 24)));
  context.restore();
}
