/**
 * What the page says while its session is still on its way.
 * @import { Child, State } from "../types"
 */
import { comingWords } from "../state/coming.js";
import { h } from "./tree.js";

/** @param {State} state @returns {Child[]} */
export function comingView(state) {
  const words = comingWords(state);
  return words ? [h("p.coming__words", {}, h("i.dot"), words)] : [];
}
