/**
 * What a walk through one step puts over the board: a ring around the chosen sample and, where the network is one unit, the
 * line before the step, dashed, beside the line after it.
 * @import { Look, Node, State, Walk } from "../types"
 * @import { Area } from "./board.js"
 */
import { openWalk } from "../state/phaseview.js";
import { shownPoints } from "../state/points.js";
import { isShown, toPixels } from "./board.js";
import { h } from "./tree.js";

const RING = 13;

/** @param {State} state @param {Area} area @returns {Node} */
export function pullTree(state, area) {
  const walk = openWalk(state);
  const lines = walk?.line ? [lineNode(area, walk.line.before, "before"), lineNode(area, walk.line.after, "after")] : [];
  return h("g.pull", {}, lines, walk ? sampleNode(state, walk, area) : null);
}

/**
 * The two places where w1 x1 + w2 x2 + b = 0 leaves the part of the board that is shown; null where it does not cross it.
 * @param {readonly number[]} line w1, w2, b @param {Look} look @returns {readonly [readonly [number, number], readonly [number, number]] | null}
 */
export function endsOf([w1, w2, b], { centre: [c1, c2], extent }) {
  // The line runs along its own direction from the place nearest to the middle; no side of the square is further than the others allow.
  const length = w1 * w1 + w2 * w2;
  if (!length) return null;
  const off = (w1 * c1 + w2 * c2 + b) / length;
  const [n1, n2] = [-off * w1, -off * w2];
  const shares = [spanOf(n1, -w2, extent), spanOf(n2, w1, extent)];
  const [from, to] = [Math.max(shares[0][0], shares[1][0]), Math.min(shares[0][1], shares[1][1])];
  if (!(from < to)) return null;
  const at = (/** @type {number} */ share) => /** @type {const} */ ([c1 + n1 - share * w2, c2 + n2 + share * w1]);
  return [at(from), at(to)];
}

/** From which share to which `start + share * slope` stays within +/- extent. @param {number} start @param {number} slope @param {number} extent @returns {[number, number]} */
function spanOf(start, slope, extent) {
  if (slope === 0) return Math.abs(start) <= extent ? [-Infinity, Infinity] : [1, -1];
  const [one, other] = [(-extent - start) / slope, (extent - start) / slope];
  return one < other ? [one, other] : [other, one];
}

/** @param {Area} area @param {readonly number[]} line @param {"before" | "after"} name */
function lineNode(area, line, name) {
  const ends = endsOf(line, area);
  if (!ends) return h("g", { key: name });
  const [[x1, y1], [x2, y2]] = ends.map(([a, b]) => toPixels(area, a, b));
  const path = { d: `M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}` };
  return h("g", { key: name, "data-line": name }, h("path.pull__ground", path), h("path", { ...path, class: `pull__${name}` }));
}

/** @param {State} state @param {Walk} walk @param {Area} area */
function sampleNode(state, walk, area) {
  const point = shownPoints(state).find(([id]) => id === walk.sample);
  if (!point) return null;
  const [cx, cy] = toPixels(area, point[1], point[2]);
  if (!isShown(area, cx, cy)) return null;
  const ring = [h("circle.pull__ground", { cx, cy, r: RING }), h("circle.pull__ring", { cx, cy, r: RING })];
  return h("g", { key: `sample-${walk.sample}`, "data-sample": walk.sample }, ring, isPulling(state, walk) ? wordNode(cx, cy, area) : null);
}

/** With the perceptron rule only a point on the wrong side has a delta. @param {State} state @param {Walk} walk */
function isPulling({ server }, walk) {
  return server?.spec.training.optimizer.name === "perceptron" && Boolean(walk.layers.at(-1)?.delta.some(Boolean));
}

/** @param {number} x @param {number} y @param {Area} area */
function wordNode(x, y, area) {
  const above = y - area.y > 44;
  const left = Math.max(area.x + 24, Math.min(area.x + area.width - 24, x));
  const top = above ? y - RING - 22 : y + RING + 4;
  return h("g.pull__word", {}, h("rect", { x: left - 22, y: top, width: 44, height: 18, rx: 9 }), h("text", { x: left, y: top + 13, "text-anchor": "middle" }, "pulls"));
}
