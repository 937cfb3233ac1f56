/**
 * The regularisation bench: what is asked for, what has come of it, and whether that still belongs to what the page shows.
 * @import { Action, BenchTold, Command, Part, PointRow, SentCommand, ServerState, State } from "../types"
 */
import { partCounts } from "./parts.js";
import { commandField, problemOf } from "./schema.js";

/** @type {State["bench"]} */
const FIRST_BENCH = { sizes: "", epochs: "100", measure: "loss", told: null, inFlight: null, of: null, stale: false };

/** @param {State} state @param {Partial<State["bench"]>} change @returns {State} */
function changed(state, change) {
  return { ...state, bench: { ...state.bench, ...change } };
}

/** It works now. @param {State} state */
export function isBenching({ server }) {
  return server?.phase === "benching";
}

/** How many points a part has; of a table of which only some are shown, as the server counts. @param {State} state @param {Part} part */
function countOf({ server, points }, part) {
  const counts = server?.shown != null ? server.preparation?.balance[part] : null;
  return counts ? counts.reduce((a, b) => a + b, 0) : partCounts(points)[part];
}

/** Why it cannot be started at all; null where it can. @param {State} state @returns {string | null} */
export function benchHindrance(state) {
  const fewest = commandField(state.schema, "StartBench", ["sizes", 0])?.minimum ?? 1;
  if (state.server?.phase === "diverged") return "Training has diverged: press Reset, or lower the learning rate.";
  if (countOf(state, "train") < fewest) return `At least ${fewest} training points are needed.`;
  if (countOf(state, "test") === 0) return "There are no test points to judge by: lower the training share, or make some points test points.";
  return null;
}

/**
 * The command that the form stands for, or what is wrong with each field.
 * @param {State} state @returns {{command: Command | null, sizes: string | null, epochs: string | null}}
 */
export function benchCommand(state) {
  const { sizes: typed, epochs: text } = state.bench;
  const numbers = typed.split(/[\s,;]+/).filter(Boolean).map(Number);
  const epochs = text.trim() === "" ? NaN : Number(text);
  const problems = { sizes: sizesProblem(state, numbers), epochs: problemWith(state, ["epochs"], epochs) };
  if (problems.sizes !== null || problems.epochs !== null) return { command: null, ...problems };
  return { command: { type: "bench", sizes: numbers, epochs }, ...problems };
}

/** @param {State} state @param {readonly number[]} numbers */
function sizesProblem(state, numbers) {
  const most = countOf(state, "train");
  const longest = commandField(state.schema, "StartBench", ["sizes"])?.longest ?? Infinity;
  if (numbers.length > longest) return `at most ${longest} numbers`;
  const wrong = numbers.map((size) => problemWith(state, ["sizes", 0], size)).find((problem) => problem !== null);
  if (wrong) return wrong;
  return numbers.some((size) => size > most) ? `there are only ${most} training points` : null;
}

/** @param {State} state @param {import("../types").Path} path @param {number} value */
function problemWith(state, path, value) {
  if (!Number.isInteger(value)) return "must be a whole number";
  const field = commandField(state.schema, "StartBench", path);
  return field && problemOf(field, value);
}

/** @param {State} state @param {BenchTold} told @returns {State} */
function benchArrived(state, told) {
  const { server, points } = state;
  if (!server) return state;
  const first = told.results.length === 0;
  const of = first || !state.bench.of ? { spec: server.spec, points, axes: server.axes } : state.bench.of;
  return changed(state, { told, of, stale: told.stale || (!first && state.bench.stale) });
}

/** Points or settings have come: are the results still about them? @param {State} state @returns {State} */
function benchKept(state) {
  const { of, stale } = state.bench;
  if (!of || stale || !state.server) return state;
  const same = sameSpec(of.spec, state.server.spec) && samePoints(of, state);
  return same ? state : changed(state, { stale: true });
}

/** @param {ServerState["spec"]} one @param {ServerState["spec"]} other */
function sameSpec(one, other) {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** The same points; their places count only where the axes are the same. @param {NonNullable<State["bench"]["of"]>} of @param {State} state */
function samePoints({ points, axes }, { points: now, server }) {
  if (points === now) return true;
  if (points.length !== now.length) return false;
  const first = JSON.stringify(axes) === JSON.stringify(server?.axes) ? 0 : 3;
  const same = (/** @type {PointRow} */ one, /** @type {PointRow} */ other) => one[0] === other[0] && one.slice(first).every((value, at) => value === other[first + at]);
  return now.every((row, at) => same(points[at], row));
}

/** @param {State} state @param {{command: SentCommand}} action @returns {State} */
function benchSent(state, { command: { type, id } }) {
  return type === "bench" ? changed(state, { inFlight: id }) : state;
}

/** Carried out or refused. @param {State} state @param {{id: number | null}} answer @returns {State} */
function benchAnswered(state, { id }) {
  return id !== null && state.bench.inFlight === id ? changed(state, { inFlight: null }) : state;
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { bench: FIRST_BENCH },
  actions: {
    "bench-form": (/** @type {State} */ state, /** @type {Extract<Action, {type: "bench-form"}>} */ { change }) => changed(state, change),
    connection: (state) => (state.bench.inFlight === null ? state : changed(state, { inFlight: null })),
    sent: benchSent,
  },
  messages: { bench: benchArrived, state: benchKept, points: benchKept, ok: benchAnswered, error: benchAnswered },
};
