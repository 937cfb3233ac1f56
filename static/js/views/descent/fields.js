/**
 * Numbers to type, and learning rates to drag: a field says what is wrong with what was typed.
 * @import { DescentState } from "../../descenttypes"
 * @import { Child } from "../../types"
 */
import { boundsOf } from "../../state/descent/fields.js";
import { typed } from "../labels.js";
import { h } from "../tree.js";

/** Where the rates' sliders end; smaller and larger ones can be typed. */
const RATE_ENDS = [1e-4, 10];
/** Twenty places to a power of ten: finer ones would be the same rate when it is written with two digits. */
const FINE = 0.05;

/** @param {string} path */
export const idOf = (path) => `field-${path.replace(".", "-")}`;

/** What stands in a field: what is being typed, else the setting. @param {DescentState} state @param {string} path @param {number | null} value */
function textIn({ typing }, path, value) {
  if (typing?.path === path) return typing.text;
  return value === null ? "" : typed(value);
}

/** @param {DescentState} state @param {string} path @param {number | null} value @param {string} label */
export function numberField(state, path, value, label) {
  const error = state.errors[path];
  return h("input.text", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    id: idOf(path),
    key: idOf(path),
    "data-field": path,
    "aria-label": label,
    "aria-invalid": error ? "true" : null,
    "aria-describedby": error ? `${idOf(path)}-error` : null,
    value: textIn(state, path, value),
  });
}

/** What is wrong with what was typed. @param {DescentState} state @param {string} path @returns {Child | null} */
export function problem({ errors }, path) {
  return errors[path] ? h("p.field__error", { id: `${idOf(path)}-error`, role: "alert", key: `${idOf(path)}-error` }, errors[path]) : null;
}

/** A rate's place on a slider over powers of ten. @param {number} rate */
export function placeOfRate(rate) {
  const [low, high] = RATE_ENDS.map(Math.log10);
  return Math.max(low, Math.min(high, Math.log10(rate)));
}

/** What a slider's place means, to two digits, as a hand can set it. @param {number} place */
export function rateAtPlace(place) {
  return Number((10 ** place).toPrecision(2));
}

/** @param {DescentState} state @param {string} path @param {number} rate @param {string} label */
export function rateSlider(state, path, rate, label) {
  const [low, high] = RATE_ENDS.map(Math.log10);
  const share = (100 * (placeOfRate(rate) - low)) / (high - low);
  const { low: least, high: most } = boundsOf(state, path);
  return h("input.slider", {
    type: "range",
    min: low,
    max: Math.min(high, Math.log10(most)),
    step: FINE,
    key: `slider-${path}`,
    value: placeOfRate(Math.max(least, rate)),
    "data-rate": path,
    "aria-label": label,
    "aria-valuetext": typed(rate),
    style: `--fill: ${share.toFixed(1)}%`,
  });
}
