/**
 * The settings of data and inputs: pictures to choose a data set by, then the fields that it has.
 * @import { Child, Experiment, State } from "../types"
 */
import { draftAt, shownSpec } from "../state/spec.js";
import { asks } from "./control.js";
import { fieldView, namesAt, shownField } from "./field.js";
import { helpButton } from "./help.js";
import { preparationView, tableInputs } from "./preparation.js";
import { nameOf } from "./labels.js";
import { sourcePicture } from "./sources.js";
import { h, icon } from "./tree.js";

/** These have their place beside another field, or are no control. */
const PLACED = ["source", "points", "task", "table"];

/** @param {State} state @returns {Child[]} */
export function dataPanel(state) {
  const spec = shownSpec(state);
  if (spec.data.source === "table") return [sourcePicker(state, spec), ...preparationView(state)];
  const own = spec.data.source === "points";
  const hidden = new Set([
    ...PLACED,
    ...(own ? ["samples", "noise", "train_fraction", "validation_fraction"] : ["coordinates"]),
    ...(allowsClasses(state) ? [] : ["classes"]),
  ]);
  const shown = namesAt(state, ["data"]).filter((name) => !hidden.has(name) || draftAt(state, ["data", name])?.error);
  const fields = shown.map((name) => fieldView(state, ["data", name]));
  const split = own ? null : fieldView(state, ["seeds", "split"]);
  const task = own ? fieldView(state, ["data", "task"]) : null;
  return /** @type {Child[]} */ ([
    sourcePicker(state, spec),
    bringButton(),
    h("div.fields", {}, /** @type {Child[]} */ ([task, ...fields, split].filter(Boolean))),
  ]);
}

/** Beside the shapes: one's own. */
function bringButton() {
  const attrs = { type: "button", "data-action": "bring", "aria-haspopup": "dialog", title: "A CSV file, a pasted table, images, or a bundled data set" };
  return h("button.button.bring-button", attrs, icon("file"), "Real data …");
}

/**
 * Numbers have no classes; sources of two have no choice to show, as far as the server names those that have.
 * @param {State} state
 */
function allowsClasses(state) {
  if (state.server?.task === "regression") return false;
  const source = shownSpec(state).data.source;
  const several = state.schema?.multi_class_sources;
  return !several || source === "points" || several.includes(source);
}

/** @param {State} state @param {Experiment} spec */
function sourcePicker(state, spec) {
  const field = shownField(state, ["data", "source"]);
  const choices = (field?.choices ?? []).filter((source) => source !== "table");
  const options = choices.map((source) => {
    const edits = asks([
      [["data", "source"], source],
      [["data", "classes"], 2],
      [["data", "task"], "auto"],
      [["data", "points"], []],
    ]);
    const input = h("input.sr", {
      type: "radio",
      name: "source",
      value: source,
      checked: source === spec.data.source,
      "data-edits": edits,
    });
    return h(
      "label.source",
      { title: nameOf(source) },
      input,
      sourcePicture(source),
      h("span.sr", {}, nameOf(source)),
    );
  });
  const seed = spec.seeds.data;
  const again = h(
    "button.button.button--quiet",
    {
      type: "button",
      "data-edits": asks([[["seeds", "data"], seed + 1]]),
      disabled: spec.data.source === "points",
      title: "Draw the points again from the next data seed",
    },
    icon("dice"),
    "New draw",
  );
  const error = field?.error ? [h("p.field__error", {}, field.error)] : [];
  const caption = h(
    "div.source-caption",
    {},
    h("span", {}, h("strong", {}, nameOf(spec.data.source)), helpButton("data.source", "Data set", ["data", "source"])),
    again,
  );
  return h(
    "fieldset.sources",
    { "data-field": "data.source" },
    h("legend.sr", {}, "Data set"),
    h("div.sources__grid", {}, options, tableSource(spec)),
    spec.data.source === "table" ? null : caption,
    error,
  );
}

/** The item of the list that is no shape: it opens the dialog. @param {Experiment} spec */
function tableSource({ data: { source } }) {
  const chosen = source === "table";
  const attrs = { type: "button", "data-action": chosen ? "bring-change" : "bring", "aria-haspopup": "dialog", "aria-pressed": String(chosen), title: nameOf("table") };
  return h("button.source", attrs, sourcePicture("table"), h("span.sr", {}, nameOf("table")));
}

/** @param {State} state @returns {Child[]} */
export function inputsPanel(state) {
  if (shownSpec(state).data.source === "table") return tableInputs(state);
  const field = shownField(state, ["inputs"]);
  if (!field) return [];
  const chosen = shownSpec(state).inputs;
  // On a curve there is no second coordinate; what needs one is kept in the spec, for the next board that has it.
  const meant = (/** @type {string} */ feature) => state.server?.chart !== "curve" || (state.schema?.curve_features ?? []).includes(feature);
  const alone = chosen.filter(meant).length === 1;
  const chips = field.choices.filter(meant).map((feature) => {
    const on = chosen.includes(feature);
    const next = field.choices.filter((other) => (other === feature ? !on : chosen.includes(other)));
    const input = h("input.sr", {
      type: "checkbox",
      checked: on,
      disabled: on && alone,
      "data-edits": asks([[["inputs"], next]]),
    });
    return h("label.chip.chip--input", {}, input, h("span", {}, nameOf(feature)));
  });
  return [
    h("div.chips", { role: "group", "aria-label": "Inputs", "data-field": "inputs" }, chips),
    ...(field.error ? [h("p.field__error", {}, field.error)] : []),
  ];
}
