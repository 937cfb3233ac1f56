/**
 * Drafts: changes of spec fields between the hand that made them and the server's word on them. All pure.
 * At most one `set_spec` is on its way; what is asked meanwhile is gathered and goes with the next.
 * @import { Command, Draft, Experiment, Json, JsonObject, Path, Refusal, State } from "../types"
 */
import { covers } from "./link.js";
import { fieldAt, problemOf } from "./schema.js";

/** @param {Path} a @param {Path} b */
export function samePath(a, b) {
  return a.length === b.length && a.every((key, row) => key === b[row]);
}

/** @param {Path} outer @param {Path} inner */
export function isWithin(outer, inner) {
  return outer.length <= inner.length && outer.every((key, row) => key === inner[row]);
}

/**
 * `tree` with `value` at `path`; nothing is changed in place.
 * @param {Json} tree
 * @param {Path} path
 * @param {Json} value
 * @returns {Json}
 */
export function withValue(tree, path, value) {
  if (!path.length) return value;
  const [key, ...rest] = path;
  const inner = withValue(/** @type {any} */ (tree)?.[key] ?? null, rest, value);
  if (typeof key === "number") {
    const list = /** @type {Json[]} */ ([...(Array.isArray(tree) ? tree : [])]);
    list[key] = inner;
    return list;
  }
  return { .../** @type {JsonObject} */ (tree ?? {}), [key]: inner };
}

/**
 * Remember what a control says. A value that cannot be is marked and not sent; what is half typed is no mistake yet.
 * @param {State} state
 * @param {Path} path
 * @param {Json} value
 * @param {boolean} final
 * @returns {State}
 */
function draftChanged(state, path, value, final) {
  const field = state.schema && state.server && fieldAt(state.schema.experiment, path, shownTree(state));
  const problem = field && final ? problemOf(field, value) : null;
  const others = state.drafts.filter((draft) => !samePath(draft.path, path));
  /** @type {Draft} */
  const draft =
    problem && field
      ? { path, value, status: "refused", error: `${field.title || titleAround(state, path)} ${problem}` }
      : { path, value, status: final ? "ready" : "typing" };
  return { ...state, drafts: [...others, draft] };
}

/** What a value that has no name of its own is part of. @param {State} state @param {Path} path */
function titleAround(state, path) {
  return (state.schema && fieldAt(state.schema.experiment, path.slice(0, -1), shownTree(state))?.title) ?? "";
}

/**
 * The spec as the page shows it: the server's, under everything asked for since and not refused.
 * @param {State} state
 * @returns {Json}
 */
export function shownTree(state) {
  const spec = /** @type {Json} */ (/** @type {unknown} */ (state.server?.spec ?? {}));
  const pending = state.drafts.filter(({ status }) => status !== "typing" && status !== "refused");
  return pending.reduce((tree, draft) => withValue(tree, draft.path, draft.value), spec);
}

/** The same, for readers that know its fields by name. @param {State} state @returns {Experiment} */
export function shownSpec(state) {
  return /** @type {Experiment} */ (/** @type {unknown} */ (shownTree(state)));
}

/**
 * The next change to ask for, if there is one and none is on its way.
 * @param {State} state
 * @returns {Command | null}
 */
export function nextPatch(state) {
  const ready = state.drafts.filter(({ status }) => status === "ready");
  if (!ready.length || !state.server || state.drafts.some(({ status }) => status === "sent")) return null;
  // A list is replaced whole, so it has to hold what the server has said yes to and not yet told.
  const wanted = shownTree(state);
  const patch = ready.reduce((tree, draft) => {
    const path = mergeablePath(draft.path);
    return withValue(
      tree,
      path,
      path.reduce((here, key) => /** @type {any} */ (here)[key], wanted),
    );
  }, /** @type {Json} */ ({}));
  return { type: "set_spec", spec: patch };
}

/**
 * Objects merge by field on the server, lists are replaced whole: the path down to the first list.
 * @param {Path} path
 * @returns {Path}
 */
function mergeablePath(path) {
  const first = path.findIndex((key) => typeof key === "number");
  return first < 0 ? path : path.slice(0, first);
}

/** @param {State} state @param {number} id @returns {State} */
function patchSent(state, id) {
  const drafts = state.drafts.map((draft) =>
    draft.status === "ready" ? { ...draft, status: /** @type {const} */ ("sent"), id } : draft,
  );
  return { ...state, drafts };
}

/**
 * An answered draft is shown until the state that carries it; a success also clears the marks of earlier refusals.
 * @param {State} state
 * @param {number} id
 * @returns {State}
 */
function patchAnswered(state, id) {
  if (!state.drafts.some((draft) => draft.id === id)) return state;
  const drafts = state.drafts
    .filter(({ status, id: own }) => status !== "refused" || own === undefined)
    .map((draft) => (draft.id === id ? { ...draft, status: /** @type {const} */ ("answered") } : draft));
  return { ...state, drafts };
}

/**
 * The server's word on a refused change stands at the field that it names; the rest falls back to what is in force.
 * @param {State} state
 * @param {Refusal} refusal
 * @returns {State}
 */
function patchRefused(state, refusal) {
  const mine = state.drafts.filter((draft) => draft.id === refusal.id);
  const kept = state.drafts.filter((draft) => draft.id !== refusal.id);
  const named = mine.find(({ path }) => isWithin(path, refusal.path) || isWithin(refusal.path, path));
  const path = named?.path ?? refusal.path;
  const value = named?.value ?? null;
  /** @type {Draft} */
  const marked = { path, value, status: "refused", id: refusal.id ?? -1, error: refusal.message };
  return { ...state, drafts: [...kept, marked] };
}

/** What a hand has put at `path` and the server has not yet said. @param {State} state @param {Path} path */
export function draftAt(state, path) {
  return state.drafts.find((draft) => samePath(draft.path, path)) ?? null;
}

/** @param {State} state @param {Path} path @returns {State} */
function draftDropped(state, path) {
  return { ...state, drafts: state.drafts.filter((draft) => !samePath(draft.path, path)) };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { drafts: [] },
  actions: {
    draft: (state, { path, value, final }) => (covers(state.link.lock, path) ? state : draftChanged(state, path, value, final)),
    undraft: (state, { path }) => draftDropped(state, path),
    connection: (state) => ({ ...state, drafts: [] }),
    sent: (state, { command }) => (command.type === "set_spec" ? patchSent(state, command.id) : state),
    unsent: (state) => ({ ...state, drafts: state.drafts.filter(({ status }) => status !== "ready") }),
  },
  messages: {
    welcome: (state) => ({ ...state, drafts: [] }),
    state: (state) => ({ ...state, drafts: state.drafts.filter(({ status }) => status !== "answered") }),
    ok: (state, { id }) => patchAnswered(state, id),
    error: (state, refusal) => (state.drafts.some(({ id }) => id === refusal.id) ? patchRefused(state, refusal) : state),
  },
  next: nextPatch,
};
