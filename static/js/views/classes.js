/**
 * What classes are called, and what the outputs say of them.
 * @import { State } from "../types"
 */

/** The table's word for a class, else its number. @param {State} state @param {number} label */
export function className({ server }, label) {
  const own = server?.labels?.[label];
  return own === undefined || own === String(label) ? `class ${label}` : own;
}

/** Outputs that answer one question each, "is it this class?", so that they need not add up to 1. @param {State} state */
export function oneVersusRest({ server }) {
  return server?.task === "classification" && server.output === "sigmoid" && (server.layers.at(-1)?.fan_out ?? 1) > 1;
}

/** Never 100 % for what is not certain. @param {number} share */
export function percent(share) {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return "over 99 %";
  return `${rounded} %`;
}

/** The classes by what their outputs say, likeliest first. @param {ArrayLike<number>} values one for each output */
export function ranked(values) {
  return Array.from(values, (value, label) => ({ label, value })).sort((a, b) => b.value - a.value || a.label - b.label);
}
