/**
 * Layers of many units, and inputs of many: a grid of small tiles instead of a column, and of all lines only those that are
 * asked for, or the strongest.
 * @import { LayerLayout, State } from "../types"
 * @import { Place } from "./network.js"
 */

/** A column of more than so many is a grid. */
const CROWDED = 12;
/** Beside a grid more lines than these hide what they lead to. */
export const FEW_EDGES = 200;
/** How much of its cell a tile fills, and of its column's width a grid. */
const TILE = 0.86;
const GRID = 0.78;
/** A tile is as large as this at most. */
const TILE_MOST = 30;

/** @param {number} count */
export function isCrowd(count) {
  return count > CROWDED;
}

/**
 * Places of `count` tiles around `x`, row by row from the top left, as large as the room allows.
 * @param {number} count @param {{x: number, width: number, height: number, scale: number}} room
 * @param {number} [wide] so many in a row; 0: as it fits best @returns {Place[]}
 */
export function gridPlaces(count, { x, width, height, scale }, wide = 0) {
  const across = GRID * width;
  const sideOf = (/** @type {number} */ columns) => Math.min(across / columns, height / Math.ceil(count / columns), TILE_MOST * scale);
  const all = Array.from({ length: count }, (_, row) => row + 1);
  const columns = wide || all.reduce((best, next) => (sideOf(next) > sideOf(best) + 1e-9 ? next : best), 1);
  const [side, rows] = [sideOf(columns), Math.ceil(count / columns)];
  return Array.from({ length: count }, (_, at) => ({
    x: x + ((at % columns) - (columns - 1) / 2) * side,
    y: height / 2 + (Math.floor(at / columns) - (rows - 1) / 2) * side,
    box: TILE * side,
  }));
}

/** How many rows a column asks room for. @param {number} count */
export function rowsOf(count) {
  return isCrowd(count) ? CROWDED : count;
}

/** The column and row of the unit or input that is pointed at, if any. @param {State} state @returns {readonly [number, number] | null} */
export function pointedOf({ diagram: { stop }, inspect: { unit } }) {
  if (stop?.kind === "unit") return [stop.column, stop.row];
  return unit && [unit[0] + 1, unit[1]];
}

/**
 * Which weights may be drawn: all, or those of one unit alone, into it and out of it.
 * @param {readonly [number, number] | null} pointed @returns {(layer: number, unit: number, input: number) => boolean}
 */
export function belonging(pointed) {
  if (!pointed) return () => true;
  const [column, row] = pointed;
  return (layer, unit, input) => (layer === column - 1 && unit === row) || (layer === column && input === row);
}

/**
 * How large a number must be to be among the `most` largest of those that may be drawn.
 * @param {readonly LayerLayout[]} layers @param {Float32Array | Float64Array | null} numbers @param {number} most
 * @param {(layer: number, unit: number, input: number) => boolean} belongs
 */
export function leastDrawn(layers, numbers, most, belongs) {
  if (!numbers) return 0;
  const sizes = new Float64Array(layers.reduce((sum, { fan_in, fan_out }) => sum + fan_in * fan_out, 0));
  let count = 0;
  layers.forEach(({ fan_in, fan_out, offset }, layer) => {
    for (let unit = 0; unit < fan_out; unit++)
      for (let input = 0; input < fan_in; input++)
        if (belongs(layer, unit, input)) sizes[count++] = Math.abs(numbers[offset + unit * (fan_in + 1) + input]);
  });
  return count <= most ? 0 : sizes.subarray(0, count).sort()[count - most];
}
