/**
 * The pictures of the bench: how loss or score depends on the number of training points, and the losses of each training over
 * its epochs. Training is round and test is square, with regularisation a line is solid and without it dashed.
 * @import { BenchResult, Child, Node, State } from "../types"
 */
import { ticksTo } from "./curveaxes.js";
import { countText, lossText, scoreText, typed } from "./labels.js";
import { h } from "./tree.js";

/** @typedef {"train" | "test"} Judged */
/** @typedef {(value: number) => number} Scale */
/** @typedef {{width: number, height: number, left: number, right: number, top: number, bottom: number}} Room in pixels of the picture */

/** @type {readonly Judged[]} */
export const JUDGED = ["train", "test"];
/** @type {Room} */
const LARGE = { width: 380, height: 206, left: 44, right: 10, top: 8, bottom: 36 };
/** @type {Room} */
const SMALL = { width: 116, height: 104, left: 28, right: 5, top: 6, bottom: 18 };

/** Finished trainings of one kind, fewest points first. @param {readonly BenchResult[]} results @param {boolean} regularised */
export function trainingsOf(results, regularised) {
  return results.filter((result) => result.regularised === regularised).sort((one, other) => one.size - other.size);
}

/** @param {readonly (number | null)[]} values from 0, or from the least of them, to the largest @param {Room} room */
function upFrom(values, { height, top, bottom }) {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(0, ...known), Math.max(...known, 1e-9) * 1.04];
  const y = (/** @type {number} */ value) => height - bottom - ((value - low) / (high - low)) * (height - top - bottom);
  return { y, ticks: ticksTo(low, high, height > 150 ? 5 : 3) };
}

/** Gaps stay gaps. @param {readonly (readonly [number, number | null])[]} places @param {Scale} x @param {Scale} y */
function pathOf(places, x, y) {
  let pen = "M";
  return places.reduce((path, [across, up]) => {
    const next = up === null ? "" : `${pen}${x(across).toFixed(1)} ${y(up).toFixed(1)}`;
    pen = up === null ? "M" : "L";
    return path + next;
  }, "");
}

/** @param {Judged} part @param {boolean} regularised */
export function lineClass(part, regularised) {
  return `bench__line bench__line--${part}${regularised ? "" : " bench__line--plain"}`;
}

/** A point of training is round, one of test square. @param {Judged} part @param {number} x @param {number} y */
export function dotView(part, x, y) {
  if (part === "train") return h("circle.bench__dot.bench__dot--train", { cx: x.toFixed(1), cy: y.toFixed(1), r: 3.6 });
  return h("rect.bench__dot.bench__dot--test", { x: (x - 3.3).toFixed(1), y: (y - 3.3).toFixed(1), width: 6.6, height: 6.6 });
}

/** Loss or score by the number of training points, on a logarithmic axis. @param {State} state @param {string} words that say what it shows */
export function sizesView({ bench: { told, measure }, server, bench }, words) {
  const results = told?.results ?? [];
  const sizes = [...new Set(results.map(({ size }) => size))].sort((a, b) => a - b);
  const figure = (/** @type {BenchResult} */ result, /** @type {Judged} */ part) => result[`${part}_${measure}`];
  const { y, ticks } = upFrom(results.flatMap((result) => JUDGED.map((part) => figure(result, part))), LARGE);
  const [low, high] = [Math.log10(sizes[0]), Math.log10(sizes.at(-1) ?? 10)];
  const wide = LARGE.width - LARGE.left - LARGE.right - 24;
  const x = (/** @type {number} */ size) => LARGE.left + 12 + (high > low ? (Math.log10(size) - low) / (high - low) : 0.5) * wide;
  const classes = (bench.told?.task ?? server?.task) !== "regression";
  const text = (/** @type {number} */ value) => (measure === "score" && classes ? `${typed(value * 100)} %` : typed(value));
  const lines = [true, false].flatMap((regularised) =>
    JUDGED.map((part) => sizeLine(trainingsOf(results, regularised).map((result) => [result.size, figure(result, part)]), part, regularised, x, y)),
  );
  const title = measure === "loss" ? "Loss" : classes ? "Accuracy" : "R²";
  return h(
    "svg.bench__picture",
    { viewBox: `0 0 ${LARGE.width} ${LARGE.height}`, role: "img", "aria-label": `${title} by the number of training points. ${words}`.trim() },
    gridView(ticks, y, text, LARGE),
    apart(sizes, x).map((size) => h("text.bench__text", { x: x(size).toFixed(1), y: LARGE.height - 21, "text-anchor": "middle" }, countText(size))),
    h("text.bench__text", { x: (LARGE.left + LARGE.width - LARGE.right) / 2, y: LARGE.height - 5, "text-anchor": "middle" }, "training points, logarithmic axis"),
    lines,
  );
}

/** Those of which the numbers do not run into each other, the last always. @param {readonly number[]} sizes @param {Scale} x */
function apart(sizes, x) {
  return sizes.filter((size, at) => at === sizes.length - 1 || (x(sizes[sizes.length - 1]) - x(size) > 30 && (at === 0 || x(size) - x(sizes[at - 1]) > 22)));
}

/** @param {readonly (readonly [number, number | null])[]} places @param {Judged} part @param {boolean} regularised @param {Scale} x @param {Scale} y */
function sizeLine(places, part, regularised, x, y) {
  const dots = places.flatMap(([size, value]) => (value === null ? [] : [dotView(part, x(size), y(value))]));
  return h("g", { key: `${part}-${regularised}`, "data-bench-line": part, "data-regularised": String(regularised) }, h("path", { class: lineClass(part, regularised), d: pathOf(places, x, y) }), dots);
}

/** @param {readonly number[]} ticks @param {Scale} y @param {(value: number) => string} text @param {Room} room @returns {Node[]} */
function gridView(ticks, y, text, { left, right, width }) {
  return ticks.flatMap((value) => [
    h("path.bench__grid", { d: `M${left} ${y(value).toFixed(1)}H${width - right}` }),
    h("text.bench__text", { x: left - 5, y: (y(value) + 4).toFixed(1), "text-anchor": "end" }, text(value)),
  ]);
}

/** One small picture a size, all with the same axes. @param {State} state @returns {Child[]} */
export function epochsViews({ bench: { told } }) {
  const results = told?.results ?? [];
  const losses = results.flatMap(({ curve }) => curve.flatMap(({ train_loss: train, test_loss: test }) => [train, test]));
  const { y, ticks } = upFrom(losses, SMALL);
  const epochs = Math.max(1, told?.epochs ?? 1);
  const x = (/** @type {number} */ epoch) => SMALL.left + (epoch / epochs) * (SMALL.width - SMALL.left - SMALL.right);
  const sizes = [...new Set(results.map(({ size }) => size))].sort((a, b) => a - b);
  return sizes.map((size) => {
    const trainings = results.filter((result) => result.size === size);
    return h(
      "figure.bench__small",
      { key: size, "data-bench-size": size },
      h("figcaption", {}, `${countText(size)} points`),
      h(
        "svg.bench__picture",
        { viewBox: `0 0 ${SMALL.width} ${SMALL.height}`, role: "img", "aria-label": smallWords(trainings) },
        gridView(ticks, y, typed, SMALL),
        [0, epochs].map((epoch) => h("text.bench__text", { x: x(epoch), y: SMALL.height - 4, "text-anchor": epoch ? "end" : "start" }, epoch ? `epoch ${countText(epoch)}` : "0")),
        trainings.flatMap((result) => JUDGED.map((part) => h("path", { class: lineClass(part, result.regularised), d: pathOf(result.curve.map((row) => [row.epoch, row[`${part}_loss`]]), x, y) }))),
      ),
    );
  });
}

/** @param {readonly BenchResult[]} trainings */
function smallWords(trainings) {
  const words = trainings.map((result) => `${result.regularised ? "" : "without regularisation: "}training loss ${lossText(result.train_loss)}, test loss ${lossText(result.test_loss)} at the end`);
  return `Losses over the epochs: ${words.join("; ")}`;
}

/** A figure of a training in words. @param {State} state @param {BenchResult} result @param {Judged} part */
export function figuresOf({ bench, server }, result, part) {
  const classes = (bench.told?.task ?? server?.task) !== "regression";
  return [lossText(result[`${part}_loss`]), scoreText(result[`${part}_score`], classes)];
}
