/**
 * Saved experiments: what the list becomes as they are saved, renamed, deleted and had back; what two of them differ in; the words.
 * @import { SavedDetails, SavedExperiment, State } from "../../static/js/types"
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { differences } from "../../static/js/state/differences.js";
import { isLocked, parseLink } from "../../static/js/state/link.js";
import { experimentsView } from "../../static/js/views/experiments.js";
import { figureWords, settingText, suggestedTitle, timeText } from "../../static/js/views/savedwords.js";
import { after, EXPERIMENT, frame, joined, SERVER, SPEC, told } from "./helpers.js";

const FIGURES = { step: 1500, epoch: 60, train_loss: 0.1, test_loss: 0.125, train_score: 1, test_score: 0.968, validation_loss: null, validation_score: null, task: /** @type {const} */ ("classification"), parameters: 45, points: 500 };

/** @param {string} id @param {Partial<SavedExperiment>} [more] @returns {SavedExperiment} */
const row = (id, more = {}) => ({ id, title: `Title ${id}`, notes: "", made_at: 0, changed_at: 0, figures: FIGURES, ...more });

/** @param {...string} ids @returns {any} */
const found = (...ids) => ({ type: "experiments-found", search: "", total: ids.length, page: 1, rows: ids.map((id) => row(id)) });

/** @param {...any} actions @returns {State} */
const opened = (...actions) => after(joined(), { type: "experiments", change: { open: true } }, ...actions);

/** @param {State} state */
const ids = ({ experiments }) => experiments.found?.rows.map(({ id }) => id);

/** All text of a described tree. @param {any} node @returns {string} */
const textOf = (node) => (typeof node === "string" ? node : node.children.map(textOf).join(" "));

/** @param {any} node @param {(node: any) => boolean} wanted @returns {any[]} */
const all = (node, wanted) => (typeof node === "string" ? [] : [...(wanted(node) ? [node] : []), ...node.children.flatMap((/** @type {any} */ child) => all(child, wanted))]);

test("another page goes on with the list, and tells none of it twice", () => {
  const state = opened({ ...found("a", "b"), total: 3 }, { ...found("b", "c"), total: 3, page: 2 });
  assert.deepEqual(ids(state), ["a", "b", "c"]);
  assert.equal(state.experiments.found?.total, 3);
});

test("an answer to what is no longer looked for is not shown", () => {
  const state = opened(found("a"), { type: "experiments", change: { search: "x" } }, found("b"));
  assert.deepEqual(ids(state), ["a"]);
});

test("what was deleted comes back in its place, ticked no more", () => {
  const before = opened(found("a", "b", "c"), { type: "experiment-ticked", id: "b", on: true });
  const gone = after(before, { type: "experiment-deleted", id: "b" });
  assert.deepEqual([ids(gone), gone.experiments.ticked, gone.experiments.found?.total], [["a", "c"], [], 2]);
  assert.match(gone.experiments.said, /Title b” was deleted/);
  const back = after(gone, { type: "experiment-restored", row: row("b") });
  assert.deepEqual([ids(back), back.experiments.deleted, back.experiments.found?.total], [["a", "b", "c"], null, 3]);
});

test("a new one stands first, a renamed one stays where it is", () => {
  const state = opened(found("a", "b"), { type: "experiment-saved", row: row("new"), said: "" }, { type: "experiment-changed", row: row("b", { title: "Other" }) });
  assert.deepEqual(state.experiments.found?.rows.map(({ title }) => title), ["Title new", "Title a", "Other"]);
});

test("two are compared: a third tick takes the place of the first", () => {
  const tick = (/** @type {string} */ id, on = true) => ({ type: "experiment-ticked", id, on });
  assert.deepEqual(opened(tick("a"), tick("b"), tick("c")).experiments.ticked, ["b", "c"]);
  assert.deepEqual(opened(tick("a"), tick("b"), tick("a", false)).experiments.ticked, ["b"]);
});

test("what differs goes by the schema's titles, and nothing else is told", () => {
  const other = {
    ...SPEC,
    data: { ...SPEC.data, noise: 0.25 },
    network: { ...SPEC.network, layers: [] },
    training: { ...SPEC.training, optimizer: { name: "sgd", learning_rate: 0.1 } },
  };
  const rows = differences(EXPERIMENT, SPEC, other);
  assert.deepEqual(
    rows.map((each) => [each.group, each.title, ...each.values.map((value) => settingText(each, value))]),
    [
      ["Data", "Noise", "0.1", "0.25"],
      ["Network", "Layers", "2 tanh", "none"],
      ["Training", "Optimiser", "Adam", "SGD"],
      ["Training · Optimiser", "Learning rate", "0.03", "0.1"],
      ["Training · Optimiser", "Betas", "0.9, 0.999", "–"],
    ],
  );
  assert.deepEqual(differences(EXPERIMENT, SPEC, SPEC), []);
});

test("a table is told by its name, and what follows from it is not told", () => {
  const properties = { name: { type: "string", title: "Table" }, target: { type: "string", title: "Target" }, labels: { type: "array", title: "Classes" } };
  const data = { ...EXPERIMENT.$defs.DataSpec.properties, source: { type: "string", title: "Data set" }, table: { type: "object", title: "Table", properties } };
  const schema = { ...EXPERIMENT, $defs: { ...EXPERIMENT.$defs, DataSpec: { type: "object", title: "Data", properties: data } } };
  const of = (/** @type {object} */ table, source = "table") => ({ ...SPEC, data: { ...SPEC.data, source, table } });
  const iris = { name: "iris", target: "species", labels: ["a", "b"] };
  const titles = (/** @type {any} */ one, /** @type {any} */ other) => differences(schema, one, other).map((row) => [row.title, ...row.values]);
  assert.deepEqual(titles(of(iris), of({ ...iris, target: "petal", labels: [] })), [["Target", "species", "petal"]]);
  assert.deepEqual(titles(of(iris), of({ name: "wine", target: "x", labels: [] })), [["Table", "iris", "wine"]]);
  assert.deepEqual(titles(of(iris), of(iris, "spiral")), [["Data set", "table", "spiral"], ["Table", "iris", null]]);
  assert.deepEqual(titles(of(iris, "spiral"), of({ ...iris, name: "wine" }, "spiral")), []);
});

test("the title that suggests itself names data, network and how well it does", () => {
  assert.equal(suggestedTitle(joined()), "Spiral, 2, tanh");
  const spec = { ...SPEC, network: { ...SPEC.network, layers: [{ units: 8, activation: "relu" }, { units: 4, activation: "tanh" }] } };
  const trained = after(joined(), told({ ...SERVER, step: 25, epoch: 1, spec }), { type: "frame", frame: frame({ step: 25 }) });
  assert.equal(suggestedTitle(trained), "Spiral, 8-4, mixed, 50 %");
  const line = after(joined(), told({ ...SERVER, spec: { ...SPEC, network: { layers: [] } } }));
  assert.equal(suggestedTitle(line), "Spiral, no hidden layers");
});

test("figures are those of the test points, or of training where there are none", () => {
  assert.deepEqual(figureWords(FIGURES), ["Test accuracy 96.8 %, loss 0.125", "Epoch 60, step 1 500"]);
  const alone = figureWords({ ...FIGURES, task: "regression", test_loss: null, test_score: null, train_score: -0.5 });
  assert.equal(alone[0], "Training R² −0.500, loss 0.100");
  assert.equal(timeText(1_763_744_400, "UTC"), "21 Nov 2025, 17:00");
});

test("titles and notes stand on the page as text", () => {
  const title = '</script><img src=x onerror="alert(1)">';
  const [said, ...views] = experimentsView(opened({ ...found(), rows: [row("a", { title, notes: title })], total: 1 }));
  assert.ok(said);
  const nodes = views.flatMap((view) => all(view, ({ tag }) => tag === "img" || tag === "script"));
  assert.deepEqual(nodes, []);
  const [typed] = views.flatMap((view) => all(view, ({ attrs }) => attrs["data-saved-title"] === "a"));
  assert.equal(typed.attrs.value, title);
});

test("where a link locks a setting no other experiment is opened", () => {
  assert.equal(isLocked(parseLink("?lock=network.layers"), "experiments"), true);
  assert.equal(isLocked(parseLink("?lock=play"), "experiments"), false);
});

test("an empty list invites, a search without result says so, and where nothing can be kept nothing is offered", () => {
  const words = (/** @type {any} */ ...actions) => experimentsView(opened(...actions)).map(textOf).join(" ");
  assert.match(words(found()), /Nothing is saved yet/);
  assert.match(words({ type: "experiments", change: { search: "x" } }, { ...found(), search: "x" }), /Nothing has “x” in its title or notes/);
  const forbidden = experimentsView(opened({ type: "experiments", change: { forbidden: true } }));
  assert.match(forbidden.map(textOf).join(" "), /lets the page keep nothing/);
  assert.deepEqual(forbidden.flatMap((view) => all(view, ({ tag }) => tag === "button")), []);
});

test("side by side stand pictures, figures, what differs and a curve for each part of each", () => {
  const curves = [[0, 0, 0.7, 0.8, null, null], [25, 1, 0.5, null, null, null], [50, 2, 0.4, 0.6, null, null]];
  const details = (/** @type {string} */ id, /** @type {any} */ spec) => /** @type {SavedDetails} */ ({ ...row(id), spec, curves });
  const pair = [details("a", SPEC), details("b", { ...SPEC, inputs: ["x1"] })];
  const views = experimentsView(opened({ type: "experiments", change: { compared: pair, width: 600 } }));
  const lines = views.flatMap((view) => all(view, ({ attrs }) => attrs.class?.includes("curves__line")));
  assert.deepEqual(lines.map(({ attrs }) => `${attrs["data-side"]} ${attrs["data-part-of"]}`), ["0 train", "0 test", "1 train", "1 test"]);
  assert.notEqual(lines[0].attrs.stroke, lines[2].attrs.stroke);
  assert.notEqual(lines[0].attrs["stroke-dasharray"], lines[2].attrs["stroke-dasharray"]);
  assert.equal(lines[1].attrs.d.match(/M/g).length, 2, "a gap stays a gap");
  const rows = views.flatMap((view) => all(view, ({ tag }) => tag === "tr")).map((tr) => tr.children.map(textOf).join("|"));
  assert.ok(rows.includes("Inputs|x₁, x₂|x₁"), rows.join("\n"));
});

test("where one of the two has a validation part both have its rows, in their place, and its curve can be asked for", () => {
  const details = (/** @type {string} */ id, /** @type {object} */ figures, /** @type {any} */ curves) => /** @type {SavedDetails} */ ({ ...row(id), figures: { ...FIGURES, ...figures }, spec: SPEC, curves });
  const plain = details("a", {}, [[0, 0, 0.7, 0.8, null, null], [50, 2, 0.4, 0.6, null, null]]);
  const split = details("b", { validation_loss: 0.25, validation_score: 0.9 }, [[0, 0, 0.7, 0.8, null, null, 0.75, null], [50, 2, 0.4, 0.6, null, null, 0.25, 0.9]]);
  const views = (/** @type {any} */ pair, part = "both") => experimentsView(opened({ type: "experiments", change: { compared: pair, part, width: 600 } }));
  const rows = (/** @type {any[]} */ shown) => shown.flatMap((view) => all(view, ({ tag }) => tag === "tr")).map((tr) => tr.children.map(textOf).join("|"));
  const lines = (/** @type {any[]} */ shown) => shown.flatMap((view) => all(view, ({ attrs }) => attrs.class?.includes("curves__line"))).map(({ attrs }) => [`${attrs["data-side"]} ${attrs["data-part-of"]}`, attrs.d !== ""]);

  const words = (/** @type {any[]} */ shown) => shown.flatMap((view) => all(view, ({ attrs }) => attrs["data-saved-action"] === "part")).map(textOf);

  const both = views([plain, split]);
  assert.deepEqual(rows(both).slice(3, 9), [
    "Training loss|0.100|0.100",
    "Validation loss|–|0.250",
    "Test loss|0.125|0.125",
    "Training accuracy|100.0 %|100.0 %",
    "Validation accuracy|–|90.0 %",
    "Test accuracy|96.8 %|96.8 %",
  ]);
  assert.deepEqual(words(both), ["Both", "Training", "Validation", "Test"]);
  assert.deepEqual(lines(both), [["0 train", true], ["0 test", true], ["1 train", true], ["1 test", true]]);
  assert.deepEqual(lines(views([plain, split], "validation")), [["0 validation", false], ["1 validation", true]]);
  const neither = views([plain, plain], "validation");
  assert.deepEqual(words(neither), ["Both", "Training", "Test"]);
  assert.deepEqual(lines(neither), [["0 train", true], ["0 test", true], ["1 train", true], ["1 test", true]]);
  assert.ok(!rows(neither).some((text) => /Validation/.test(text)), rows(neither).join("\n"));
});
