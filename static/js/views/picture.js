/**
 * Quantised pictures to pixels: colour tables of 256 entries, made once for a palette, looked up for every cell.
 * @import { Frame, Palette } from "../types"
 */

/** @param {string} hex "#rrggbb" @returns {[number, number, number]} */
export function rgb(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * @param {readonly number[]} a
 * @param {readonly number[]} b
 * @param {number} share of b
 * @returns {[number, number, number]}
 */
export function mix(a, b, share) {
  const at = (/** @type {number} */ row) => Math.round(a[row] + (b[row] - a[row]) * share);
  return [at(0), at(1), at(2)];
}

/**
 * The diverging scale from 0 (negative) over 0.5 (neutral) to 1 (positive).
 * @param {Palette} palette
 * @param {number} share
 */
export function diverging(palette, share) {
  const ends = rgb(share < 0.5 ? palette.negative : palette.positive);
  const [r, g, b] = mix(rgb(palette.neutral), ends, Math.min(1, Math.abs(2 * share - 1)));
  return `rgb(${r} ${g} ${b})`;
}

/** @param {readonly number[]} colour @param {number} row */
function packed([r, g, b], row = 255) {
  return ((row << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/** 256 pixels (little-endian RGBA) of the diverging scale. @param {Palette} palette @param {number} [strength] */
export function divergingTable(palette, strength = palette.strength) {
  const [low, middle, high] = [palette.negative, palette.neutral, palette.positive].map(rgb);
  return Uint32Array.from({ length: 256 }, (_, q) => {
    const share = q / 127.5 - 1;
    return packed(mix(middle, share < 0 ? low : high, strength * Math.abs(share) ** 0.8));
  });
}

/** For each class 256 pixels from "as likely as any" to "certain". @param {Palette} palette */
export function classTables(palette) {
  return palette.classes.map((hex) =>
    Uint32Array.from({ length: 256 }, (_, q) =>
      packed(mix(rgb(palette.neutral), rgb(hex), palette.strength * (0.2 + 0.8 * (q / 255)) ** 1.2)),
    ),
  );
}

/** A table of values as one of two shades: under the middle line or over it. @param {Uint32Array} table */
export function decisionTable(table) {
  return table.map((_, q) => table[q > 127.5 ? 255 : 0]);
}

/** All tables of a palette: the board's values, the units' pictures, the classes. @param {Palette} palette */
export function tablesOf(palette) {
  const [values, classes] = [divergingTable(palette), classTables(palette)];
  const decision = { values: decisionTable(values), classes: classes.map((table) => table.map(() => table[255])) };
  return { values, classes, decision, units: divergingTable(palette, 0.95) };
}

/** @typedef {ReturnType<typeof tablesOf>} Tables */

/**
 * One plane into pixels, its bottom row last. @param {Uint8Array} plane (side x side), row 0 at the bottom
 * @param {number} side @param {Uint32Array} table @param {Uint32Array} out side * side pixels
 */
export function paintPlane(plane, side, table, out) {
  for (let row = 0; row < side; row++) {
    const from = row * side;
    const to = (side - 1 - row) * side;
    for (let column = 0; column < side; column++) out[to + column] = table[plane[from + column]];
  }
}

/**
 * The boundary, whatever its planes: a value, or class and probability.
 * @param {Frame["boundary"]} boundary @param {Uint32Array} table @param {readonly Uint32Array[]} classes @param {Uint32Array} out
 */
export function paintBoundary({ shape: [planes, side], values }, table, classes, out) {
  if (planes === 1) return paintPlane(values, side, table, out);
  const cells = side * side;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const cell = row * side + column;
      out[(side - 1 - row) * side + column] = classes[values[cell] % classes.length][values[cells + cell]];
    }
  }
}

/**
 * Where class `label` wins, and nothing elsewhere.
 * @param {Frame["boundary"]} boundary
 * @param {number} label
 * @param {Uint32Array} table
 * @param {number} empty
 * @param {Uint32Array} out
 */
export function paintClass({ shape: [, side], values }, label, table, empty, out) {
  const cells = side * side;
  for (let cell = 0; cell < cells; cell++) {
    const row = Math.floor(cell / side);
    out[(side - 1 - row) * side + (cell % side)] = values[cell] === label ? table[values[cells + cell]] : empty;
  }
}

/**
 * A map's own range to the common scale, on which zero is neutral and the larger end is full colour.
 * @param {Uint32Array} table
 * @param {number} low
 * @param {number} high
 */
export function rangeTable(table, low, high) {
  const largest = Math.max(Math.abs(low), Math.abs(high), 1);
  // A plain loop: thirty of these are made a frame.
  const ranged = new Uint32Array(256);
  for (let q = 0; q < 256; q++) ranged[q] = table[Math.round(127.5 * (1 + (low + ((high - low) * q) / 255) / largest))];
  return ranged;
}
