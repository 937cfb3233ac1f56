import assert from "node:assert/strict";
import { test } from "node:test";
import { lessonView, sidesView } from "../../static/js/views/lesson.js";
import { lessonAnnounced, measuredText } from "../../static/js/views/lessonverdict.js";
import { after } from "./helpers.js";
import { beside, judge, LESSON, playedOut, WORDS } from "./lessonhelpers.js";

/** @import { Child, Node, State } from "../../static/js/types" */

/** All that can be read. @param {readonly Child[]} children @returns {string} */
const textOf = (children) => children.map((child) => (typeof child === "string" ? child : (child.html ?? textOf(child.children)))).join(" ").replace(/\s+/g, " ");
/** @param {readonly Child[]} children @param {(node: Node) => boolean} fits @returns {Node[]} */
const all = (children, fits) => children.flatMap((child) => (typeof child === "string" ? [] : [...(fits(child) ? [child] : []), ...all(child.children, fits)]));
/** @param {State} state @param {string} action */
const button = (state, action) => all(lessonView(state), ({ attrs }) => attrs["data-action"] === action)[0];
/** @param {State} state @param {string} task */
const card = (state, task) => all(lessonView(state), ({ tag, attrs }) => tag === "section" && attrs["data-task"] === task);
const ready = playedOut(beside()).state;

test("no word is missing from the catalogue, whatever the panel shows", () => {
  const tried = judge(after(ready, { type: "lesson-check", task: "goal" }), { items: [{ kind: "condition", name: "0", right: false, measured: 0.4 }, { kind: "condition", name: "1", right: true, measured: 7 }, { kind: "keep", name: "points", right: false, measured: null }] });
  const second = after(tried, { type: "lesson-stage", stage: 1, now: 1 });
  const states = [beside(), ready, tried, second, after(second, { type: "lesson-end" }), after(ready, { type: "lesson", change: { folded: true } })];
  for (const state of states) assert.doesNotMatch(`${textOf(lessonView(state))} ${textOf(sidesView(state))} ${lessonAnnounced(state)}`, /panel\.|kinds\.|common\.|\{\w+\}/);
});

test("the playground alone has no panel", () => {
  assert.deepEqual(lessonView(after(ready, { type: "lesson", change: { id: null } })), []);
});

test("the head counts solved tasks and marks solved stages", () => {
  const done = { tries: 1, right: true, answer: null, hints: 0, solution: false };
  const state = beside({}, { progress: { stage: null, seen: 1, tasks: { score: done, goal: done } } });
  assert.match(textOf(lessonView(state)), /2 of 4 tasks/);
  const steps = all(lessonView(state), ({ attrs }) => attrs["data-action"] === "lesson-stage" && attrs["aria-label"] !== undefined);
  assert.deepEqual(steps.map(({ attrs }) => attrs["aria-label"]), ["1. First stage, solved", "2. Second stage"]);
  assert.deepEqual(steps.map(({ attrs }) => attrs["aria-current"]), ["step", null]);
});

test("a failed condition is told with what was measured, and what was changed by its name", () => {
  const items = /** @type {const} */ ([{ kind: "condition", name: "0", right: false, measured: 0.43 }, { kind: "condition", name: "1", right: true, measured: 7 }, { kind: "keep", name: "points", right: false, measured: null }]);
  const state = judge(after(ready, { type: "lesson-check", task: "goal" }), { items });
  const text = textOf(card(state, "goal"));
  assert.match(text, /not right loss: at most 0\.1 now 0\.43 right parameters: at most 7 now 7/);
  assert.match(text, /Not yet\. 1 of 2 conditions hold\. Something was to be left as it is: as given: the points\./);
  assert.match(lessonAnnounced(state), /^Try 1\. Not yet\. 1 of 2 conditions hold/);
});

test("a guess stands beside what the network gives", () => {
  const typed = after(ready, { type: "lesson-answer", task: "score", answer: { w: "3,5", b: "-1" } }, { type: "lesson-check", task: "score" });
  const tried = judge(typed, { items: [{ kind: "field", name: "w", right: false, measured: null }, { kind: "field", name: "b", right: true, measured: null }] });
  assert.match(textOf(card(tried, "score")), /You said The network gives weight 3\.5 – bias −1 –/);
  const run = playedOut(after(tried, { type: "lesson-run", task: "score" })).state;
  const measured = judge(run, { items: [{ kind: "field", name: "w", right: false, measured: 3.1 }, { kind: "field", name: "b", right: true, measured: -1 }] });
  assert.match(textOf(card(measured, "score")), /weight 3\.5 3\.1 bias −1 −1/);
  assert.match(lessonAnnounced(measured), /The network gives weight: 3\.1, bias: −1\./);
});

test("the solution comes only after a try, and hints only as far as they go", () => {
  assert.equal(button(ready, "lesson-solution"), undefined);
  const tried = judge(after(ready, { type: "lesson-check", task: "goal" }), {});
  assert.equal(button(tried, "lesson-solution").attrs["data-task"], "goal");
  const hint = { type: "lesson-hint", task: "score" };
  assert.match(textOf(card(after(ready, hint), "score")), /Hint 1 of 2 <p>First hint/);
  assert.doesNotMatch(textOf(card(after(ready, hint), "score")), /Second hint/);
  assert.equal(all(card(after(ready, hint, hint), "score"), ({ attrs }) => attrs["data-action"] === "lesson-hint").length, 0);
});

test("why an option is wrong is told under the verdict, and one that is missing too", () => {
  const second = playedOut(after(ready, { type: "lesson-stage", stage: 1, now: 1 })).state;
  const check = (/** @type {string} */ option) => after(second, { type: "lesson-answer", task: "which", answer: [option] }, { type: "lesson-check", task: "which" });
  const told = { solution: "", explanation: "<p>Because</p>", wrong: { b: "<p>Not b</p>" }, answer: ["a"], commands: [] };
  const wrong = after(judge(check("b"), { items: [{ kind: "option", name: "b", right: false, measured: null }] }), { type: "lesson-solved", task: "which", told });
  assert.match(textOf(card(wrong, "which")), /That is not it\. <p>Not b<\/p>/);
  assert.doesNotMatch(textOf(card(wrong, "which")), /Because/);
  const missing = judge(check("a"), { items: [{ kind: "option", name: "a", right: true, measured: null }] });
  assert.match(textOf(card(missing, "which")), /something is missing/);
  const right = after(judge(check("a"), { right: true, items: [{ kind: "option", name: "a", right: true, measured: null }] }), { type: "lesson-solved", task: "which", told });
  assert.match(textOf(card(right, "which")), /Right\. .*Explanation <p>Because/);
});

test("what is measured is told with six digits: nearly 1 is not 1", () => {
  assert.equal(measuredText(WORDS, 0.99996), "0.99996");
  assert.equal(measuredText(WORDS, -9.900000000001), "−9.9");
  assert.equal(measuredText(WORDS, 1.8e-15), "0");
  assert.equal(measuredText(WORDS, 1e-6), "0.000001");
  assert.equal(measuredText(WORDS, "diverged"), "diverged");
  assert.equal(measuredText(WORDS, true), "yes");
  assert.equal(measuredText(WORDS, null), "nothing");
});

test("at the end stands what was solved, how, and what is open", () => {
  const done = (/** @type {object} */ facts) => ({ tries: 1, right: true, answer: null, hints: 0, solution: false, ...facts });
  const tasks = { score: done({}), goal: done({ tries: 3, solution: true }), which: done({ tries: 2 }) };
  const text = textOf(lessonView(after(beside({}, { progress: { stage: null, seen: 1, tasks } }), { type: "lesson-end" })));
  assert.match(text, /Done for now You solved 3 of 4 tasks\. 1 at the first try\. 1 with the solution shown\. Still open A task Next: A later lesson/);
  assert.equal(LESSON.next?.id, "later");
});

test("a stage that failed says why, beside a way to try again", () => {
  const state = after(ready, { type: "lesson", change: { failed: "no such data" } });
  assert.match(textOf(lessonView(state)), /no such data Try again/);
});
