import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, beside, byHand, carryOut, judge, playedOut, sent, stage } from "./lessonhelpers.js";
import { after, joined, told } from "./helpers.js";
import { beginning, otherRuns } from "../../static/js/state/lessonscript.js";

const VIEW = { type: "set_view", view: { metrics: false, diagnostics: false } };
const types = (/** @type {any[]} */ commands) => commands.map(({ type }) => type);
/** @param {number} branch @param {...[number, string]} branches */
const timeline = (branch, ...branches) =>
  told({ type: "timeline", first: 0, last: 4, at: 4, branch, branches: branches.map(([id, name]) => ({ id, name, parent: null, from_step: 0, last: 4, epoch: 2, train_loss: 1, test_loss: 1, summary: "" })) });
/** @param {import("../../static/js/types").State} state @param {number} at */
const toStage = (state, at) => after(state, { type: "lesson-stage", stage: at, now: 7 });

test("a stage begins by load, speed, view and its commands, the next when the last has come to rest", () => {
  let state = beside();
  assert.deepEqual(sent(asked(state)), { type: "load", spec: { data: { source: "circle" } } });
  state = carryOut(state);
  assert.deepEqual(sent(asked(state)), { type: "set_speed", steps_per_second: 2 });
  state = carryOut(state);
  assert.deepEqual(sent(asked(state)), VIEW);
  state = carryOut(state);
  assert.deepEqual(sent(asked(state)), { type: "step", epochs: 2 });
  state = carryOut(state);
  assert.equal(asked(state), null, "the answer alone does not say that it has come to rest");
  state = after(state, told({ type: "phase", phase: "playing", step: 0, epoch: 0 }));
  assert.equal(asked(state), null);
  state = after(state, told({ type: "phase", phase: "paused", step: 4, epoch: 2 }));
  assert.equal(asked(state)?.type, "set_weight");
  state = carryOut(state);
  assert.equal(state.lesson.script, null);
  assert.equal(state.lesson.begun, "one");
});

test("what the lesson sends is known by a mark that is not sent, and the learner has done nothing by it", () => {
  const { state } = playedOut(beside());
  assert.equal(state.lesson.touched, false);
  assert.equal(JSON.stringify(asked(beside())), '{"type":"load","spec":{"data":{"source":"circle"}}}');
  assert.equal(byHand(state, { type: "inspect" }).lesson.touched, false);
  assert.equal(byHand(state, { type: "step", batches: 1 }).lesson.touched, true);
});

test("a stage shows and locks its own parts, over what the address says, and leaves the way to the lessons", () => {
  const state = after(beside(), { type: "present", on: true });
  assert.deepEqual(state.link.lock, ["board"]);
  assert.ok(["data", "inputs", "network", "training", "chart", "drawer", "presets"].every((name) => state.link.hide.includes(name)));
  assert.ok(!["board", "transport", "bar", "lessons", "help"].some((name) => state.link.hide.includes(name)));
  const second = toStage(state, 1);
  assert.deepEqual([second.link.hide, second.link.lock], [["training.loss"], []]);
  assert.equal(second.ui.present, true, "presenter mode stays");
});

test("the learner's own run is kept under the stage's name, and shown again on coming back", () => {
  const played = byHand(playedOut(beside()).state, { type: "step", batches: 1 });
  const left = toStage(after(played, timeline(1, [1, "Run 1"])), 1);
  const { state, played: commands } = playedOut(left);
  assert.deepEqual(commands[0], { type: "name_branch", branch: 1, name: "1. First stage" });
  assert.deepEqual(types(commands), ["name_branch", "load", "set_view"]);
  const back = playedOut(toStage(after(state, timeline(2, [1, "1. First stage"], [2, "Run 2"])), 0));
  assert.deepEqual(back.played, [{ type: "switch_branch", branch: 1 }]);
  assert.equal(back.state.lesson.begun, "one");
});

test("a stage in which nothing was done begins anew", () => {
  const { state } = playedOut(beside());
  const there = playedOut(toStage(after(state, timeline(1, [1, "Run 1"])), 1));
  assert.deepEqual(types(there.played), ["load", "set_view"]);
  assert.equal(playedOut(toStage(after(there.state, timeline(2, [2, "Run 2"])), 0)).played[0].type, "load");
});

test("a run that has the stage's name already gives it to a newer one", () => {
  const played = byHand(playedOut(beside()).state, { type: "reset" });
  const left = toStage(after(played, timeline(3, [1, "1. First stage"], [3, "Run 3"])), 1);
  assert.deepEqual(playedOut(left).played.slice(0, 2), [
    { type: "name_branch", branch: 1, name: "1. First stage, before" },
    { type: "name_branch", branch: 3, name: "1. First stage" },
  ]);
});

test("begun again, the other run is kept as one before, and can be gone back to", () => {
  const played = byHand(playedOut(beside()).state, { type: "step", batches: 1 });
  const there = after(played, timeline(2, [1, "1. First stage, before"], [2, "Run 2"]), { type: "lesson-again" });
  const { state, played: commands } = playedOut(there);
  assert.deepEqual(commands[0], { type: "name_branch", branch: 2, name: "1. First stage, before 2" });
  assert.equal(commands[1].type, "load");
  const now = after(state, timeline(3, [1, "1. First stage, before"], [2, "1. First stage, before 2"], [3, "Run 3"], [4, "2. Second stage"], [5, "First"]));
  assert.deepEqual(otherRuns(now).map(({ id }) => id), [1, 2]);
  const gone = playedOut(after(byHand(now, { type: "step", batches: 1 }), { type: "lesson-back", branch: 2 }));
  assert.deepEqual(gone.played, [
    { type: "name_branch", branch: 3, name: "1. First stage" },
    { type: "switch_branch", branch: 2 },
  ]);
});

test("long titles fit into a branch's name, with formulas as letters", () => {
  const title = `What <em>one</em> point &amp; ${"more ".repeat(20)}`;
  const played = byHand(playedOut(beside({ stages: [stage({ title }), stage({ id: "two" })] })).state, { type: "step", batches: 1 });
  const [{ name }] = playedOut(toStage(after(played, timeline(1, [1, "Run 1"])), 1)).played;
  assert.match(name, /^1\. What one point & more/);
  assert.ok(name.length <= 60);
  const again = playedOut(after(played, timeline(1, [1, "Run 1"]), { type: "lesson-again" })).played[0].name;
  assert.match(again, /, before$/);
  assert.ok(again.length <= 60);
});

test("a table of the lesson's is waited for, and goes into the spec by the session's name", () => {
  const stages = [stage({ table: "students.csv", load: { spec: { data: { table: { target: "passed" } } } } })];
  const state = beside({ stages });
  assert.equal(asked(state), null);
  const there = after(state, { type: "lesson-table", file: "students.csv", name: "t-1" });
  assert.deepEqual(sent(asked(there)), { type: "load", spec: { data: { source: "table", table: { target: "passed", name: "t-1" } } } });
});

test("a stage that is refused says so, and can be tried again", () => {
  const state = beside();
  const refused = after(state, { type: "sent", command: { ...asked(state), id: 50 } }, told({ type: "error", id: 50, code: "invalid_spec", message: "no such data", path: [] }));
  assert.equal(refused.lesson.failed, "This stage could not be begun: no such data");
  assert.equal(refused.lesson.script, null);
  assert.equal(after(refused, { type: "lesson-again" }).lesson.failed, null);
});

test("a run that cannot be named any more does not keep a stage from beginning", () => {
  const played = byHand(playedOut(beside()).state, { type: "step", batches: 1 });
  const left = toStage(after(played, timeline(1, [1, "Run 1"])), 1);
  const refused = after(left, { type: "sent", command: { ...asked(left), id: 60 } }, told({ type: "error", id: 60, code: "unknown_branch", message: "gone", path: [] }));
  assert.equal(asked(refused)?.type, "load");
});

test("a reload shows the stage as it stands; a session begun anew begins the stage", () => {
  const kept = beside({}, { kept: { begun: "two", touched: true }, stage: "two" });
  assert.deepEqual([kept.lesson.stage, kept.lesson.script], [1, null]);
  const welcome = { type: "welcome", protocol: 1, session: "abc", resumed: true, spec_refused: null };
  assert.equal(after(kept, told(welcome)).lesson.script, null);
  const anew = after(kept, told({ ...welcome, session: "other", resumed: false }));
  assert.equal(asked(anew)?.type, "load");
  assert.match(anew.notice?.text ?? "", /begins anew/);
});

test("what was under way when the line was lost is played from its beginning", () => {
  const state = carryOut(carryOut(beside()));
  const back = after(state, { type: "connection", connection: "lost" }, told({ type: "welcome", protocol: 1, session: "abc", resumed: true, spec_refused: null }));
  assert.equal(asked(back)?.type, "load");
});

test("an answer is checked, and what comes of it is remembered", () => {
  const ready = playedOut(beside()).state;
  const typed = after(ready, { type: "lesson-answer", task: "score", answer: { w: "3,5", b: " −2 " } }, { type: "lesson-check", task: "score" });
  assert.deepEqual(sent(asked(typed)), { type: "check", lesson: "small", task: "score", answer: { w: 3.5, b: -2 } });
  const wrong = judge(typed, { items: [{ kind: "field", name: "w", right: false, measured: null }] });
  assert.deepEqual(wrong.lesson.progress.tasks.score, { tries: 1, right: false, answer: { w: "3,5", b: " −2 " }, hints: 0, solution: false });
  assert.equal(wrong.lesson.touched, false, "a check changes nothing");
  const right = judge(after(wrong, { type: "lesson-answer", task: "score", answer: { w: "1", b: "2" } }, { type: "lesson-check", task: "score" }), { right: true });
  assert.deepEqual([right.lesson.progress.tasks.score.tries, right.lesson.progress.tasks.score.right], [2, true]);
  assert.deepEqual(right.lesson.tasks.score.said, { w: "3,5", b: " −2 " }, "the first guess stands");
});

test("what is no number is not sent", () => {
  const state = after(playedOut(beside()).state, { type: "lesson-answer", task: "score", answer: { w: "three", b: "1e3" } }, { type: "lesson-check", task: "score" });
  assert.equal(asked(state), null);
  assert.deepEqual(state.lesson.tasks.score.bad, ["w"]);
});

test("a prediction that is run is measured, which is no try", () => {
  const ready = after(playedOut(beside()).state, { type: "lesson-answer", task: "score", answer: { w: "3", b: "1" } }, { type: "lesson-check", task: "score" });
  const tried = judge(ready, {});
  const { state, played } = playedOut(after(tried, { type: "lesson-run", task: "score" }));
  assert.deepEqual(types(played), ["load", "set_speed", "set_view", "step", "set_weight", "step"]);
  assert.equal(asked(state)?.type, "check");
  const measured = judge(state, { items: [{ kind: "field", name: "w", right: false, measured: 3.1 }, { kind: "field", name: "b", right: true, measured: 1 }] });
  assert.deepEqual(measured.lesson.tasks.score.measured, { w: 3.1, b: 1 });
  assert.equal(measured.lesson.progress.tasks.score.tries, 1);
});

test("a check that the server refuses says why", () => {
  const state = after(playedOut(beside()).state, { type: "lesson-check", task: "goal" });
  const refused = after(state, { type: "sent", command: { ...asked(state), id: 70 } }, told({ type: "error", id: 70, code: "unknown_task", message: "no such task", path: [] }));
  assert.equal(refused.lesson.tasks.goal.refused, "no such task");
  assert.equal(refused.lesson.checking, null);
});

test("nothing is checked while the stage is on its way, and an option must be chosen", () => {
  assert.equal(after(beside(), { type: "lesson-check", task: "goal" }).lesson.checking, null);
  assert.equal(after(playedOut(beside()).state, { type: "lesson-check", task: "which" }).lesson.checking, null);
});

test("one check at a time; another lesson's verdict is not this one's; a lost line ends the waiting", () => {
  const state = carryOut(after(playedOut(beside()).state, { type: "lesson-check", task: "goal" }));
  const other = after(state, { type: "lesson-answer", task: "score", answer: { w: "1", b: "2" } }, { type: "lesson-check", task: "score" });
  assert.equal(other.lesson.checking?.task, "goal");
  assert.equal(after(state, told({ type: "verdict", lesson: "other", task: "goal", right: true, items: [] })).lesson.progress.tasks.goal, undefined);
  assert.equal(after(state, { type: "connection", connection: "lost" }).lesson.checking, null);
});

test("another answer takes the verdict away, and what was right once stays right", () => {
  const right = judge(after(playedOut(beside()).state, { type: "lesson-check", task: "goal" }), { right: true });
  assert.equal(right.lesson.tasks.goal.verdict?.right, true);
  assert.equal(after(right, { type: "lesson-answer", task: "goal", answer: null }).lesson.tasks.goal.verdict, null);
  const wrong = judge(after(right, { type: "lesson-check", task: "goal" }), { right: false });
  assert.deepEqual([wrong.lesson.progress.tasks.goal.right, wrong.lesson.progress.tasks.goal.tries], [true, 2]);
});

test("what needs a session at rest waits for it, what does not goes on", () => {
  const stages = [stage({ commands: [{ type: "new_weights" }] })];
  const playing = after(beside({ stages }), told({ type: "phase", phase: "playing", step: 0, epoch: 0 }));
  assert.equal(asked(playing)?.type, "load");
  const loaded = carryOut(carryOut(playing));
  assert.equal(asked(loaded), null);
  assert.equal(asked(after(loaded, told({ type: "phase", phase: "paused", step: 0, epoch: 0 })))?.type, "new_weights");
});

test("steps are moved, hints come one by one, a solution is remembered and can be played", () => {
  const state = playedOut(beside()).state;
  assert.deepEqual(after(state, { type: "lesson-moved", task: "steps", item: "three", place: 0 }).lesson.tasks.steps.answer, ["three", "two", "one"]);
  const hint = { type: "lesson-hint", task: "score" };
  assert.equal(after(state, hint, hint, hint, hint).lesson.progress.tasks.score.hints, 2);
  const solution = { solution: "", explanation: "", wrong: {}, answer: null, commands: [{ type: "step", batches: 9 }] };
  const seen = after(state, { type: "lesson-solution", task: "goal" }, { type: "lesson-solved", task: "goal", told: solution });
  assert.equal(seen.lesson.progress.tasks.goal.solution, true);
  assert.deepEqual(playedOut(after(seen, { type: "lesson-play", task: "goal" })).played.at(-1), { type: "step", batches: 9 });
});

test("answers from before stand on the page again, unless the lesson has changed", () => {
  const done = (/** @type {any} */ answer) => ({ tries: 1, right: false, answer, hints: 0, solution: false });
  const tasks = { score: done({ w: "2", b: "3" }), which: done(["gone"]), steps: done(["one", "two", "three"]) };
  const twice = beside({}, { progress: { stage: "two", seen: 1, tasks: { steps: done(["one", "two", "three", "<b>"]) } } });
  assert.deepEqual(twice.lesson.tasks.steps.answer, ["two", "one", "three"]);
  const { lesson } = beside({}, { progress: { stage: "two", seen: 1, tasks } });
  assert.equal(lesson.stage, 1);
  assert.deepEqual(lesson.tasks.score.answer, { w: "2", b: "3" });
  assert.deepEqual(lesson.tasks.which.answer, []);
  assert.deepEqual(lesson.tasks.steps.answer, ["one", "two", "three"]);
});

test("a stage that is none is not gone to, and the playground alone has no lesson", () => {
  assert.equal(toStage(beside(), 9).lesson.stage, 0);
  const alone = byHand(joined(), { type: "step", batches: 1 });
  assert.deepEqual([alone.lesson.id, alone.lesson.touched, asked(alone)?.type === "load"], [null, false, false]);
});

test("a stage says where the board is looked at", () => {
  const view = { centre: [5, 5], extent: 6 };
  assert.deepEqual(beginning(stage({ view })).at(-1), { type: "set_view", view });
});
