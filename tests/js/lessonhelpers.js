/**
 * A small lesson, its words, and a page that stands beside it. @import { Lesson, LessonStage, LessonTask, State, Verdict } from "../../static/js/types"
 */
import { readFileSync } from "node:fs";
import { ASKING } from "../../static/js/state.js";
import { after, joined, told } from "./helpers.js";

/** The pages' own English, as far as it is plain. */
export const WORDS = Object.fromEntries(["panel", "kinds", "common"].map((table) => [table, tableOf(table)]));

/** @param {string} name @returns {Record<string, string>} */
function tableOf(name) {
  const text = readFileSync(new URL("../../lessons/words/en.toml", import.meta.url), "utf8");
  const [, below] = text.split(`\n[${name}]\n`);
  const rows = below.split("\n[")[0].matchAll(/^(\w+) = "(.*)"$/gm);
  return Object.fromEntries([...rows].map(([, key, value]) => [key, value]));
}

/** @param {Partial<LessonTask>} facts @returns {LessonTask} */
export const task = (facts) => ({
  id: "score",
  kind: "predict",
  title: "A task",
  html: "<p>Question</p>",
  hints: ["<p>First hint</p>", "<p>Second hint</p>"],
  fields: [],
  options: [],
  several: false,
  items: [],
  conditions: [],
  keep: [],
  run: [],
  ...facts,
});

export const PREDICT = task({ fields: [{ id: "w", html: "weight" }, { id: "b", html: "bias" }], run: [{ type: "step", batches: 1 }] });
export const CHOOSE = task({ id: "which", kind: "choose", options: ["a", "b", "c"].map((id) => ({ id, html: `Option ${id}` })) });
export const ORDER = task({ id: "steps", kind: "order", items: ["two", "one", "three"].map((id) => ({ id, html: id })) });
export const REACH = task({ id: "goal", kind: "reach", conditions: ["loss: at most 0.1", "parameters: at most 7"], keep: ["as given: the points"] });

/** @param {Partial<LessonStage>} facts @returns {LessonStage} */
export const stage = (facts) => ({
  id: "one",
  title: "First stage",
  html: "<p>Text</p>",
  load: { type: "load", spec: { data: { source: "circle" } } },
  table: null,
  commands: [],
  speed: null,
  view: null,
  show: null,
  hide: [],
  lock: [],
  panel: null,
  chart: null,
  edges: null,
  tasks: [],
  ...facts,
});

/** @type {Lesson} */
export const LESSON = {
  id: "small",
  number: 3,
  title: "A small lesson",
  language: "en",
  languages: ["en"],
  summary: "",
  minutes: 20,
  next: { id: "later", title: "A later lesson" },
  stages: [
    stage({ tasks: [PREDICT, REACH], commands: [{ type: "step", epochs: 2 }, { type: "set_weight", layer: 0, unit: 0, value: 1 }], speed: { steps_per_second: 2 }, lock: ["board"], show: ["board", "transport"] }),
    stage({ id: "two", title: "Second stage", tasks: [CHOOSE, ORDER], hide: ["training.loss"] }),
  ],
};

const KEPT = { begun: null, touched: false };

/** A page that has joined its session and been told the lesson. @param {Partial<Lesson>} [facts] @param {any} [more] of the action @returns {State} */
export function beside(facts = {}, more = {}) {
  const progress = { stage: null, seen: 1, tasks: {} };
  const lesson = { ...LESSON, ...facts };
  return after(joined(), { type: "lesson", change: { id: lesson.id } }, { type: "lesson-told", lesson, words: WORDS, progress, kept: KEPT, stage: null, ...more });
}

/** What the page asks the server now. @param {State} state */
export const asked = (state) => ASKING.map((next) => next(state)).find((command) => command !== null) ?? null;

/** A command as the server reads it. @param {any} command */
export const sent = (command) => JSON.parse(JSON.stringify(command));

let id = 100;

/** Sends what the page asks for, and says that it was done. @param {State} state @param {...any} then what the server tells after `ok` @returns {State} */
export function carryOut(state, ...then) {
  const command = asked(state);
  if (!command) throw new Error("nothing is asked for");
  id += 1;
  return after(state, { type: "sent", command: { ...command, id } }, told({ type: "ok", id, ids: [], seed: null }), ...then.map(told));
}

/** A hand's command on its way. @param {State} state @param {any} command @returns {State} */
export function byHand(state, command) {
  id += 1;
  return after(state, { type: "sent", command: { ...command, id } });
}

/** The stage's script from here to its end. @param {State} state @returns {{state: State, played: any[]}} */
export function playedOut(state) {
  const played = [];
  while (state.lesson.script) {
    played.push(asked(state));
    const slow = ["step", "switch_branch"].includes(String(asked(state)?.type));
    state = carryOut(state, ...(slow ? [{ type: "phase", phase: "paused", step: 4, epoch: 2 }] : []));
  }
  return { state, played: played.map(sent) };
}

/** @param {State} state @param {Partial<Verdict>} facts @returns {State} */
export function judge(state, facts) {
  const checked = carryOut(state);
  return after(checked, told({ type: "verdict", lesson: "small", task: checked.lesson.checking?.task, right: false, items: [], ...facts }));
}
