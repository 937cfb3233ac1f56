/**
 * What the network reads, in words.
 * @import { State } from "../types"
 */
import { className, percent } from "./classes.js";

/** "I read a 3, 97 %." @param {State} state @param {number} label @param {number} share how likely it is */
export function readingText(state, label, share) {
  return `I read ${classWord(state, label)}, ${percent(share)}.`;
}

/** "a 3", "an 8"; of other classes the name alone. @param {State} state @param {number} label */
export function classWord(state, label) {
  const name = shortName(state, label);
  if (!/^\d+$/.test(name)) return `“${name}”`;
  return `${/^(8|11$|18$)/.test(name) ? "an" : "a"} ${name}`;
}

/** A class where its name is wanted, not "class 3". @param {State} state @param {number} label */
export function shortName(state, label) {
  return className(state, label).replace(/^class (?=\d+$)/, "");
}
