/**
 * The settings of training as a list of controls. Which fields there are is the schema's word; this module only says which
 * belong together, and which are seldom needed and stand under “More”.
 * @import { Child, Json, Node, Path, State } from "../types"
 */
import { trainedCount } from "../state/parts.js";
import { defaultsAt, schemaAt } from "../state/schema.js";
import { shownTree } from "../state/spec.js";
import { asks, helpOn, idOf } from "./control.js";
import { fieldView, namesAt, shownField } from "./field.js";
import { schedulePreview } from "./schedule.js";
import { h } from "./tree.js";

/** @type {Path} */
const ROOT = ["training"];
/** Seldom needed: by the name of the field. */
const MORE = new Set(["eps", "unit", "warmup", "shuffle"]);
/** Of a schedule: counted in what its `unit` says. */
const COUNTED = new Set(["length", "every", "warmup"]);
/** With a slider or a curve: they share a row, the last. */
const TALL = new Set(["batch_size", "schedule"]);
/** Batch sizes that the slider stops at, before all points. */
const BATCHES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

/** @param {State} state @returns {Child[]} */
export function trainingPanel(state) {
  const own = namesAt(state, ROOT);
  const groups = own.filter((name) => shownField(state, [...ROOT, name])?.kind === "group");
  const plain = own.filter((name) => !groups.includes(name) && !MORE.has(name));
  const [first, ...others] = groups;
  const low = others.filter((name) => !TALL.has(name));
  const fields = [
    ...(first ? group(state, [...ROOT, first]) : []),
    ...plain.filter((name) => !TALL.has(name)).map((name) => fieldView(state, [...ROOT, name])),
    ...low.flatMap((name) => group(state, [...ROOT, name])),
    batchField(state),
    ...others.filter((name) => TALL.has(name)).flatMap((name) => group(state, [...ROOT, name])),
  ];
  return [grid(fields), h("details.more", {}, h("summary.more__title", {}, "More"), grid(moreFields(state, own, groups)))];
}

/** @param {readonly (Node | null)[]} fields */
function grid(fields) {
  return h("div.fields.fields--grid", {}, /** @type {Child[]} */ (fields.filter(Boolean)));
}

/** @param {State} state @param {readonly string[]} own @param {readonly string[]} groups */
function moreFields(state, own, groups) {
  const inner = groups.flatMap((name) => {
    const path = [...ROOT, name];
    const title = shownField(state, path)?.title ?? "";
    return namesAt(state, path).filter((field) => MORE.has(field)).map((field) => ofGroup(state, [...path, field], title)); // prettier-ignore
  });
  const plain = own.filter((name) => MORE.has(name)).map((name) => fieldView(state, [...ROOT, name]));
  return [...inner, ...plain, fieldView(state, ["seeds", "order"])];
}

/** A field that stands away from its group says which one it belongs to. @param {State} state @param {Path} path @param {string} group */
function ofGroup(state, path, group) {
  const title = titleOf(state, path);
  return fieldView(state, path, { title: `${group}: ${title.charAt(0).toLowerCase()}${title.slice(1)}` });
}

/** A field's title, with what it counts where another field says it. @param {State} state @param {Path} path */
function titleOf(state, path) {
  const title = shownField(state, path)?.title ?? "";
  const unit = shownField(state, [...path.slice(0, -1), "unit"])?.value;
  return unit && COUNTED.has(String(path.at(-1))) ? `${title} (${unit}s)` : title;
}

/** A choice of kinds or a switch, then the fields of what is chosen. @param {State} state @param {Path} path @returns {(Node | null)[]} */
function group(state, path) {
  const root = state.schema?.experiment;
  const schema = root && schemaAt(root, path, shownTree(state));
  const field = shownField(state, path);
  if (field?.nullable) return switchedGroup(state, path);
  const [first, ...rest] = schema?.discriminator ? ["", ...namesAt(state, path)] : namesAt(state, path);
  const choice = first ? fieldView(state, [...path, first], { title: field?.title }) : fieldView(state, path);
  const preview = path.at(-1) === "schedule" ? [schedulePreview(state)] : [];
  const own = isIdle(shownTree(state), path) ? [] : rest.filter((name) => !MORE.has(name));
  return [choice, ...preview, ...own.map((name) => fieldView(state, [...path, name], { class: "field--of-group", title: titleOf(state, [...path, name]) }))];
}

/** A group that is there or not: a switch, and its fields while it is on. @param {State} state @param {Path} path @returns {(Node | null)[]} */
function switchedGroup(state, path) {
  const field = shownField(state, path);
  const root = state.schema?.experiment;
  if (!field || !root) return [];
  const on = field.value !== null;
  const id = idOf(path);
  const edits = asks([[path, on ? null : defaultsAt(root, path, shownTree(state))]]);
  const input = h("input.switch", { type: "checkbox", id, checked: on, "aria-invalid": field.error ? "true" : null, "data-edits": edits });
  const error = field.error && h("p.field__error", { id: `${id}-error` }, field.error);
  const head = h(
    "div.field.field--switch",
    { key: id, "data-field": path.join("."), "data-invalid": Boolean(field.error) },
    h("label.field__check", {}, input, h("span", {}, field.title)),
    helpOn(field),
    error || null,
  );
  const names = on ? namesAt(state, path) : [];
  return [head, ...names.map((name) => fieldView(state, [...path, name], { class: "field--of-group" }))];
}

/** A kind that does nothing has fields that do nothing either. @param {Json} spec @param {Path} path */
function isIdle(spec, path) {
  const kind = path.reduce((here, key) => /** @type {any} */ (here)?.[key], spec);
  return ["none", "constant"].includes(/** @type {any} */ (kind)?.name);
}

/** The batch size by number, by slider, or all points. @param {State} state @returns {Node | null} */
function batchField(state) {
  /** @type {Path} */
  const path = [...ROOT, "batch_size"];
  const node = fieldView(state, path);
  const field = shownField(state, path);
  if (!node || !field) return null;
  const points = trainedCount(state.points);
  const sizes = [...BATCHES.filter((size) => size < points), null];
  const value = typeof field.value === "number" ? field.value : Infinity;
  const found = sizes.findIndex((size) => (size ?? Infinity) >= value);
  const at = found < 0 ? sizes.length - 1 : found;
  const slider = h("input.slider", {
    type: "range",
    min: 0,
    max: sizes.length - 1,
    step: 1,
    value: at,
    style: `--fill: ${((100 * at) / Math.max(1, sizes.length - 1)).toFixed(1)}%`,
    "aria-label": `${field.title}, slider`,
    "aria-valuetext": value === Infinity ? `all ${points} points` : `${value} points`,
    "data-path": JSON.stringify(path),
    "data-kind": "number",
    "data-steps": JSON.stringify(sizes),
  });
  const [head, control, ...rest] = node.children;
  return { ...node, children: [head, control, slider, ...rest] };
}
