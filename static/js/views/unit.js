/**
 * The marks of the diagram's units: frames, inputs' names, biases, locks, and the values of a place.
 * @import { Node } from "../types"
 * @import { Place } from "./network.js"
 */
import { widthText } from "./edgepaths.js";
import { valueText } from "./labels.js";
import { h } from "./tree.js";

/** Smaller letters than these cannot be read; the mark stands alone. */
const LEAST_LETTER = 5;
/** Rows closer than these leave no place for a number. */
const LEAST_PITCH = 11;
/** On a smaller box a number would cover the picture: it stands beside it. */
const LEAST_BOX = 40;
/** Between a picture and its name. */
export const GAP = 6;

/** Where a box begins. @param {Place} place */
export function leftOf({ x, box, wide = box }) {
  return x + box / 2 - wide;
}

/** @param {Place} place @param {string} [name] its class @param {string} [title] what a pointer is told */
export function unitNode(place, name = "rect.unit", title = "") {
  const { y, box, wide = box } = place;
  return h(name, { x: leftOf(place), y: y - box / 2, width: wide, height: box, rx: Math.min(8, box / 5) }, title ? h("title", {}, title) : null);
}

/** @param {string} name as it is to be written @param {Place} place @param {number} size of the letters @param {string} title all of it @returns {Node} */
export function inputNode(name, place, size, title) {
  const words = { x: leftOf(place) - GAP, y: place.y, "font-size": size.toFixed(1) };
  return h("g", {}, unitNode(place, "rect.input"), h("text.input__name", words, name, name === title ? null : h("title", {}, title)));
}

/**
 * @param {{x: number, y: number, radius: number, to: {x: number, y: number}}} place
 * @param {string} colour of its sign
 * @param {number} width as of an edge of the same number
 * @param {boolean} frozen
 */
export function biasNode({ x, y, radius, to }, colour, width, frozen) {
  const line = h("line.bias__line", {
    x1: x,
    y1: y,
    x2: to.x,
    y2: to.y,
    stroke: colour,
    "stroke-width": widthText(Math.min(width, 2 * radius)),
  });
  const mark = h("circle.bias", { cx: x, cy: y, r: radius.toFixed(2), stroke: colour });
  const letter =
    radius < LEAST_LETTER ? null : h("text.bias__letter", { x, y, "font-size": (1.5 * radius).toFixed(1) }, "b");
  return h("g", { class: frozen ? "bias--frozen" : null }, line, mark, letter);
}

/** @param {number} x @param {number} y @param {number} scale */
export function lockNode(x, y, scale) {
  const side = 12 * scale;
  const sign = { href: "#icon-lock", x: x - side / 2, y: y - side / 2, width: side, height: side };
  return h("g", {}, h("circle.lock-mark__ground", { cx: x, cy: y, r: 8 * scale }), h("use.lock-mark", sign));
}

/**
 * A unit's value at the place under the pointer.
 * @param {Place} place @param {number} value @param {number} pitch @param {number} scale
 * @param {boolean} wide whether there is room beside it @param {boolean} [inside] it has its box to itself @returns {Node}
 */
export function probeNode(place, value, pitch, scale, wide, inside = false) {
  const { x, y, box } = place;
  if (pitch < LEAST_PITCH) return h("g");
  const text = valueText(value);
  const size = Math.min(12, pitch * 0.85) * scale;
  const [width, height] = [(text.length * 0.6 + 0.9) * size, 1.35 * size];
  const beside = box < LEAST_BOX * scale && (wide || box < 1.5 * height);
  const at = inside ? { x: (leftOf(place) + x + box / 2) / 2, y } : beside ? { x: x + box / 2 + 2 + width / 2, y } : { x, y: y + box / 2 };
  const ground = { x: at.x - width / 2, y: at.y - height / 2, width, height, rx: height / 2 };
  return h("g", {}, h("rect.probe__ground", ground), h("text.probe", { ...at, "font-size": size.toFixed(1) }, text));
}
