/**
 * What is done to a table, step by step; three parts of the points; a table's names wherever points are told.
 * @import { State } from "../../static/js/types"
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { columnsOf, historyCsv } from "../../static/js/state/charts.js";
import { csvCell, toTableCsv } from "../../static/js/state/paste.js";
import { addingPoints, partCounts } from "../../static/js/state/parts.js";
import { cellFilled } from "../../static/js/state/table.js";
import { marksOf, areaOf } from "../../static/js/views/board.js";
import { linesOf } from "../../static/js/views/charts.js";
import { boardKeyView } from "../../static/js/views/brush.js";
import { dataPanel, inputsPanel } from "../../static/js/views/data.js";
import { preparationView } from "../../static/js/views/preparation.js";
import { tableView } from "../../static/js/views/table.js";
import { toStored } from "../../static/js/keep.js";
import { after, frame, joined, SERVER, SPEC, told } from "./helpers.js";

const TABLE = { name: "wine", target: "cultivar", inputs: ["ash", "hue"], missing: "drop", scaling: "standardise", label_noise: 0, feature_noise: 0, copies: 0 };
const AXES = [
  { name: "ash", unit: "g", input: 0, middle: 2, scale: 0.5 },
  { name: "hue", unit: "", input: 1, middle: 1, scale: 0.25 },
];
const PREPARATION = {
  rows: 178,
  used: 170,
  notes: [
    { step: "missing", text: "8 rows are left out." },
    { step: "scale", text: "Fitted on 100 rows." },
    { step: "leak", text: "Scaling before the split would leak." },
  ],
  balance: { train: [50, 50], validation: [20, 10], test: [20, 20] },
};
const FIELDS = ["missing", "stratify", "label_noise", "feature_noise", "copies", "jitter", "shift", "rotate", "scaling"];

/** A page that shows a table, with a schema of its fields. @param {object} [table] @param {object} [server] @returns {State} */
function prepared(table = {}, server = {}) {
  const state = joined();
  const fields = Object.fromEntries(FIELDS.map((name) => [name, { type: "number", title: name, minimum: 0, maximum: 1 }]));
  const experiment = structuredClone(/** @type {any} */ (state.schema?.experiment));
  const share = { type: "number", title: "share", minimum: 0, maximum: 1 };
  Object.assign(experiment.$defs.DataSpec.properties, { table: { type: "object", properties: fields }, train_fraction: share, validation_fraction: share });
  experiment.properties.seeds = { type: "object", properties: { data: { type: "integer", title: "Data seed" }, split: { type: "integer", title: "Split seed" } } };
  const data = { ...SPEC.data, source: "table", train_fraction: 0.6, validation_fraction: 0.2, table: { ...TABLE, ...table } };
  const facts = { labels: ["red", "white"], target: { name: "cultivar", unit: "" }, inputs: [{}, {}], axes: AXES, chart: "slice", preparation: PREPARATION, shown: null };
  const known = { ...state, schema: { ...state.schema, experiment } };
  return after(/** @type {any} */ (known), told({ ...SERVER, ...facts, spec: { ...SPEC, data }, ...server }));
}

/** @param {any} node @returns {string} */
const words = (node) => (typeof node === "string" ? node : node.children.map(words).join(" "));
/** @param {readonly any[]} nodes @param {string} attr @returns {any[]} */
const having = (nodes, attr) => nodes.flatMap((node) => (typeof node === "string" ? [] : [...(attr in node.attrs ? [node] : []), ...having(node.children, attr)]));
/** @param {readonly any[]} nodes @returns {string[]} */
const fieldsIn = (nodes) => having(nodes, "data-field").map(({ attrs }) => attrs["data-field"]);

test("the steps stand in the order in which they are done, each with its settings and what has come of it", () => {
  const view = preparationView(prepared());
  const steps = having(view, "data-step");
  assert.deepEqual(steps.map(({ attrs }) => attrs["data-step"]), ["missing", "encode", "split", "noise", "copies", "scale"]);
  assert.match(words(steps[0]), /8 rows are left out/);
  assert.match(words(steps[5]), /Fitted on 100 rows\..*Scaling before the split would leak/);
  assert.deepEqual(fieldsIn(steps[2].children), ["data.train_fraction", "data.validation_fraction", "data.table.stratify", "seeds.split"]);
  assert.match(view.map(words).join(" "), /170 of 178 rows, 2 inputs → cultivar \(2 classes\)/);
});

test("settings that mean nothing now are not shown", () => {
  const fields = (/** @type {State} */ state) => fieldsIn(preparationView(state));
  assert.ok(!fields(prepared()).includes("data.table.jitter"));
  assert.ok(!fields(prepared()).includes("seeds.data"));
  const copied = fields(prepared({ copies: 2 }));
  assert.ok(copied.includes("data.table.jitter") && copied.includes("seeds.data") && !copied.includes("data.table.shift"));
  assert.ok(fields(prepared({ copies: 2 }, { image: { width: 8, height: 8, high: 16 } })).includes("data.table.shift"));
  assert.ok(!fields(prepared({}, { task: "regression", labels: [] })).includes("data.table.stratify"));
});

test("each part shows how its classes are balanced, as shares of its own rows", () => {
  const parts = having(preparationView(prepared()), "data-part-name");
  assert.deepEqual(parts.map(({ attrs }) => [attrs["data-part-name"], attrs.title]), [
    ["train", "red 50, white 50"],
    ["validation", "red 20, white 10"],
    ["test", "red 20, white 20"],
  ]);
  const [first, second] = parts[1].children[1].children;
  assert.deepEqual([first.attrs.x, second.attrs.x, first.attrs.class], ["0.00", "66.67", "class-0"]);
});

test("a table has no samples, noise or classes of its own to set", () => {
  const shown = fieldsIn(dataPanel(prepared()));
  assert.deepEqual(shown.filter((name) => ["data.samples", "data.noise", "data.classes"].includes(name)), []);
  assert.ok(fieldsIn(dataPanel(joined())).includes("data.samples"));
});

test("the inputs of a table are its columns, of which one always stays", () => {
  const column = { unit: "", kind: "number", missing: 0, distinct: 9, low: 0, high: 1, mean: 0.5, constant: false, unusable: "", examples: [] };
  const columns = ["ash", "hue", "note", "cultivar"].map((name) => ({ ...column, name, unusable: name === "note" ? "too many kinds" : "" }));
  const used = /** @type {any} */ ({ name: "wine", title: "Wine", columns, image: null });
  const view = inputsPanel(after(prepared(), { type: "bring-used", told: used }));
  const boxes = having(view, "data-edits");
  assert.deepEqual(boxes.map(({ attrs }) => [attrs.checked, attrs.disabled, JSON.parse(attrs["data-edits"])[0][1]]), [
    [true, false, ["hue"]],
    [true, false, ["ash"]],
    [false, true, ["ash", "hue"]],
  ]);
});

test("on a curve only inputs without a second coordinate are offered, and the last of them stays", () => {
  const state = joined();
  const schema = /** @type {any} */ ({ ...state.schema, curve_features: ["x1", "x1^2"] });
  const curve = after({ ...state, schema }, told({ ...SERVER, chart: "curve" }));
  const boxes = having(inputsPanel(curve), "data-edits");
  assert.deepEqual(boxes.map(({ attrs }) => [attrs.checked, attrs.disabled, JSON.parse(attrs["data-edits"])[0][1]]), [
    [true, true, ["x2"]],
    [false, false, ["x1", "x2", "x1^2"]],
  ]);
});

const THREE = told({ type: "points", data_revision: 2, points: [[0, 1, 1, 0, 0], [1, 2, 2, 1, 1], [2, 0, 0, 1, 2]] });

test("points of three parts are counted, drawn and put on the board each as its own", () => {
  const state = after(prepared(), THREE);
  assert.deepEqual(partCounts(state.points), { train: 1, validation: 1, test: 1 });
  assert.deepEqual(marksOf(state, areaOf(400, 400, { centre: [0, 0], extent: 6 })).map(({ part }) => part), ["test", "validation", "train"]);
  assert.match(boardKeyView(state).map(words).join(" "), /1 training.*1 validation.*1 test/);
  assert.doesNotMatch(boardKeyView(joined()).map(words).join(" "), /validation/);
  assert.deepEqual(addingPoints(state.points, { gesture: 5 }), [
    { type: "add_points", points: [[1, 1, 0]], part: "train", gesture: 5 },
    { type: "add_points", points: [[2, 2, 1]], part: "validation", gesture: 5 },
    { type: "add_points", points: [[0, 0, 1]], part: "test", gesture: 5 },
  ]);
});

test("the point table tells a table's points by its names and in its own units", () => {
  const state = after(prepared(), THREE, { type: "table", change: { open: true } });
  const view = tableView(state);
  assert.match(view.map(words).join(" "), /# ash \(g\) hue cultivar part/);
  assert.deepEqual(having(view, "data-column").slice(0, 2).map(({ attrs }) => attrs.value), ["2.5", "1.25"]);
  assert.equal(having(view, "data-label-of")[1].attrs.value, 1);
  assert.deepEqual(cellFilled(state, 0, "x1", "3").command, { type: "move_points", points: [[0, 2, 1]] });
  assert.equal(cellFilled(state, 0, "x1", "99").cells[0].error, "ash must be from −48 to 52");
  assert.equal(toTableCsv(state.points.slice(1), /** @type {any} */ (AXES), "kind, of wine", ["red", 'w"hite']), 'ash,hue,"kind, of wine",part\n3,1.5,"w""hite",validation\n2,1,"w""hite",test\n');
});

test("a name that a spreadsheet would carry out as a formula stands as text, a number as a number", () => {
  assert.deepEqual(["=1+1", "@SUM(A1)", "-a", "+1+1", "-inf"].map(csvCell), ["'=1+1", "'@SUM(A1)", "'-a", "'+1+1", "'-inf"]);
  assert.deepEqual([-1.5, "-1.5", "+2", "a=1"].map(csvCell), ["-1.5", "-1.5", "+2", "a=1"]);
  assert.equal(csvCell('=HYPERLINK("x")'), `"'=HYPERLINK(""x"")"`);
});

test("on a curve the height is the value, and stands once", () => {
  const curve = after(joined(), told({ ...SERVER, task: "regression", chart: "curve" }), { type: "table", change: { open: true } });
  assert.equal(having(tableView(curve), "data-column").filter(({ attrs }) => attrs["data-column"] === "label").length, 0);
});

test("validation has a line of its own in the charts and columns in the history, where there is any", () => {
  const columns = ["step", "epoch", "train_loss", "test_loss", "train_score", "test_score", "validation_loss", "validation_score", "penalty", "learning_rate"];
  const told = (/** @type {number} */ value) => frame({ loss_columns: columns, losses: { shape: [1, 10], values: Float64Array.of(1, 0, 0.5, 0.6, 0.9, 0.8, value, value, 0, 0.1) } });
  const state = after(joined(), { type: "frame", frame: told(0.7) });
  assert.deepEqual(linesOf(state).map(({ name, dash }) => [name, dash]), [["test loss", "dot"], ["validation loss", "dash"], ["training loss", "solid"]]); // prettier-ignore
  assert.equal(historyCsv(state.history), "step,epoch,train_loss,test_loss,train_score,test_score,validation_loss,validation_score,penalty,learning_rate\r\n1,0,0.5,0.6,0.9,0.8,0.7,0.7,0,0.1\r\n");
  const without = after(joined(), { type: "frame", frame: told(NaN) });
  assert.deepEqual(linesOf(without).map(({ name }) => name), ["test loss", "training loss"]);
  assert.ok(!columnsOf(without.history).includes("validation_loss"));
});

test("of a table nothing but its spec is kept by the tab; its rows are the server's", () => {
  const stored = toStored(/** @type {any} */ ({ ...prepared({}, { edited: true }), session: "abc" }));
  assert.deepEqual([stored?.points, stored?.spec.data.source], [null, "table"]);
});
