/**
 * What differs between two specs, field by field in the schema's order and by its titles. Pure.
 * @import { Json, JsonObject, Path, Schema } from "../types"
 */
import { FILLED_IN } from "./address.js";
import { child, fieldAt, fieldNames } from "./schema.js";

/** @typedef {{path: Path, group: string, title: string, values: [Json, Json], choice: boolean}} Difference `group`: the titles
 * of what the field stands in; `choice`: its values are words of the vocabulary */

const TABLE = "data.table";

/** @param {Schema} schema of an experiment @param {JsonObject} one @param {JsonObject} other @returns {Difference[]} */
export function differences(schema, one, other) {
  return namesOf(schema, [], one, other).flatMap((name) => below(schema, [name], [], one, other));
}

/** @param {Schema} schema @param {Path} path @param {JsonObject} one @param {JsonObject} other */
function namesOf(schema, path, one, other) {
  return [...new Set([...fieldNames(schema, path, one), ...fieldNames(schema, path, other)])];
}

/**
 * @param {Schema} schema @param {Path} path @param {readonly string[]} groups @param {JsonObject} one @param {JsonObject} other
 * @returns {Difference[]}
 */
function below(schema, path, groups, one, other) {
  const values = valuesAt(path, one, other);
  const field = fieldAt(schema, path, one) ?? fieldAt(schema, path, other);
  if (!field || same(values[0], values[1]) || isFollowing(path)) return [];
  const title = field.title || titleOf(String(path.at(-1)));
  const group = groups.join(" · ");
  if (!values.every(isObject)) return [{ path, group, title, values, choice: field.kind === "choice" }];
  const named = ofKinds(path, group, title, values);
  const rest = path.join(".") === TABLE && named.length ? [] : namesOf(schema, path, one, other).filter((name) => name !== "name");
  return [...named, ...rest.flatMap((name) => below(schema, [...path, name], [...groups, title], one, other))];
}

/** What a table's target and columns decide. @param {Path} path */
function isFollowing(path) {
  return path.slice(0, -1).join(".") === TABLE && FILLED_IN.includes(String(path.at(-1)));
}

/** Where the schema gives no title. @param {string} name */
function titleOf(name) {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
}

/** What stands at a path in both; a table says nothing where the data are no table's. @param {Path} path @param {JsonObject} one @param {JsonObject} other @returns {[Json, Json]} */
function valuesAt(path, one, other) {
  const values = /** @type {[Json, Json]} */ ([one, other].map((spec) => (isIdle(spec, path) ? null : valueAt(spec, path))));
  if (path.join(".") !== TABLE || values.every(isObject)) return values;
  return /** @type {[Json, Json]} */ (values.map((value) => child(value, "name")));
}

/** @param {JsonObject} spec @param {Path} path */
function isIdle(spec, path) {
  return path[0] === "data" && path[1] === "table" && valueAt(spec, ["data", "source"]) !== "table";
}

/** A thing that comes in kinds goes by the kind's name. @param {Path} path @param {string} group @param {string} title @param {[Json, Json]} values @returns {Difference[]} */
function ofKinds(path, group, title, values) {
  const names = /** @type {[Json, Json]} */ (values.map((value) => child(value, "name")));
  if (names.some((name) => typeof name !== "string") || names[0] === names[1]) return [];
  return [{ path: [...path, "name"], group, title, values: names, choice: true }];
}

/** @param {JsonObject} spec @param {Path} path @returns {Json} */
function valueAt(spec, path) {
  return path.reduce((/** @type {Json} */ here, key) => child(here, key), spec);
}

/** @param {Json} value @returns {value is JsonObject} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {Json} one @param {Json} other */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
