/**
 * The surface in 3-D for Plotly, with the paths a little above it and who runs as marks on it.
 * @import { DescentState, Ground, RacePath, Row } from "../../descenttypes"
 * @import { Palette } from "../../types"
 */
import { pathsOf, rowAt } from "../../state/descent/race.js";
import { drawn, ticksAlong } from "./contours.js";
import { groundScale, lookOf } from "./look.js";

/** Of the height that is drawn: paths lie above the ground, else it would swallow them in places. */
const LIFT = 0.012;
/** And marks higher still, in lifts: half of one would be in the ground. */
const MARK_LIFT = 3;
const FAR_AWAY = 1.6;
const NARROW = 1.3;
/** Degrees. */
const [SIDE, ABOVE] = [14, 36];
const [STEEP_SIDE, STEEP_ABOVE] = [-75, 48];

/** What stays while a race goes on: made once, so that Plotly finds the same arrays. @param {Ground} ground */
export function relief(ground) {
  const z = ground.heights.map((row) => row.map((height) => drawn(ground, height)));
  const all = z.flat();
  const range = [Math.min(...all), Math.max(...all)];
  return { ground, x: ticksAlong(ground, 0), y: ticksAlong(ground, 1), z, range, lift: LIFT * (range[1] - range[0]) };
}

/** @typedef {ReturnType<typeof relief>} Relief */

/** @typedef {{width: number, height: number}} Room in pixels */

/** @param {DescentState} state @param {Relief} solid @param {Room} room @returns {{data: object[], layout: object}} */
export function terrainFigure(state, solid, room) {
  const palette = /** @type {Palette} */ (state.palette);
  const { x, y, z, range } = solid;
  const line = { show: true, width: 1, color: palette.muted, start: range[0], end: range[1], size: (range[1] - range[0]) / 14 };
  const surface = {
    type: "surface",
    x,
    y,
    z,
    colorscale: groundScale(palette),
    cmin: range[0],
    cmax: range[1],
    showscale: false,
    hoverinfo: "skip",
    contours: { z: { ...line, highlight: false }, x: { highlight: false }, y: { highlight: false } },
    lighting: { ambient: 0.82, diffuse: 0.35, specular: 0.05, roughness: 0.9, fresnel: 0.05 },
  };
  const runners = pathsOf(state).flatMap((path) => [trail(state, path, solid), mark(state, path, solid)]);
  return { data: [surface, ...runners], layout: layoutOf(state, solid, room) };
}

/** @param {Ground} ground @param {Row} row */
function isInside({ domain }, row) {
  return domain.every(([low, high], axis) => row[axis] >= low && row[axis] <= high);
}

/** Places on the ground; a gap where it is not drawn. @param {readonly (Row | null)[]} rows @param {Relief} solid @param {number} [lifts] */
function placesOf(rows, { ground, lift }, lifts = 1) {
  const there = rows.map((row) => (row && isInside(ground, row) ? row : null));
  return {
    x: there.map((row) => row && row[0]),
    y: there.map((row) => row && row[1]),
    z: there.map((row) => row && drawn(ground, row[2]) + lifts * lift),
  };
}

/** @param {DescentState} state @param {RacePath} path @param {Relief} solid */
function trail(state, { optimizer, rows }, solid) {
  const { colour, plotlyDash } = lookOf(state, optimizer);
  const until = state.dragging ? rows.length : state.step + 1;
  const width = 5 * /** @type {Palette} */ (state.palette).scale;
  const line = { color: colour, width, dash: plotlyDash };
  return { type: "scatter3d", mode: "lines", ...placesOf(rows.slice(0, until), solid), line, hoverinfo: "skip" };
}

/** @param {DescentState} state @param {RacePath} path @param {Relief} solid */
function mark(state, path, solid) {
  const { colour, solid: symbol } = lookOf(state, path.optimizer);
  const { scale, surface } = /** @type {Palette} */ (state.palette);
  const marker = { color: colour, size: 7 * scale, symbol, line: { color: surface, width: 1 } };
  return { type: "scatter3d", mode: "markers", ...placesOf([rowAt(path, state.step)], solid, MARK_LIFT), marker, hoverinfo: "skip" };
}

/** @param {DescentState} state @param {Relief} solid @param {Room} room */
function layoutOf({ palette, eye }, { ground, range }, { width, height }) {
  const { muted, hairline, font, scale: large } = /** @type {Palette} */ (palette);
  const scale = Math.sqrt(large);
  // A scene is fitted into the height: a narrow place needs it farther away.
  const far = Math.max(1, (NARROW * height) / width);
  const axis = {
    color: muted,
    gridcolor: hairline,
    zerolinecolor: hairline,
    showbackground: false,
    showspikes: false,
    tickfont: { size: 11 * scale, color: muted },
    title: { font: { size: 13 * scale, color: muted } },
    nticks: 5,
  };
  const named = (/** @type {string} */ text, /** @type {readonly number[]} */ shown) => ({ ...axis, title: { ...axis.title, text }, range: shown });
  const scene = {
    xaxis: named("x", ground.domain[0]),
    yaxis: named("y", ground.domain[1]),
    zaxis: { ...named("C", range), ...(ground.steep ? powersOf(range) : {}) },
    aspectmode: "manual",
    aspectratio: { x: 1, y: 1, z: 0.62 },
    camera: cameraOf(ground, eye, far),
    uirevision: `${ground.name} ${eye.around} ${eye.above} ${eye.near} ${far.toFixed(1)}`,
  };
  const margin = { l: 0, r: 0, t: 0, b: 0 };
  return { scene, margin, paper_bgcolor: "transparent", showlegend: false, font: { family: font }, uirevision: "kept" };
}

/** Heights by their logarithm, at powers of ten. @param {readonly number[]} range */
function powersOf([, high]) {
  const powers = Array.from({ length: Math.floor(high) + 1 }, (_, power) => power);
  return { tickvals: powers.map((power) => Math.log10(1 + (power ? 10 ** power : 0))), ticktext: powers.map((power) => (power ? `${10 ** power}` : "0")) };
}

/**
 * Across the valley from where races usually start, a little to the side, so that the way down is on the far slope; into a
 * steep ground from higher up.
 * @param {Ground} ground @param {DescentState["eye"]} turned @param {number} far
 */
function cameraOf({ start, domain, steep }, { around, above, near }, far) {
  const [x, y] = start.map((value, axis) => value - (domain[axis][0] + domain[axis][1]) / 2);
  const turn = Math.atan2(-y, -x) + radians((steep ? STEEP_SIDE : SIDE) + around);
  const tilt = radians((steep ? STEEP_ABOVE : ABOVE) + above);
  const away = (FAR_AWAY * far) / near;
  const flat = away * Math.cos(tilt);
  return { eye: { x: flat * Math.cos(turn), y: flat * Math.sin(turn), z: away * Math.sin(tilt) }, center: { x: 0, y: 0, z: -0.2 } };
}

/** @param {number} degrees */
function radians(degrees) {
  return (degrees * Math.PI) / 180;
}
