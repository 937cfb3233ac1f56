/**
 * Words and figures about tables as people read them.
 * @import { ToldColumn } from "../types"
 */
import { shortText } from "./labels.js";

/** A message begins with where something is wrong, or with what. @param {string} message */
export function sentence(message) {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

/** What a column holds: its range, or its categories. @param {ToldColumn} column */
export function valuesText({ kind, low, high, unit, distinct, examples, constant }) {
  if (!distinct) return "nothing";
  if (constant) return `always ${examples[0] ?? shortText(low)}`;
  if (kind === "number") return `${shortText(low)} to ${shortText(high)}${unit ? ` ${unit}` : ""}`;
  const shown = examples.slice(0, 4).join(", ");
  return distinct > Math.min(4, examples.length) ? `${distinct} kinds: ${shown}, …` : `${distinct} kinds: ${shown}`;
}

/** @param {string} encoding @param {string} separator @param {boolean} header */
export function formatText(encoding, separator, header) {
  const between = SEPARATORS[separator] ?? separator;
  const parts = [encoding, between && `separated by ${between}`, header ? "names in the first row" : "no row of names"];
  return encoding || separator ? parts.filter(Boolean).join(", ") : "";
}

/** @type {Readonly<Record<string, string>>} */
const SEPARATORS = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", comma: "commas", semicolon: "semicolons", tab: "tabs", pipe: "bars" };
