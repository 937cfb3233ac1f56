/**
 * What the buttons beside a number ask for: the next value up or down, at a pace that fits its size.
 * @import { Field } from "../types"
 */

/**
 * The next value up or down: by one where values only name or count a few things, else along 1, 2, 5 or 1, 3, 10.
 * @param {Field} field @param {number} value @param {1 | -1} direction @returns {number | null} null at the bound
 */
export function stepFrom(field, value, direction) {
  if (!Number.isFinite(value)) return null;
  const low = field.minimum ?? -Infinity;
  const high = field.maximum ?? Infinity;
  const next = low < 0 ? value + direction * 0.1 : laddered(field, value, direction, low, high);
  const kept = Math.min(high, Math.max(low, Number(next.toPrecision(6))));
  const onBound = (field.above && kept === low) || (field.below && kept === high);
  return kept === value || onBound ? null : kept;
}

/** Seeds name, they do not measure: nothing larger than this is walked in leaps. */
const LARGEST_MEASURE = 1e6;

/** @param {Field} field @param {number} value @param {1 | -1} direction @param {number} low @param {number} high */
function laddered(field, value, direction, low, high) {
  if (field.kind === "integer" && (high <= 64 || high > LARGEST_MEASURE)) return value + direction;
  if (field.below)
    return direction > 0
      ? 1 - (1 - value) / (1 - value > 0.11 ? 1.25 : 10)
      : value - Math.max(0.1, (1 - value) * 0.9);
  const rungs = field.kind === "integer" ? [1, 2, 5, 10] : [1, 3, 10];
  const least = field.kind === "integer" ? 1 : 1e-5;
  if (value < least && !field.above) return direction > 0 ? least : low;
  const scale = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const mantissa = value / scale;
  if (direction > 0) return scale * (rungs.find((rung) => rung > mantissa * 1.0001) ?? 10);
  const below = rungs.filter((rung) => rung < mantissa * 0.9999).at(-1);
  const next = below ? scale * below : (scale / 10) * (rungs.at(-2) ?? 1);
  return next < least * 0.9999 && !field.above ? low : next;
}
