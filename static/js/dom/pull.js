/**
 * Draws a walk's ring and lines over the board, as SVG of its own: nothing below is drawn again for it.
 * @import { State } from "../types"
 */
import { lookOf } from "../state/look.js";
import { openWalk } from "../state/phaseview.js";
import { areaOf } from "../views/board.js";
import { pullTree } from "../views/pull.js";
import { h } from "../views/tree.js";
import { patchChildren } from "./patch.js";

/** @param {HTMLElement} root */
export function createPull(root) {
  /** @type {readonly unknown[]} */
  let drawn = [];
  return {
    /** @param {State} state @param {number} size of the board, in CSS pixels */
    render(state, size) {
      const walk = size ? openWalk(state) : null;
      const look = lookOf(state);
      const needs = walk ? [walk, state.points, state.edits, size, ...look.centre, look.extent] : [null];
      if (needs.length === drawn.length && needs.every((need, row) => need === drawn[row])) return;
      drawn = needs;
      const area = areaOf(size, size, look);
      patchChildren(root, walk ? [h("svg.pull__svg", { viewBox: `0 0 ${size} ${size}`, width: size, height: size, "aria-hidden": "true" }, pullTree(state, area))] : []);
    },
  };
}
