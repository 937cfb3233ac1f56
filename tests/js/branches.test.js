/** Branches: which are compared, what is asked when, the curves, names on their way. @import { State } from "../../static/js/types" */
import assert from "node:assert/strict";
import { test } from "node:test";

import { reduce } from "../../static/js/state.js";
import { comparedOf, curveOf, nextCompare, rowAt } from "../../static/js/state/branches.js";
import { branchCompareView, branchListView } from "../../static/js/views/branches.js";
import { ticksTo } from "../../static/js/views/curveaxes.js";
import { scalesOf } from "../../static/js/views/curves.js";
import { after, frame, joined, told } from "./helpers.js";

const FIRST = { id: 1, name: "Run 1", parent: null, from_step: 0, last: 800, epoch: 32, train_loss: 0.25, validation_loss: null, test_loss: 0.5, summary: "" };
const FASTER = { id: 2, name: "Faster", parent: 1, from_step: 300, last: 400, epoch: 16, train_loss: 0.125, validation_loss: null, test_loss: null, summary: "learning rate 0.1" };
const THIRD = { ...FIRST, id: 3, name: "Run 3" };
/** @param {object} [more] */
const timeline = (more = {}) => told({ type: "timeline", first: 0, last: 400, at: 400, branch: 2, branches: [FIRST, FASTER, THIRD], ...more });
const CURVES = told({
  type: "curves",
  curves: [
    { branch: 1, rows: [[0, 0, 1, 1, 0.5, 0.5], [300, 12, 0.5, 0.75, 0.75, 0.5], [800, 32, 0.25, 0.5, 1, 0.75]] },
    { branch: 2, rows: [[0, 0, 1, null, 0.5, null], [300, 12, 0.5, null, 0.75, null], [400, 16, 0.125, null, 0.875, null]] },
  ],
}); // prettier-ignore
/** The tab is open. @param {...any} actions @returns {State} */
const open = (...actions) => after({ ...joined(), drawer: { ...joined().drawer, tab: "branches" } }, timeline(), ...actions);
/** @param {State} state @param {any} command */
const sent = (state, command) => reduce(state, { type: "sent", command: { ...command, id: 40 } });
/** @param {any} node @returns {any[]} */
const nodes = (node) => (typeof node === "string" ? [] : [node, ...node.children.flatMap(nodes)]);
/** @param {any} node @returns {string} */
const text = (node) => (typeof node === "string" ? node : node.children.map(text).join(""));
/** The list's row of a branch. @param {State} state @param {number} id */
const listed = (state, id) => branchListView(state).flatMap(nodes).find(({ attrs }) => attrs["data-branch"] === id);
/** @param {State} state @param {number} id */
const read = (state, id) => branchCompareView(state).flatMap(nodes).find(({ attrs }) => attrs["data-read"] === id).children.map(text);

test("the branch that is shown is compared with the one it left and with those that left it, until somebody ticks", () => {
  assert.deepEqual(comparedOf(open()), [1, 2]);
  assert.deepEqual(comparedOf(open(timeline({ branch: 1 }))), [1, 2]);
  assert.deepEqual(comparedOf(open(timeline({ branch: 3 }))), [3]);
  assert.deepEqual(comparedOf(open({ type: "compare-branch", branch: 3, on: true })), [1, 2, 3]);
  assert.deepEqual(comparedOf(open({ type: "compare-branch", branch: 1, on: false })), [2]);
  assert.deepEqual(comparedOf(open({ type: "compare-branch", branch: 3, on: true }, timeline({ branches: [FIRST, FASTER] }))), [1, 2]);
});

test("curves of the branches that are not shown are asked for while the tab is open, once for each choice", () => {
  const state = open();
  assert.deepEqual(nextCompare(state), { type: "compare", branches: [1] });
  assert.equal(nextCompare({ ...state, drawer: { ...state.drawer, tab: null } }), null);
  const asked = sent(state, nextCompare(state));
  assert.equal(nextCompare(asked), null);
  const answered = after(asked, told({ type: "ok", id: 40, ids: [], seed: null }), CURVES);
  assert.equal(nextCompare(answered), null);
  assert.deepEqual(nextCompare(after(answered, { type: "compare-branch", branch: 3, on: true })), { type: "compare", branches: [1, 3] });
  assert.equal(nextCompare(after(answered, timeline({ at: 10 }))), null);
  assert.deepEqual(nextCompare(after(answered, timeline({ branch: 1 }))), { type: "compare", branches: [2] });
  assert.equal(after(answered, { type: "connection", connection: "lost" }).branches.asked, null);
});

test("the curve of the branch that is shown is the charts' history, which grows while it trains", () => {
  const losses = { shape: [1, 8], values: Float64Array.of(425, 17, 0.0625, NaN, 0.9, NaN, 0, 0.03) };
  const state = open(CURVES, { type: "frame", frame: frame({ losses }) });
  assert.deepEqual(curveOf(state, 2).map((row) => row.slice(0, 6)), [[425, 17, 0.0625, NaN, 0.9, NaN]]); // prettier-ignore
  assert.deepEqual(curveOf(state, 1).map(([step]) => step), [0, 300, 800]); // prettier-ignore
  assert.equal(text(listed(state, 2).children[2]), "step 425, epoch 17");
});

test("rows are read at a step, and past its end a branch has none", () => {
  const state = open(CURVES);
  const rows = curveOf(state, 2);
  assert.equal(rowAt(rows, 350)?.[0], 300);
  assert.equal(rowAt(rows, 401), null);
  assert.equal(rowAt(rows, null)?.[0], 400);
  assert.equal(rowAt([], 3), null);
  const at = after(state, { type: "branches", change: { at: 500 } });
  assert.deepEqual(read(at, 1), [" Run 1", "300", "12", "0.500", "0.750", "75.0 %", "50.0 %"]);
  assert.deepEqual(read(at, 2), [" Faster", "–", "–", "–", "–", "–", "–"]);
  assert.deepEqual(read(state, 2), [" Faster", "400", "16", "0.125", "–", "87.5 %", "–"]);
});

test("where there are validation points, their figures stand between those of training and test", () => {
  const rows = [[0, 0, 1, 1, 0.5, 0.5, 0.875, 0.5], [800, 32, 0.25, 0.5, 1, 0.75, 0.375, 0.875]]; // prettier-ignore
  const judged = timeline({ branches: [{ ...FIRST, validation_loss: 0.375 }, FASTER, THIRD] });
  const state = open(judged, told({ type: "curves", curves: [{ branch: 1, rows }] }));
  const heads = (/** @type {any[]} */ view) => view.flatMap(nodes).filter(({ attrs }) => attrs.scope === "col").map(text);
  assert.deepEqual(heads(branchListView(state)).slice(3, 6), ["Training loss", "Validation loss", "Test loss"]);
  assert.deepEqual(listed(state, 1).children.map(text).slice(3, 6), ["0.250", "0.375", "0.500"]);
  assert.deepEqual(listed(state, 2).children.map(text).slice(3, 6), ["0.125", "–", "–"]);
  assert.deepEqual(heads(branchCompareView(state)).slice(3), [
    "Training loss", "Validation loss", "Test loss", "Training accuracy", "Validation accuracy", "Test accuracy",
  ]); // prettier-ignore
  assert.deepEqual(read(state, 1), [" Run 1", "800", "32", "0.250", "0.375", "0.500", "100.0 %", "87.5 %", "75.0 %"]);

  const tabs = (/** @type {State} */ of) => branchCompareView(of).flatMap(nodes).filter(({ attrs }) => attrs["data-curves-part"]).map(text);
  assert.deepEqual(tabs(state), ["Both", "Training", "Validation", "Test"]);
  assert.deepEqual(tabs(open()), ["Both", "Training", "Test"]);
  const alone = after(state, { type: "branches", change: { part: "validation" } });
  assert.deepEqual(branchCompareView(alone).flatMap(nodes).filter(({ attrs }) => attrs["data-part-of"]).map(({ attrs }) => attrs["data-part-of"]), ["validation", "validation"]); // prettier-ignore
  const gone = after(alone, timeline());
  assert.deepEqual(new Set(branchCompareView(gone).flatMap(nodes).map(({ attrs }) => attrs["data-part-of"]).filter(Boolean)), new Set(["train", "test"])); // prettier-ignore
});

test("the list says where a branch left, what is different and which is shown", () => {
  const cells = (/** @type {number} */ id) => listed(open(), id).children.map(text);
  assert.deepEqual(cells(2).slice(1), ["from step 300 of Run 1: learning rate 0.1", "step 400, epoch 16", "0.125", "–", "shown"]);
  assert.deepEqual(cells(1).slice(1), ["a start of its own", "step 800, epoch 32", "0.250", "0.500", "Switch to"]);
  const orphan = open(timeline({ branches: [{ ...FASTER, parent: null }] }));
  assert.equal(text(listed(orphan, 2).children[1]), "from step 300 of a branch that was dropped: learning rate 0.1");
  assert.equal(listed(open(), 2).attrs["aria-current"], "true");
});

test("each branch has a colour and a dash of its own, for training and test the same", () => {
  const lines = branchCompareView(open(CURVES, { type: "compare-branch", branch: 3, on: true })).flatMap(nodes).filter(({ attrs }) => attrs["data-part-of"]); // prettier-ignore
  const looks = lines.map(({ attrs }) => [attrs["data-branch"], attrs["data-part-of"], attrs.stroke, attrs["stroke-dasharray"]]);
  assert.deepEqual(looks.slice(0, 4), [
    [1, "train", "#000001", null],
    [1, "test", "#000001", null],
    [2, "train", "#000002", "3 3"],
    [2, "test", "#000002", "3 3"],
  ]);
  assert.equal(looks[4][2], "#000003");
});

test("curves lie over one another on the same axes, gaps stay gaps, and forks are marked", () => {
  const state = open(CURVES, { type: "branches", change: { width: 458, part: "train" } });
  const { x, y, step, axis } = scalesOf(state);
  assert.deepEqual([x(0), x(300), x(800)], [48, 198, 448]);
  assert.equal(step(198), 300);
  assert.deepEqual(axis.tickvals, [0, 0.5, 1]);
  const all = branchCompareView(state).flatMap(nodes);
  const path = (/** @type {number} */ id, part = "train") => all.find(({ attrs }) => attrs["data-branch"] === id && attrs["data-part-of"] === part).attrs.d;
  assert.ok(path(1).startsWith(`M48.0 ${y(1).toFixed(1)}L198.0 `));
  assert.equal(path(2), `M198.0 ${y(0.5).toFixed(1)}L248.0 ${y(0.125).toFixed(1)}`);
  const alone = branchCompareView(after(state, { type: "compare-branch", branch: 1, on: false })).flatMap(nodes);
  assert.ok(alone.find(({ attrs }) => attrs["data-branch"] === 2).attrs.d.startsWith("M48.0 "));
  assert.deepEqual(all.filter(({ attrs }) => attrs["data-fork"]).map(({ attrs }) => [attrs["data-fork"], attrs.d.slice(0, 6)]), [[300, "M198.0"]]); // prettier-ignore
  const test = branchCompareView(after(state, { type: "branches", change: { part: "test" } })).flatMap(nodes);
  assert.equal(test.find(({ attrs }) => attrs["data-branch"] === 2).attrs.d, "");
});

test("on a log axis equal ratios are equal heights", () => {
  const state = open(CURVES, { type: "branches", change: { log: true, part: "train" } });
  const { y } = scalesOf(state);
  assert.ok(Math.abs(y(0.25) - y(0.5) - (y(0.5) - y(1))) < 1e-9);
  assert.deepEqual(ticksTo(0, 800, 6), [0, 200, 400, 600, 800]);
  assert.deepEqual(ticksTo(0, 0.03, 4), [0, 0.01, 0.02, 0.03]);
});

test("a name that is typed stays until the server has answered; a refused one is taken back", () => {
  const value = (/** @type {State} */ state) => listed(state, 2).children[1].children[0].attrs.value;
  const typing = open({ type: "branches", change: { naming: { id: 2, text: "Fas", inFlight: null } } });
  assert.equal(value(after(typing, timeline())), "Fas");
  const asked = sent(typing, { type: "name_branch", branch: 2, name: "Fas" });
  const named = after(asked, told({ type: "ok", id: 40, ids: [], seed: null }), timeline({ branches: [FIRST, { ...FASTER, name: "Fas" }] }));
  assert.equal(value(named), "Fas");
  assert.equal(named.branches.naming, null);
  const refused = after(asked, told({ type: "error", id: 40, code: "bad_command", message: "too long", path: ["name"] }));
  assert.equal(value(refused), "Faster");
});

test("dropping asks once more, and shows what the server says against it", () => {
  const asked = open({ type: "branches", change: { dropping: 1 } });
  assert.equal(text(listed(asked, 1).children[5]), "Drop for goodKeep");
  const gone = sent(asked, { type: "drop_branch", branch: 1 });
  assert.equal(gone.branches.dropping, null);
  const refused = after(gone, told({ type: "error", id: 40, code: "not_allowed", message: "cannot drop Run 1 while it is shown", path: ["branch"] }));
  assert.equal(refused.notice?.text, "Cannot drop Run 1 while it is shown");
});
