/**
 * The branches of the run: which are compared, their curves, and a name or a farewell on its way. The server's `timeline` lists
 * them; the curve of the branch that is shown is the history that the charts have anyway.
 * @import { Action, BranchesState, BranchRow, Command, Curves, CurveRow, LossRow, SentCommand, State } from "../types"
 */

/** @type {BranchesState} */
const FIRST_BRANCHES = {
  chosen: null,
  curves: [],
  asked: null,
  inFlight: null,
  part: "both",
  log: false,
  at: null,
  naming: null,
  dropping: null,
  width: 0,
};

/** @param {State} state @returns {readonly BranchRow[]} */
export function branchesOf({ timeline: { told } }) {
  return told?.branches ?? [];
}

/** The branch that is shown. @param {State} state */
export function branchShown(state) {
  return branchesOf(state).find(({ id }) => id === state.timeline.told?.branch) ?? null;
}

/** Ids of the branches to compare: those ticked by hand, or the one that is shown, the one it left and those that left it. @param {State} state */
export function comparedOf(state) {
  const shown = branchShown(state);
  const { chosen } = state.branches;
  const near = (/** @type {BranchRow} */ { id, parent }) => id === shown?.id || id === shown?.parent || (parent !== null && parent === shown?.id);
  return branchesOf(state)
    .filter((row) => (chosen ? chosen.includes(row.id) : near(row)))
    .map(({ id }) => id);
}

/** A tick is set or taken away. @param {State} state @param {Extract<Action, {type: "compare-branch"}>} action @returns {State} */
function compareChosen(state, { branch, on }) {
  const rest = comparedOf(state).filter((id) => id !== branch);
  return { ...state, branches: { ...state.branches, chosen: on ? [...rest, branch] : rest, at: null } };
}

/** The branches whose curves the server has to tell. @param {State} state */
function othersOf(state) {
  const ids = comparedOf(state);
  return branchesOf(state).filter(({ id }) => ids.includes(id) && id !== state.timeline.told?.branch);
}

/** What their curves belong to: going through a run changes none of them. @param {readonly BranchRow[]} others */
function keyOf(others) {
  return others.map(({ id, last }) => `${id}:${last}`).join();
}

/** The curves to ask for now, if they are others than those last asked for. @param {State} state @returns {Command | null} */
export function nextCompare(state) {
  const { connection, drawer, branches } = state;
  const others = othersOf(state);
  if (drawer.tab !== "branches" || connection !== "open" || branches.inFlight !== null) return null;
  if (!others.length || branches.asked === keyOf(others)) return null;
  return { type: "compare", branches: others.map(({ id }) => id) };
}

/** @param {State} state @param {{command: SentCommand}} action @returns {State} */
function branchSent(state, { command }) {
  const { branches } = state;
  if (command.type === "compare")
    return { ...state, branches: { ...branches, asked: keyOf(othersOf(state)), inFlight: command.id } };
  if (command.type === "name_branch" && branches.naming)
    return { ...state, branches: { ...branches, naming: { ...branches.naming, inFlight: command.id } } };
  return command.type === "drop_branch" ? { ...state, branches: { ...branches, dropping: null } } : state;
}

/** Carried out or refused: the list says what came of it. @param {State} state @param {{id: number | null}} answer @returns {State} */
function branchAnswered(state, { id }) {
  const { branches } = state;
  if (id === null) return state;
  if (branches.inFlight === id) return { ...state, branches: { ...branches, inFlight: null } };
  return branches.naming?.inFlight === id ? { ...state, branches: { ...branches, naming: null } } : state;
}

/** A new connection has been asked nothing. @param {State} state @returns {State} */
function branchesAskedAnew(state) {
  return { ...state, branches: { ...state.branches, asked: null, inFlight: null, naming: null, dropping: null } };
}

/** @param {State} state @param {Curves} message @returns {State} */
function curvesArrived(state, { curves }) {
  return { ...state, branches: { ...state.branches, curves } };
}

/** What is to be drawn of a branch, oldest row first. @param {State} state @param {number} id @returns {readonly CurveRow[]} */
export function curveOf(state, id) {
  if (id === state.timeline.told?.branch && state.history.length) return state.history.map(rowOf);
  const rows = state.branches.curves.find(({ branch }) => branch === id)?.rows ?? [];
  return rows.map((row) => /** @type {CurveRow} */ (/** @type {unknown} */ (row.map((figure) => figure ?? NaN))));
}

/** @param {LossRow} row @returns {CurveRow} */
function rowOf({ step, epoch, train_loss, test_loss, train_score, test_score, validation_loss, validation_score }) {
  return [step, epoch, train_loss, test_loss, train_score, test_score, validation_loss, validation_score];
}

/** Whether any branch was judged by validation points. @param {State} state */
export function anyValidation(state) {
  return Number.isFinite(state.history.at(-1)?.validation_loss) || branchesOf(state).some((row) => row.validation_loss !== null);
}

/** A branch as it was at a step, by its last row up to there; its newest without one, null past its end. @param {readonly CurveRow[]} rows @param {number | null} at */
export function rowAt(rows, at) {
  const last = rows.at(-1) ?? null;
  if (at === null || last === null) return last;
  return at > last[0] ? null : (rows.findLast(([step]) => step <= at) ?? null);
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { branches: FIRST_BRANCHES },
  actions: {
    "compare-branch": compareChosen,
    branches: (state, { change }) => ({ ...state, branches: { ...state.branches, ...change } }),
    connection: branchesAskedAnew,
    sent: branchSent,
  },
  messages: { curves: curvesArrived, ok: branchAnswered, error: branchAnswered },
  next: nextCompare,
};
