import assert from "node:assert/strict";
import { test } from "node:test";
import { doneOf, importProgress, lastLesson, mergedProgress, readProgress, withLesson, withoutLesson, writeProgress } from "../../static/js/state/lessonprogress.js";

/** @param {Partial<import("../../static/js/types").TaskProgress>} [facts] */
const task = (facts = {}) => ({ tries: 1, right: false, answer: null, hints: 0, solution: false, ...facts });
const LESSON = { stage: "two", seen: 5, tasks: { score: task({ right: true, answer: { score: "-3" } }), order: task({ answer: ["a", "b"] }) } };
const PROGRESS = { lessons: { gates: LESSON } };

test("what is written is read again", () => {
  assert.deepEqual(readProgress(writeProgress(PROGRESS)), PROGRESS);
  assert.deepEqual(importProgress(writeProgress(PROGRESS)), { progress: PROGRESS, refused: null });
});

test("nothing, and what another program left there, is no progress", () => {
  for (const text of [null, "", "[]", "{", "3", '{"format": "else", "lessons": {}}']) assert.deepEqual(readProgress(text), { lessons: {} });
});

test("a file is refused for what is wrong with it", () => {
  const file = (/** @type {object} */ facts) => importProgress(JSON.stringify({ format: "gradient-playground-lessons", version: 1, lessons: {}, ...facts })).refused;
  assert.equal(importProgress("no").refused, "not_json");
  assert.equal(file({ format: "gradient-playground" }), "other");
  assert.equal(file({ lessons: [] }), "other");
  assert.equal(file({ version: 2 }), "newer");
  assert.equal(file({}), null);
});

test("what a file says wrongly of a lesson or a task is left out, or counts for nothing", () => {
  const lessons = {
    gates: { stage: "<b>", seen: "long ago", tasks: { score: { tries: -2, right: "yes", answer: { score: 3 }, hints: 1e99 }, "Not a name": {}, other: 3 } },
    __proto__x: {},
    broken: { tasks: [] },
  };
  const { progress } = importProgress(JSON.stringify({ format: "gradient-playground-lessons", version: 1, lessons }));
  assert.deepEqual(progress, { lessons: { gates: { stage: null, seen: 0, tasks: { score: { tries: 0, right: false, answer: null, hints: 1e6, solution: false } } } } });
});

test("a file of endless answers, tasks or lessons is cut to what a course can have", () => {
  const read = (/** @type {object} */ lessons) => importProgress(JSON.stringify({ format: "gradient-playground-lessons", version: 1, lessons })).progress?.lessons ?? {};
  const many = (/** @type {object} */ entry) => Object.fromEntries([...Array(501).keys()].map((at) => [`n-${at}`, entry]));
  assert.equal(Object.keys(read(many({ tasks: {} }))).length, 500);
  const { gates } = read({ gates: { tasks: { ...many(task()), "n-0": task({ answer: ["x".repeat(4000)] }), "n-1": task({ answer: ["x".repeat(3990)] }) } } });
  assert.equal(Object.keys(gates.tasks).length, 500);
  assert.deepEqual([gates.tasks["n-0"].answer, gates.tasks["n-1"].answer?.length], [null, 1]);
});

test("of two browsers nothing that was done is lost, and a right answer goes before a newer wrong one", () => {
  const other = { lessons: { gates: { stage: "three", seen: 9, tasks: { score: task({ tries: 4, answer: { score: "7" }, hints: 2 }), new: task() } }, bowl: { stage: null, seen: 1, tasks: {} } } };
  const expected = {
    stage: "three",
    seen: 9,
    tasks: { score: { tries: 4, right: true, answer: { score: "-3" }, hints: 2, solution: false }, order: LESSON.tasks.order, new: task() },
  };
  assert.deepEqual(mergedProgress(PROGRESS, other).lessons.gates, expected);
  assert.deepEqual(mergedProgress(other, PROGRESS).lessons.gates, expected);
  assert.deepEqual(Object.keys(mergedProgress(PROGRESS, other).lessons), ["gates", "bowl"]);
});

test("a lesson or task that is called as something every table has is one like any other", () => {
  const own = { lessons: { constructor: { stage: null, seen: 1, tasks: { constructor: task({ tries: 1 }) } } } };
  assert.deepEqual(mergedProgress(PROGRESS, own).lessons.constructor, own.lessons.constructor);
  const gates = { lessons: { gates: { stage: null, seen: 1, tasks: { constructor: task({ tries: 1 }) } } } };
  assert.deepEqual(mergedProgress(PROGRESS, gates).lessons.gates.tasks.constructor, task({ tries: 1 }));
});

test("tasks are counted, the last lesson is known, and one or all can be forgotten", () => {
  const both = withLesson(PROGRESS, "bowl", { stage: null, seen: 4, tasks: {} });
  assert.equal(doneOf(both, "gates", ["score", "order", "new"]), 1);
  assert.equal(lastLesson(both), "gates");
  assert.equal(lastLesson({ lessons: {} }), null);
  assert.deepEqual(Object.keys(withoutLesson(both, "gates").lessons), ["bowl"]);
  assert.deepEqual(withoutLesson(both), { lessons: {} });
});
