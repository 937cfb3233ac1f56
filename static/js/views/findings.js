/**
 * The diagnosis in words: the server's readings, worst first, with the gauge of curvature and the two losses where they belong.
 * @import { Child, Curvature, Node, Reading, State } from "../types"
 */
import { lossText, weightText } from "./labels.js";
import { h } from "./tree.js";

/** @typedef {"bad" | "warn" | "info" | "good"} Grade */

/** What a verdict is called, and how bad it is. @type {Readonly<Record<string, readonly [string, Grade]>>} */
const VERDICTS = {
  dead: ["dead", "bad"],
  vanishing: ["vanishing", "bad"],
  exploding: ["exploding", "bad"],
  too_large: ["rate too large for this curvature", "bad"],
  saturated: ["saturated", "warn"],
  both: ["high bias and high variance", "warn"],
  high_bias: ["high bias", "warn"],
  high_variance: ["high variance", "warn"],
  none: ["no gradient", "info"],
  frozen: ["frozen", "info"],
  other_rule: ["another rule", "info"],
  undefined: ["not measured", "info"],
  healthy: ["healthy", "good"],
  stable: ["the rate bears it", "good"],
  fits_well: ["fits well", "good"],
};
/** @type {readonly Grade[]} */
const ORDER = ["bad", "warn", "info", "good"];
const SIGNS = { bad: "Problem", warn: "Warning", info: "Note", good: "Fine" };
/** Shape as well as colour says how bad it is. */
const SHAPES = { bad: "M12 3L22 20.5H2zM12 9.5V14M12 17v.1", warn: "M12 2.5L21.5 12L12 21.5L2.5 12zM12 7.5V13M12 16v.1", info: "M12 3a9 9 0 1 0 .01 0zM12 11v5.5M12 7.6v.2", good: "M12 3a9 9 0 1 0 .01 0zM8 12.2l2.8 2.8L16.2 9.4" }; // prettier-ignore

/** @param {string} verdict @returns {readonly [string, Grade]} */
export function verdictOf(verdict) {
  return VERDICTS[verdict] ?? [verdict.replaceAll("_", " "), "info"];
}

/** @param {Grade} grade @returns {Node} */
export function gradeSign(grade) {
  return h("svg.icon.grade", { viewBox: "0 0 24 24", class: `grade--${grade}`, role: "img", "aria-label": SIGNS[grade] }, h("path", { d: SHAPES[grade] }));
}

/** Worst first; what is equally bad stays as the server has it. @param {readonly Reading[]} readings */
export function worstFirst(readings) {
  const rank = (/** @type {Reading} */ { verdict }) => ORDER.indexOf(verdictOf(verdict)[1]);
  return [...readings].sort((one, other) => rank(one) - rank(other));
}

/** @param {State} state @param {Reading} reading */
function titleOf(state, { about, layer, unit, units, verdict }) {
  const [word] = verdictOf(verdict);
  const place = `${layer === (state.server?.layers.length ?? 0) - 1 ? "Output" : `Layer ${(layer ?? 0) + 1}`}`;
  if (about === "unit") return `${place}, unit ${(unit ?? 0) + 1}: ${word}`;
  if (about === "layer") return `${place}: ${units.length} units ${word}`;
  return `${{ gradients: "Gradients", curvature: "Curvature", gap: validates(state.figures) ? "Training and validation" : "Training and test" }[about]}: ${word}`;
}

/** The validation points judge where there are some, as the server has it. @param {State["figures"]} frame */
function validates(frame) {
  return (frame?.now.validation_loss ?? null) !== null;
}

/** What a layer's gradient is like belongs to the reading of all gradients. @param {Reading} reading */
function isOfLayer({ about, units }) {
  return about === "layer" && !units.length;
}

/** @param {State} state @returns {Node} */
export function findingsList(state) {
  const told = (state.figures?.readings ?? []).filter((reading) => !isOfLayer(reading));
  return h("ul.findings", { "aria-labelledby": "title-findings" }, worstFirst(told).map((reading) => findingView(state, reading)));
}

/** @param {State} state @param {Reading} reading @returns {Node} */
function findingView(state, reading) {
  const { about, layer, unit, verdict, text } = reading;
  const grade = verdictOf(verdict)[1];
  return h(
    "li.finding",
    { key: `${about}-${layer}-${unit}-${verdict}`, class: `finding--${grade}`, "data-about": about, "data-verdict": verdict },
    gradeSign(grade),
    h("div.finding__words", {}, h("p.finding__title", {}, titleOf(state, reading)), h("p.finding__text", {}, text), figureOf(state.figures, about)),
  );
}

/** @param {State["figures"]} frame @param {Reading["about"]} about @returns {Child | null} */
function figureOf(frame, about) {
  if (about === "curvature" && frame?.curvature) return gauge(frame.curvature);
  if (about === "gradients") return layersView(frame?.readings ?? []);
  if (about !== "gap" || !frame) return null;
  const loss = (/** @type {string} */ word, /** @type {string} */ name, /** @type {number | null | undefined} */ value) =>
    h("span.finding__loss", { class: `finding__loss--${name}` }, `${word} loss `, h("strong", {}, lossText(value)));
  const { train_loss: train, validation_loss: validation, test_loss: test } = frame.now;
  const both = validates(frame) ? loss("validation", "validation", validation) : null;
  return h("p.finding__losses", {}, loss("training", "train", train), both, test === null && both ? null : loss("test", "test", test));
}

/** The same layer by layer, for those who ask. @param {readonly Reading[]} readings @returns {Node | null} */
function layersView(readings) {
  const told = readings.filter(isOfLayer);
  if (!told.length) return null;
  return h("details.finding__layers", {}, h("summary", {}, "Layer by layer"), h("ul", {}, told.map(({ layer, text }) => h("li", { key: String(layer) }, text))));
}

/** The gauge's own units, and how many times the limit its ends are. */
const GAUGE = { width: 300, top: 4, height: 14, words: 33, ends: 100 };
/** A formula of more characters has no room between the gauge's ends; the reading's text tells it. */
const SHORT = 20;

/** Sharpness as a multiple of what the rate bears, on a log axis with the limit in the middle. @param {Curvature} curvature @returns {Node} */
export function gauge({ sharpness, limit, formula, step }) {
  const { width, top, height, words, ends } = GAUGE;
  const share = sharpness > 0 ? Math.max(0, Math.min(1, 0.5 + Math.log(sharpness / limit) / (2 * Math.log(ends)))) : 0;
  const [x, base] = [(share * width).toFixed(1), top + height];
  const label = `Sharpness ${weightText(sharpness)} against ${formula} = ${weightText(limit)}, measured at step ${step}`;
  const stripes = Array.from({ length: 19 }, (_, stripe) => `M${(width / 2 + 8 * stripe).toFixed(0)} ${base}l${height} ${-height}`).join("");
  const text = (/** @type {number} */ at, /** @type {string} */ anchor, /** @type {string} */ word) => h("text.gauge__text", { x: at, y: words, "text-anchor": anchor }, word);
  return h(
    "svg.gauge",
    { viewBox: `0 0 ${width} 38`, role: "img", "aria-label": label, "data-over": String(sharpness > limit) },
    h("rect.gauge__under", { x: 0, y: top, width: width / 2, height }),
    h("svg", { x: width / 2, y: top, width: width / 2, height, viewBox: `${width / 2} ${top} ${width / 2} ${height}` }, h("rect.gauge__over", { x: width / 2, y: top, width: width / 2, height }), h("path.gauge__stripes", { d: stripes })),
    h("path.gauge__limit", { d: `M${width / 2} 0V${base + 4}` }),
    h("path.gauge__hand", { d: `M${x} ${base}l-6 ${-height - 3}h12z` }),
    text(0, "start", "0.01×"),
    text(width / 2, "middle", `${formula.length > SHORT ? "limit" : formula} = ${weightText(limit)}`),
    text(width, "end", "100×"),
  );
}
