/**
 * The form behind the small button at "Epoch": what to train until. `dom/until.js` opens and sends it.
 * @import { Child, Goal, State } from "../types"
 */
import { isStuck } from "../state/stuck.js";
import { GOALS, measureOf, textOf, untilCommand } from "../state/until.js";
import { helpButton } from "./help.js";
import { h } from "./tree.js";

/** @param {State} state @returns {Record<Goal, string>} */
function wordsOf({ server }) {
  const score = server?.task === "regression" ? "R²" : "accuracy";
  return {
    train_loss_below: "training loss is below",
    test_loss_below: "test loss is below",
    train_score_above: `training ${score} is above`,
    test_score_above: `test ${score} is above`,
    diverges: "it diverges",
    epochs: "so many epochs are done",
  };
}

/** @param {State} state @returns {Child[]} */
export function untilView(state) {
  const { goal } = state.until;
  const { command, aim, most } = untilCommand(state);
  const words = wordsOf(state);
  const measure = measureOf(state, goal);
  const options = GOALS.map((name) => h("option", { value: name, selected: name === goal }, words[name]));
  const off = command === null || state.connection !== "open" || isStuck(state);
  return [
    h("div.until__head", {}, h("h2.until__title", { id: "title-until" }, "Train until"), helpButton("transport.until", "Train until")),
    h("select.select", { id: "until-goal", "data-until": "goal", autofocus: true, "aria-labelledby": "title-until" }, options),
    measure && measure !== "epochs" ? numberView(state, measure, words[goal], measure === "percent" ? "%" : "", aim) : null,
    goal === "epochs"
      ? numberView(state, "epochs", "epochs", "epochs", most)
      : numberView(state, "most", "epochs at most", "epochs at most", most),
    h("button.button.until__go", { type: "submit", disabled: off }, "Train"),
  ].filter((child) => child !== null);
}

/**
 * @param {State} state @param {"loss" | "percent" | "r2" | "epochs" | "most"} measure
 * @param {string} label @param {string} unit @param {string | null} problem
 */
function numberView(state, measure, label, unit, problem) {
  const name = `until-${measure}`;
  const attrs = {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    id: name,
    "data-until": measure,
    value: textOf(state, measure),
    "aria-label": label,
    "aria-invalid": problem ? "true" : null,
    "aria-describedby": problem ? `${name}-error` : null,
  };
  return h(
    "div.until__number",
    { key: measure },
    h("label.until__line", {}, h("input.text", attrs), unit ? h("span", {}, unit) : null),
    problem ? h("p.field__error", { id: `${name}-error`, role: "status" }, problem) : null,
  );
}
