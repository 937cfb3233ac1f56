/** Time travel: newest-wins seeking, playing what is recorded, the bar's words and landmarks. @import { State } from "../../static/js/types" */
import assert from "node:assert/strict";
import { test } from "node:test";

import { reduce } from "../../static/js/state.js";
import { refusalOf } from "../../static/js/state/link.js";
import { isPast, nextSeek, pastStep, stepAt, stepsOf, strideOf } from "../../static/js/state/timeline.js";
import { announcementOf } from "../../static/js/views/announce.js";
import { chartFigure } from "../../static/js/views/charts.js";
import { landmarkFrom, landmarksOf, placeText, timelineView } from "../../static/js/views/timeline.js";
import { after, frame, joined, told } from "./helpers.js";

const BRANCH = { id: 1, name: "Run 1", parent: null, from_step: 0, last: 800, epoch: 32, train_loss: 0.1, test_loss: 0.2, summary: "" };
/** @param {object} [more] */
const timeline = (more = {}) => told({ type: "timeline", first: 0, last: 800, at: 800, branch: 1, branches: [BRANCH], ...more });
/** @param {number} step @param {object} [more] */
const shown = (step, more = {}) => ({ type: "frame", frame: frame({ step, epoch: Math.floor(step / 25), ...more }) });
/** A run of 800 steps, standing at its newest. */
const trained = () => after(joined(), shown(800), timeline());
/** The page sends what it wants, if it wants something. @param {State} state @returns {[State, any]} */
const sending = (state) => {
  const command = nextSeek(state);
  return command ? [reduce(state, { type: "sent", command: { ...command, id: state.nextId } }), command] : [state, null];
};
/** @param {State} state */
const ok = (state) => after(state, told({ type: "ok", id: state.timeline.inFlight, ids: [], seed: null }));
/** All nodes of a tree. @param {any} node @returns {any[]} */
const nodes = (node) => (typeof node === "string" ? [] : [node, ...node.children.flatMap(nodes)]);
/** @param {any} node @returns {string} */
const text = (node) => (typeof node === "string" ? node : node.children.map(text).join(""));
/** @param {State} state @param {string} id */
const node = (state, id) => timelineView(state).flatMap(nodes).find(({ attrs }) => attrs.id === id);

test("one seek is unanswered at most, and then the newest wish is asked for", () => {
  let [state, command] = sending(after(trained(), { type: "travel", step: 700 }));
  assert.deepEqual(command, { type: "seek", step: 700 });
  state = after(state, { type: "travel", step: 600 }, { type: "travel", step: 512 });
  assert.equal(nextSeek(state), null);
  assert.equal(stepAt(state), 512);
  [state, command] = sending(after(ok(state), shown(700)));
  assert.deepEqual(command, { type: "seek", step: 512 });
  state = after(ok(state), timeline({ at: 512 }), shown(512));
  assert.equal(state.timeline.wanted, null);
  assert.equal(nextSeek(state), null);
});

test("only recorded steps can be wanted, and the step that is shown is not asked for", () => {
  assert.equal(stepAt(after(trained(), { type: "travel", step: 9999 })), 800);
  assert.equal(nextSeek(after(trained(), { type: "travel", step: 800 })), null);
  assert.deepEqual(nextSeek(after(joined(), shown(800), timeline({ first: 120 }), { type: "travel", step: 3 })), { type: "seek", step: 120 });
  assert.equal(nextSeek(after(joined(), shown(30), { type: "travel", step: 3 })), null);
});

test("the far end grows with the frames of training", () => {
  assert.deepEqual(stepsOf(after(trained(), shown(850))), { first: 0, last: 850 });
  assert.deepEqual(stepsOf(after(trained(), shown(300))), { first: 0, last: 800 });
});

test("a link that hides or locks the timeline keeps hands off the past", () => {
  for (const key of ["hide", "lock"]) {
    const link = { ...trained().link, [key]: ["timeline"] };
    const state = after(trained(), { type: "link", link }, { type: "travel", step: 3 }, { type: "tour", direction: -1, stride: 5 }, { type: "tour-on" });
    assert.equal(nextSeek(state), null);
    assert.equal(refusalOf(link, { type: "switch_branch", branch: 1 }), key === "lock" ? "timeline" : null);
  }
});

test("a refused seek is given up, in the server's words", () => {
  const [state] = sending(after(trained(), { type: "travel", step: 700 }));
  const refused = after(state, told({ type: "error", id: state.timeline.inFlight, code: "not_reached", message: "step 700 was never reached here; allowed: 0 to 600", path: ["step"] }));
  assert.equal(stepAt(refused), 800);
  assert.equal(nextSeek(refused), null);
  assert.equal(refused.notice?.text, "Step 700 was never reached here; allowed: 0 to 600");
});

test("a lost connection, another command, and a server that went elsewhere end the wish", () => {
  const wish = after(trained(), { type: "travel", step: 700 });
  assert.equal(after(wish, { type: "connection", connection: "lost" }).timeline.wanted, null);
  assert.equal(after(wish, { type: "sent", command: { type: "play", id: 9 } }).timeline.wanted, null);
  const [asked] = sending(wish);
  assert.equal(after(ok(asked), timeline({ at: 640 })).timeline.wanted, null);
  assert.deepEqual(after(asked, timeline({ at: 640 })).timeline.wanted, { step: 700, dirty: false });
  const seeking = after(ok(asked), told({ type: "phase", phase: "seeking", step: 800, epoch: 32 }), timeline());
  assert.equal(stepAt(seeking), 700);
});

test("a tour goes on when the last stop is shown, and ends at the end", () => {
  const begun = after(joined(), shown(40), timeline({ at: 40, last: 100 }), { type: "tour", direction: -1, stride: 30 });
  let [state, command] = sending(after(begun, { type: "tour-on" }));
  assert.deepEqual(command, { type: "seek", step: 10 });
  assert.equal(nextSeek(after(state, { type: "tour-on" }, { type: "tour-on" })), null);
  [state, command] = sending(after(ok(state), shown(10), { type: "tour-on" }));
  assert.deepEqual(command, { type: "seek", step: 0 });
  state = after(ok(state), shown(0));
  assert.notEqual(state.timeline.tour, null);
  assert.equal(after(state, { type: "tour-on" }).timeline.tour, null);
});

test("a tour ends when something else is pressed, but not by looking closer", () => {
  const state = after(trained(), { type: "tour", direction: -1, stride: 5 });
  assert.equal(after(state, { type: "sent", command: { type: "inspect", id: 9 } }).timeline.tour?.stride, 5);
  assert.equal(after(state, { type: "sent", command: { type: "set_spec", id: 9 } }).timeline.tour, null);
  assert.equal(after(state, { type: "travel", step: 3 }).timeline.tour, null);
  assert.equal(after(state, { type: "tour", direction: 0, stride: 0 }).timeline.tour, null);
});

test("at pace 1 a tour crosses the run in ten seconds, at pace 2 in five", () => {
  const state = after(joined(), shown(2400), timeline({ last: 2400, at: 2400 }));
  assert.equal(strideOf(state, 12), 20);
  assert.equal(strideOf(after(state, { type: "pace", pace: 2 }), 12), 40);
  assert.equal(strideOf(after(joined(), shown(5), timeline({ last: 5, at: 5 })), 12), 1);
});

test("standing in the past is said plainly, aloud too", () => {
  const state = after(trained(), shown(120));
  assert.equal(isPast(state), true);
  assert.equal(text(node(state, "timeline-place")), "Past: step 120 of 800, epoch 4");
  assert.equal(node(state, "timeline-note").children[0], "Going on from here begins a branch.");
  assert.equal(announcementOf(state), "Past: step 120 of 800, epoch 4. Going on from here begins a branch.");
  assert.equal(text(node(trained(), "timeline-place")), "step 800 of 800, epoch 32");
  assert.equal(node(trained(), "timeline-note").children[0], "Run 1");
  assert.equal(placeText(after(trained(), { type: "travel", step: 120 })), "step 120 of 800");
});

test("the scrubber spans the steps there are and stands where hands are", () => {
  const { attrs } = node(after(trained(), { type: "travel", step: 120 }), "scrubber");
  assert.deepEqual([attrs.min, attrs.max, attrs.value, attrs.disabled], [0, 800, 120, false]);
  assert.equal(node(after(joined(), timeline({ last: 0, at: 0 })), "scrubber").attrs.disabled, true);
});

test("buttons are off where there is nothing to go to", () => {
  const off = (/** @type {State} */ state) => ["rewind", "back", "forward", "replay", "newest"].map((name) => node(state, `button-${name}`).attrs.disabled);
  assert.deepEqual(off(trained()), [false, false, true, true, true]);
  assert.deepEqual(off(after(trained(), shown(0))), [true, true, false, false, false]);
  assert.deepEqual(off(after(joined(), shown(0), timeline({ last: 0, at: 0 }))), [true, true, true, true, true]);
  const playing = after(trained(), told({ type: "phase", phase: "playing", step: 800, epoch: 32 }));
  assert.deepEqual(off(playing), [true, false, true, true, true]);
});

test("marks and the places where branches leave are landmarks, told together where they share a step", () => {
  const fork = { ...BRANCH, id: 2, name: "Faster", parent: 1, from_step: 300 };
  const marks = [{ step: 100, epoch: 4, kind: "rate", text: "learning rate 0.1" }, { step: 300, epoch: 12, kind: "points", text: "points moved" }]; // prettier-ignore
  const state = after(trained(), told({ type: "marks", marks }), timeline({ branches: [BRANCH, fork] }));
  assert.deepEqual(landmarksOf(state).map(({ step, kind }) => [step, kind]), [[100, "rate"], [300, "points"], [300, "fork"]]); // prettier-ignore
  assert.equal(landmarkFrom(state, 1), null);
  assert.equal(landmarkFrom(state, -1)?.text, "points moved; “Faster” begins");
  assert.equal(landmarkFrom(after(state, shown(300)), -1)?.step, 100);
  assert.equal(node(state, "button-mark-before").attrs.title, "Previous mark: step 300, points moved; “Faster” begins");
  assert.equal(node(state, "button-mark-after").attrs.disabled, true);
});

test("in the past the chart has a line at the step that is shown, what came after it is pale, and the axis stays", () => {
  const losses = { shape: [3, 8], values: Float64Array.from([0, 1, 2].flatMap((epoch) => [25 * epoch, epoch, 1, 1, 0.5, 0.5, 0, 0.03])) };
  const state = after(joined(), shown(50, { losses }), timeline({ last: 50, at: 50 }));
  const none = { losses: { shape: [0, 8], values: new Float64Array(0) } };
  const past = after(state, shown(25, none));
  assert.equal(pastStep(state), null);
  assert.equal(pastStep(past), 25);
  assert.deepEqual(chartFigure(state).layout.shapes, []);
  const [pale, line] = chartFigure(past).layout.shapes;
  assert.deepEqual([pale.type, pale.x0, pale.x1], ["rect", 1, 2]);
  assert.deepEqual([line.type, line.x0, line.x1], ["line", 1, 1]);
  assert.equal(chartFigure(past).layout.xaxis.title.text, "epoch");
  assert.deepEqual(chartFigure(past).layout.xaxis.range, [0, 2]);
});
