/**
 * The boundary's values as a surface in space: where its corners lie on the screen, in which order its cells hide each other,
 * its box and numbers, its points. Pure geometry; the values are the engine's picture, the drawing is dom/surface.js.
 * @import { Frame, PointRow, State, SurfaceState } from "../types"
 */
import { visiblePoints } from "../state/points.js";
import { axesOf, axisTitle, numberText, ticksOf } from "./axes.js";
import { className } from "./classes.js";
import { valueText } from "./readout.js";

/** So many corners a side. */
const CORNERS = 40;
/** Half the height of the box, of which the floor is -1 to 1 both ways. */
const HALF = 0.8;
/** Room around the box for numbers and names, in pixels. */
const ROOM = 34;
/** More points than these hide the surface. */
const MOST_POINTS = 600;
/** A number stands so far outside of the box, a name further; pixels. */
const OUT = { number: 13, name: 36 };
/** The name of the way up, where the surface never is. @type {Spot} */
const TOP = [4, 14];

/** @typedef {readonly [number, number]} Spot pixels */
/** @typedef {(u: number, v: number, w: number) => Spot} Project u and v from -1 to 1 over the floor, w from 0 to 1 upwards */
/** @typedef {{side: number, places: Float64Array, heights: Uint8Array, labels: Uint8Array | null}} Mesh side x side corners, row by row from v = -1: `places` (side) from -1 to 1, shades, and of several classes which one */
/** @typedef {{at: Spot, text: string, align: "left" | "center" | "right", name: boolean, angle: number}} Writing names lie along their edge */
/** @typedef {{row: PointRow, u: number, v: number, w: number, base: number}} Stem a point at height w over or under the surface's `base` */

/** Seen from far away, so that what is parallel stays so. @param {Pick<SurfaceState, "yaw" | "pitch">} from @param {number} size of the square in pixels @returns {Project} */
export function projection({ yaw, pitch }, size) {
  const scale = (size - 2 * ROOM) / (2 * Math.SQRT2);
  const [sin, cos, rise, look] = [Math.sin(yaw), Math.cos(yaw), Math.cos(pitch), Math.sin(pitch)];
  return (u, v, w) => {
    const depth = u * sin + v * cos;
    return [size / 2 + scale * (u * cos - v * sin), size / 2 - scale * ((2 * w - 1) * HALF * rise + depth * look)];
  };
}

/** Numbers 0 to `count` - 1 so that what lies further away comes first. @param {number} count @param {number} away how the depth grows along them */
function farFirst(count, away) {
  return Array.from({ length: count }, (_, row) => (away > 0 ? count - 1 - row : row));
}

/**
 * The order in which cells are painted, so that nearer ones hide those behind them.
 * @param {number} cells a side @param {Pick<SurfaceState, "yaw">} from @returns {[number, number][]} column, row
 */
export function paintingOrder(cells, { yaw }) {
  const columns = farFirst(cells, Math.sin(yaw));
  return farFirst(cells, Math.cos(yaw)).flatMap((row) => columns.map((column) => /** @type {[number, number]} */ ([column, row])));
}

/** Every so many-th cell of the boundary's picture. @param {Frame["boundary"]} boundary @returns {Mesh} */
export function meshOf({ shape: [planes, cells], values }) {
  const side = Math.min(CORNERS, cells);
  const picked = Array.from({ length: side }, (_, row) => Math.round((row * (cells - 1)) / Math.max(1, side - 1)));
  const heights = new Uint8Array(side * side);
  const labels = planes > 1 ? new Uint8Array(side * side) : null;
  const from = planes > 1 ? cells * cells : 0;
  picked.forEach((y, row) =>
    picked.forEach((x, column) => {
      heights[row * side + column] = values[from + y * cells + x];
      if (labels) labels[row * side + column] = values[y * cells + x];
    }),
  );
  return { side, places: Float64Array.from(picked, (cell) => ((cell + 0.5) / cells) * 2 - 1), heights, labels };
}

/** Which corner lies next to a place from -1 to 1, on its lower side. @param {Mesh} mesh @param {number} place */
export function cornerBefore({ side }, place) {
  return Math.max(0, Math.min(side - 2, Math.floor(((place + 1) / 2) * side - 0.5)));
}

/**
 * The shown points as stems: from what the network says of each to what it is. Of several classes they stand on the surface.
 * @param {State} state @param {Mesh} mesh @returns {Stem[]}
 */
export function stemsOf(state, mesh) {
  const { frame, server, points, dataRevision } = state;
  if (!frame) return [];
  const { centre, extent, predictions } = frame;
  const [low, high] = frame.boundary_range;
  const share = (/** @type {number} */ value) => Math.max(0, Math.min(1, (value - low) / (high - low)));
  const told = frame.data_revision === dataRevision && predictions.shape[1] === points.length && predictions.shape[0] === 1;
  const rows = told ? new Map(points.map(([id], row) => [id, row])) : new Map();
  const shown = visiblePoints(state);
  const stride = Math.ceil(shown.length / MOST_POINTS);
  return shown.flatMap((row, at) => {
    const [u, v] = [(row[1] - centre[0]) / extent, (row[2] - centre[1]) / extent];
    if (at % stride || Math.abs(u) > 1 || Math.abs(v) > 1) return [];
    const said = predictions.values[rows.get(row[0]) ?? -1];
    const base = said === undefined ? mesh.heights[cornerBefore(mesh, v) * mesh.side + cornerBefore(mesh, u)] / 255 : share(said);
    const w = mesh.labels ? base : server?.task === "regression" ? share(row[3]) : row[3];
    return [{ row, u, v, w, base }];
  });
}

/** Which sides of the floor are turned to the viewer: v of the one along u, u of the one along v. @param {Pick<SurfaceState, "yaw">} from */
export function frontOf({ yaw }) {
  return { u: Math.sin(yaw) > 0 ? -1 : 1, v: Math.cos(yaw) > 0 ? -1 : 1 };
}

/** The floor's outline, the two walls behind and thin lines at the numbers; pieces in pixels. @param {State} state @param {Project} project @returns {{floor: Spot[], lines: [Spot, Spot][]}} */
export function boxOf(state, project) {
  const front = frontOf(state.surface);
  const [back, side] = [-front.v, -front.u];
  const floor = [project(-1, -1, 0), project(1, -1, 0), project(1, 1, 0), project(-1, 1, 0)];
  const upright = /** @type {[Spot, Spot][]} */ ([[side, front.v], [side, back], [front.u, back]].map(([u, v]) => [project(u, v, 0), project(u, v, 1)]));
  const level = levelsOf(state).flatMap(({ w }) => /** @type {[Spot, Spot][]} */ ([[project(-1, back, w), project(1, back, w)], [project(side, -1, w), project(side, 1, w)]]));
  return { floor, lines: [...upright, ...level] };
}

/** Round values of the output, and how high they lie. @param {State} state */
function levelsOf({ frame }) {
  const [low, high] = frame?.boundary_range ?? [0, 1];
  const axis = { name: "", unit: "", input: null, middle: (low + high) / 2, scale: (high - low) / 2 };
  return ticksOf(axis, -1, 1).map(({ at, text }) => ({ w: (at + 1) / 2, text }));
}

/** Numbers and names at the two edges in front and at the upright one to the left. @param {State} state @param {Project} project @returns {Writing[]} */
export function writingsOf(state, project) {
  return state.frame ? [...floorWritings(state, project, state.frame), ...heightWritings(state, project)] : [];
}

/** @param {State} state @param {Project} project @param {Frame} frame @returns {Writing[]} */
function floorWritings(state, project, { centre, extent }) {
  const front = frontOf(state.surface);
  /** The two edges, and what lies `out` times as far from the middle. @type {((at: number, out: number) => Spot)[]} */
  const edges = [(at, out) => project(at, front.v * out, 0), (at, out) => project(front.u * out, at, 0)];
  return axesOf(state).flatMap((axis, row) => {
    const edge = edges[row];
    const indicator = axis.input !== null && state.server?.inputs?.[axis.input]?.indicator;
    const numbers = ticksOf(axis, centre[row] - extent, centre[row] + extent, indicator).map((tick) => {
      const at = (tick.at - centre[row]) / extent;
      return outside(edge(at, 1), edge(at, 2), OUT.number, tick.text);
    });
    return [...numbers, { ...outside(edge(0, 1), edge(0, 2), OUT.name, axisTitle(state, axis)), align: "center", name: true, angle: along(edge(-1, 1), edge(1, 1)) }];
  });
}

/** The direction of an edge, so that what is written along it is not upside down. @param {Spot} from @param {Spot} to */
function along(from, to) {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  return x < 0 ? Math.atan2(-y, -x) : Math.atan2(y, x);
}

/** A text so many pixels outside of an edge. @param {Spot} edge @param {Spot} further @param {number} far @param {string} text @returns {Writing} */
function outside(edge, further, far, text) {
  const [x, y] = [further[0] - edge[0], further[1] - edge[1]];
  const length = Math.max(1e-6, Math.hypot(x, y));
  const align = Math.abs(x) < length / 2 ? "center" : x < 0 ? "right" : "left";
  return { at: [edge[0] + (x / length) * far, edge[1] + (y / length) * far], text, align, name: false, angle: 0 };
}

/** The values of the output, at the corner furthest to the left. @param {State} state @param {Project} project @returns {Writing[]} */
function heightWritings(state, project) {
  const left = (/** @type {readonly number[]} */ [u, v]) => project(u, v, 0)[0];
  const [u, v] = [[-1, -1], [1, -1], [1, 1], [-1, 1]].sort((a, b) => left(a) - left(b))[0];
  // The lowest number would stand on the floor's own.
  const levels = levelsOf(state).filter(({ w }) => w > 0.04);
  const numbers = levels.map(({ w, text }) => ({ at: project(1.04 * u, 1.04 * v, w), text, align: /** @type {const} */ ("right"), name: false, angle: 0 }));
  return [...numbers, { at: TOP, text: `↑ ${heightName(state)}`, align: "left", name: true, angle: 0 }];
}

/** What the way up is. @param {State} state */
export function heightName(state) {
  const { server, frame } = state;
  const target = server?.spec.data.source === "table" ? server.target : null;
  if (server?.task === "regression") return target?.name ? `${target.name}${target.unit ? ` (${target.unit})` : ""}` : "output";
  if ((frame?.boundary.shape[0] ?? 1) > 1) return "largest output";
  return server?.output === "sigmoid" ? `probability of ${className(state, 1)}` : "output";
}

/** For who does not see it. @param {State} state */
export function surfaceWords(state) {
  const { frame, surface } = state;
  if (!frame) return "Surface of the network’s output";
  const [low, high] = frame.boundary_range;
  const { heights } = meshOf(frame.boundary);
  const said = (/** @type {number} */ q) => (state.server?.task === "regression" ? valueText(state, low + ((high - low) * q) / 255) : numberText(low + ((high - low) * q) / 255, 0.01));
  const range = `from ${said(Math.min(...heights))} to ${said(Math.max(...heights))}`;
  const degrees = (/** @type {number} */ angle) => `${Math.round((180 * angle) / Math.PI)}°`.replace("-", "−");
  const [right, up] = axesOf(state).map((axis) => axisTitle(state, axis));
  return `Surface: ${heightName(state)} over ${right} and ${up}, ${range}. Turned by ${degrees(surface.yaw)}, seen from ${degrees(surface.pitch)} above. Arrow keys turn it, Home turns it back.`;
}
