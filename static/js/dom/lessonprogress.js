/**
 * Progress in the lessons as this browser keeps it: under one key, for all tabs. Where a browser forbids that, nothing is kept and
 * all else works.
 * @import { LessonProgress, Progress } from "../types"
 */
import { inStorage } from "../keep.js";
import { mergedProgress, progressOf, readProgress, withLesson, withoutLesson, writeProgress } from "../state/lessonprogress.js";

export const KEY = "gradient-playground.lessons";
const FILE = "my-lessons.json";

/** @returns {Progress} */
export function storedProgress() {
  return readProgress(inStorage(() => localStorage.getItem(KEY)));
}

/** Over what other tabs have written since: nothing that is done there is lost. @param {string} lesson @param {LessonProgress} own */
export function storeLesson(lesson, own) {
  const stored = storedProgress();
  const both = mergedProgress(stored, { lessons: { [lesson]: own } });
  store(withLesson(stored, lesson, { ...progressOf(both, lesson), stage: own.stage, seen: own.seen }));
}

/** Beside what is here already. @param {Progress} progress */
export function storeAll(progress) {
  store(mergedProgress(storedProgress(), progress));
}

/** One lesson, or all of them. @param {string} [lesson] */
export function forgetProgress(lesson) {
  store(withoutLesson(storedProgress(), lesson));
}

/** All of it as a file in the downloads. */
export function saveProgressFile() {
  const url = URL.createObjectURL(new Blob([writeProgress(storedProgress())], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = FILE;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** @param {Progress} progress */
function store(progress) {
  inStorage(() => localStorage.setItem(KEY, writeProgress(progress)));
}
