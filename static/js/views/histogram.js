/**
 * Small pictures of many numbers: a histogram over its own range, and a bar on a log axis that several share. Colours of signs
 * are those of the diagram, grey is what lies around zero; a line marks zero, so that place says what colour says.
 * @import { Node } from "../types"
 */
import { h } from "./tree.js";

/** The pictures' own units; the page stretches them. */
const WIDTH = 100;
const HEIGHT = 32;
/** Decades that a log axis spans at most. */
const MOST_DECADES = 14;

/** A number in at most two digits. @param {number} value */
export function shortText(value) {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const short = size < 1e-3 || size >= 1e4 ? powerText(value) : String(Number(value.toPrecision(2)));
  return short.replaceAll("-", "−");
}

/** @param {number} value */
function powerText(value) {
  const [digits, power] = value.toExponential(1).split("e");
  return `${Number(digits)}e${Number(power)}`;
}

/**
 * @param {ArrayLike<number>} counts of equal bins
 * @param {number} low @param {number} high what they span
 * @param {string} label whose numbers they are
 * @returns {Node}
 */
export function histogram(counts, low, high, label) {
  const bins = counts.length;
  let most = 0;
  let top = 0;
  for (let bin = 0; bin < bins; bin++) if (counts[bin] > most) [most, top] = [counts[bin], bin];
  const at = (/** @type {number} */ bin) => low + ((high - low) * bin) / bins;
  const zero = (-low / (high - low)) * WIDTH;
  const words = `${label}: from ${shortText(low)} to ${shortText(high)}, most between ${shortText(at(top))} and ${shortText(at(top + 1))}`;
  return h(
    "figure.histogram",
    {},
    h(
      "svg.histogram__picture",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": words },
      h("path.histogram__bars--negative", { d: barsPath(counts, most, (bin) => at(bin + 1) < 0) }),
      h("path.histogram__bars--around", { d: barsPath(counts, most, (bin) => at(bin) <= 0 && at(bin + 1) >= 0) }),
      h("path.histogram__bars--positive", { d: barsPath(counts, most, (bin) => at(bin) > 0) }),
      h("path.histogram__ground", { d: `M0 ${HEIGHT}H${WIDTH}` }),
      zero >= 0 && zero <= WIDTH ? h("path.histogram__zero", { d: `M${zero.toFixed(2)} 0V${HEIGHT}` }) : null,
    ),
    h("span.histogram__ends", { "aria-hidden": "true" }, h("span", {}, shortText(low)), h("span", {}, shortText(high))),
  );
}

/** @param {ArrayLike<number>} counts @param {number} most @param {(bin: number) => boolean} chosen */
function barsPath(counts, most, chosen) {
  const width = WIDTH / counts.length;
  let path = "";
  for (let bin = 0; bin < counts.length; bin++) {
    if (!counts[bin] || !chosen(bin)) continue;
    // What is there at all is to be seen.
    const tall = Math.max(0.7, ((HEIGHT - 1) * counts[bin]) / most);
    path += `M${(bin * width).toFixed(2)} ${HEIGHT}v${(-tall).toFixed(2)}h${(width - 0.5).toFixed(2)}v${tall.toFixed(2)}z`;
  }
  return path;
}

/**
 * The decades that hold all of `values`, as powers of ten; it moves only when a value leaves it.
 * @param {readonly number[]} values @returns {readonly [number, number]}
 */
export function decadesOf(values) {
  const sizes = values.filter((value) => value > 0 && Number.isFinite(value));
  if (!sizes.length) return [-2, 0];
  // Adding 0 makes a plain zero of minus zero.
  const high = Math.ceil(Math.log10(Math.max(...sizes))) + 0;
  const low = Math.floor(Math.log10(Math.min(...sizes)));
  return [Math.max(Math.min(low, high - 2), high - MOST_DECADES), high];
}

/** A bar from the axis' lower end to `value`, with a line at each decade. @param {number} value @param {readonly [number, number]} decades @returns {Node} */
export function logBar(value, [low, high]) {
  const place = (/** @type {number} */ power) => (WIDTH * (power - low)) / (high - low);
  const inside = Math.max(0.6, Math.min(WIDTH, place(Math.log10(value))));
  const marks = Array.from({ length: high - low + 1 }, (_, decade) => `M${place(low + decade).toFixed(2)} 0V20`).join("");
  return h(
    "svg.logbar",
    { viewBox: `0 0 ${WIDTH} 20`, preserveAspectRatio: "none", "aria-hidden": "true" },
    h("path.logbar__marks", { d: marks }),
    value > 0 ? h("path.logbar__bar", { d: `M0 4H${inside.toFixed(2)}V16H0z` }) : null,
  );
}
