/**
 * The end of a lesson: what was done, what is still open, the next lesson.
 * @import { Child, LessonTask, State } from "../types"
 */
import { doneWith } from "../state/lessontasks.js";
import { filled, word } from "../state/lessonwords.js";
import { h, htmlOf, icon } from "./tree.js";

/** @param {State} state @returns {Child[]} */
export function endView({ lesson: state }) {
  const { lesson, words } = state;
  if (!lesson) return [];
  const tasks = lesson.stages.flatMap((stage) => stage.tasks);
  const done = tasks.filter(({ id }) => doneWith(state, id).right);
  const helped = done.filter(({ id }) => doneWith(state, id).solution);
  const first = done.filter(({ id }) => doneWith(state, id).tries === 1 && !doneWith(state, id).solution);
  const open = lesson.stages.flatMap((stage, at) => stage.tasks.filter((task) => !done.includes(task)).map((task) => openView(task, at)));
  const counts = [filled(words, "panel.end_done", { done: done.length, total: tasks.length })];
  if (first.length) counts.push(filled(words, "panel.end_first", { count: first.length }));
  if (helped.length) counts.push(filled(words, "panel.end_helped", { count: helped.length }));
  return [
    h("h3.lesson__stage", { id: "lesson-stage", tabindex: -1 }, open.length ? null : icon("check"), word(words, open.length ? "panel.end" : "panel.end_all")),
    tasks.length ? h("p.lesson__counts", {}, counts.join(" ")) : null,
    open.length ? h("h4.lesson__open", {}, word(words, "panel.end_left")) : null,
    open.length ? h("ul.lesson__left", {}, ...open) : null,
    lesson.next ? h("p.lesson__next", {}, htmlOf("span", filled(words, "panel.end_next", { title: lesson.next.title }))) : null,
  ].filter((child) => child !== null);
}

/** @param {LessonTask} task @param {number} stage */
function openView({ id, title }, stage) {
  return h("li", { key: id }, h("button.button.button--quiet", { type: "button", "data-action": "lesson-stage", "data-stage": String(stage) }, htmlOf("span", title)));
}
