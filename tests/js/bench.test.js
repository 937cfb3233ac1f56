/** The bench: what can be asked for, why it cannot be started, its pictures and when they are old. @import { State } from "../../static/js/types" */
import assert from "node:assert/strict";
import { test } from "node:test";

import { benchCommand, benchHindrance } from "../../static/js/state/bench.js";
import { announcementOf } from "../../static/js/views/announce.js";
import { benchView } from "../../static/js/views/bench.js";
import { drawerTabsView } from "../../static/js/views/drawer.js";
import { transportView } from "../../static/js/views/transport.js";
import { after, joined, SERVER, told } from "./helpers.js";

const COMMANDS = {
  $defs: {
    StartBench: {
      type: "object",
      properties: {
        sizes: { type: "array", items: { type: "integer", minimum: 4, maximum: 20000 }, maxItems: 8 },
        epochs: { type: "integer", minimum: 1, maximum: 1000 },
      },
    },
  },
};
/** @type {any} */
const ROWS = [...Array.from({ length: 6 }, (_, id) => [id, id, 0, id % 2, 0]), [6, 0, 0, 0, 2]];
const OPEN = { type: "drawer", tab: "bench" };
/** @param {...any} actions @returns {State} */
function opened(...actions) {
  const state = joined();
  const schema = { ...state.schema, commands: COMMANDS };
  return after(state, { type: "schema", schema }, told({ type: "points", data_revision: 1, points: ROWS }), OPEN, ...actions);
}
/** @param {object} change */
const typed = (change) => ({ type: "bench-form", change });
/** @param {number} size @param {boolean} regularised @param {number} test */
const result = (size, regularised, test) => ({
  size, regularised, train_loss: 0.25, test_loss: test, train_score: 1, test_score: 0.5, diverged: false,
  curve: [{ epoch: 0, train_loss: 1, test_loss: 1 }, { epoch: 50, train_loss: null, test_loss: null }, { epoch: 100, train_loss: 0.25, test_loss: test }],
}); // prettier-ignore
const RESULTS = [result(4, true, 1), result(4, false, 2), result(40, true, 0.5), result(40, false, 0.75)];
/** @param {object} [more] */
const answer = (more = {}) => told({ type: "bench", epochs: 100, total: 4, results: RESULTS, done: true, text: "Few points, large gap.", task: "classification", brought: false, stale: false, ...more });
const begun = answer({ results: [], done: false, text: "" });
/** @param {any} node @returns {any[]} */
const nodes = (node) => (typeof node === "string" ? [] : [node, ...node.children.flatMap(nodes)]);
/** @param {any} node @returns {string} */
const text = (node) => (typeof node === "string" ? node : node.children.map(text).join(" "));
/** @param {State} state */
const all = (state) => benchView(state).flatMap(nodes);
/** @param {State} state @param {string} id */
const byId = (state, id) => all(state).find(({ attrs }) => attrs.id === id);

test("no numbers leave the choice to the server, others are read with commas or spaces between", () => {
  assert.deepEqual(benchCommand(opened()).command, { type: "bench", sizes: [], epochs: 100 });
  assert.deepEqual(benchCommand(opened(typed({ sizes: " 4, 5;6 ", epochs: "20" }))).command, { type: "bench", sizes: [4, 5, 6], epochs: 20 });
});

test("a number that cannot be is told at its field, with the server's bounds", () => {
  const problem = (/** @type {object} */ change) => {
    const { command, ...problems } = benchCommand(opened(typed(change)));
    assert.equal(command, null);
    return problems;
  };
  assert.deepEqual(problem({ sizes: "4 3" }), { sizes: "must be at least 4", epochs: null });
  assert.deepEqual(problem({ sizes: "7" }), { sizes: "there are only 6 training points", epochs: null });
  assert.deepEqual(problem({ sizes: "4.5" }), { sizes: "must be a whole number", epochs: null });
  assert.deepEqual(problem({ sizes: "4 4 4 4 4 4 4 4 4" }), { sizes: "at most 8 numbers", epochs: null });
  assert.deepEqual(problem({ epochs: "" }), { sizes: null, epochs: "must be a whole number" });
  assert.deepEqual(problem({ epochs: "1001" }), { sizes: null, epochs: "must be at most 1000" });
});

test("without test points it cannot be started and says why; a long table is counted by the server", () => {
  const points = ROWS.slice(0, 6);
  const without = opened(told({ type: "points", data_revision: 2, points }));
  assert.match(benchHindrance(without) ?? "", /^There are no test points/);
  assert.equal(byId(without, "button-bench").attrs.disabled, true);
  assert.equal(byId(without, "button-bench").attrs["aria-describedby"], "bench-reason");
  assert.match(text(byId(without, "bench-reason")), /make some points test points/);
  assert.match(benchHindrance(opened(told({ type: "points", data_revision: 2, points: ROWS.slice(3) }))) ?? "", /^At least 4 training points/);
  assert.match(benchHindrance(opened(told({ ...SERVER, phase: "diverged" }))) ?? "", /diverged/);
  const balance = { train: [300, 200], validation: [0, 0], test: [100, 50] };
  const long = after(without, told({ ...SERVER, shown: 6, preparation: { rows: 650, used: 650, notes: [], balance } }));
  assert.equal(benchHindrance(long), null);
  assert.deepEqual(benchCommand(after(long, typed({ sizes: "500" }))).command?.sizes, [500]);
  assert.equal(benchCommand(after(long, typed({ sizes: "501" }))).sizes, "there are only 500 training points");
});

test("while it works it says how far it is, and can be stopped from the tab and from the top", () => {
  const state = opened(told({ ...SERVER, phase: "benching" }), begun, answer({ results: RESULTS.slice(0, 1), done: false }));
  assert.equal(byId(state, "button-bench"), undefined);
  assert.equal(byId(state, "button-bench-stop").attrs["data-action"], "pause");
  const progress = all(state).find(({ tag }) => tag === "progress");
  assert.deepEqual([progress.attrs.value, progress.attrs.max], [1, 4]);
  assert.match(drawerTabsView(state).map(text).join(","), /Bench 1\/4/);
  const play = transportView(state).flatMap(nodes).find(({ attrs }) => attrs.id === "button-play");
  assert.deepEqual([play.attrs["data-action"], play.attrs["aria-label"]], ["pause", "Stop the bench"]);
  assert.equal(announcementOf(state), "The bench trains.");
  const stopped = after(state, told({ type: "phase", phase: "paused", step: 0, epoch: 0 }));
  assert.match(text({ children: all(stopped).filter(({ attrs }) => attrs.class === "bench__count") }), /1 of 4 trainings, then it was stopped/);
});

test("lines tell part and regularisation apart, and a figure that is not known leaves a gap", () => {
  const state = opened(begun, answer());
  const lines = all(state).filter(({ attrs }) => attrs["data-bench-line"]);
  assert.deepEqual(lines.map(({ attrs }) => `${attrs["data-bench-line"]} ${attrs["data-regularised"]}`), ["train true", "test true", "train false", "test false"]); // prettier-ignore
  const classes = lines.map(({ children }) => /** @type {any} */ (children[0]).attrs.class);
  assert.deepEqual(classes, ["bench__line bench__line--train", "bench__line bench__line--test", "bench__line bench__line--train bench__line--plain", "bench__line bench__line--test bench__line--plain"]); // prettier-ignore
  const small = all(state).filter(({ attrs }) => attrs["data-bench-size"]);
  assert.deepEqual(small.map(({ attrs }) => attrs["data-bench-size"]), [4, 40]);
  const grids = small.map((figure) => nodes(figure).filter(({ attrs }) => attrs.class === "bench__grid").map(({ attrs }) => attrs.d));
  assert.deepEqual(grids[0], grids[1], "the same axes");
  const path = nodes(small[0]).find(({ attrs }) => attrs.class === "bench__line bench__line--train").attrs.d;
  assert.match(path, /^M[\d. ]+M[\d. ]+$/);
});

test("the size axis is logarithmic: a tenfold of points is as far wherever it lies", () => {
  const state = opened(begun, answer({ results: [result(4, true, 1), result(40, true, 0.5), result(400, true, 0.4)] }));
  const line = all(state).find(({ attrs }) => attrs["data-bench-line"] === "train");
  const [one, two, three] = nodes(line).filter(({ tag }) => tag === "circle").map(({ attrs }) => Number(attrs.cx));
  assert.ok(Math.abs(two - one - (three - two)) < 0.2 && two - one > 50);
});

test("accuracy by a switch, and all numbers in a table", () => {
  const state = opened(begun, answer(), typed({ measure: "score" }));
  assert.match(String(all(state).find(({ attrs }) => String(attrs["aria-label"]).includes("by the number")).attrs["aria-label"]), /^Accuracy by the number of training points\. Few points/);
  const rows = nodes(byId(state, "bench-table")).filter(({ tag }) => tag === "tr").map(({ children }) => children.map(text));
  assert.deepEqual(rows.slice(0, 3), [
    ["Training points", "Regularisation", "Training loss", "Training accuracy", "Test loss", "Test accuracy"],
    ["4", "with", "0.250", "100.0 %", "1.000", "50.0 %"],
    ["4", "without", "0.250", "100.0 %", "2.000", "50.0 %"],
  ]);
});

test("results grow old with the points and the settings, not with another plane of the same points", () => {
  const old = (/** @type {any[]} */ ...actions) => opened(begun, answer(), ...actions).bench.stale;
  assert.equal(old(told({ type: "points", data_revision: 2, points: ROWS.map((/** @type {any} */ row) => [...row]) })), false);
  assert.equal(old(told({ type: "points", data_revision: 2, points: ROWS.slice(1) })), true);
  assert.equal(old(told({ type: "points", data_revision: 2, points: ROWS.map((/** @type {any} */ [id, x1, ...rest]) => [id, x1 + 1, ...rest]) })), true);
  assert.equal(old(told({ ...SERVER, spec: { ...SERVER.spec, training: { ...SERVER.spec.training, l2: 1 } } })), true);
  const axes = [{ name: "a", unit: "", input: 2, middle: 0, scale: 1 }, { name: "b", unit: "", input: 3, middle: 0, scale: 1 }];
  const other = ROWS.map((/** @type {any} */ [id, x1, ...rest]) => [id, x1 + 1, ...rest]);
  assert.equal(old(told({ ...SERVER, axes }), told({ type: "points", data_revision: 2, points: other })), false);
  assert.equal(old(told({ type: "points", data_revision: 2, points: ROWS.slice(1) }), begun), false, "a new one is about what stands");
  assert.equal(opened(answer({ stale: true })).bench.stale, true, "of one from before a reload the server knows");
});

test("it says where each training began with weights that were brought", () => {
  const count = (/** @type {object} */ more) => text(all(opened(begun, answer(more))).find(({ attrs }) => attrs.class === "bench__count"));
  assert.equal(count({}), "4 trainings of 100 epochs.");
  assert.equal(count({ brought: true }), "4 trainings of 100 epochs, each from the weights that were brought.");
});
