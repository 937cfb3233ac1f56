/**
 * The figures over the charts: loss and score of both parts, as they are now.
 * @import { Child, State } from "../types"
 */
import { lossText, scoreText } from "./labels.js";
import { h } from "./tree.js";

/** @param {State} state @returns {Child[]} */
export function figuresView(state) {
  const now = state.frame?.now;
  const classes = state.server?.task !== "regression";
  const score = classes ? "accuracy" : "R²";
  const row = (/** @type {"train" | "test"} */ part, /** @type {string} */ word) => [
    h(
      "div.figure",
      { class: `figure--${part}` },
      h("span.figure__label", {}, `${word} loss`),
      h("output.figure__value", { id: `${part}-loss`, "aria-live": "off" }, lossText(now?.[`${part}_loss`])),
    ),
    h(
      "div.figure",
      { class: `figure--${part}` },
      h("span.figure__label", {}, h("span.sr", {}, `${word} `), score),
      h("output.figure__value", { id: `${part}-score`, "aria-live": "off" }, scoreText(now?.[`${part}_score`], classes)),
    ),
  ];
  return [...row("train", "Training"), ...row("test", "Test")];
}
