/**
 * The lesson beside the playground: which stage is shown, whose experiment the session has, what the learner has answered and
 * what the server made of it. A stage begins by a script (lessonscript.js); the learner's own run is kept under the stage's name
 * before another one is shown.
 * @import { Action, Command, LessonState, LessonTask, SentCommand, State, TaskHands, TaskProgress, Verdict, Welcome } from "../types"
 */
import { NO_PROGRESS, progressOf } from "./lessonprogress.js";
import * as script from "./lessonscript.js";
import * as tasks from "./lessontasks.js";
import { filled, word } from "./lessonwords.js";
import { restrictedTo } from "./link.js";

/** Narrowest, first and widest, in pixels, and how far a key moves the edge. */
export const WIDTHS = { least: 300, first: 384, most: 680, step: 20 };
/** Commands that only look: whoever sent nothing else has done nothing of his own. */
const LOOKING = ["inspect", "rows", "set_view", "set_speed", "compare", "name_branch", "check_gradient", "chain", "check", "switch_branch", "pause"];

/** @type {LessonState} */
const FIRST = {
  id: null,
  lesson: null,
  words: {},
  failed: null,
  stage: 0,
  begun: null,
  touched: false,
  ended: false,
  progress: progressOf(NO_PROGRESS, ""),
  tasks: {},
  checking: null,
  script: null,
  tables: {},
  folded: false,
  width: WIDTHS.first,
  side: "lesson",
  news: null,
};

/** @param {State} state @param {Partial<LessonState>} change @returns {State} */
function changed(state, change) {
  return { ...state, lesson: { ...state.lesson, ...change } };
}

/** @param {State} state @param {string} id @param {Partial<TaskHands>} hands @returns {State} */
function withHands(state, id, hands) {
  return changed(state, { tasks: { ...state.lesson.tasks, [id]: { ...tasks.handsOf(state.lesson, id), ...hands } } });
}

/** @param {State} state @param {string} id @param {Partial<TaskProgress>} done @returns {State} */
function withDone(state, id, done) {
  const { progress } = state.lesson;
  const all = { ...progress.tasks, [id]: { ...tasks.doneWith(state.lesson, id), ...done } };
  return changed(state, { progress: { ...progress, tasks: all } });
}

/** @param {State} state */
const stageOf = ({ lesson: { lesson, stage } }) => lesson?.stages[stage] ?? null;

/**
 * The lesson has arrived. Where this tab's session has the stage's experiment already it is shown as it stands.
 * @param {State} state @param {Extract<Action, {type: "lesson-told"}>} action @returns {State}
 */
function told(state, { lesson, words, progress, kept, stage }) {
  const at = Math.max(0, lesson.stages.findIndex(({ id }) => id === (stage ?? progress.stage)));
  const all = lesson.stages.flatMap((one) => one.tasks);
  const hands = Object.fromEntries(all.map((task) => [task.id, tasks.firstHands(task, progress.tasks[task.id] ?? tasks.doneWith(FIRST, task.id))]));
  const there = changed(state, { lesson, words, progress, tasks: hands, stage: at, failed: null, begun: kept.begun, touched: kept.touched });
  return shown(there, at);
}

/** @param {State} state @param {number} at @returns {State} */
function shown(state, at) {
  const stage = state.lesson.lesson?.stages[at];
  if (!stage) return state;
  const there = restrictedTo(changed(state, { stage: at, ended: false, failed: null, news: { what: "stage", task: null } }), stage);
  return state.lesson.begun === stage.id ? there : begun(there, script.keptRun(state, at)?.id ?? null, script.keeping(state));
}

/** The stage begins, or the learner's own run of it is shown again. @param {State} state @param {number | null} branch @param {readonly Command[]} keeping @returns {State} */
function begun(state, branch, keeping) {
  const stage = stageOf(state);
  if (!stage) return state;
  const commands = branch === null ? script.beginning(stage) : [{ type: "switch_branch", branch }];
  const play = script.scriptOf(branch === null ? "begin" : "back", [...keeping, ...commands]);
  return changed(state, { begun: stage.id, touched: branch !== null, script: play, failed: null });
}

/** @param {State} state @param {Extract<Action, {type: "lesson-stage"}>} action @returns {State} */
function staged(state, { stage, now }) {
  const { lesson, progress } = state.lesson;
  if (!lesson?.stages[stage]) return state;
  return shown(changed(state, { progress: { ...progress, stage: lesson.stages[stage].id, seen: now } }), stage);
}

/** From the stage's beginning: to look at it anew, or to play something there. @param {State} state @param {"begin" | "run" | "solution"} what @param {string | null} task @param {readonly Command[]} more @returns {State} */
function again(state, what, task, more) {
  const stage = stageOf(state);
  if (!stage) return state;
  const commands = [...script.keepingBefore(state), ...script.beginning(stage, more)];
  return changed(state, { begun: stage.id, touched: false, script: script.scriptOf(what, commands, task), failed: null });
}

/** @param {State} state @param {Extract<Action, {type: "lesson-back"}>} action @returns {State} */
function wentBack(state, { branch }) {
  const name = script.stageName(state, state.lesson.stage);
  const free = script.keptRun(state, state.lesson.stage) === null;
  const keeping = free ? script.keeping(state) : script.keepingBefore(state).filter(() => state.lesson.touched && shownName(state) !== name);
  return begun(state, branch, keeping);
}

/** @param {State} state */
const shownName = ({ timeline: { told: said } }) => said?.branches.find(({ id }) => id === said.branch)?.name;

/** @param {State} state @param {Extract<Action, {type: "lesson-answer"}>} action @returns {State} */
function answered(state, { task, answer }) {
  return withDone(withHands(state, task, { answer, verdict: null, bad: [], refused: null }), task, { answer });
}

/** A step of an order at another place. @param {State} state @param {Extract<Action, {type: "lesson-moved"}>} action @returns {State} */
function movedTo(state, { task, item, place }) {
  const there = answered(state, { type: "lesson-answer", task, answer: tasks.moved(tasks.handsOf(state.lesson, task), item, place) });
  return changed(there, { news: { what: "moved", task, item } });
}

/** @param {State} state @param {Extract<Action, {type: "lesson-check"}>} action @returns {State} */
function checked(state, { task: id }) {
  const task = tasks.taskNamed(state.lesson, id);
  const hands = tasks.handsOf(state.lesson, id);
  if (!task || state.lesson.checking || state.lesson.script || !tasks.isAnswered(task, hands)) return state;
  const bad = tasks.badFields(task, hands);
  if (bad.length) return withHands(state, id, { bad });
  return changed(state, { checking: { id: null, task: id, quiet: false } });
}

/** What the lesson has to ask the server for now. @param {State} state @returns {Command | null} */
function nextOfLesson(state) {
  const { lesson, checking } = state.lesson;
  const task = checking?.id === null ? tasks.taskNamed(state.lesson, checking.task) : null;
  if (!lesson || !task || state.connection !== "open") return script.nextOfScript(state);
  const answer = tasks.answerToCheck(task, tasks.handsOf(state.lesson, task.id));
  return script.ours({ type: "check", lesson: lesson.id, task: task.id, answer });
}

/** @param {State} state @param {{command: SentCommand}} action @returns {State} */
function sent(state, { command }) {
  const { lesson } = state;
  if (!lesson.lesson) return state;
  if (!(script.OURS in command)) return lesson.touched || LOOKING.includes(command.type) ? state : changed(state, { touched: true });
  if (command.type === "check") return lesson.checking ? changed(state, { checking: { ...lesson.checking, id: command.id } }) : state;
  return lesson.script ? changed(state, { script: script.scriptSent(lesson.script, command.id) }) : state;
}

/** @param {State} state @param {{id: number}} answer @returns {State} */
function carriedOut(state, { id }) {
  const play = state.lesson.script;
  return play?.inFlight === id ? ended(changed(state, { script: script.scriptAnswered(play) })) : state;
}

/** @param {State} state @param {{phase: string}} message @returns {State} */
function phaseTold(state, { phase }) {
  const play = state.lesson.script;
  const rested = play && script.scriptAtRest(play, phase);
  return rested && rested !== play ? ended(changed(state, { script: rested })) : state;
}

/** A script that has been played to its end; a prediction that was run is measured then. @param {State} state @returns {State} */
function ended(state) {
  const play = state.lesson.script;
  if (!play || !script.isDone(play)) return state;
  const { checking } = state.lesson;
  const measures = play.what === "run" && play.task !== null && checking === null;
  return changed(state, { script: null, checking: measures ? { id: null, task: String(play.task), quiet: true } : checking });
}

/** @param {State} state @param {{id: number | null, message: string}} refusal @returns {State} */
function refused(state, { id, message }) {
  const { checking, script: play } = state.lesson;
  if (id === null) return state;
  if (checking?.id === id) return withHands(changed(state, { checking: null }), checking.task, { refused: message });
  if (play?.inFlight !== id) return state;
  // A run that cannot be named any more is gone; the rest goes on without it.
  if (play.left[0].type === "name_branch") return ended(changed(state, { script: script.scriptAnswered(play) }));
  return changed(state, { script: null, begun: null, failed: filled(state.lesson.words, "panel.refused", { message }) });
}

/** @param {State} state @param {Verdict} verdict @returns {State} */
function verdictArrived(state, verdict) {
  const { checking } = state.lesson;
  const task = tasks.taskNamed(state.lesson, verdict.task);
  if (!task || verdict.lesson !== state.lesson.id || checking?.task !== task.id) return state;
  const hands = tasks.handsOf(state.lesson, task.id);
  const free = changed(state, { checking: null, news: { what: checking.quiet ? "measured" : "verdict", task: task.id } });
  if (checking.quiet) return withHands(free, task.id, tasks.measuredBy(hands, verdict));
  const tried = withDone(free, task.id, tasks.triedOnce(tasks.doneWith(state.lesson, task.id), hands, verdict));
  return withHands(tried, task.id, tasks.judged(task, hands, verdict));
}

/** @param {State} state @param {LessonTask | null} task @returns {State} */
function hinted(state, task) {
  if (!task) return state;
  const { hints } = tasks.doneWith(state.lesson, task.id);
  if (hints >= task.hints.length) return state;
  return withDone(changed(state, { news: { what: "hint", task: task.id } }), task.id, { hints: hints + 1 });
}

/** A session begun anew has nothing of the lesson's in it; one that was joined again may not have done what was under way. @param {State} state @param {Welcome} welcome @param {State} before @returns {State} */
function welcomed(state, { resumed }, before) {
  const { lesson, script: play, words } = state.lesson;
  if (state.lesson.id === null) return state;
  const free = changed(state, { checking: null });
  if (resumed) return play ? changed(free, { script: script.scriptOf(play.what, play.all, play.task) }) : free;
  const anew = begun(changed(free, { tables: {}, begun: null, touched: false }), null, []);
  if (!lesson || before.session === null) return anew;
  return { ...anew, notice: { kind: "info", about: "session", text: word(words, "panel.session_gone") } };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { lesson: FIRST },
  actions: {
    lesson: (state, { change }) => changed(state, change),
    "lesson-told": told,
    "lesson-table": (state, { file, name }) => changed(state, { tables: { ...state.lesson.tables, [file]: name } }),
    "lesson-stage": staged,
    "lesson-end": (state) => changed(state, { ended: true, news: { what: "stage", task: null } }),
    "lesson-again": (state) => again(state, "begin", null, []),
    "lesson-back": wentBack,
    "lesson-answer": answered,
    "lesson-moved": movedTo,
    "lesson-check": checked,
    "lesson-run": (state, { task }) => again(state, "run", task, tasks.taskNamed(state.lesson, task)?.run ?? []),
    "lesson-hint": (state, { task }) => hinted(state, tasks.taskNamed(state.lesson, task)),
    "lesson-solution": (state, { task }) => withDone(changed(state, { news: { what: "solution", task } }), task, { solution: true }),
    "lesson-solved": (state, { task, told: solution }) => withHands(state, task, { told: solution }),
    "lesson-play": (state, { task }) => again(state, "solution", task, tasks.handsOf(state.lesson, task).told?.commands ?? []),
    connection: (state) => (state.lesson.checking ? changed(state, { checking: null }) : state),
    sent,
  },
  messages: { welcome: welcomed, ok: carriedOut, error: refused, phase: phaseTold, verdict: verdictArrived },
  next: nextOfLesson,
};
