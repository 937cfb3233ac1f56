/**
 * Small pictures of the data sets, as SVG: dots of the class colours. Signs to choose by, not data.
 * @import { Node } from "../types"
 */
import { h } from "./tree.js";

/** x, y in a box of 24, and the class. @typedef {readonly [number, number, number]} Dot */

/**
 * @param {number} count
 * @param {(t: number, row: number) => readonly [number, number]} at t from 0 to 1
 * @param {number} label
 * @returns {Dot[]}
 */
function along(count, at, label) {
  return Array.from({ length: count }, (_, row) => /** @type {Dot} */ ([...at(row / (count - 1), row), label]));
}

/** @param {number} count @param {number} radius @param {number} label @param {number} [x] @param {number} [y] */
function ring(count, radius, label, x = 12, y = 12) {
  return along(
    count + 1,
    (t) => [x + radius * Math.cos(2 * Math.PI * t), y + radius * Math.sin(2 * Math.PI * t)],
    label,
  ).slice(1);
}

/** @param {number} turn @param {number} label @param {number} [count] */
function arm(turn, label, count = 8) {
  return along(
    count,
    (t) => [12 + (1.6 + 8 * t) * Math.cos(4.4 * t + turn), 12 + (1.6 + 8 * t) * Math.sin(4.4 * t + turn)],
    label,
  );
}

/** @param {number} x @param {number} y @param {number} label @returns {Dot[]} */
function cloud(x, y, label) {
  return [[x, y, label], ...ring(5, 3, label, x, y)];
}

/** @param {(x: number, y: number) => number} label @returns {Dot[]} */
function lattice(label) {
  const places = [3.5, 9.2, 14.8, 20.5];
  return places.flatMap((x) => places.map((y) => /** @type {Dot} */ ([x, y, label(x, y)])));
}

/** @param {readonly number[]} labels of the four corners, rows from the top @returns {Dot[]} */
function corners(labels) {
  return labels.flatMap((label, row) => cloud(row % 2 ? 17.5 : 6.5, row < 2 ? 6.5 : 17.5, label));
}

const half = (/** @type {number} */ value) => (value > 12 ? 1 : 0);

/** @type {Record<string, () => Dot[]>} */
const PICTURES = {
  circle: () => [...ring(13, 9.3, 0), ...ring(5, 3.2, 1), [12, 12, 1]],
  xor: () => lattice((x, y) => (half(x) === half(y) ? 0 : 1)),
  gauss: () => [...cloud(7, 16.5, 0), ...cloud(17, 7.5, 1)],
  spiral: () => [...arm(0.4, 0, 9), ...arm(0.4 + Math.PI, 1, 9)],
  moons: () => [
    ...along(8, (t) => [8.5 + 6.5 * Math.cos(Math.PI * t), 13 - 7.5 * Math.sin(Math.PI * t)], 0),
    ...along(8, (t) => [15.5 - 6.5 * Math.cos(Math.PI * t), 11 + 7.5 * Math.sin(Math.PI * t)], 1),
  ],
  rings: () => [...ring(15, 10, 0), ...ring(9, 6, 1), ...ring(3, 1.8, 2)],
  blobs: () => [...cloud(7, 7, 0), ...cloud(17.5, 9, 1), ...cloud(10, 18, 2)],
  spirals: () => [0, 1, 2].flatMap((label) => arm(0.4 + (label * 2 * Math.PI) / 3, label, 6)),
  checkerboard: () => lattice((x, y) => (Math.round((x - 3.5) / 5.7) + Math.round((y - 3.5) / 5.7)) % 2),
  sine: () => split((x) => 12 - 5 * Math.sin((x - 12) / 3)),
  cubic: () => split((x) => 12 - ((x - 12) / 5.6) ** 3 * 1.6 + (x - 12) * 0.5),
  absolute: () => split((x) => 17 - 1.1 * Math.abs(x - 12)),
  gate_and: () => corners([0, 1, 0, 0]),
  gate_or: () => corners([1, 1, 0, 1]),
  gate_nand: () => corners([1, 0, 1, 1]),
  gate_xor: () => corners([1, 0, 0, 1]),
  gate_not: () => [...cloud(6.5, 12, 1), ...cloud(17.5, 12, 0)],
  curve_sine: () => along(11, (t) => [3 + 18 * t, 12 - 7 * Math.sin(2 * Math.PI * t)], 1),
  curve_cubic: () => along(11, (t) => [3 + 18 * t, 12 - 42 * (t - 0.5) ** 3 - 5 * (t - 0.5)], 1),
  curve_step: () => along(11, (t) => [3 + 18 * t, t < 0.5 ? 17 : 7], 1),
  points: () => [
    [6, 15, 0],
    [10.5, 7, 0],
    [17, 17.5, 1],
  ],
};

/** @param {(x: number) => number} curve @returns {Dot[]} */
function split(curve) {
  return along(9, (t) => [3 + 18 * t, Math.max(2, curve(3 + 18 * t) - 4)], 1).concat(
    along(9, (t) => [3 + 18 * t, Math.min(22, curve(3 + 18 * t) + 4)], 0),
  );
}

/** @param {string} source @returns {Node} */
export function sourcePicture(source) {
  const dots = PICTURES[source]?.() ?? [];
  const marks = dots.map(([x, y, label]) =>
    h("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 1.35, class: `class-${label}` }),
  );
  return h("svg.source__picture", { viewBox: "0 0 24 24", "aria-hidden": "true" }, EXTRAS[source]?.() ?? [], marks);
}

/** What dots alone cannot say. @type {Record<string, () => Node[]>} */
const EXTRAS = {
  plane: () => [h("rect", { x: 2, y: 2, width: 20, height: 20, rx: 3, fill: "url(#shade-plane)" })],
  multi_gauss: () =>
    [
      [7, 7, 0],
      [17, 7, 1],
      [7, 17, 1],
      [17, 17, 0],
    ].map(([cx, cy, label]) => h("circle", { cx, cy, r: 5.5, fill: `url(#shade-hill-${label})` })),
  table: () => [h("path", { d: "M3.5 5.5h17v13h-17zM3.5 9.8h17M3.5 14.2h17M9.2 5.5v13M14.8 5.5v13", class: "stroke stroke--thin" })],
  points: () => [h("path", { d: "M17 4v7M13.5 7.5h7", class: "stroke" })],
};
