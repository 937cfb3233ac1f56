/**
 * The owner's saved experiments as the page knows them: the form that saves the present one, the list that was found, what is
 * changed, deleted or ticked in it. Pure; asking the server is dom/experiments.js's business.
 * @import { Action, ExperimentsState, SavedExperiment, State } from "../types"
 */

/** As many are compared. */
const PAIR = 2;

/** @type {ExperimentsState} */
const FIRST_EXPERIMENTS = {
  open: false,
  forbidden: false,
  form: { title: "", notes: "" },
  busy: null,
  search: "",
  found: null,
  pictures: {},
  editing: null,
  deleted: null,
  ticked: [],
  compared: null,
  part: "both",
  log: false,
  width: 0,
  error: null,
  said: "",
};

/** @param {State} state @param {Partial<ExperimentsState>} change @returns {State} */
function changed(state, change) {
  return { ...state, experiments: { ...state.experiments, ...change } };
}

/** The rows of the list. @param {ExperimentsState} experiments @returns {readonly SavedExperiment[]} */
export function rowsOf({ found }) {
  return found?.rows ?? [];
}

/** @param {ExperimentsState} experiments @param {string} id */
export function rowOf(experiments, id) {
  return rowsOf(experiments).find((row) => row.id === id) ?? null;
}

/** @param {State} state @param {readonly SavedExperiment[]} rows @param {number} more than there were @returns {ExperimentsState["found"]} */
function withRows({ experiments: { found } }, rows, more) {
  return { search: found?.search ?? "", page: found?.page ?? 1, total: (found?.total ?? 0) + more, rows };
}

/** A first page is a new list; another one goes on with it, and has none of it again. @param {State} state @param {Extract<Action, {type: "experiments-found"}>} action @returns {State} */
function found(state, { search, total, page, rows }) {
  // What was typed on since is being asked for.
  if (search !== state.experiments.search) return state;
  const before = page > 1 ? rowsOf(state.experiments) : [];
  const known = new Set(before.map(({ id }) => id));
  const all = [...before, ...rows.filter(({ id }) => !known.has(id))];
  const { error } = state.experiments;
  return changed(state, { found: { search, total, page, rows: all }, error: error?.about === "list" ? null : error });
}

/** A new one stands first, whatever is searched for: whoever made it sees it. @param {State} state @param {Extract<Action, {type: "experiment-saved"}>} action @returns {State} */
function saved(state, { row, said }) {
  return changed(state, { found: withRows(state, [row, ...rowsOf(state.experiments)], 1), busy: null, error: null, said });
}

/** In its place: a list that jumps under the hand is no list. @param {State} state @param {Extract<Action, {type: "experiment-changed"}>} action @returns {State} */
function renamed(state, { row }) {
  const rows = rowsOf(state.experiments).map((one) => (one.id === row.id ? row : one));
  return changed(state, { found: withRows(state, rows, 0), editing: null, busy: null, error: null });
}

/** @param {State} state @param {Extract<Action, {type: "experiment-deleted"}>} action @returns {State} */
function deleted(state, { id }) {
  const rows = rowsOf(state.experiments);
  const place = rows.findIndex((row) => row.id === id);
  if (place < 0) return state;
  return changed(state, {
    found: withRows(state, rows.filter((row) => row.id !== id), -1),
    ticked: state.experiments.ticked.filter((one) => one !== id),
    deleted: { row: rows[place], place },
    busy: null,
    error: null,
    said: `“${rows[place].title}” was deleted.`,
  });
}

/** Where it was. @param {State} state @param {Extract<Action, {type: "experiment-restored"}>} action @returns {State} */
function restored(state, { row }) {
  const { experiments } = state;
  const rows = rowsOf(experiments).filter(({ id }) => id !== row.id);
  const place = experiments.deleted?.row.id === row.id ? experiments.deleted.place : 0;
  const more = 1 + rows.length - rowsOf(experiments).length;
  return changed(state, { found: withRows(state, rows.toSpliced(place, 0, row), more), deleted: null, busy: null, error: null, said: `“${row.title}” is back.` });
}

/** A third one takes the place of the first. @param {State} state @param {Extract<Action, {type: "experiment-ticked"}>} action @returns {State} */
function ticked(state, { id, on }) {
  const rest = state.experiments.ticked.filter((one) => one !== id);
  return changed(state, { ticked: on ? [...rest, id].slice(-PAIR) : rest });
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { experiments: FIRST_EXPERIMENTS },
  actions: {
    experiments: (state, { change }) => changed(state, change),
    "experiments-found": found,
    "experiment-saved": saved,
    "experiment-changed": renamed,
    "experiment-deleted": deleted,
    "experiment-restored": restored,
    "experiment-ticked": ticked,
    "experiment-picture": (state, { id, url }) => changed(state, { pictures: { ...state.experiments.pictures, [id]: url } }),
  },
};
