/**
 * The large picture of one unit's weights, beside the unit in the diagram that is pointed at.
 * @import { State } from "../types"
 * @import { Diagram } from "./diagram.js"
 */
import { largestPixelWeight, unitWeights } from "../state/pixels.js";
import { largeUnit, weightCardView } from "../views/pixels.js";
import { divergingTable } from "../views/picture.js";
import { Raster } from "./canvas.js";
import { patchChildren } from "./patch.js";
import { paintWeights } from "./pixels.js";

/** Between the card and the unit, and around it in the window. */
const AWAY = 14;
const EDGE = 8;

/** @param {HTMLElement} card @param {HTMLElement} root the diagram @param {Diagram} diagram */
export function createWeightCard(card, root, diagram) {
  const raster = new Raster();
  /** @type {readonly unknown[]} */
  let drawn = [];
  /** @param {State} state */
  function render(state) {
    const unit = largeUnit(state);
    const needs = [unit, unit === null ? null : state.frame, state.palette];
    if (needs.every((need, row) => need === drawn[row])) return;
    const moved = unit !== drawn[0];
    drawn = needs;
    card.hidden = unit === null;
    patchChildren(card, weightCardView(state));
    if (unit === null) return;
    fill(card, raster, state, unit);
    if (moved) place(card, root, diagram.place(1, unit));
  }
  return { render };
}

/** @param {HTMLElement} card @param {Raster} raster @param {State} state @param {number} unit */
function fill(card, raster, state, unit) {
  const canvas = /** @type {HTMLCanvasElement | null} */ (card.querySelector("canvas"));
  const weights = unitWeights(state, unit);
  const { palette } = state;
  if (!canvas || !weights || !palette) return;
  raster.write(canvas.width, canvas.height, (pixels) => paintWeights(pixels, weights, largestPixelWeight(state) || 1, divergingTable(palette, 1)));
  canvas.getContext("2d")?.drawImage(raster.canvas, 0, 0);
}

/** To the right of the unit, or to its left where there is no room. @param {HTMLElement} card @param {HTMLElement} root @param {import("../views/network.js").Place} place */
function place(card, root, { x, y, box }) {
  const picture = root.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const right = picture.left + x + box / 2 + AWAY;
  const left = right + width + EDGE > window.innerWidth ? picture.left + x - box / 2 - AWAY - width : right;
  const top = Math.min(window.innerHeight - height - EDGE, picture.top + y - height / 2);
  card.style.transform = `translate(${Math.round(Math.max(EDGE, left))}px, ${Math.round(Math.max(EDGE, top))}px)`;
}
