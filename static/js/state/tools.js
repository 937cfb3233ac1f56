/**
 * The board's tools and what is chosen on it. Pure geometry and choices; hands are `dom/pointer.js`.
 * @import { Action, PointRow, State, Tools } from "../types"
 */

/** @type {Tools} */
const FIRST_TOOLS = { tool: "point", radius: 0.12, discretise: false, tests: true, residuals: true, loop: null };
/** How wide the brush can be, as a share of the view's half width. */
export const RADIUS = { least: 0.04, most: 0.6, step: 0.04 };

/** @param {State} state @param {Extract<Action, {type: "tools"}>} action @returns {State} */
function toolsChanged(state, { change }) {
  return { ...state, tools: { ...state.tools, ...change } };
}

/**
 * Choose points: only these, or these as well.
 * @param {State} state @param {Extract<Action, {type: "select"}>} action @returns {State}
 */
function selected(state, { ids, add }) {
  const before = state.ui.selected;
  const now = add ? [...new Set([...before, ...ids])] : ids;
  if (!now.length && !before.length) return state;
  return { ...state, ui: { ...state.ui, selected: now } };
}

/** Choose a point, or let go of it. @param {State} state @param {number} id @returns {readonly number[]} */
export function toggled({ ui: { selected: before } }, id) {
  return before.includes(id) ? before.filter((other) => other !== id) : [...before, id];
}

/**
 * Whether a place lies inside a closed loop: an odd number of its edges lie to the right.
 * @param {readonly (readonly [number, number])[]} loop @param {number} x @param {number} y
 */
export function isInside(loop, x, y) {
  let inside = false;
  loop.forEach(([x1, y1], row) => {
    const [x0, y0] = loop[(row || loop.length) - 1];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  });
  return inside;
}

/**
 * Ids of the points inside a loop; those on their way to the server have none yet.
 * @param {readonly PointRow[]} points @param {readonly (readonly [number, number])[]} loop
 */
export function idsInside(points, loop) {
  return points.filter(([id, x, y]) => id >= 0 && isInside(loop, x, y)).map(([id]) => id);
}

/**
 * Places in a disc, spread evenly. @param {readonly [number, number]} centre @param {number} radius @param {number} count
 * @param {() => number} random 0 to 1 @returns {[number, number][]}
 */
export function sprayed(centre, radius, count, random) {
  return Array.from({ length: count }, () => {
    const [distance, angle] = [radius * Math.sqrt(random()), 2 * Math.PI * random()];
    return [centre[0] + distance * Math.cos(angle), centre[1] + distance * Math.sin(angle)];
  });
}

/** @satisfies {import("../types").Slice} */
export const SLICE = { first: { tools: FIRST_TOOLS }, actions: { tools: toolsChanged, select: selected } };
