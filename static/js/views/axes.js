/**
 * What the board's two directions mean: names, units, and round numbers in the data's own units. Board units are -6 to 6 at
 * first; an axis says what one of them is worth.
 * @import { Axis, Look, State } from "../types"
 */
import { boardOf, isPlain, rawOf } from "../state/axes.js";
import { nameOf } from "./labels.js";

export { axesOf, boardOf, isPlain, rawOf } from "../state/axes.js";

/** About so many numbers at an axis. */
const TICKS = 6;
/** A read-out is as fine as this share of what is shown. */
const FINE = 1 / 200;
/** From here on, and below its inverse, numbers are written with a power of ten. */
const LARGE = 1e6;

/** Names of the vocabulary as they are written in class; a table's columns as they are in the table. @param {State} state @param {string} name */
export function ownName({ server }, name) {
  return server?.spec.data.source === "table" || !/^(x[12]|sin\(|cos\(|radius)/.test(name) ? name : nameOf(name);
}

/** The names of the network's inputs. @param {State} state @returns {string[]} */
export function inputNames(state) {
  const { server } = state;
  const names = server?.inputs?.length ? server.inputs.map(({ name }) => name) : (server?.spec.inputs ?? []);
  return names.map((name) => ownName(state, name));
}

/** "petal length (cm)". @param {State} state @param {Axis} axis */
export function axisTitle(state, { name, unit }) {
  const own = ownName(state, name);
  return unit ? `${own} (${unit})` : own;
}

/**
 * Round numbers of the data over a part of an axis.
 * @param {Axis} axis @param {number} from @param {number} to in board units
 * @param {boolean} [indicator] the input is 0 or 1 and nothing between
 * @returns {{at: number, text: string}[]} places in board units, and how they are called
 */
export function ticksOf(axis, from, to, indicator = false) {
  const [low, high] = [rawOf(axis, from), rawOf(axis, to)].sort((a, b) => a - b);
  const step = indicator ? 1 : roundStep((high - low) / TICKS);
  const count = Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9) + 1;
  if (!Number.isFinite(count) || count < 1) return [];
  const raws = Array.from({ length: count }, (_, row) => (Math.ceil(low / step - 1e-9) + row) * step);
  const shown = indicator ? raws.filter((raw) => raw === 0 || raw === 1) : raws;
  return shown.map((raw) => ({ at: boardOf(axis, raw), text: numberText(raw, step) }));
}

/** 1, 2 or 5 times a power of ten, at least `least`. @param {number} least */
function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5, 10].find((factor) => factor * power >= least * 0.999) ?? 10) * power;
}

/** A number to the digits that a step of this size needs. @param {number} value @param {number} step */
export function numberText(value, step) {
  const size = Math.max(Math.abs(value), step);
  if (size >= LARGE || size < 1 / LARGE) {
    const digits = Math.max(0, Math.ceil(Math.log10(size / step) - 1e-9));
    return value === 0 ? "0" : value.toExponential(Math.min(6, digits)).replace(/\.?0*e/, "e").replaceAll("-", "−");
  }
  const text = value.toFixed(Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

/**
 * A place on an axis, as fine as can be seen: "4.90 cm".
 * @param {Axis} axis @param {number} at in board units @param {Pick<Look, "extent">} look what is shown
 */
export function placeText(axis, at, { extent }) {
  const raw = rawOf(axis, at);
  // x1 and x2 as they have always been read.
  if (isPlain(axis)) return numberText(raw, 0.01);
  const text = numberText(raw, 2 * extent * Math.abs(axis.scale) * FINE);
  return axis.unit ? `${text} ${axis.unit}` : text;
}
