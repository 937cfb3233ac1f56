/**
 * What the board's two directions mean: raw = middle + scale * board unit.
 * @import { Axis, State } from "../types"
 */

/** Where the board is x1 and x2 themselves. @type {readonly [Axis, Axis]} */
const PLAIN = [
  { name: "x1", unit: "", input: 0, middle: 0, scale: 1 },
  { name: "x2", unit: "", input: 1, middle: 0, scale: 1 },
];

/** @param {Pick<State, "server">} state @returns {readonly [Axis, Axis]} */
export function axesOf({ server }) {
  return server?.axes ?? PLAIN;
}

/** Whether board units are the data's own, as x1's and x2's are. @param {Axis} axis */
export function isPlain({ unit, middle, scale }) {
  return unit === "" && middle === 0 && scale === 1;
}

/** @param {Axis} axis @param {number} at in board units @returns {number} in the data's own */
export function rawOf({ middle, scale }, at) {
  return middle + scale * at;
}

/** @param {Axis} axis @param {number} raw @returns {number} in board units */
export function boardOf({ middle, scale }, raw) {
  return (raw - middle) / scale;
}
