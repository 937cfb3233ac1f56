/**
 * The figures over the charts: loss and score of each part, as they are now.
 * @import { Child, Part, State } from "../types"
 */
import { lossText, scoreText } from "./labels.js";
import { h } from "./tree.js";

/** @param {State} state @returns {Child[]} */
export function figuresView(state) {
  const now = state.frame?.now;
  const classes = state.server?.task !== "regression";
  const three = Number.isFinite(now?.validation_loss);
  /** @type {Part[]} */
  const parts = three ? ["train", "validation", "test"] : ["train", "test"];
  return parts.flatMap((part) => [
    figureView(part, "loss", three ? `${SHORT[part]} loss` : `${WORDS[part]} loss`, `${WORDS[part]} loss`, lossText(now?.[`${part}_loss`])),
    figureView(part, "score", scoreName(classes, three), `${WORDS[part]} ${scoreName(classes, false)}`, scoreText(now?.[`${part}_score`], classes)),
  ]);
}

/** @type {Readonly<Record<Part, string>>} */
const WORDS = { train: "Training", validation: "Validation", test: "Test" };
/** Where three parts stand side by side. @type {Readonly<Record<Part, string>>} */
const SHORT = { train: "Train", validation: "Val.", test: "Test" };

/** @param {boolean} classes @param {boolean} short */
function scoreName(classes, short) {
  if (!classes) return "R²";
  return short ? "acc." : "accuracy";
}

/** Of large letters; four figures stand side by side. */
const MOST_LETTERS = 6;

/** @param {Part} part @param {"loss" | "score"} what @param {string} word as it is seen @param {string} full as it is heard @param {string} value */
function figureView(part, what, word, full, value) {
  return h(
    "div.figure",
    { class: `figure--${part}` },
    h("span.figure__label", {}, h("span", { "aria-hidden": "true" }, word), h("span.sr", {}, full)),
    h("output.figure__value", { id: `${part}-${what}`, class: value.length > MOST_LETTERS ? "figure__value--long" : "", "aria-live": "off" }, value),
  );
}
