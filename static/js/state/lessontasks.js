/**
 * The tasks of a lesson as hands see them: what is typed, chosen and ordered, and what the server makes of it. Pure.
 * @import { LessonTask, LessonState, TaskHands, TaskProgress, Verdict } from "../types"
 */
import { UNTRIED } from "./lessonprogress.js";

/** @type {TaskHands} */
const NO_HANDS = { answer: null, verdict: null, of: null, said: null, measured: null, told: null, bad: [], refused: null };

/** What is remembered of a task. @param {LessonState} state @param {string} task @returns {TaskProgress} */
export function doneWith({ progress }, task) {
  return progress.tasks[task] ?? UNTRIED;
}

/** @param {LessonState} state @param {string} task @returns {TaskHands} */
export function handsOf({ tasks }, task) {
  return tasks[task] ?? NO_HANDS;
}

/** @param {LessonState} state @param {string} id @returns {LessonTask | null} */
export function taskNamed({ lesson }, id) {
  return lesson?.stages.flatMap(({ tasks }) => tasks).find((task) => task.id === id) ?? null;
}

/** A task as the page begins with it: the answer that was given last. @param {LessonTask} task @param {TaskProgress} done @returns {TaskHands} */
export function firstHands(task, done) {
  const answer = fits(task, done.answer) ? done.answer : emptyAnswer(task);
  const said = task.kind === "predict" && done.tries ? /** @type {TaskHands["said"]} */ (answer) : null;
  return { ...NO_HANDS, answer, said };
}

/** @param {LessonTask} task @returns {TaskHands["answer"]} */
function emptyAnswer({ kind, fields, items }) {
  if (kind === "predict") return Object.fromEntries(fields.map(({ id }) => [id, ""]));
  if (kind === "order") return items.map(({ id }) => id);
  return kind === "choose" || kind === "find_bug" ? [] : null;
}

/** Whether an answer that was kept still is one: a lesson may have been changed since. @param {LessonTask} task @param {TaskHands["answer"]} answer */
function fits({ kind, fields, options, items }, answer) {
  const same = (/** @type {readonly string[]} */ names, /** @type {readonly {id: string}[]} */ all) =>
    names.length === all.length && all.every(({ id }) => names.includes(id));
  if (answer === null) return false;
  if (kind === "predict") return !Array.isArray(answer) && same(Object.keys(answer), fields);
  if (kind === "order") return Array.isArray(answer) && same(answer, items);
  return Array.isArray(answer) && answer.every((name) => options.some(({ id }) => id === name));
}

/** A number as people write it, with a point or a comma, and with whichever minus; null for none. @param {string} text */
export function numberOf(text) {
  const plain = text.trim().replace(/[\u2212\u2013]/, "-").replace(",", ".").replace(/^\+/, "");
  const number = plain === "" ? NaN : Number(plain);
  return Number.isFinite(number) ? number : null;
}

/** Fields of a prediction in which there is no number. @param {LessonTask} task @param {TaskHands} hands */
export function badFields({ kind, fields }, { answer }) {
  if (kind !== "predict") return [];
  const texts = /** @type {Readonly<Record<string, string>>} */ (answer ?? {});
  return fields.map(({ id }) => id).filter((id) => numberOf(texts[id] ?? "") === null);
}

/** Whether there is something to check. @param {LessonTask} task @param {TaskHands} hands */
export function isAnswered({ kind }, { answer }) {
  return kind !== "choose" && kind !== "find_bug" ? true : Array.isArray(answer) && answer.length > 0;
}

/** An answer as `check` takes it. @param {LessonTask} task @param {TaskHands} hands */
export function answerToCheck({ kind }, { answer }) {
  if (kind !== "predict") return answer;
  const texts = Object.entries(/** @type {Readonly<Record<string, string>>} */ (answer ?? {}));
  return Object.fromEntries(texts.map(([id, text]) => [id, numberOf(text)]));
}

/** One option ticked or not; where only one may be, it alone. @param {LessonTask} task @param {TaskHands} hands @param {string} option @param {boolean} on */
export function chosen({ several, options }, { answer }, option, on) {
  if (!several) return on ? [option] : [];
  const now = new Set(Array.isArray(answer) ? answer : []);
  if (on) now.add(option);
  else now.delete(option);
  return options.map(({ id }) => id).filter((id) => now.has(id));
}

/** An order with one of its items at another place. @param {TaskHands} hands @param {string} item @param {number} place @returns {readonly string[]} */
export function moved({ answer }, item, place) {
  const before = /** @type {readonly string[]} */ (answer ?? []);
  const rest = before.filter((id) => id !== item);
  const at = Math.max(0, Math.min(rest.length, place));
  return [...rest.slice(0, at), item, ...rest.slice(at)];
}

/** What a verdict makes of a task. The first answer to a prediction stays as what was said. @param {LessonTask} task @param {TaskHands} hands @param {Verdict} verdict @returns {TaskHands} */
export function judged(task, hands, verdict) {
  const said = task.kind === "predict" ? (hands.said ?? /** @type {TaskHands["said"]} */ (hands.answer)) : null;
  return { ...hands, verdict, of: hands.answer, said, refused: null, bad: [] };
}

/** What the network gives, once a prediction was run. @param {TaskHands} hands @param {Verdict} verdict @returns {TaskHands} */
export function measuredBy(hands, { items }) {
  return { ...hands, measured: Object.fromEntries(items.filter(({ kind }) => kind === "field").map(({ name, measured }) => [name, measured])) };
}

/** @param {TaskProgress} done @param {TaskHands} hands @param {Verdict} verdict @returns {TaskProgress} */
export function triedOnce(done, { answer }, { right }) {
  return { ...done, tries: done.tries + 1, right: done.right || right, answer };
}
