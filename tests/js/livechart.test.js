import assert from "node:assert/strict";
import { test } from "node:test";
import { liveChart, ticksOf } from "../../static/js/views/livechart.js";

const LAYOUT = {
  margin: { l: 50, r: 10, t: 10, b: 30 },
  xaxis: { range: [0, 4], nticks: 6, title: { text: "epoch", standoff: 4 }, tickfont: { size: 12, color: "#666" } },
  yaxis: { range: [0, 2], nticks: 5, gridcolor: "#ddd" },
  font: { family: "sans-serif" },
  shapes: [],
};
const LINE = { type: "scatter", mode: "lines", x: [0, 2, 4], y: [2, NaN, 1], line: { color: "red", dash: "dot", width: 2.5 }, opacity: 1 };

test("a line runs inside the margins, from left to right and its largest value at the top", () => {
  const { strokes, inside } = liveChart({ data: [LINE], layout: LAYOUT }, 460, 240);
  assert.deepEqual(inside, { left: 50, top: 10, right: 450, bottom: 210 });
  assert.deepEqual([...strokes[0].points], [50, 10, 250, NaN, 450, 110]);
  assert.deepEqual([strokes[0].colour, strokes[0].dash, strokes[0].width], ["red", "dot", 2.5]);
});

test("ticks are at 2, 5 or 10 times a power of ten, as Plotly has them", () => {
  const words = (/** @type {Parameters<typeof ticksOf>[0]} */ axis) => ticksOf(axis).map(([, text]) => text);
  assert.deepEqual(words({ range: [0, 0.71], nticks: 5 }), ["0", "0.2", "0.4", "0.6"]);
  assert.deepEqual(words({ range: [0, 137], nticks: 6 }), ["0", "50", "100"]);
  assert.deepEqual(words({ range: [-0.3, 1.1], nticks: 5 }), ["0", "0.5", "1.0"]);
  assert.deepEqual(words({ range: [0, 30_000], nticks: 6 }), ["0", "5000", "10k", "15k", "20k", "25k", "30k"]);
});

test("a log axis keeps the ticks it was given, where they are within its range", () => {
  const axis = { type: "log", range: /** @type {[number, number]} */ ([-2, 0]), tickvals: [0.001, 0.01, 0.1, 1], ticktext: ["a", "b", "c", "d"] };
  assert.deepEqual(ticksOf(axis), [[0.01, "b"], [0.1, "c"], [1, "d"]]); // prettier-ignore
  const { up } = liveChart({ data: [], layout: { ...LAYOUT, yaxis: axis } }, 460, 240);
  assert.deepEqual(up, [{ text: "b", at: 210 }, { text: "c", at: 110 }, { text: "d", at: 10 }]); // prettier-ignore
});

test("marks stand at the top with their symbols, and lines across the chart where they belong", () => {
  const marks = { name: "marks", yaxis: "y2", x: [1], y: [1], marker: { symbol: ["square"], size: 8, color: "black" } };
  const standing = { type: "line", xref: "x", yref: "paper", x0: 1, x1: 1, y0: 0, y1: 1, line: { color: "grey", width: 1, dash: "dot" } };
  const chart = liveChart({ data: [LINE, marks], layout: { ...LAYOUT, shapes: [standing] } }, 460, 240);
  assert.equal(chart.strokes.length, 1);
  assert.deepEqual(chart.symbols, [{ x: 150, y: 10, symbol: "square", size: 8, colour: "black" }]);
  const { x0, y0, x1, y1, dash } = chart.shapes[0];
  assert.deepEqual([x0, y0, x1, y1, dash], [150, 210, 150, 10, "dot"]);
});
