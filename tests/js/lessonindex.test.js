import assert from "node:assert/strict";
import { test } from "node:test";
import { hasWords, isWhole, restingOn, standingOf } from "../../static/js/state/lessonindex.js";
import { NO_PROGRESS, UNTRIED } from "../../static/js/state/lessonprogress.js";

/** @param {string} id @param {string[]} needs */
const lesson = (id, needs) => ({ id, name: id, time: "45 min", needs, tasks: ["one", "two"] });
const LESSONS = [lesson("line", []), lesson("trick", ["line"]), lesson("bowl", []), lesson("gates", ["trick"]), lesson("point", ["line", "bowl"])];

/** @param {Record<string, [number, ...string[]]>} done when each lesson was seen, and which of its tasks are right */
const progress = (done) => ({
  lessons: Object.fromEntries(
    Object.entries(done).map(([id, [seen, ...right]]) => [
      id,
      { stage: "see", seen, tasks: Object.fromEntries(right.map((task) => [task, { ...UNTRIED, tries: 1, right: true }])) },
    ]),
  ),
});

test("whoever begins is led to the first lesson", () => {
  const { done, total, next, lessons } = standingOf(NO_PROGRESS, LESSONS);
  assert.deepEqual([done, total], [0, 10]);
  assert.deepEqual(next, { id: "line", why: "begin", stage: null });
  assert.deepEqual(lessons[1], { id: "trick", done: 0, total: 2, begun: false });
});

test("the lesson looked at last is gone on with as long as tasks of it are open", () => {
  const found = standingOf(progress({ trick: [5, "one"], bowl: [9, "two"], line: [7] }), LESSONS);
  assert.deepEqual(found.next, { id: "bowl", why: "continue", stage: "see" });
  assert.equal(found.done, 2);
  assert.deepEqual(found.lessons[2], { id: "bowl", done: 1, total: 2, begun: true });
});

test("after a whole lesson comes the first open one", () => {
  const found = standingOf(progress({ line: [1, "one", "two"], bowl: [2, "one", "two"] }), LESSONS);
  assert.deepEqual(found.next, { id: "trick", why: "next", stage: null });
  const later = standingOf(progress({ line: [1, "one", "two"], trick: [9, "one", "two"], gates: [2, "one", "two"] }), LESSONS);
  assert.deepEqual(later.next, { id: "bowl", why: "next", stage: null });
});

test("whoever has solved all is led nowhere", () => {
  const all = progress(Object.fromEntries(LESSONS.map(({ id }, at) => [id, [at, "one", "two"]])));
  const found = standingOf(all, LESSONS);
  assert.equal(found.next, null);
  assert.ok(found.lessons.every(isWhole));
});

test("tasks that a lesson no longer has count for nothing", () => {
  assert.equal(standingOf(progress({ line: [1, "one", "gone"], ghost: [2, "one"] }), LESSONS).done, 1);
});

test("a lesson rests on all that it needs, and on what that needs", () => {
  assert.deepEqual([...restingOn(LESSONS, "gates")].sort(), ["gates", "line", "trick"]);
  assert.deepEqual([...restingOn(LESSONS, "point")].sort(), ["bowl", "line", "point"]);
  assert.deepEqual([...restingOn(LESSONS, "line")], ["line"]);
});

test("a search finds all of its words, in any letters, accents or not", () => {
  assert.ok(hasWords("The perceptron trick", "TRICK  per"));
  assert.ok(hasWords("Übertragung", "uber"));
  assert.ok(hasWords("anything", " "));
  assert.ok(!hasWords("The perceptron trick", "trick gates"));
});
