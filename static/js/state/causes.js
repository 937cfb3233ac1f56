/**
 * The error analysis as a table for a spreadsheet.
 * @import { Example } from "./gallery.js"
 */
import { csvCell } from "./paste.js";

/**
 * A line for each point with a cause; those that have gone are left out.
 * @param {readonly (Example | null)[]} examples @param {readonly string[]} labels
 */
export function causesCsv(examples, labels) {
  const rows = examples.flatMap((example) => (example ? [lineOf(example, labels)] : []));
  return [["row", "class", "network says", "probability", "cause"], ...rows].map((cells) => `${cells.map(csvCell).join(",")}\n`).join("");
}

/** @param {Example} example @param {readonly string[]} labels @returns {(string | number)[]} */
function lineOf({ number, actual, predicted, share, cause }, labels) {
  const name = (/** @type {number} */ label) => harmless(labels[label] ?? String(label));
  return [number, name(actual), predicted === null ? "" : name(predicted), predicted === null ? "" : Number(share.toFixed(4)), harmless(cause)];
}

/** A spreadsheet takes what begins like this for a formula. @param {string} text */
function harmless(text) {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
