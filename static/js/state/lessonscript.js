/**
 * What a lesson plays on the session: how a stage begins, how a learner's own run is kept before it, and how commands go one after
 * the other, the next when the last has done its work. Pure.
 * @import { BranchRow, Command, Json, JsonObject, LessonScript, LessonStage, State } from "../types"
 */
import { branchesOf, branchShown } from "./branches.js";
import { filled, plain } from "./lessonwords.js";

/** By this a command on its way is known as the lesson's own; a symbol is not sent. */
export const OURS = Symbol("of the lesson");
/** As many characters as a branch's name may have. */
const LONGEST_NAME = 60;
/** What is at work after its answer, until a `phase` says that it is done. */
const SLOW = ["step", "seek", "switch_branch", "bench"];
const WORKING = ["playing", "seeking", "benching"];
/** What may be asked whatever the session is at. */
const AT_ONCE = ["load", "name_branch", "pause", "set_speed", "set_view"];

/** @param {LessonScript["what"]} what @param {readonly Command[]} commands @param {string | null} [task] @returns {LessonScript} */
export function scriptOf(what, commands, task = null) {
  return { what, task, all: commands, left: commands, inFlight: null, works: false };
}

/** How a stage begins, up to where the learner takes over. @param {LessonStage} stage @param {readonly Command[]} [more] @returns {Command[]} */
export function beginning(stage, more = []) {
  return [
    { ...stage.load, type: "load" },
    ...(stage.speed ? [{ ...stage.speed, type: "set_speed" }] : []),
    { type: "set_view", view: { ...stage.view } },
    ...stage.commands,
    ...more,
  ];
}

/** A file of the lesson's that has to be brought to the session before the script goes on; null for none. @param {State} state */
export function missingTable({ lesson: { lesson, stage, script, tables } }) {
  const file = script?.left[0]?.type === "load" ? (lesson?.stages[stage].table ?? null) : null;
  return file !== null && !(file in tables) ? file : null;
}

/** The next command to send; null while there is none, or the last one is still at work. @param {State} state @returns {Command | null} */
export function nextOfScript(state) {
  const { lesson, connection, server } = state;
  const next = lesson.script?.left[0];
  if (!lesson.script || !next || !server || connection !== "open") return null;
  if (lesson.script.inFlight !== null || lesson.script.works || missingTable(state) !== null) return null;
  if (WORKING.includes(server.phase) && !AT_ONCE.includes(next.type)) return null;
  return ours(complete(state, next));
}

/** @param {Command} command @returns {Command} */
export function ours(command) {
  return Object.assign({ ...command }, { [OURS]: true });
}

/** With what only this page knows: the table's name in the session, what frames carry for the open tab. @param {State} state @param {Command} command @returns {Command} */
function complete({ lesson: { lesson, stage, tables }, drawer }, command) {
  const file = lesson?.stages[stage].table ?? null;
  if (command.type === "load" && file !== null) return { ...command, spec: withTable(/** @type {JsonObject} */ (command.spec), tables[file]) };
  const view = /** @type {JsonObject} */ (command.view);
  const carried = { metrics: drawer.tab === "results", diagnostics: drawer.tab === "diagnostics" };
  return command.type === "set_view" ? { ...command, view: { ...carried, ...view } } : command;
}

/** @param {JsonObject} spec @param {string} name @returns {JsonObject} */
function withTable(spec, name) {
  const data = /** @type {Record<string, Json>} */ (spec.data ?? {});
  return { ...spec, data: { ...data, source: "table", table: { .../** @type {JsonObject} */ (data.table ?? {}), name } } };
}

/** @param {LessonScript} script @param {number} id @returns {LessonScript} */
export function scriptSent(script, id) {
  return { ...script, inFlight: id };
}

/** Answered: the next one, or first what this one leads to. @param {LessonScript} script @returns {LessonScript} */
export function scriptAnswered(script) {
  const [done, ...left] = script.left;
  // The phase that tells of its end always comes after the answer.
  return { ...script, left, inFlight: null, works: SLOW.includes(done.type) };
}

/** @param {LessonScript} script @param {string} phase @returns {LessonScript} */
export function scriptAtRest(script, phase) {
  return script.works && !WORKING.includes(phase) ? { ...script, works: false } : script;
}

/** @param {LessonScript} script */
export const isDone = ({ left, works, inFlight }) => !left.length && !works && inFlight === null;

/** Under this name the run of a stage is kept. @param {State} state @param {number} at */
export function stageName({ lesson: { lesson } }, at) {
  return `${at + 1}. ${plain(lesson?.stages[at].title ?? "")}`.slice(0, LONGEST_NAME).trim();
}

/** A name for an earlier run of the stage that no branch has. @param {State} state @param {number} at */
function freeName(state, at) {
  const taken = branchesOf(state).map(({ name }) => name);
  const before = (/** @type {number} */ count) => {
    const text = (/** @type {string} */ name) => filled(state.lesson.words, "panel.before", { name }) + (count > 1 ? ` ${count}` : "");
    const room = LONGEST_NAME - text("").length;
    return text(stageName(state, at).slice(0, room).trim());
  };
  let count = 1;
  while (taken.includes(before(count))) count += 1;
  return before(count);
}

/** Where the stage is whose run the session has. @param {State} state */
function begunAt({ lesson: { lesson, begun } }) {
  return lesson?.stages.findIndex(({ id }) => id === begun) ?? -1;
}

/**
 * What keeps the run that is shown before another one is: its stage's name goes to it, and one that had it before is called so.
 * @param {State} state @returns {Command[]}
 */
export function keeping(state) {
  const [at, shown] = [begunAt(state), branchShown(state)];
  if (at < 0 || !shown || !state.lesson.touched) return [];
  const name = stageName(state, at);
  if (shown.name === name) return [];
  const other = branchesOf(state).find((row) => row.name === name);
  return [...(other ? [naming(other, freeName(state, at))] : []), naming(shown, name)];
}

/** What keeps it as an earlier run of the stage, which is begun again. @param {State} state @returns {Command[]} */
export function keepingBefore(state) {
  const [at, shown] = [begunAt(state), branchShown(state)];
  if (at < 0 || !shown || !(state.lesson.touched || shown.name === stageName(state, at))) return [];
  return [naming(shown, freeName(state, at))];
}

/** @param {BranchRow} branch @param {string} name */
const naming = ({ id }, name) => ({ type: "name_branch", branch: id, name });

/** The run of a stage that was left; null where there is none. @param {State} state @param {number} at */
export function keptRun(state, at) {
  return branchesOf(state).find(({ name }) => name === stageName(state, at)) ?? null;
}

/** The learner's other runs of the stage that is shown. @param {State} state @returns {readonly BranchRow[]} */
export function otherRuns(state) {
  const name = stageName(state, state.lesson.stage);
  const before = filled(state.lesson.words, "panel.before", { name: "" });
  const shown = state.timeline.told?.branch;
  return branchesOf(state).filter((row) => row.id !== shown && (row.name === name || isBefore(row.name, name, before)));
}

/** @param {string} found @param {string} name @param {string} before what stands behind the name */
function isBefore(found, name, before) {
  const at = found.lastIndexOf(before);
  return at > 0 && name.startsWith(found.slice(0, at)) && /^( \d+)?$/.test(found.slice(at + before.length));
}
