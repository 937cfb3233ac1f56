/**
 * Reading the experiment's JSON Schema: which fields an object has, what a field may hold, what is wrong with a value.
 * The schema is the only place where bounds, choices, titles and help stand; this module knows no field by name.
 * @import { Field, Json, JsonObject, Path, Schema } from "../types"
 */

/** The words of a control that the schema leaves without any. */
const NO_WORDS = { title: "", description: "" };

/**
 * `schema` with its reference followed; words beside the reference win over those behind it.
 * @param {Schema} root @param {Schema} schema @returns {Schema}
 */
export function resolve(root, schema) {
  if (!schema.$ref) return schema;
  const target = root.$defs?.[schema.$ref.split("/").at(-1) ?? ""] ?? {};
  return { ...resolve(root, target), ...schema, $ref: undefined };
}

/**
 * The schema of the field at `path` of a spec `value`; of a tagged union the kind that `value` names.
 * @param {Schema} root @param {Path} path @param {Json} value @returns {Schema | null}
 */
export function schemaAt(root, path, value) {
  let schema = resolve(root, root);
  let here = value;
  for (const key of path) {
    const next = step(root, kindOf(root, schema, here), key);
    if (!next) return null;
    schema = resolve(root, next);
    here = child(here, key);
  }
  return schema;
}

/** @param {Schema} root @param {Schema} schema @param {string | number} key @returns {Schema | undefined} */
function step(root, schema, key) {
  const plain = nonNull(root, schema);
  if (typeof key === "number") return plain.prefixItems?.[key] ?? plain.items;
  return plain.properties?.[key];
}

/**
 * The variant of a tagged union that `value` names.
 * @param {Schema} root
 * @param {Schema} schema
 * @param {Json} value
 */
export function kindOf(root, schema, value) {
  if (!schema.discriminator) return schema;
  const { propertyName, mapping } = schema.discriminator;
  const name = child(value, propertyName);
  return resolve(root, { $ref: mapping[String(name)] ?? Object.values(mapping)[0] });
}

/** `schema` without its null alternative. @param {Schema} root @param {Schema} schema @returns {Schema} */
function nonNull(root, schema) {
  const kept = schema.anyOf?.find((option) => option.type !== "null");
  return kept ? { ...resolve(root, kept), ...schema, type: resolve(root, kept).type } : schema;
}

/** @param {Json | undefined} value @param {string | number} key @returns {Json} */
export function child(value, key) {
  if (value === null || typeof value !== "object") return null;
  return /** @type {JsonObject} */ (value)[key] ?? null;
}

/**
 * What the schema says about the field at `path`, with what stands there.
 * @param {Schema} root @param {Path} path @param {Json} spec @returns {Field | null}
 */
export function fieldAt(root, path, spec) {
  const outer = schemaAt(root, path, spec);
  if (!outer) return null;
  const schema = nonNull(root, outer);
  const words = { ...NO_WORDS, ...schema };
  return {
    path,
    name: String(path.at(-1)),
    kind: kindName(schema),
    title: words.title,
    help: words.description,
    nullable: Boolean(outer.anyOf?.some((option) => option.type === "null")),
    minimum: schema.minimum ?? schema.exclusiveMinimum ?? null,
    maximum: schema.maximum ?? schema.exclusiveMaximum ?? null,
    above: schema.exclusiveMinimum !== undefined,
    below: schema.exclusiveMaximum !== undefined,
    longest: schema.maxItems ?? null,
    choices: choicesOf(root, schema),
    value: path.reduce((here, key) => child(here, key), spec),
    error: null,
  };
}

/**
 * What the schema says about a field of a command, or of a model that stands in one.
 * @param {import("../types").SchemaFile | null} file @param {string} model @param {Path} path
 */
export function commandField(file, model, path) {
  const { $defs = {} } = file?.commands ?? {};
  return $defs[model] ? fieldAt({ $defs, ...$defs[model] }, path, {}) : null;
}

/** @param {Schema} schema @returns {Field["kind"]} */
function kindName(schema) {
  if (schema.enum) return "choice";
  if (schema.prefixItems) return "pair";
  if (schema.type === "array") return "list";
  if (schema.type === "integer" || schema.type === "number" || schema.type === "boolean") return schema.type;
  return "group";
}

/** @param {Schema} root @param {Schema} schema @returns {readonly string[]} */
function choicesOf(root, schema) {
  if (schema.enum) return schema.enum;
  if (schema.discriminator) return Object.keys(schema.discriminator.mapping);
  return schema.items ? (resolve(root, schema.items).enum ?? []) : [];
}

/**
 * The names of an object's fields in the schema's order, of a tagged union those of the kind that `value` names.
 * @param {Schema} root @param {Path} path @param {Json} spec @returns {readonly string[]}
 */
export function fieldNames(root, path, spec) {
  const schema = schemaAt(root, path, spec);
  if (!schema) return [];
  const here = path.reduce((value, key) => child(value, key), spec);
  const { properties = {} } = nonNull(root, kindOf(root, schema, here));
  return Object.keys(properties).filter((name) => properties[name]?.const === undefined);
}

/**
 * What an object that is switched on begins with: the schema's default of each of its fields.
 * @param {Schema} root @param {Path} path @param {Json} spec @returns {JsonObject}
 */
export function defaultsAt(root, path, spec) {
  const names = fieldNames(root, path, spec);
  return Object.fromEntries(names.map((name) => [name, schemaAt(root, [...path, name], spec)?.default ?? null]));
}

/** Why `value` cannot stand in `field`, in words; null where it can. @param {Field} field @param {Json} value */
export function problemOf(field, value) {
  if (value === null) return field.nullable ? null : "a value is needed";
  if (field.kind !== "number" && field.kind !== "integer") return null;
  if (typeof value !== "number" || !Number.isFinite(value)) return "must be a number";
  if (field.kind === "integer" && !Number.isInteger(value)) return "must be a whole number";
  const { minimum: low, maximum: high } = field;
  if (low !== null && (value < low || (field.above && value === low)))
    return `must be ${field.above ? "more than" : "at least"} ${low}`;
  if (high !== null && (value > high || (field.below && value === high)))
    return `must be ${field.below ? "less than" : "at most"} ${high}`;
  return null;
}
