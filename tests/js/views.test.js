import assert from "node:assert/strict";
import { test } from "node:test";

import {
  areaOf,
  axesFigure,
  MARGINS,
  marksOf,
  pointAt,
  SHAPES,
  toBoard,
  toPixels,
} from "../../static/js/views/board.js";
import { brushView } from "../../static/js/views/brush.js";
import { figuresView } from "../../static/js/views/chart.js";
import { contourOf } from "../../static/js/views/contour.js";
import { fieldView, shownField } from "../../static/js/views/field.js";
import { lossText, nameOf, scoreText, typed } from "../../static/js/views/labels.js";
import { classTables, diverging, divergingTable, paintBoundary, paintPlane } from "../../static/js/views/picture.js";
import { stepFrom } from "../../static/js/views/stepping.js";
import { transportView } from "../../static/js/views/transport.js";
import { after, frame, joined, PALETTE, POINTS } from "./helpers.js";

/** @import { Child, Node, Path } from "../../static/js/types" */

/**
 * All nodes of a tree that a test picks.
 * @param {readonly Child[]} children
 * @param {(node: Node) => boolean} pick
 * @returns {Node[]}
 */
function find(children, pick) {
  return children.flatMap((child) =>
    typeof child === "string" ? [] : [...(pick(child) ? [child] : []), ...find(child.children, pick)],
  );
}

/** @type {import("../../static/js/types").Look} */
const HOME = { centre: [0, 0], extent: 6 };
/** @param {Path} path @param {any} [state] */
const field = (path, state = joined()) => /** @type {Node} */ (fieldView(state, path));
/** @param {Path} path */
const known = (path) => /** @type {import("../../static/js/types").Field} */ (shownField(joined(), path));

test("a value that comes before the page knows of it as one is drawn as some class", () => {
  const state = { ...joined(), points: /** @type {any} */ ([[0, 1, 1, -0.37, 0], [1, 0, 0, 12.6, 0]]) };
  const looks = marksOf(state, areaOf(438, 432, HOME)).map(({ shape, colour }) => [shape, colour]);
  assert.deepEqual(looks, [["circle", PALETTE.classes[0]], ["diamond", PALETTE.classes[13 % PALETTE.classes.length]]]);
});

test("row 0 of a picture is the bottom of the board", () => {
  const out = new Uint32Array(4);
  paintPlane(
    Uint8Array.of(0, 1, 2, 3),
    2,
    Uint32Array.from({ length: 256 }, (_, q) => q),
    out,
  );
  assert.deepEqual([...out], [2, 3, 0, 1]);
});

test("the diverging table runs from negative over neutral to positive, little-endian RGBA", () => {
  const table = divergingTable(PALETTE);
  assert.equal(table[0], 0xff0000ff);
  assert.equal(table[255], 0xffff0000);
  assert.equal(diverging(PALETTE, 0.5), "rgb(128 128 128)");
});

test("two planes colour each cell by its class, stronger with its probability", () => {
  const tables = classTables(PALETTE);
  const out = new Uint32Array(4);
  const boundary = { shape: [2, 2, 2], values: Uint8Array.of(0, 1, 2, 0, 255, 255, 255, 0) };
  paintBoundary(boundary, divergingTable(PALETTE), tables, out);
  assert.deepEqual([...out], [tables[2][255], tables[0][0], tables[0][255], tables[1][255]]);
  assert.equal(tables[1][255], 0xffff0000);
});

test("the middle line crosses between cells where the value does", () => {
  assert.deepEqual([...contourOf(Uint8Array.of(0, 255, 0, 255), 2)], [0.5, 0, 0.5, 1]);
  assert.equal(contourOf(Uint8Array.of(0, 0, 0, 0), 2).length, 0);
});

test("pixels and board coordinates are each other's inverse, and Plotly gets the same margins", () => {
  const area = areaOf(438, 432, HOME);
  assert.deepEqual([area.width, area.height], [400, 400]);
  assert.deepEqual(toPixels(area, 0, 6), [MARGINS.left + 200, MARGINS.top]);
  assert.deepEqual(toBoard(area, ...toPixels(area, 1.5, -3)), [1.5, -3]);
  assert.deepEqual(toBoard(area, -1000, 0), [-6, 6]);
  const { layout } = /** @type {any} */ (axesFigure(PALETTE, HOME));
  assert.deepEqual(layout.margin, { l: 30, r: 8, t: 8, b: 24, pad: 0 });
  assert.deepEqual(layout.xaxis.range, [-6, 6]);
});

test("the nearest point within reach is taken; also one that the server has not named yet", () => {
  const area = areaOf(438, 432, HOME);
  const [x, y] = toPixels(area, 1, 1);
  assert.equal(pointAt(POINTS, area, x + 5, y, 10)?.[0], 0);
  assert.equal(pointAt(POINTS, area, x + 15, y, 10), null);
  assert.equal(pointAt([[-1, 1, 1, 0, 0]], area, x, y, 10)?.[0], -1);
});

test("classes differ in shape as well as in colour", () => {
  const marks = marksOf(joined(), areaOf(438, 432, HOME));
  assert.deepEqual(
    marks.map(({ id, shape, colour, part }) => [id, shape, colour, part]),
    [
      [1, "square", "#0000ff", "test"],
      [0, "circle", "#ff0000", "train"],
    ],
  );
  assert.equal(new Set(SHAPES).size, 10);
});

test("the brush offers one label a class and shows the one in use", () => {
  const buttons = find(brushView(joined()), (node) => node.attrs["data-action"] === "brush");
  assert.deepEqual(
    buttons.map(({ attrs }) => [attrs["data-label"], attrs["aria-pressed"]]),
    [
      [0, "false"],
      [1, "true"],
    ],
  );
});

test("the brush speaks of the chosen point while there is one", () => {
  const buttons = find(
    brushView(after(joined(), { type: "select", ids: [0] })),
    (node) => node.attrs["data-action"] === "brush",
  );
  assert.deepEqual(
    buttons.map(({ attrs }) => [attrs["aria-label"], attrs["aria-pressed"]]),
    [
      ["Make it class 0", "true"],
      ["Make it class 1", "false"],
    ],
  );
});

test("a number with near bounds is a slider with the schema's bounds, words and help", () => {
  const node = field(["data", "noise"]);
  const [slider] = find([node], ({ attrs }) => attrs.type === "range");
  assert.deepEqual([slider.attrs.min, slider.attrs.max, slider.attrs.value], [0, 0.5, 0.1]);
  assert.deepEqual(find([node], ({ attrs }) => attrs.role === "tooltip")[0].children, ["0 draws the clean shape."]);
  assert.equal(find([node], ({ tag }) => tag === "label")[0].children[0], "Noise");
});

test("a short range of whole numbers is a row of buttons", () => {
  const buttons = find([field(["data", "classes"])], ({ attrs }) => Boolean(attrs["data-edits"]));
  assert.deepEqual(
    buttons.map(({ attrs }) => attrs["data-edits"]),
    [2, 3, 4, 5, 6].map((n) => `[[["data","classes"],${n}]]`),
  );
});

test("a tagged union is a choice of kinds, and shows the fields of the kind in force only", () => {
  const [select] = find([field(["training", "optimizer"])], ({ tag }) => tag === "select");
  assert.equal(select.attrs["data-path"], '["training","optimizer","name"]');
  assert.deepEqual(
    select.children.map((child) => /** @type {Node} */ (child).attrs.value),
    ["sgd", "adam"],
  );
  assert.equal(known(["training", "optimizer", "betas"]).kind, "pair");
  const sgd = after(joined(), { type: "draft", path: ["training", "optimizer", "name"], value: "sgd", final: true });
  assert.equal(shownField(sgd, ["training", "optimizer", "betas"]), null);
});

test("a choice that may be empty and a number that may be all", () => {
  assert.equal(find([field(["network", "layers", 0, "initializer"])], ({ tag }) => tag === "option").length, 3);
  assert.deepEqual(
    find([field(["training", "batch_size"])], ({ attrs }) => attrs["aria-pressed"] === "false")[0].attrs[
      "data-edits"
    ],
    '[[["training","batch_size"],null]]',
  );
});

test("a refused value is marked where it stands, with what was typed still in it", () => {
  const node = field(
    ["data", "samples"],
    after(joined(), { type: "draft", path: ["data", "samples"], value: 6000, final: true }),
  );
  const [input] = find([node], ({ tag }) => tag === "input");
  assert.deepEqual([input.attrs.value, input.attrs["aria-invalid"]], ["6000", "true"]);
  assert.deepEqual(find([node], ({ attrs }) => attrs.class === "field__error")[0].children, [
    "Samples must be at most 5000",
  ]);
});

test("steps up and down follow the size of the value and stop at the bounds", () => {
  const rate = known(["training", "optimizer", "learning_rate"]);
  assert.deepEqual(
    [
      stepFrom(rate, 0.03, 1),
      stepFrom(rate, 0.03, -1),
      stepFrom(rate, 0.1, -1),
      stepFrom(rate, 10, 1),
      stepFrom(rate, 0, -1),
    ],
    [0.1, 0.01, 0.03, null, null],
  );
  const samples = known(["data", "samples"]);
  assert.deepEqual(
    [stepFrom(samples, 500, 1), stepFrom(samples, 500, -1), stepFrom(samples, 0, 1), stepFrom(samples, 1, -1)],
    [1000, 200, 1, 0],
  );
  assert.equal(stepFrom(known(["network", "layers", 0, "units"]), 4, 1), 5);
});

test("figures are read-outs of the frame", () => {
  const outputs = find(
    figuresView(after(joined(), { type: "frame", frame: frame() })),
    ({ tag }) => tag === "output",
  );
  assert.deepEqual(
    outputs.map(({ attrs, children }) => [attrs.id, ...children]),
    [
      ["train-loss", "0.500"],
      ["train-score", "75.0 %"],
      ["test-loss", "0.600"],
      ["test-score", "50.0 %"],
    ],
  );
});

test("a figure of more letters than have room is smaller", () => {
  const shown = frame();
  const learnt = { ...shown, now: { ...shown.now, train_loss: 0.00018, train_score: 1 } };
  const outputs = find(figuresView(after(joined(), { type: "frame", frame: learnt })), ({ tag }) => tag === "output");
  const long = outputs.filter(({ attrs }) => String(attrs.class).includes("figure__value--long"));
  assert.deepEqual(long.map(({ children }) => children[0]), ["0.00018", "100.0 %"]);
});

test("the play button pauses while playing, and is off without a connection", () => {
  const playing = after(joined(), {
    type: "message",
    message: { type: "phase", phase: "playing", step: 0, epoch: 0 },
  });
  const [play] = find(transportView(playing), ({ attrs }) => attrs.id === "button-play");
  assert.equal(play.attrs["data-action"], "pause");
  const [off] = find(
    transportView(after(playing, { type: "connection", connection: "lost" })),
    ({ attrs }) => attrs.id === "button-play",
  );
  assert.equal(off.attrs.disabled, true);
});

test("names and numbers are written as people write them", () => {
  assert.deepEqual(["x1^2", "leaky_relu", "checkerboard", "gate_nand"].map(nameOf), [
    "x₁²",
    "Leaky ReLU",
    "Checkerboard",
    "NAND gate",
  ]);
  assert.deepEqual([0.0001, 0.03, 1e-8, 3].map(typed), ["0.0001", "0.03", "1e-8", "3"]);
  assert.deepEqual([null, 0.12345, 12.34, 0.00023, 1e6].map(lossText), ["–", "0.123", "12.3", "0.00023", "1.0e+6"]);
  assert.deepEqual(
    [scoreText(0.976, true), scoreText(-0.5, false), scoreText(-123.46, false), scoreText(-5600, false), scoreText(null, true)],
    ["97.6 %", "−0.500", "−123.5", "−5.6e+3", "–"],
  );
});
