/**
 * A table before it is used: what was read, its columns with the choice of target and inputs, its first rows, what is wrong.
 * @import { BringChoice, Child, State, Task, ToldColumn, ToldTable } from "../types"
 */
import { isEmpty, missingChoice, waitsForLabels } from "../state/bring.js";
import { errorView, uploadView } from "./bringupload.js";
import { formatText, sentence, valuesText } from "./bringwords.js";
import { shownField } from "./field.js";
import { firstLineView } from "./firstline.js";
import { countText, nameOf, shortText } from "./labels.js";
import { h, icon } from "./tree.js";

/** @param {State} state @returns {Child[]} */
export function toldView(state) {
  const { told, choice } = state.bring;
  if (!told || !choice) return [];
  return /** @type {Child[]} */ ([
    headView(told),
    firstLineView(state.bring, told),
    problemsView(told),
    pointsView(told),
    told.image ? imageView(told, choice) : columnsView(told, choice),
    waitsForLabels(told) ? labelsView(state) : optionsView(state, told, choice),
    told.image ? null : previewView(told),
    useView(state),
  ].filter(Boolean));
}

/** @param {ToldTable} told */
function headView({ title, rows, columns, encoding, separator, header }) {
  const format = formatText(encoding, separator, header);
  return h(
    "div.told__head",
    { key: "head" },
    h("button.button.button--quiet", { type: "button", "data-action": "bring-back" }, icon("back"), "Other data"),
    h("h3.told__title", { id: "told-title", tabindex: -1 }, title),
    h("p.told__facts", {}, `${countText(rows)} rows, ${countText(columns.length)} columns${format ? ` · ${format}` : ""}`),
  );
}

/** What could not be read, by line. @param {ToldTable} told */
function problemsView({ problems, problem_count: count }) {
  if (!count) return null;
  const more = count - problems.length;
  return h(
    "details.told__problems",
    { key: "problems", open: count <= 3 },
    h("summary", {}, `${countText(count)} ${count === 1 ? "remark" : "remarks"} on the file`),
    h(
      "ul.told__list",
      { tabindex: 0, role: "region", "aria-label": "Remarks on the file" },
      problems.map(({ message }) => h("li", {}, sentence(message))),
      more > 0 ? h("li", {}, `… and ${countText(more)} more.`) : null,
    ),
  );
}

/** A points file that was saved from here. @param {ToldTable} told */
function pointsView({ points }) {
  if (!points) return null;
  return h(
    "p.told__points",
    { key: "points" },
    h("span", {}, "This file holds points saved from the playground."),
    h("button.button", { type: "button", "data-action": "bring-points" }, `Put ${countText(points.length)} points on the board`),
  );
}

/** Pictures whose labels are in a file of their own. @param {State} state */
function labelsView({ bring }) {
  return h(
    "div.bring__drop",
    { key: "labels" },
    h("p", {}, "What each picture shows is in a file of its own, the one with “labels” in its name."),
    h("button.button.bring__pick", { type: "button", "data-action": "bring-labels", disabled: bring.upload !== null }, icon("file"), "Choose the labels …"),
    uploadView(bring),
    errorView(bring, "file"),
  );
}

/** @param {ToldTable} told @param {BringChoice} choice */
function imageView({ image, rows }, { target, inputs }) {
  if (!image) return null;
  const what = target ? `; ${countText(inputs.length)} inputs, “${target}” is predicted` : "";
  const words = `${countText(rows)} images of ${image.width} × ${image.height} pixels from 0 to ${shortText(image.high)}${what}.`;
  return h("p.told__image", { key: "image" }, words);
}

/** @param {ToldTable} told @param {BringChoice} choice */
function columnsView(told, choice) {
  const all = choice.inputs.length;
  const heads = ["Target", "Input", "Column", "Kind", "Missing", "Values"].map((word) => h("th", { scope: "col" }, word));
  const rows = told.columns.map((column, at) => columnView(told, choice, column, at));
  return h(
    "div.told__block",
    { key: "columns" },
    h(
      "div.told__bar",
      {},
      h("h4.told__name", {}, "Columns"),
      h("span.told__count", { role: "status" }, `${all} ${all === 1 ? "input" : "inputs"}`),
      h("button.button.button--quiet", { type: "button", "data-bring-inputs": "all" }, "All"),
      h("button.button.button--quiet", { type: "button", "data-bring-inputs": "none" }, "None"),
    ),
    h("div.told__scroll", { tabindex: 0, role: "region", "aria-label": "Columns" }, h("table.told__columns", {}, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows))),
  );
}

/** @param {ToldTable} told @param {BringChoice} choice @param {ToldColumn} column @param {number} at */
function columnView(told, choice, column, at) {
  const { name, kind, missing, unit } = column;
  const target = name === choice.target;
  const no = column.unusable || null;
  const radio = { type: "radio", name: "bring-target", value: name, checked: target, disabled: isEmpty(told, column), "data-bring-target": name, "aria-label": `Predict ${name}` };
  const box = { type: "checkbox", checked: choice.inputs.includes(name), disabled: target || no !== null, "data-bring-input": name, "aria-label": `Use ${name} as an input` };
  const remark = no ?? (column.constant ? "constant: says nothing" : null);
  return h(
    "tr",
    { key: at, class: target ? "told__row--target" : null },
    h("td", {}, h("input", radio)),
    h("td", {}, h("input", box)),
    h("th.told__column", { scope: "row" }, name, unit && !name.includes(unit) ? h("span.told__unit", {}, ` ${unit}`) : null),
    h("td", {}, kind),
    h("td", { class: missing ? "told__missing" : null }, missing ? countText(missing) : "–"),
    h("td.told__values", {}, valuesText(column), rangeView(column), remark ? h("span.told__remark", {}, ` · ${remark}`) : null),
  );
}

/** Where the mean lies between the least and the largest value. @param {ToldColumn} column */
function rangeView({ kind, low, high, mean, constant }) {
  if (kind !== "number" || constant || low === null || high === null || mean === null || !(high > low)) return null;
  const x = (60 * (mean - low)) / (high - low);
  return h(
    "svg.told__range",
    { viewBox: "0 0 60 10", role: "img", "aria-label": `mean ${shortText(mean)}` },
    h("title", {}, `mean ${shortText(mean)}`),
    h("path", { d: "M0 5H60M0.5 2V8M59.5 2V8" }),
    h("circle", { cx: x.toFixed(1), cy: 5, r: 3 }),
  );
}

/** The first rows as they stand in the file. @param {ToldTable} told */
function previewView({ columns, preview, rows }) {
  const heads = columns.map(({ name }) => h("th", { scope: "col" }, name));
  const lines = preview.map((cells, row) => h("tr", {}, h("th.told__line", { scope: "row" }, String(row + 1)), cells.map((cell) => h("td", { class: cell === "" ? "told__gap" : null }, cell === "" ? "–" : cell))));
  return h(
    "div.told__block",
    { key: "preview" },
    h("h4.told__name", {}, `The first ${Math.min(preview.length, rows)} rows`),
    h(
      "div.told__scroll.told__scroll--preview",
      { tabindex: 0, role: "region", "aria-label": "First rows" },
      h("table.told__preview", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "#"), heads)), h("tbody", {}, lines)),
    ),
  );
}

/** @param {State} state @param {ToldTable} told @param {BringChoice} choice */
function optionsView(state, told, choice) {
  const task = (/** @type {Task} */ name) =>
    h("button", { type: "button", "aria-pressed": String(choice.task === name), "data-bring-task": name }, nameOf(name));
  const field = shownField(state, ["data", "table", "missing"]);
  const gaps = told.columns.some(({ name, missing }) => missing && choice.inputs.includes(name));
  const options = (field?.choices ?? []).map((name) => h("option", { value: name, selected: name === choice.missing }, nameOf(name)));
  return h(
    "div.told__options",
    { key: "options" },
    h("div.told__option", {}, h("span.field__label", { id: "told-task" }, "Task"), h("div.segmented", { role: "group", "aria-labelledby": "told-task" }, task("classification"), task("regression"))),
    gaps && field
      ? h("label.told__option", { key: "missing" }, h("span.field__label", {}, `${field.title} of inputs`), h("select.select", { "data-bring-missing": "" }, options))
      : null,
  );
}

/** @param {State} state */
function useView(state) {
  const { bring } = state;
  const why = missingChoice(bring);
  const busy = bring.inFlight !== null;
  return h(
    "div.told__use",
    { key: "use" },
    errorView(bring, "use"),
    h("p.told__why", { role: "status" }, why ?? summary(bring.choice)),
    h("button.button.button--main", { type: "button", id: "button-bring-use", "data-action": "bring-use", disabled: why !== null || busy || state.connection !== "open" }, busy ? "Being prepared …" : "Use this data"),
  );
}

/** @param {BringChoice | null} choice */
function summary(choice) {
  if (!choice) return "";
  const { inputs, target, task } = choice;
  return `${countText(inputs.length)} ${inputs.length === 1 ? "input" : "inputs"} → ${target} (${task})`;
}
