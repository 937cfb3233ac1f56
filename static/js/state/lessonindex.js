/**
 * How somebody stands in the course: what is done of each lesson, what comes next, what a lesson rests on, which lessons
 * have some words. Pure.
 * @import { IndexLesson, IndexNext, IndexStanding, Progress } from "../types"
 */
import { doneOf, lastLesson, progressOf } from "./lessonprogress.js";

/** @param {Progress} progress @param {readonly IndexLesson[]} lessons in the course's order @returns {IndexStanding} */
export function standingOf(progress, lessons) {
  const stands = lessons.map(({ id, tasks }) => ({
    id,
    done: doneOf(progress, id, tasks),
    total: tasks.length,
    begun: id in progress.lessons,
  }));
  const done = stands.reduce((sum, one) => sum + one.done, 0);
  const total = stands.reduce((sum, one) => sum + one.total, 0);
  return { lessons: stands, done, total, next: nextOf(progress, lessons, new Set(stands.filter(isWhole).map(({ id }) => id))) };
}

/** @param {{done: number, total: number}} stand */
export function isWhole({ done, total }) {
  return done === total;
}

/**
 * The lesson that was looked at last, as long as it is not whole; else the first that is not: what it rests on comes before it.
 * @param {Progress} progress @param {readonly IndexLesson[]} lessons @param {ReadonlySet<string>} whole @returns {IndexNext | null}
 */
function nextOf(progress, lessons, whole) {
  const open = lessons.filter(({ id }) => !whole.has(id));
  const last = open.find(({ id }) => id === lastLesson(progress));
  if (last) return { id: last.id, why: "continue", stage: progressOf(progress, last.id).stage };
  const [next] = open;
  if (!next) return null;
  return { id: next.id, why: Object.keys(progress.lessons).length ? "next" : "begin", stage: null };
}

/** A lesson and all that it rests on. @param {readonly IndexLesson[]} lessons @param {string} id @returns {ReadonlySet<string>} */
export function restingOn(lessons, id) {
  const found = new Set([id]);
  // A set that grows is walked to its new end.
  for (const one of found) for (const need of lessons.find((lesson) => lesson.id === one)?.needs ?? []) found.add(need);
  return found;
}

/** Whether a text has all words of a search, wherever and in whatever letters. @param {string} text @param {string} search */
export function hasWords(text, search) {
  const plain = folded(text);
  return folded(search).split(/\s+/).every((word) => plain.includes(word));
}

/** Small letters without accents. @param {string} text */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
