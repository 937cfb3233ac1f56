/**
 * Taking home: the dialog's state and view, and the picture of the page as described SVG.
 * @import { Node } from "../../static/js/types"
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped, queryOf, stemOf } from "../../static/js/state/takehome.js";
import { areaOf } from "../../static/js/views/board.js";
import { boardNode, legend } from "../../static/js/views/boardsvg.js";
import { chartNodes, keyNodes } from "../../static/js/views/chartsvg.js";
import { pageNode } from "../../static/js/views/pagesvg.js";
import { inkOf, pointScale } from "../../static/js/views/pointink.js";
import { takeHomeNeeds, takeHomeView } from "../../static/js/views/takehome.js";
import { experimentTitle } from "../../static/js/views/titles.js";
import { after, frame, joined, PALETTE, SERVER, SPEC, told } from "./helpers.js";

const OFFERS = [
  { kind: "history", group: "Data", title: "History", text: "A table.", heavy: false, options: [] },
  {
    kind: "animation",
    group: "Pictures",
    title: "Animation",
    text: "A GIF.",
    heavy: true,
    options: [
      { name: "frames", title: "Pictures", default: "60", low: 2, high: 90, whole: true, choices: [] },
      { name: "theme", title: "Colours", default: "light", low: 0, high: 0, whole: false, choices: ["light", "dark"] },
    ],
  },
];
const LOOK = { centre: /** @type {const} */ ([0, 0]), extent: 6 };

/** @param {any} node @returns {Node[]} all nodes of a tree, in its order */
const all = (node) => (typeof node === "string" ? [] : [node, ...node.children.flatMap(all)]);
/** @param {any} node @returns {string} */
const words = (node) => (typeof node === "string" ? node : node.children.map(words).join(""));
const opened = () => after(joined(), { type: "frame", frame: frame() }, { type: "connection", connection: "open" }, { type: "take-home", change: { open: true, offers: OFFERS } });

test("files stand in groups, those of the page before the server's", () => {
  assert.deepEqual(grouped(opened()).map(([group, offers]) => [group, offers.map(({ kind }) => kind)]), [["Data", ["history"]], ["Pictures", ["png", "svg", "animation"]]]); // prettier-ignore
  assert.deepEqual(grouped(joined()).map(([group]) => group), ["Pictures"]);
});

test("a file that is made cannot be asked for again, and what went wrong stands at it until then", () => {
  const button = (/** @type {any} */ state, /** @type {string} */ kind) => takeHomeView(state).flatMap(all).find(({ attrs }) => attrs["data-take"] === kind);
  const making = after(opened(), { type: "take-begun", kind: "history" });
  assert.equal(button(making, "history")?.attrs.disabled, true);
  assert.equal(button(making, "animation")?.attrs.disabled, false);
  const failed = after(making, { type: "take-done", kind: "history", error: "It is too large." });
  assert.equal(button(failed, "history")?.attrs.disabled, false);
  assert.deepEqual(failed.takeHome.errors, { history: "It is too large." });
  assert.match(words({ children: takeHomeView(failed) }), /It is too large\./);
  const again = after(failed, { type: "take-begun", kind: "history" }, { type: "take-done", kind: "history", said: "a.csv is saved." });
  assert.deepEqual([again.takeHome.errors, again.takeHome.busy, again.takeHome.said], [{}, [], "a.csv is saved."]);
});

test("without a connection only what the page makes itself can be had", () => {
  const lost = after(opened(), { type: "connection", connection: "lost", text: "" });
  const disabled = takeHomeView(lost).flatMap(all).filter(({ attrs }) => attrs["data-take"]).map(({ attrs }) => attrs.disabled);
  assert.deepEqual(disabled, [true, false, false, true]);
});

test("what is chosen goes into the address, and no more", () => {
  const chosen = after(opened(), { type: "take-option", kind: "animation", name: "frames", value: "20" }, { type: "take-option", kind: "animation", name: "theme", value: "dark" });
  assert.equal(queryOf(chosen, "animation"), "?frames=20&theme=dark");
  assert.equal(queryOf(chosen, "history"), "");
});

test("a closed dialog is not drawn again for frames", () => {
  const closed = after(opened(), { type: "take-home", change: { open: false } });
  assert.deepEqual(takeHomeNeeds(closed), [null]);
  assert.deepEqual(takeHomeView(closed), []);
});

test("a picture is called as the server calls its files", () => {
  assert.equal(stemOf(joined()), "spiral-2-tanh");
  const spec = { ...SPEC, data: { ...SPEC.data, source: "gate_and" }, network: { layers: [{ units: 8, activation: "relu" }, { units: 3, activation: "tanh" }] } };
  assert.equal(stemOf(after(joined(), told({ ...SERVER, spec }))), "gate-and-8-3-mixed");
  assert.equal(experimentTitle(after(joined(), told({ ...SERVER, spec }))), "AND gate: network 2 – 2 – 1, ReLU and tanh");
});

test("points are shapes, filled where they are trained on, and those outside the axes are left out", () => {
  const area = areaOf(438, 432, LOOK);
  assert.equal(pointScale(area.width, PALETTE), 400 / 420);
  const node = boardNode(joined(), area, "data:image/png;base64,AA==", 438);
  const marks = all(node).filter(({ tag, attrs }) => tag === "path" && String(attrs.d).endsWith("Z"));
  assert.deepEqual(marks.map(({ attrs }) => attrs.fill), ["#ffffff", "#ff0000"]); // prettier-ignore
  assert.deepEqual(marks.map(({ attrs }) => attrs.stroke), ["#0000ff", "#ffffff"]); // prettier-ignore
  const places = all(node).map(({ attrs }) => String(attrs.transform)).filter((place) => place.includes(") scale"));
  assert.deepEqual(places, ["translate(196.67 241.33) scale(0.65)", "translate(263.33 174.67) scale(0.74)"]);
  assert.deepEqual(words(node).match(/[−\d]+/g)?.slice(0, 7), ["−6−4−20246−6−4−20246"]);
  const near = boardNode(joined(), areaOf(438, 432, { centre: [1, 1], extent: 0.5 }), "", 438);
  assert.equal(all(near).filter(({ tag, attrs }) => tag === "path" && String(attrs.d).endsWith("Z")).length, 1);
});

test("a chosen point, a rim and a point that only chooses look on paper as on canvas", () => {
  const mark = { id: 0, x: 0, y: 0, shape: "circle", colour: "#ff0000", outline: "#777777", focus: false, wrong: false };
  const train = /** @type {const} */ ("train");
  assert.deepEqual(inkOf({ ...mark, part: train, chosen: true }, PALETTE, 1), { size: 0.78, fill: "#ff0000", stroke: "#000000", width: 2.2, rim: null }); // prettier-ignore
  assert.deepEqual(inkOf({ ...mark, part: "test", chosen: false }, PALETTE, 1), { size: 0.68, fill: "#ffffff", stroke: "#ff0000", width: 1.7, rim: "#777777" }); // prettier-ignore
});

test("the legend says what shapes, fillings and rings mean; of a regression, what colours are worth", () => {
  assert.equal(words(legend(joined()).node), "class 0class 1Training pointTest point");
  const wrong = { ...joined(), wrong: new Set([0]) };
  assert.match(words(legend(wrong).node), /Taken for another class$/);
  const regression = after(joined(), told({ ...SERVER, task: "regression" }), { type: "frame", frame: frame({ boundary_range: [-2, 3] }) });
  const { node } = legend(regression);
  assert.equal(words(node), "−2value3");
  assert.deepEqual(all(node).filter(({ tag }) => tag === "stop").map(({ attrs }) => attrs["stop-color"]).filter((_, row) => row % 4 === 0), ["rgb(255 0 0)", "rgb(128 128 128)", "rgb(0 0 255)"]); // prettier-ignore
});

test("a chart's lines break at gaps, and its words stand where the canvas has them", () => {
  const stroke = { points: Float64Array.of(50, 10, 60, NaN, 70, 20, 80.004, 30), colour: "red", dash: "dot", width: 2.5, opacity: 1, dots: 0 };
  const chart = {
    inside: { left: 50, top: 10, right: 450, bottom: 210 },
    strokes: [stroke, { ...stroke, dots: 7 }],
    shapes: [{ x0: 60, y0: 10, x1: 60, y1: 210, rect: false, colour: "grey", width: 1, dash: "solid", opacity: 0.5, words: "" }],
    symbols: [{ x: 100, y: 10, symbol: "square", size: 8, colour: "black" }],
    names: [],
    across: [{ text: "0", at: 50 }],
    up: [{ text: "0.5", at: 110 }],
    title: { text: "epoch", at: 230 },
    letters: { size: 12, colour: "#666", family: "sans-serif" },
    grid: "#ddd",
  };
  const nodes = chartNodes(chart).flatMap(all);
  const line = nodes.find(({ attrs }) => attrs.stroke === "red");
  assert.equal(line?.attrs.d, "M50 10M70 20L80 30");
  assert.equal(line?.attrs["stroke-dasharray"], "3 3");
  assert.equal(nodes.filter(({ tag }) => tag === "circle").length, 3);
  assert.deepEqual(nodes.filter(({ tag }) => tag === "text").map((node) => [words(node), node.attrs.x]), [["0.5", 46], ["0", 50], ["epoch", 250]]); // prettier-ignore
  assert.equal(keyNodes([{ name: "test loss", colour: "red", dash: "dot" }, { name: "training loss", colour: "blue", dash: "solid" }], PALETTE).map(words).join("|"), "training loss|test loss"); // prettier-ignore
  assert.deepEqual(keyNodes(Array.from({ length: 5 }, () => ({ name: "layer", colour: "red", dash: "dot" })), PALETTE), []);
});

test("a picture of the page says what it is of and how well it does, in two lines", () => {
  const svg = pageNode(opened(), { ground: "data:image/png;base64,AA==", maps: "data:image/png;base64,BB==" });
  assert.equal(svg.attrs.xmlns, "http://www.w3.org/2000/svg");
  assert.match(words(svg), /Spiral: network 2 – 2 – 1, tanh/);
  assert.match(words(svg), /epoch 1, step 25training loss 0\.500, accuracy 75\.0 %test loss 0\.600, accuracy 50\.0 %/);
  const images = all(svg).filter(({ tag }) => tag === "image").map(({ attrs }) => attrs.href);
  assert.deepEqual(images, ["data:image/png;base64,BB==", "data:image/png;base64,AA=="]);
  assert.ok(all(svg).some(({ attrs }) => attrs.id === "network"));
});
