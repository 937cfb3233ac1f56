/**
 * What this browser remembers of somebody's lessons: read from text, changed, merged with another's, written as text. Pure; where
 * it is kept is dom/lessonprogress.js's business. Nothing in it is trusted: a file may come from anywhere.
 * @import { LessonProgress, Progress, TaskProgress } from "../types"
 */

/** What a file says of itself. */
const FORMAT = "gradient-playground-lessons";
const VERSION = 1;
/** Of one answer, in characters, and of tasks and lessons: more than any lesson has. */
const LONGEST_ANSWER = 4000;
const MOST = 500;
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** @type {Progress} */
export const NO_PROGRESS = { lessons: {} };
/** @type {TaskProgress} */
export const UNTRIED = { tries: 0, right: false, answer: null, hints: 0, solution: false };

/** What stands in the browser's memory; what is no progress there counts for nothing. @param {string | null} text @returns {Progress} */
export function readProgress(text) {
  const { progress } = importProgress(text ?? "");
  return progress ?? NO_PROGRESS;
}

/**
 * A file's progress, or why there is none in it: `not_json`, `other` (a file of something else), `newer` (a later playground's).
 * Lessons and tasks in it that cannot be are left out.
 * @param {string} text @returns {{progress: Progress, refused: null} | {progress: null, refused: "not_json" | "other" | "newer"}}
 */
export function importProgress(text) {
  const found = parsed(text);
  if (found === undefined) return { progress: null, refused: "not_json" };
  if (!isTable(found) || found.format !== FORMAT || !isTable(found.lessons)) return { progress: null, refused: "other" };
  if (Number(found.version) > VERSION) return { progress: null, refused: "newer" };
  return { progress: { lessons: entries(found.lessons, lessonOf) }, refused: null };
}

/** As it is kept, and as a file. @param {Progress} progress */
export function writeProgress({ lessons }) {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, lessons }, null, 1)}\n`;
}

/** @param {Progress} progress @param {string} lesson @returns {LessonProgress} */
export function progressOf({ lessons }, lesson) {
  return Object.hasOwn(lessons, lesson) ? lessons[lesson] : { stage: null, seen: 0, tasks: {} };
}

/** @param {Progress} progress @param {string} lesson @param {LessonProgress} own @returns {Progress} */
export function withLesson({ lessons }, lesson, own) {
  return { lessons: { ...lessons, [lesson]: own } };
}

/** A lesson, or all of them, forgotten. @param {Progress} progress @param {string} [lesson] @returns {Progress} */
export function withoutLesson({ lessons }, lesson) {
  if (lesson === undefined) return NO_PROGRESS;
  return { lessons: Object.fromEntries(Object.entries(lessons).filter(([id]) => id !== lesson)) };
}

/** Two browsers' progress as one: nothing that was done in either is lost. @param {Progress} one @param {Progress} other @returns {Progress} */
export function mergedProgress(one, other) {
  const ids = [...new Set([...Object.keys(one.lessons), ...Object.keys(other.lessons)])];
  return { lessons: Object.fromEntries(ids.map((id) => [id, mergedLesson(progressOf(one, id), progressOf(other, id))])) };
}

/** @param {LessonProgress} one @param {LessonProgress} other @returns {LessonProgress} */
function mergedLesson(one, other) {
  const [older, newer] = one.seen <= other.seen ? [one, other] : [other, one];
  const ids = [...new Set([...Object.keys(older.tasks), ...Object.keys(newer.tasks)])];
  const tasks = ids.map((id) => [id, mergedTask(taskIn(older, id), taskIn(newer, id))]);
  return { stage: newer.stage ?? older.stage, seen: newer.seen, tasks: Object.fromEntries(tasks) };
}

/** A file may name what every table has, as `constructor`. @param {LessonProgress} lesson @param {string} id */
const taskIn = ({ tasks }, id) => (Object.hasOwn(tasks, id) ? tasks[id] : UNTRIED);

/** The answer is the newer one, but a right one before a wrong one. @param {TaskProgress} older @param {TaskProgress} newer @returns {TaskProgress} */
function mergedTask(older, newer) {
  const kept = newer.answer === null || (older.right && !newer.right) ? older : newer;
  return {
    tries: Math.max(older.tries, newer.tries),
    right: older.right || newer.right,
    answer: kept.answer,
    hints: Math.max(older.hints, newer.hints),
    solution: older.solution || newer.solution,
  };
}

/** How many of a lesson's tasks are done. @param {Progress} progress @param {string} lesson @param {readonly string[]} tasks their ids */
export function doneOf(progress, lesson, tasks) {
  const own = progressOf(progress, lesson).tasks;
  return tasks.filter((id) => own[id]?.right).length;
}

/** The lesson that was looked at last; null for none. @param {Progress} progress */
export function lastLesson({ lessons }) {
  const seen = Object.entries(lessons).sort(([, one], [, other]) => other.seen - one.seen);
  return seen[0]?.[0] ?? null;
}

/** @param {string} text @returns {unknown} undefined where it is no JSON */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @template T @param {Record<string, unknown>} table @param {(value: unknown) => T | null} read @returns {Record<string, T>} */
function entries(table, read) {
  const found = Object.entries(table)
    .slice(0, MOST)
    .flatMap(([name, value]) => {
      const entry = NAME.test(name) ? read(value) : null;
      return entry === null ? [] : [/** @type {const} */ ([name, entry])];
    });
  return Object.fromEntries(found);
}

/** @param {unknown} value @returns {LessonProgress | null} */
function lessonOf(value) {
  if (!isTable(value) || !isTable(value.tasks)) return null;
  const { stage, seen } = value;
  return {
    stage: typeof stage === "string" && NAME.test(stage) ? stage : null,
    seen: typeof seen === "number" && seen > 0 ? seen : 0,
    tasks: entries(value.tasks, taskOf),
  };
}

/** @param {unknown} value @returns {TaskProgress | null} */
function taskOf(value) {
  if (!isTable(value)) return null;
  const { tries, right, answer, hints, solution } = value;
  return { tries: count(tries), right: right === true, answer: answerOf(answer), hints: count(hints), solution: solution === true };
}

/** @param {unknown} value */
function count(value) {
  return typeof value === "number" && value > 0 ? Math.min(1e6, Math.floor(value)) : 0;
}

/** Texts by field, or a list of names. @param {unknown} value @returns {TaskProgress["answer"]} */
function answerOf(value) {
  const texts = Array.isArray(value) ? value : isTable(value) ? Object.values(value) : [0];
  const fits = texts.every((text) => typeof text === "string") && JSON.stringify(value).length <= LONGEST_ANSWER;
  return fits ? /** @type {TaskProgress["answer"]} */ (value) : null;
}
