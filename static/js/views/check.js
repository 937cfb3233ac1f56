/**
 * The tab of the gradient check: the verdict in large words, what was compared, and the parameters that differ most.
 * @import { Child, GradientCheck, GradientRow, State } from "../types"
 */
import { helpButton } from "./help.js";
import { countText, weightText } from "./labels.js";
import { gradeSign } from "./findings.js";
import { h } from "./tree.js";
import { parameterName } from "./weight.js";

/** The diagram marks so many of the parameters that differ most. */
const MARKED = 5;
const VERDICTS = /** @type {const} */ ({ right: ["Right", "good"], doubtful: ["Doubtful", "warn"], wrong: ["Wrong", "bad"] });

/** Only while the tab is open. @param {State} state */
export function isChecking({ drawer }) {
  return drawer.tab === "gradient-check";
}

/** What the tab is drawn again for. @param {State} state @returns {unknown[]} */
export function checkNeeds(state) {
  return isChecking(state) ? [state.check, state.connection] : [null];
}

/** @param {State} state @returns {Child[]} */
export function checkView(state) {
  if (!isChecking(state)) return [];
  const { told, stale } = state.check;
  return [
    h(
      "div.check",
      { "data-stale": String(stale) },
      h("section.check__verdict", { "aria-label": "Gradient check" }, askView(state), verdictView(state)),
      told ? rowsView(state, told) : h("p.check__explained", {}, "Compares the derivative of the loss by every weight and bias, as backpropagation computes it, with what the loss does when that number alone is moved a little up and down."),
    ),
  ];
}

/** @param {State} state */
function askView({ check, connection }) {
  const waits = check.inFlight !== null;
  const attrs = { type: "button", id: "button-check-gradient", "data-action": "check-gradient", "data-reads": true, "aria-disabled": waits ? "true" : null, disabled: connection !== "open" };
  return h("div.check__ask", {}, h("button.button.check__button", attrs, waits ? "Checking …" : "Check the gradient"), helpButton("gradient_check", "Gradient check"));
}

/** Told to ears as well: a live region that is there before it says anything. @param {State} state */
function verdictView({ check: { told, stale } }) {
  if (!told) return h("div.check__told", { role: "status" });
  const [word, grade] = VERDICTS[told.verdict];
  const old = h("p.check__stale", {}, `This belongs to step ${countText(told.step)}: weights, points or settings have changed since.`);
  return h(
    "div.check__told",
    { role: "status", "data-verdict": told.verdict },
    stale ? old : null,
    h("p.check__word", {}, gradeSign(grade), h("span", {}, word)),
    h("p.check__text", {}, told.text),
    figuresView(told),
  );
}

/** @param {GradientCheck} told */
function figuresView({ step, parameters, checked, points, h: move, distance }) {
  const row = (/** @type {string} */ word, /** @type {string} */ value, /** @type {string} */ name) => h("div", {}, h("dt", {}, word), h("dd", { "data-check": name }, value));
  return h(
    "dl.check__figures",
    {},
    row("distance", distance === null ? "–" : weightText(distance), "distance"),
    row("parameters", checked === parameters ? countText(checked) : `${countText(checked)} of ${countText(parameters)}`, "parameters"),
    row("points", countText(points), "points"),
    row("step", countText(step), "step"),
    row("h", weightText(move), "h"),
  );
}

/** @param {State} state @param {GradientCheck} told */
function rowsView(state, { rows }) {
  const heads = ["Parameter, worst first", "Analytic", "Numeric", "Relative error"];
  return h(
    "div.check__rows",
    {},
    h(
      "table.check__table",
      { id: "check-rows", "aria-describedby": "check-hint" },
      h("caption.sr", { id: "check-hint" }, "Parameters, worst first. Arrow keys walk through the rows; each points at its place in the diagram."),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((row, at) => rowView(state, row, at))),
    ),
  );
}

/** @param {State} state @param {GradientRow} row @param {number} at */
function rowView(state, row, at) {
  const name = rowName(state, row);
  const mark = markedRows(state).indexOf(at);
  const here = state.check.row ?? 0;
  return h(
    "tr",
    { key: row.index, "data-check-row": at, tabindex: at === here ? 0 : -1, "aria-current": state.check.row === at ? "true" : null },
    h("th", { scope: "row" }, mark >= 0 ? h("span.check__mark", {}, String(mark + 1)) : null, name),
    h("td", {}, weightText(row.analytic)),
    h("td", {}, weightText(row.numeric)),
    h("td", {}, row.kink ? "at a kink" : weightText(row.error)),
  );
}

/** As it was called when it was checked: the network may be another one by now. @param {State} state @param {GradientRow} row */
export function rowName(state, row) {
  return parameterName({ ...state, server: state.check.of?.server ?? state.server }, row);
}

/** Places in the table of those that the diagram marks, worst first; none once the answer is old. @param {State} state @returns {number[]} */
export function markedRows({ check: { told, stale } }) {
  if (!told || stale) return [];
  return told.rows.slice(0, MARKED).flatMap(({ error, kink }, at) => (error > 0 && !kink ? [at] : []));
}

/** The rows of the network that is still there: all, or none. @param {State} state @returns {readonly GradientRow[]} */
export function rowsThere({ check: { told, of }, server }) {
  return told && of && server && of.server.revision === server.revision ? told.rows : [];
}
