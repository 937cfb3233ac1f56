/**
 * Bringing data: what suggests itself for a table, what a hand changes, the one command that uses it, and what is said.
 * @import { State, ToldTable } from "../../static/js/types"
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { missingChoice, pointsCommands, tooLarge, unknownTable, usingCommand } from "../../static/js/state/bring.js";
import { bringView } from "../../static/js/views/bring.js";
import { formatText, valuesText } from "../../static/js/views/bringwords.js";
import { after, joined, SERVER, SPEC, told as message } from "./helpers.js";

const NUMBER = { unit: "", kind: /** @type {const} */ ("number"), missing: 0, distinct: 30, low: 0, high: 9, mean: 4, constant: false, unusable: "", examples: ["1", "2"] };
const TEXT = { ...NUMBER, kind: /** @type {const} */ ("text"), distinct: 3, low: null, high: null, mean: null, examples: ["cat", "dog", "owl"] };

/** @type {ToldTable} */
export const ANIMALS = {
  name: "t-0123456789abcdef",
  title: "animals",
  rows: 90,
  columns: [
    { ...NUMBER, name: "height", unit: "cm" },
    { ...NUMBER, name: "weight", missing: 4 },
    { ...TEXT, name: "colour" },
    { ...TEXT, name: "name", distinct: 90, unusable: "90 distinct texts, at most 32 can be encoded" },
    { ...TEXT, name: "species" },
  ],
  preview: [["12", "", "red", "Tom", "cat"]],
  encoding: "UTF-8",
  separator: ";",
  header: true,
  problems: [{ line: 7, column: "weight", message: 'line 7, column "weight": the row has 2 of 5 cells; it is left out' }],
  problem_count: 60,
  target: "species",
  task: "classification",
  image: null,
  points: null,
};

/** @param {...any} actions @returns {State} */
const looking = (...actions) => {
  const state = joined();
  const schema = { ...state.schema, bounds: { classes: 10, table_bytes: 10_000_000, image_bytes: 128_000_000, rows: 20_000, columns: 64 } };
  return after({ ...state, schema: /** @type {any} */ (schema) }, { type: "bring", change: { open: true } }, { type: "bring-told", told: ANIMALS }, ...actions);
};

/** All text of a described tree. @param {any} node @returns {string} */
const words = (node) => (typeof node === "string" ? node : node.children.map(words).join(""));
/** All nodes with an attribute. @param {readonly any[]} nodes @param {string} attr @returns {any[]} */
const having = (nodes, attr) => nodes.flatMap((node) => (typeof node === "string" ? [] : [...(attr in node.attrs ? [node] : []), ...having(node.children, attr)]));

test("of a table the target that its reader found suggests itself, and every other column that can be an input", () => {
  assert.deepEqual(looking().bring.choice, { target: "species", inputs: ["height", "weight", "colour"], task: "classification", missing: "drop" });
});

test("another target leaves the inputs, the last one comes among them, and the task follows what it holds", () => {
  const { choice } = looking({ type: "bring-target", name: "weight" }).bring;
  assert.deepEqual(choice, { target: "weight", inputs: ["height", "colour", "species"], task: "regression", missing: "drop" });
  assert.equal(looking({ type: "bring-target", name: "weight" }, { type: "bring-target", name: "colour" }).bring.choice?.task, "classification");
});

test("inputs are chosen one by one, all or none; a column that cannot be one is never among them", () => {
  const one = looking({ type: "bring-inputs", on: false }, { type: "bring-input", name: "weight", on: true }, { type: "bring-input", name: "name", on: true });
  assert.deepEqual(one.bring.choice?.inputs, ["weight"]);
  assert.deepEqual(after(one, { type: "bring-inputs", on: true }).bring.choice?.inputs, ["height", "weight", "colour"]);
  assert.equal(missingChoice(looking({ type: "bring-inputs", on: false }).bring), "Choose at least one input.");
});

test("a text cannot be the target of a regression", () => {
  const state = looking();
  const wrong = { ...state.bring, choice: { .../** @type {any} */ (state.bring.choice), task: "regression" } };
  assert.equal(missingChoice(wrong), "“species” is text; a regression needs a number.");
});

test("using a table is one command; all columns need no naming, and another task takes output and loss with it", () => {
  const table = { name: ANIMALS.name, target: "species", inputs: [], missing: "drop" };
  assert.deepEqual(usingCommand(looking()), { type: "set_spec", spec: { data: { source: "table", task: "classification", points: [], table } } });
  const numbers = looking({ type: "bring-target", name: "height" }, { type: "bring-input", name: "colour", on: false });
  assert.deepEqual(usingCommand(numbers), {
    type: "set_spec",
    spec: {
      data: { source: "table", task: "regression", points: [], table: { ...table, target: "height", inputs: ["weight", "species"] } },
      network: { output: "auto" },
      training: { loss: "auto" },
    },
  });
});

test("the dialog closes when the server has taken the table, and says why where it has not", () => {
  const sent = looking({ type: "sent", command: { ...usingCommand(looking()), id: 8 } });
  assert.equal(sent.bring.inFlight, 8);
  const taken = after(sent, message({ type: "ok", id: 8, ids: [], seed: null }));
  assert.deepEqual([taken.bring.open, taken.bring.used?.title], [false, "animals"]);
  const refused = after(sent, message({ type: "error", id: 8, code: "spec", message: "the target has one class only", path: [] }));
  assert.deepEqual([refused.bring.open, refused.bring.error], [true, { way: "use", message: "the target has one class only" }]);
  assert.match(bringView(refused).map(words).join(" "), /The target has one class only/);
});

test("how the first line was read can be said otherwise, as long as the page has what it was read from", () => {
  const pressed = (/** @type {State} */ state) => having(bringView(state), "data-bring-first").map(({ attrs }) => [attrs["data-bring-first"], attrs["aria-pressed"]]);
  assert.deepEqual(pressed(looking()), []);
  const brought = looking({ type: "bring-told", told: ANIMALS, brought: true });
  assert.deepEqual(pressed(brought), [["header", "true"], ["data", "false"]]);
  const asData = { ...ANIMALS, name: "t-1123456789abcdef", header: false };
  assert.deepEqual(pressed(after(brought, { type: "bring-told", told: asData, brought: true })), [["header", "false"], ["data", "true"]]);
  assert.deepEqual(pressed(after(brought, { type: "bring-told", told: { ...ANIMALS, name: "wine" } })), []);
  assert.equal(pressed(after(brought, { type: "bring-told", told: ANIMALS })).length, 2);
  assert.deepEqual(pressed(looking({ type: "bring-told", told: { ...ANIMALS, image: { width: 8, height: 8, high: 16 } }, brought: true })), []);
});

test("a file too large is not even sent, by the server's bound for its kind", () => {
  const state = looking();
  assert.equal(tooLarge(state, 10_000_001, "table"), "It has 10.1 MB; allowed: at most 10 MB. Nothing was sent.");
  assert.equal(tooLarge(state, 10_000_001, "images"), null);
  assert.equal(tooLarge(state, 0, "table"), "There is nothing in it: 0 bytes.");
  assert.equal(tooLarge({ schema: null }, 1e12, "table"), null);
});

test("the columns are there to be chosen by name, with what they hold and why one cannot be an input", () => {
  const view = bringView(looking());
  const boxes = having(view, "data-bring-input");
  assert.deepEqual(boxes.map(({ attrs }) => [attrs["aria-label"], attrs.checked, attrs.disabled]), [
    ["Use height as an input", true, false],
    ["Use weight as an input", true, false],
    ["Use colour as an input", true, false],
    ["Use name as an input", false, true],
    ["Use species as an input", false, true],
  ]);
  const text = view.map(words).join(" ");
  for (const part of ["0 to 9 cm", "3 kinds: cat, dog, owl", "90 distinct texts", "Line 7, column \"weight\": the row", "… and 59 more.", "UTF-8, separated by semicolons, names in the first row", "3 inputs → species (classification)"])
    assert.ok(text.includes(part), part);
});

test("what fills gaps is asked only where a chosen input has some", () => {
  /** @param {State} state */
  const asks = (state) => having(bringView({ ...state, schema: /** @type {any} */ (SCHEMA) }), "data-bring-missing").length;
  assert.equal(asks(looking()), 1);
  assert.equal(asks(looking({ type: "bring-input", name: "weight", on: false })), 0);
});

const SCHEMA = {
  bounds: {},
  experiment: { properties: { data: { properties: { table: { properties: { missing: { enum: ["drop", "mean"], title: "Missing values" } } } } } } },
};

test("pictures without labels wait for the file that has them", () => {
  const pictures = { ...ANIMALS, image: { width: 8, height: 8, high: 16 }, target: "", task: null };
  const state = looking({ type: "bring-told", told: pictures });
  assert.equal(missingChoice(state.bring), "Bring the file with the labels too.");
  assert.equal(usingCommand(state), null);
  assert.equal(having(bringView(state), "data-action").filter(({ attrs }) => attrs["data-action"] === "bring-labels").length, 1);
});

test("a points file becomes points again, each in its part; labels that are no classes are values", () => {
  const put = (/** @type {any[]} */ points) => pointsCommands(looking({ type: "bring-told", told: { ...ANIMALS, points } }));
  assert.deepEqual(put([[1, 2, 0, "train"], [3, 4, 2, "validation"]]), [
    { type: "set_spec", spec: { data: { source: "points", points: [], task: "classification", classes: 3 } } },
    { type: "add_points", points: [[1, 2, 0]], part: "train" },
    { type: "add_points", points: [[3, 4, 2]], part: "validation" },
  ]);
  assert.deepEqual(put([[1, 2, 0.5, "test"]])[0], { type: "set_spec", spec: { data: { source: "points", points: [], task: "regression" } } });
});

test("the table of the spec is asked about once its columns are wanted", () => {
  const server = { ...SERVER, spec: { ...SPEC, data: { ...SPEC.data, source: "table", table: { name: "iris", target: "species", inputs: [], missing: "drop", scaling: "none" } } } };
  const state = after(joined(), message(server));
  assert.equal(unknownTable(state), "iris");
  assert.equal(unknownTable(after(state, { type: "bring-used", told: { ...ANIMALS, name: "iris" } })), null);
  assert.equal(unknownTable(joined()), null);
});

test("columns and files are described in plain words", () => {
  assert.equal(valuesText({ ...NUMBER, name: "a", constant: true, distinct: 1, examples: ["7"] }), "always 7");
  assert.equal(valuesText({ ...TEXT, name: "a", distinct: 12, examples: ["a", "b", "c", "d", "e"] }), "12 kinds: a, b, c, d, …");
  assert.equal(valuesText({ ...NUMBER, name: "a", distinct: 0 }), "nothing");
  assert.equal(formatText("", "", true), "");
});
