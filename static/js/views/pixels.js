/**
 * Inputs that are pixels in the diagram: one frame around their picture, and the words at a unit's weights.
 * @import { Child, Node, State } from "../types"
 * @import { Place } from "./network.js"
 */
import { imageOf, largestPixelWeight, seenInk, showsWeights } from "../state/pixels.js";
import { weightText } from "./labels.js";
import { h } from "./tree.js";

/** The rectangle that holds all pixels. @param {readonly Place[]} places */
export function frameAround(places) {
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const pitch = places.length > 1 ? places[1].x - places[0].x : (places[0]?.box ?? 0);
  const [x, y] = [Math.min(...xs) - pitch / 2, Math.min(...ys) - pitch / 2];
  return { x, y, wide: Math.max(...xs) + pitch / 2 - x, high: Math.max(...ys) + pitch / 2 - y };
}

/** One node for all pixels. @param {State} state @param {readonly Place[]} places @returns {Node[]} */
export function imageTree(state, places) {
  const { x, y, wide, high } = frameAround(places);
  const text = seenInk(state) ? "what the network sees" : "mean picture";
  return [
    h("rect.input", { x, y, width: wide, height: high, rx: 3 }),
    h("text.input__caption", { x: x + wide / 2, y: y + high + 14 }, text),
  ];
}

/** Whether all inputs are drawn as one picture. @param {State} state */
export function isImage(state) {
  return imageOf(state) !== null;
}

/** The unit of the first layer that is pointed at, whose weights are shown large; null for none. @param {State} state */
export function largeUnit(state) {
  const { stop } = state.diagram;
  const unit = stop?.kind === "unit" ? (stop.column === 1 ? stop.row : null) : state.inspect.unit?.[0] === 0 ? state.inspect.unit[1] : null;
  return unit !== null && showsWeights(state) && unit < (state.server?.layers[0]?.fan_out ?? 0) ? unit : null;
}

/** @param {State} state @returns {Child[]} */
export function weightCardView(state) {
  const unit = largeUnit(state);
  const image = imageOf(state);
  if (unit === null || !image) return [];
  const largest = weightText(largestPixelWeight(state));
  return [
    h("p.weight__name", {}, `Unit ${unit + 1}: weights by pixel`),
    h("canvas.digit.weight-card__picture", { id: "weight-card-picture", width: image.width, height: image.height }),
    h("p.weight-card__legend", {}, h("span", {}, `−${largest}`), h("span.weight-card__scale"), h("span", {}, `+${largest}`)),
  ];
}

/** What the pictures of the first layer are, and how far their colours reach. @param {State} state @returns {string | null} */
export function weightLegend(state) {
  return showsWeights(state) && state.frame ? `Pictures in the first layer: weights by pixel, up to ±${weightText(largestPixelWeight(state))}.` : null;
}
