/**
 * The weights that training leaves alone, as `network.frozen` lists them. A unit of null is the whole layer; an input of null
 * is the unit's bias. All pure.
 * @import { Frozen, Path, State, WeightRef } from "../types"
 */
import { shownSpec } from "./spec.js";

/** @type {Path} */
export const FROZEN_PATH = ["network", "frozen"];

/** @param {State} state @returns {readonly Frozen[]} */
export function frozenOf(state) {
  return shownSpec(state).network?.frozen ?? [];
}

/** @param {Frozen} one @param {Frozen} other */
function same(one, other) {
  return one.layer === other.layer && one.unit === other.unit && one.input === other.input;
}

/** Whether the list names exactly this. @param {readonly Frozen[]} list @param {Frozen} entry */
export function isListed(list, entry) {
  return list.some((other) => same(other, entry));
}

/** @param {readonly Frozen[]} list @param {number} layer */
export function isLayerFrozen(list, layer) {
  return isListed(list, { layer, unit: null, input: null });
}

/** Whether training leaves this weight alone, by itself or with its layer. @param {readonly Frozen[]} list @param {WeightRef} ref */
export function isFrozen(list, ref) {
  return list.length > 0 && (isLayerFrozen(list, ref.layer) || isListed(list, ref));
}

/** @param {readonly Frozen[]} list @param {Frozen} entry @returns {readonly Frozen[]} the list with `entry` the other way round */
export function toggledFrozen(list, { layer, unit, input }) {
  const entry = { layer, unit, input };
  return isListed(list, entry) ? list.filter((other) => !same(other, entry)) : [...list, entry];
}

/**
 * The same weights after a hidden layer was put in at `at`. The layer behind it has other inputs now.
 * @param {readonly Frozen[]} list @param {number} at
 */
export function frozenAfterInsert(list, at) {
  return list
    .filter(({ layer, input }) => layer !== at || input === null)
    .map((entry) => (entry.layer >= at ? { ...entry, layer: entry.layer + 1 } : entry));
}

/** The same weights after hidden layer `at` was taken out. @param {readonly Frozen[]} list @param {number} at */
export function frozenAfterRemoval(list, at) {
  return list
    .filter(({ layer, input }) => layer !== at && (layer !== at + 1 || input === null))
    .map((entry) => (entry.layer > at ? { ...entry, layer: entry.layer - 1 } : entry));
}

/** What is left of the list when `layer` has `units` units. @param {readonly Frozen[]} list @param {number} layer @param {number} units */
export function frozenAfterUnits(list, layer, units) {
  return list.filter(
    (entry) =>
      (entry.layer !== layer || (entry.unit ?? 0) < units) && (entry.layer !== layer + 1 || (entry.input ?? 0) < units),
  );
}
