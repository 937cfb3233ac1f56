/**
 * The experiment as its address says it: what is in the link, and what an address is. Pure; app/links/ reads what is written here,
 * and docs/link.md describes it. Packing the tree into text is dom/packing.js's business.
 * @import { Experiment, Json, JsonObject, Payload, SchemaFile, State } from "../types"
 */
import { bytesOfNumbers } from "./numbers.js";

/** The version that is written; the server reads every one there has been. */
export const VERSION = 1;
/** Characters of a link's text that an address holds; longer ones the server keeps. */
export const LONGEST = 8000;
export const OURS = "#e=";
export const SAVED = "#s=";
/** Of a table; the server fills them in. */
export const FILLED_IN = ["encoded", "labels"];

/** Whether what stands behind a # may be an experiment, and no place of the page. @param {string} hash */
export function isExperiment(hash) {
  return /^#[^=&]+=/.test(hash);
}

/**
 * What a link to the present experiment holds; null until it is known.
 * @param {State} state @param {boolean} weights with the present ones
 * @returns {Payload | null}
 */
export function payloadOf(state, weights) {
  const { server, schema, points, frame } = state;
  if (!server || !schema) return null;
  /** @type {Payload} */
  const payload = { spec: differingSpec(server.spec, schema) };
  if (hasOwnPoints(state)) payload.points = points.map(([, x1, x2, label, part]) => [x1, x2, label, part]);
  if (!weights) return payload;
  if (!frame || frame.revision !== server.revision) return null;
  payload.weights = bytesOfNumbers(frame.theta.values);
  if (frame.statistics?.values.length) payload.statistics = bytesOfNumbers(frame.statistics.values);
  return payload;
}

/** A hand has set points that the spec does not draw. Those of a table stay with the table. @param {State} state */
export function hasOwnPoints({ server }) {
  return Boolean(server?.edited && server.spec.data.source !== "table");
}

/** The uploaded table that the experiment is about; null for any other. @param {State} state */
export function uploadedTable({ server }) {
  const { source, table } = server?.spec.data ?? {};
  return source === "table" && table?.name.startsWith("t-") ? table.name : null;
}

/** A spec where it differs from the schema's defaults. @param {Experiment} spec @param {SchemaFile} schema @returns {JsonObject} */
function differingSpec(spec, { experiment: { properties = {} } }) {
  const { table, classes, ...data } = spec.data;
  const own = spec.data.source === "table" ? { ...data, table: withoutFilled(table) } : { ...data, classes };
  const tree = /** @type {JsonObject} */ (/** @type {unknown} */ ({ ...spec, data: own }));
  return difference(tree, Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, field.default ?? null])));
}

/** @param {object | null | undefined} table */
function withoutFilled(table) {
  return Object.fromEntries(Object.entries(table ?? {}).filter(([name]) => !FILLED_IN.includes(name)));
}

/**
 * Objects field by field, but whole where they are of another kind; everything else whole.
 * @param {JsonObject} tree @param {JsonObject} usual @returns {JsonObject}
 */
export function difference(tree, usual) {
  /** @type {Record<string, Json>} */
  const found = {};
  for (const [name, value] of Object.entries(tree)) {
    const before = usual[name];
    if (isObject(value) && isObject(before) && value.name === before.name) {
      const inner = difference(value, before);
      if (Object.keys(inner).length) found[name] = inner;
    } else if (!same(value, before)) found[name] = value;
  }
  return found;
}

/** @param {Json | undefined} value @returns {value is JsonObject} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same in depth, whatever the order of its fields. @param {Json | undefined} one @param {Json | undefined} other @returns {boolean} */
function same(one, other) {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((value, row) => same(value, other[row]));
  if (!isObject(one) || !isObject(other)) return one === other;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => name in other && same(one[name], other[name]));
}
