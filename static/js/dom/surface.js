/**
 * Draws the surface far cells first, so that nearer ones hide them, and turns it under a hand or by the arrow keys.
 * @import { Store } from "../store.js"
 * @import { Mesh, Project, Stem } from "../views/surface.js"
 * @import { Palette, State } from "../types"
 */
import { FIRST_SURFACE, surfaceShown } from "../state/surface.js";
import { classShape, SHAPE_PATHS, labelColour, rangeOf } from "../views/board.js";
import { mix, rgb, tablesOf } from "../views/picture.js";
import { boxOf, cornerBefore, meshOf, paintingOrder, projection, stemsOf, surfaceWords, writingsOf } from "../views/surface.js";
import { remembering, sharpContext } from "./canvas.js";

/** A pixel turns it by this much. */
const TURN = 0.011;
/** And a press of an arrow key. */
const PRESS = Math.PI / 36;
/** Cells overlap by so many pixels. */
const LAP = 0.4;
/** A line on the surface at every so many-th corner. */
const LINES = 4;
/** How much ink is in what is neutral, and how strongly the surface is coloured at most. */
const BODY = 0.14;
const STRENGTH = 0.9;
/** A text takes at most this much of the canvas: about an edge. */
const MOST_WIDE = 0.42;
/** How often it says in words what it shows. Milliseconds. */
const WORDS_PAUSE = 1000;
/** @type {Record<string, readonly [number, number]>} yaw and pitch */
const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

const marks = Object.fromEntries(Object.entries(SHAPE_PATHS).map(([name, path]) => [name, new Path2D(path)]));
/** The colours of shades as CSS has them, once for a palette: of values, then of each class. */
const coloursOf = remembering((/** @type {Palette} */ palette) => {
  // What is neutral is as pale as the page: in space it must be seen where the surface is.
  const [r, g, b] = mix(rgb(palette.neutral), rgb(palette.ink), BODY);
  const { values, classes } = tablesOf({ ...palette, neutral: `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`, strength: STRENGTH });
  const named = (/** @type {Uint32Array} */ table) => Array.from(table, (pixel) => `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255})`);
  return { values: named(values), classes: classes.map(named) };
});

/** @param {HTMLElement} board @param {HTMLCanvasElement} canvas @param {Store} store */
export function createSurface(board, canvas, store) {
  /** @type {readonly unknown[]} */ let drawn = [];
  let size = 0;
  let nextWords = 0;
  new ResizeObserver(([{ contentRect }]) => {
    size = contentRect.width;
    render(store.get());
  }).observe(board);
  listen(canvas, store);

  /** @param {State} state */
  function render(state) {
    const on = surfaceShown(state);
    if (canvas.hidden === on) canvas.hidden = !on;
    if (board.dataset.surface !== String(on)) board.dataset.surface = String(on);
    if (!on || !size || !state.palette || !state.frame) return;
    const { frame, points, edits, drag, tools, palette, surface, server, ui } = state;
    const needs = [frame, points, edits, drag, tools.tests, tools.residuals, palette, surface, server?.axes, ui.selected, size];
    if (needs.every((need, row) => need === drawn[row])) return;
    drawn = needs;
    draw(sharpContext(canvas, size, size), state, palette, size);
    if (performance.now() < nextWords && server?.phase === "playing") return;
    nextWords = performance.now() + WORDS_PAUSE;
    canvas.setAttribute("aria-label", surfaceWords(state));
  }
  return { render };
}

/** @param {HTMLCanvasElement} canvas @param {Store} store */
function listen(canvas, store) {
  /** @type {{x: number, y: number} | null} */
  let held = null;
  const turn = (/** @type {number} */ yaw, /** @type {number} */ pitch) => {
    const { surface } = store.get();
    store.dispatch({ type: "surface", change: { yaw: surface.yaw + yaw, pitch: surface.pitch + pitch } });
  };
  canvas.addEventListener("pointerdown", (event) => {
    held = { x: event.clientX, y: event.clientY };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!held) return;
    turn((held.x - event.clientX) * TURN, (event.clientY - held.y) * TURN);
    held = { x: event.clientX, y: event.clientY };
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (held = null));
  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (arrow) turn(arrow[0] * PRESS, arrow[1] * PRESS);
    else if (event.key === "Home") store.dispatch({ type: "surface", change: { yaw: FIRST_SURFACE.yaw, pitch: FIRST_SURFACE.pitch } });
    else return;
    event.preventDefault();
  });
}

/** @param {CanvasRenderingContext2D} context @param {State} state @param {Palette} palette @param {number} size */
function draw(context, state, palette, size) {
  const project = projection(state.surface, size);
  const mesh = meshOf(/** @type {import("../types").Frame} */ (state.frame).boundary);
  drawBox(context, state, project, palette);
  drawCells(context, state, mesh, project, palette);
  context.textBaseline = "middle";
  for (const { at, text, align, name, angle } of writingsOf(state, project)) {
    context.font = `${name ? 600 : 400} ${Math.round((name ? 12.5 : 11) * palette.scale)}px ${palette.font}`;
    context.textAlign = align;
    context.fillStyle = name ? palette.ink : palette.muted;
    context.save();
    context.translate(...at);
    context.rotate(angle);
    context.fillText(text, 0, 0, MOST_WIDE * size);
    context.restore();
  }
}

/** @param {CanvasRenderingContext2D} context @param {State} state @param {Project} project @param {Palette} palette */
function drawBox(context, state, project, palette) {
  const { floor, lines } = boxOf(state, project);
  context.beginPath();
  for (const [x, y] of floor) context.lineTo(x, y);
  context.closePath();
  context.fillStyle = palette.neutral;
  context.fill();
  for (const [from, to] of lines) {
    context.moveTo(...from);
    context.lineTo(...to);
  }
  context.strokeStyle = palette.hairline;
  context.lineWidth = 1;
  context.stroke();
}

/**
 * Cell by cell from the back; a point under the surface comes before its cell, one over it after.
 * @param {CanvasRenderingContext2D} context @param {State} state @param {Mesh} mesh @param {Project} project @param {Palette} palette
 */
function drawCells(context, state, mesh, project, palette) {
  const { side, places, heights, labels } = mesh;
  const colours = coloursOf(palette);
  const spots = Array.from(heights, (q, at) => project(places[at % side], places[Math.floor(at / side)], q / 255));
  const stems = byCell(stemsOf(state, mesh), mesh);
  context.lineJoin = "round";
  for (const [column, row] of paintingOrder(side - 1, state.surface)) {
    const at = row * side + column;
    const here = stems.get(at) ?? [];
    for (const stem of here) if (stem.w < stem.base) drawStem(context, stem, project, state, palette);
    const corners = [at, at + 1, at + side + 1, at + side];
    const shade = (heights[corners[0]] + heights[corners[1]] + heights[corners[2]] + heights[corners[3]]) >> 2;
    const colour = labels ? colours.classes[labels[at] % colours.classes.length][shade] : colours.values[shade];
    fillCell(context, corners.map((corner) => spots[corner]), colour);
    drawLines(context, column, row, corners.map((corner) => spots[corner]), palette);
    for (const stem of here) if (stem.w >= stem.base) drawStem(context, stem, project, state, palette);
  }
}

/** @param {readonly Stem[]} stems @param {Mesh} mesh @returns {Map<number, Stem[]>} by the first corner of their cell */
function byCell(stems, mesh) {
  /** @type {Map<number, Stem[]>} */
  const cells = new Map();
  for (const stem of stems) {
    const at = cornerBefore(mesh, stem.v) * mesh.side + cornerBefore(mesh, stem.u);
    const there = cells.get(at);
    if (there) there.push(stem);
    else cells.set(at, [stem]);
  }
  return cells;
}

/** A little larger than it is, so that there is no gap to the neighbours. @param {CanvasRenderingContext2D} context @param {readonly (readonly [number, number])[]} corners @param {string} colour */
function fillCell(context, corners, colour) {
  const [a, b, c, d] = corners;
  const [x0, y0] = [(a[0] + b[0] + c[0] + d[0]) / 4, (a[1] + b[1] + c[1] + d[1]) / 4];
  context.beginPath();
  for (const [x, y] of corners) context.lineTo(x + LAP * Math.sign(x - x0), y + LAP * Math.sign(y - y0));
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}

/** @param {CanvasRenderingContext2D} context @param {number} column @param {number} row @param {readonly (readonly [number, number])[]} corners @param {Palette} palette */
function drawLines(context, column, row, [a, b, , d], palette) {
  if (column % LINES && row % LINES) return;
  const ends = [...(row % LINES === 0 ? [b] : []), ...(column % LINES === 0 ? [d] : [])];
  strokeThin(context, a, ends, { colour: palette.ink, opacity: 0.28, width: 0.8 });
}

/**
 * Straight lines from one place. @param {CanvasRenderingContext2D} context @param {readonly [number, number]} from
 * @param {readonly (readonly [number, number])[]} ends @param {{colour: string, opacity: number, width: number}} pen
 */
function strokeThin(context, from, ends, { colour, opacity, width }) {
  context.beginPath();
  for (const end of ends) {
    context.moveTo(...from);
    context.lineTo(...end);
  }
  context.strokeStyle = colour;
  context.globalAlpha = opacity;
  context.lineWidth = width;
  context.stroke();
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Stem} stem @param {Project} project @param {State} state @param {Palette} palette */
function drawStem(context, { row, u, v, w, base }, project, state, palette) {
  const [at, from] = [project(u, v, w), project(u, v, base)];
  const classes = state.server?.task !== "regression";
  if (state.tools.residuals) strokeThin(context, from, [at], { colour: palette.ink, opacity: 0.55, width: 1 });
  const colour = labelColour(palette, row[3], classes, rangeOf(state));
  const chosen = state.ui.selected.includes(row[0]);
  const size = (chosen ? 0.9 : 0.55) * palette.scale;
  context.save();
  context.translate(...at);
  context.scale(size, size);
  context.fillStyle = row[4] === 0 ? colour : palette.surface;
  context.strokeStyle = chosen ? palette.ink : row[4] === 0 ? (classes ? palette.surface : palette.muted) : colour;
  context.lineWidth = (row[4] === 0 ? 0.9 : 1.5) / size;
  const mark = marks[classes ? classShape(row[3]) : "circle"];
  context.fill(mark);
  context.stroke(mark);
  context.restore();
}
