/**
 * One control for one field of the spec, whatever the field: its kind and bounds choose the form, the schema the words.
 * @import { Field, Node, Path, State } from "../types"
 */
import { fieldAt, fieldNames } from "../state/schema.js";
import { draftAt, shownTree } from "../state/spec.js";
import { checkbox, control, heading, helpOn, idOf } from "./control.js";
import { h } from "./tree.js";

/**
 * The field at `path` as the page shows it now: drafts over the server's word.
 * @param {State} state
 * @param {Path} path
 * @returns {Field | null}
 */
export function shownField(state, path) {
  const field = state.schema && fieldAt(state.schema.experiment, path, shownTree(state));
  if (!field) return null;
  const draft = draftAt(state, path);
  const own =
    draft &&
    (draft.status === "typing" ||
      draft.id === undefined ||
      draft.status !== "refused" ||
      typeof draft.value === "number");
  return { ...field, value: own ? draft.value : field.value, error: draft?.error ?? null };
}

/** The fields of the object at `path`, in the schema's order. @param {State} state @param {Path} path */
export function namesAt(state, path) {
  return state.schema ? fieldNames(state.schema.experiment, path, shownTree(state)) : [];
}

/**
 * @param {State} state
 * @param {Path} path
 * @param {{title?: string, class?: string, help?: string}} [words]
 * @returns {Node | null}
 */
export function fieldView(state, path, words = {}) {
  const shown = shownField(state, path);
  if (!shown || (shown.kind === "list" && !shown.choices.length)) return null;
  const parts = shown.kind === "pair" ? partsOf(state, shown) : [];
  const wrong = shown.error ?? parts.find(({ error }) => error)?.error ?? null;
  const field = { ...shown, title: words.title ?? shown.title, help: words.help ?? shown.help, error: wrong };
  const id = idOf(path);
  const error = field.error && h("p.field__error", { id: `${id}-error` }, field.error);
  const help = field.help && h("p.field__help", { id: `${id}-help`, role: "tooltip" }, field.help);
  const attrs = { key: id, class: words.class, "data-invalid": Boolean(field.error), "data-field": path.join(".") };
  if (field.kind === "boolean")
    return h("div.field.field--switch", attrs, checkbox(field), helpOn(field), help || null, error || null);
  return h("div.field", attrs, heading(field), control(field, parts), help || null, error || null);
}

/** The values of a pair as fields of their own. @param {State} state @param {Field} pair @returns {Field[]} */
function partsOf(state, { path, value }) {
  const values = Array.isArray(value) ? value : [];
  return values.flatMap((_, row) => shownField(state, [...path, row]) ?? []);
}
