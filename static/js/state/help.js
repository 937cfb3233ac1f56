/**
 * Which help is open, and by what names the server's help calls the things of the page. Pure.
 * @import { HelpState, Json, Path, State } from "../types"
 */
import { shownTree } from "./spec.js";

/** @type {HelpState} */
const NO_HELP = { entries: null, open: null };

/** The help's name of a field: its path without list positions; the `name` of a kind is its group's choice. @param {Path} path */
export function helpKey(path) {
  const names = path.filter((key) => typeof key === "string");
  return (names.at(-1) === "name" ? names.slice(0, -1) : names).join(".");
}

/**
 * The entries of what stands in the open field now: the chosen activation, each of the chosen inputs. Empty where the field
 * is no choice.
 * @param {State} state
 * @returns {string[]}
 */
export function chosenKeys(state) {
  const { entries, open } = state.help;
  if (!entries || !open?.path) return [];
  const field = open.key.split(".").at(-1) ?? "";
  const values = standing(state, field, open.path);
  return values.map((value) => `${field}.${value}`).filter((key) => Object.hasOwn(entries, key));
}

/** @param {State} state @param {string} field @param {Path} path @returns {readonly Json[]} */
function standing(state, field, path) {
  const spec = shownTree(state);
  const value = path.reduce((here, key) => /** @type {any} */ (here)?.[key] ?? null, spec);
  if (Array.isArray(value)) return value;
  if (value === "auto") return [/** @type {any} */ (state.server)?.[field] ?? null];
  if (value === null && field === "initializer") return [/** @type {any} */ (spec).network.initializer];
  return [/** @type {any} */ (value)?.name ?? value];
}

/** What a thing's card leads on to, where its own name does not say it. @type {Readonly<Record<string, readonly string[]>>} */
const LEADS = {
  network: ["network.layers", "network.layers.units", "network.layers.activation", "diagram.edges", "diagram.units", "network.frozen"],
  training: ["transport.play", "divergence"],
  "transport.play": ["transport.reset", "transport.speed", "transport.until"],
  results: ["chart.score", "board.points"],
  "board.boundary": ["board.points", "board.tools", "board.discretise", "data.points"],
  "chart.loss": ["chart.score", "chart.log", "chart.smoothing"],
  "chart.score": ["chart.loss", "chart.smoothing"],
  "chart.gradient": ["chart.update", "chart.smoothing"],
  "chart.update": ["chart.gradient", "training.optimizer.learning_rate"],
  "chart.rate": ["training.schedule"],
  timeline: ["branches", "transport.play"],
  branches: ["timeline", "chart.loss"],
  diagnostics: ["diagnostics.gradients", "diagnostics.curvature", "diagnostics.gap", "gradient_check"],
  walk: ["walk.perceptron", "gradient_check", "training.optimizer", "timeline"],
  gradient_check: ["chart.gradient", "training.loss"],
  divergence: ["training.optimizer.learning_rate", "training.clipping"],
};

/**
 * Where the open card leads: to what it is a part of, to what belongs to it, and to the symbols.
 * @param {State} state
 * @returns {string[]}
 */
export function relatedKeys(state) {
  const { entries, open } = state.help;
  if (!entries || !open) return [];
  const whole = open.key.split(".").slice(0, -1).join(".");
  const all = [whole, ...(LEADS[open.key] ?? []), "symbols"];
  return all.filter((key) => key !== open.key && Object.hasOwn(entries, key));
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { help: NO_HELP },
  actions: {
    "help-entries": (state, { entries }) => ({ ...state, help: { ...state.help, entries } }),
    help: (state, { open }) => ({ ...state, help: { ...state.help, open } }),
  },
};
