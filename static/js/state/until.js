/**
 * "Train until …": which goal, how far at most, and the command for it. Bounds are the schema's; shares of points are typed
 * in per cent.
 * @import { Action, Command, Field, Goal, SentCommand, State, UntilState } from "../types"
 */
import { commandField, problemOf } from "./schema.js";

/** @type {UntilState} */
export const FIRST_UNTIL = { goal: "train_loss_below", texts: {} };

/** What stands in a field that nobody has filled in yet. @type {Readonly<Record<string, string>>} */
const FIRST_TEXTS = { loss: "0.1", percent: "95", r2: "0.9", epochs: "100", most: "1000" };

/** @type {readonly Goal[]} */
export const GOALS = ["train_loss_below", "test_loss_below", "train_score_above", "test_score_above", "diverges", "epochs"];

/** What a goal counts in: its text is kept by this name, since a share of points is no R². @param {State} state @param {Goal} goal */
export function measureOf({ server }, goal) {
  if (goal === "epochs") return "epochs";
  if (goal.endsWith("score_above")) return server?.task === "regression" ? "r2" : "percent";
  return goal === "diverges" ? null : "loss";
}

/** @param {State} state @param {"loss" | "percent" | "r2" | "epochs" | "most"} measure */
export function textOf({ until }, measure) {
  return until.texts[measure] ?? FIRST_TEXTS[measure];
}

/** A typed number as the server takes it, and what is wrong with it. @param {State} state @param {Goal} goal */
function aimed(state, goal) {
  const measure = measureOf(state, goal);
  if (measure === null || measure === "epochs") return { value: null, problem: null };
  const typed = numberIn(textOf(state, measure));
  const field = commandField(state.schema, "Until", [goal]);
  const shown = measure === "percent" && field ? inPercent(field) : field;
  return { value: measure === "percent" ? typed / 100 : typed, problem: complaint(shown, typed) };
}

/** @param {Field} field @returns {Field} */
function inPercent(field) {
  const times = (/** @type {number | null} */ bound) => (bound === null ? null : bound * 100);
  return { ...field, minimum: times(field.minimum), maximum: times(field.maximum) };
}

/** @param {string} text */
function numberIn(text) {
  const plain = text.trim().replace(",", ".").replace("−", "-");
  return plain === "" ? NaN : Number(plain);
}

/** @param {Field | null} field @param {number} value */
function complaint(field, value) {
  if (!Number.isFinite(value)) return "must be a number";
  return field && problemOf(field, value);
}

/**
 * The command that the form stands for, or what is wrong with each of its numbers.
 * @param {State} state
 * @returns {{command: Command | null, aim: string | null, most: string | null}}
 */
export function untilCommand(state) {
  const { goal } = state.until;
  const epochs = numberIn(textOf(state, goal === "epochs" ? "epochs" : "most"));
  const most = complaint(commandField(state.schema, "Step", ["epochs"]), epochs);
  const { value, problem } = aimed(state, goal);
  if (most || problem) return { command: null, aim: problem, most };
  const until = goal === "diverges" ? { diverges: true } : { [goal]: value };
  return { command: { type: "step", epochs, ...(goal === "epochs" ? {} : { until }) }, aim: null, most: null };
}

/** @param {State} state @param {Extract<Action, {type: "until"}>} action @returns {State} */
function untilChanged(state, { change }) {
  return { ...state, until: { ...state.until, ...change } };
}

/** Settings that were kept, which may be of another time. @param {unknown} kept @returns {UntilState} */
export function untilKept(kept) {
  const { goal, texts } = /** @type {Partial<UntilState>} */ (kept && typeof kept === "object" ? kept : {});
  const known = Object.entries(texts ?? {}).filter(([name, text]) => Object.hasOwn(FIRST_TEXTS, name) && typeof text === "string");
  return { goal: GOALS.find((name) => name === goal) ?? FIRST_UNTIL.goal, texts: Object.fromEntries(known) };
}

/** @param {State} state @param {{message: string}} message @returns {State} */
function reachedArrived(state, { message }) {
  return { ...state, notice: { kind: "info", about: "reached", text: message } };
}

/** Commands that leave behind what the last step has reached. */
const GO_ON = new Set(["play", "step", "reset", "new_weights", "seek", "set_spec"]);

/** What was reached is old news once training goes on. @param {State} state @param {SentCommand} command @returns {State} */
function untilSent(state, { type }) {
  return state.notice?.about === "reached" && GO_ON.has(type) ? { ...state, notice: null } : state;
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { until: FIRST_UNTIL },
  actions: { until: untilChanged, sent: (state, { command }) => untilSent(state, command) },
  messages: { reached: reachedArrived },
};
