import assert from "node:assert/strict";
import { test } from "node:test";

import { lookOf, nextView } from "../../static/js/state/look.js";
import { heldAt, heldElsewhere, nextRow, planeOf, turnedTo } from "../../static/js/state/plane.js";
import { axisRightView, axisUpView, planeView, rawAtPlace } from "../../static/js/views/plane.js";
import { after, joined, SERVER, told } from "./helpers.js";

/** @import { Child, InputColumn, Node, Plane, State } from "../../static/js/types" */

/** @param {string} name @param {Partial<InputColumn>} [more] @returns {InputColumn} */
const column = (name, more) => ({ name, unit: "cm", column: name, low: 0, high: 10, middle: 4, shift: 0, scale: 1, indicator: false, ...more });
const INPUTS = [
  column("length"),
  column("width"),
  column("height"),
  column("colour = red", { unit: "", column: "colour", high: 1, middle: 0.25, indicator: true }),
  column("colour = blue", { unit: "", column: "colour", high: 1, middle: 0.75, indicator: true }),
];
/** @type {Plane} */
const FIRST = { kind: "slice", axes: [0, 1], row: null, values: [] };
const AXES = /** @type {const} */ ([
  { name: "length", unit: "cm", input: 0, middle: 5, scale: 1 },
  { name: "width", unit: "cm", input: 1, middle: 5, scale: 1 },
]);
const TABLE = { ...SERVER, spec: { ...SERVER.spec, data: { ...SERVER.spec.data, source: "table" } }, inputs: INPUTS, axes: AXES, chart: "slice", view: { ...SERVER.view, plane: FIRST } };

/** @param {object} [more] @returns {State} */
const slice = (more) => after(joined(), told({ ...TABLE, ...more }));
/** @param {readonly Child[]} children @param {(node: Node) => boolean} pick @returns {Node[]} */
const find = (children, pick) => children.flatMap((child) => (typeof child === "string" ? [] : [...(pick(child) ? [child] : []), ...find(child.children, pick)]));
/** @param {readonly Child[]} children @returns {string} */
const text = (children) => children.map((child) => (typeof child === "string" ? child : text(child.children))).join(" ");
/** @param {Plane} plane */
const lay = (plane) => ({ type: "plane", plane });
/** @param {number} id */
const ok = (id) => told({ type: "ok", id, ids: [], seed: null });

test("what is held stands at the mean until a hand moves it", () => {
  assert.equal(heldAt(slice(), 2), 4);
  const moved = after(slice(), lay(heldElsewhere(FIRST, [[2, 7.5]])));
  assert.equal(heldAt(moved, 2), 7.5);
  assert.deepEqual(planeOf(after(moved, lay(heldElsewhere(planeOf(moved), [[2, 8]])))).values, [[2, 8]]);
});

test("a dragged slider asks once at a time, and the newest place is asked for next", () => {
  const first = after(slice(), lay(heldElsewhere(FIRST, [[2, 1]])));
  assert.deepEqual(/** @type {any} */ (nextView(first)).view.plane, { kind: "slice", axes: [0, 1], row: null, values: [[2, 1]] });
  const waiting = after(first, { type: "sent", command: { type: "set_view", id: 7 } }, lay(heldElsewhere(FIRST, [[2, 2]])), lay(heldElsewhere(FIRST, [[2, 3]])));
  assert.equal(nextView(waiting), null);
  const answered = after(waiting, ok(7), told({ ...TABLE, view: { ...TABLE.view, plane: heldElsewhere(FIRST, [[2, 1]]) } }));
  assert.equal(heldAt(answered, 2), 3);
  assert.deepEqual(/** @type {any} */ (nextView(answered)).view.plane.values, [[2, 3]]);
});

test("once the server says the plane it holds, and a refused one is not insisted on", () => {
  const asked = after(slice(), lay(heldElsewhere(FIRST, [[2, 1]])), { type: "sent", command: { type: "set_view", id: 7 } });
  const settled = after(asked, ok(7), told({ ...TABLE, view: { ...TABLE.view, plane: heldElsewhere(FIRST, [[2, 1]]) } }));
  assert.equal(settled.plane.wanted, null);
  assert.equal(heldAt(settled, 2), 1);
  const refused = after(asked, told({ type: "error", id: 7, code: "bad_command", message: "no", path: [] }));
  assert.equal(heldAt(refused, 2), 4);
  assert.equal(nextView(refused), null);
});

test("another plane begins at the first view, the same plane keeps the one that is looked at", () => {
  const near = after(slice(), { type: "look", look: { centre: [1, 1], extent: 2 } });
  assert.equal(lookOf(after(near, lay(heldElsewhere(FIRST, [[2, 1]])))).extent, 2);
  assert.deepEqual(lookOf(after(near, lay(turnedTo(FIRST, 0, 2)))), { centre: [0, 0], extent: 6, dirty: true, inFlight: null });
});

test("an input that is on the other axis changes places with it", () => {
  assert.deepEqual(turnedTo(FIRST, 0, 2).axes, [2, 1]);
  assert.deepEqual(turnedTo(FIRST, 0, 1).axes, [1, 0]);
  assert.deepEqual(turnedTo(FIRST, 1, 0).axes, [1, 0]);
});

test("a slice through a row asks once for its values, and shows them", () => {
  const through = slice({ view: { ...TABLE.view, plane: { ...FIRST, row: 12 } } });
  assert.equal(heldAt(through, 2), null);
  const open = { ...through, connection: /** @type {const} */ ("open") };
  assert.deepEqual(nextRow(open), { type: "rows", ids: [12] });
  const asked = after(open, { type: "sent", command: { type: "rows", ids: [12], id: 3 } });
  assert.equal(nextRow(asked), null);
  const known = after(asked, told({ type: "rows", rows: [{ id: 12, values: [1, 2, 9.5, 0, 1], label: 0, part: 0 }] }));
  assert.equal(heldAt(known, 2), 9.5);
});

test("each held input has a slider with its mean marked, categories of a column are one choice", () => {
  const view = planeView(slice());
  const sliders = find(view, ({ attrs }) => attrs["data-held"] !== undefined);
  assert.deepEqual(sliders.map(({ attrs }) => [attrs["data-held"], attrs.value, attrs["aria-valuetext"]]), [[2, 80, "4.0 cm"]]);
  assert.deepEqual(find(view, ({ attrs }) => attrs.class === "plane__mean").map(({ attrs }) => attrs.style), ["--mean: 0.400"]);
  const choices = find(view, ({ attrs }) => attrs["data-held-group"] !== undefined);
  assert.deepEqual(choices.map(({ attrs }) => attrs["data-held-group"]), ["[3,4]"]);
  assert.deepEqual(find(choices, ({ tag }) => tag === "option").map((option) => [text([option]), option.attrs.selected]), [["mean shares", true], ["red", false], ["blue", false]]);
  assert.equal(rawAtPlace(INPUTS[2], 80), 4);
});

test("the axes say their inputs and let another one be chosen; of components they carry the name", () => {
  const pick = find(axisUpView(slice()), ({ attrs }) => attrs["data-axis"] === 1);
  assert.deepEqual(find(pick, ({ attrs }) => attrs.selected === true).map((option) => text([option])), ["width (cm)"]);
  const [right, up] = ["1st component (73 %)", "2nd component (23 %)"].map((name) => ({ name, unit: "", input: null, middle: 0.5, scale: 2 }));
  const pca = slice({ chart: "pca", axes: [right, up], view: { ...TABLE.view, plane: { ...FIRST, kind: "pca" } } });
  assert.equal(text(axisRightView(pca)), "1st component (73 %) →");
  assert.deepEqual(find(planeView(pca), ({ attrs }) => attrs["data-held"] !== undefined), []);
});

test("x1 and x2 need no name, and pixels no sliders", () => {
  assert.deepEqual([axisUpView(joined()), axisRightView(joined()), planeView(joined())], [[], [], []]);
  const image = slice({ image: { width: 1, height: 5, high: 16 } });
  assert.deepEqual(find(planeView(image), ({ attrs }) => attrs["data-held"] !== undefined), []);
});

test("many inputs are searched by name", () => {
  const inputs = Array.from({ length: 12 }, (_, row) => column(`column ${row}`));
  const state = after(slice({ inputs }), { type: "plane-search", search: "n 11" });
  assert.deepEqual(find(planeView(state), ({ attrs }) => attrs["data-held"] !== undefined).map(({ attrs }) => attrs["data-held"]), [11]);
});
