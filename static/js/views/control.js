/**
 * The forms that a field can take: switch, choice, slider, row of buttons, number with steps, pair. Its kind and bounds decide.
 * @import { Field, Json, Node, Path } from "../types"
 */
import { helpKey } from "../state/help.js";
import { helpButton } from "./help.js";
import { nameOf, typed } from "./labels.js";
import { stepFrom } from "./stepping.js";
import { h, icon } from "./tree.js";

/** @param {Path} path */
export function idOf(path) {
  return `field-${path.join("-")}`;
}

/**
 * What pressing or choosing asks for: these values at these paths, together.
 * @param {readonly [Path, Json][]} edits
 */
export function asks(edits) {
  return JSON.stringify(edits);
}

/** @param {Field} field */
export function heading(field) {
  const value = isSlider(field) ? h("output.field__value", {}, percent(field)) : null;
  const plain = field.kind === "pair" || isSegmented(field);
  const label = h(
    plain ? "span.field__label" : "label.field__label",
    plain ? { id: `${idOf(field.path)}-label` } : { for: idOf(field.path) },
    field.title,
    value,
  );
  return h("div.field__head", {}, label, helpOn(field));
}

/** @param {Field} field */
export function helpOn(field) {
  return helpButton(helpKey(field.path), field.title, field.path);
}

/** @param {Field} field */
function percent(field) {
  return `${Math.round(Number(field.value) * 100)} %`;
}

/** @param {Field} field @param {readonly Field[]} [parts] of a pair @returns {Node} */
export function control(field, parts = []) {
  if (field.kind === "choice" || field.kind === "group") return select(field);
  if (field.kind === "pair") return pair(field, parts);
  if (isSlider(field)) return slider(field);
  if (isSegmented(field)) return segmented(field);
  return field.nullable ? stepperOrAll(field) : stepper(field);
}

/** @param {Field} field */
function isSlider({ kind, minimum, maximum, above, below }) {
  return kind === "number" && !above && !below && minimum !== null && maximum !== null && maximum - minimum <= 1;
}

/** Whole numbers side by side in the width of the data panel. */
const MOST_BUTTONS = 9;

/** @param {Field} field */
function isSegmented({ kind, minimum, maximum }) {
  return kind === "integer" && minimum !== null && maximum !== null && maximum - minimum < MOST_BUTTONS;
}

/** Attributes that every control shares. @param {Field} field */
function common(field) {
  const id = idOf(field.path);
  return { id, "aria-describedby": told(id, field), "aria-invalid": field.error ? "true" : null };
}

/** What explains a field: its help and what is wrong with it. @param {string} id @param {Field} field */
function told(id, field) {
  return [field.help && `${id}-help`, field.error && `${id}-error`].filter(Boolean).join(" ") || null;
}

/** @param {Field} field */
export function checkbox(field) {
  const input = h("input.switch", {
    type: "checkbox",
    ...common(field),
    checked: field.value === true,
    "data-path": JSON.stringify(field.path),
    "data-kind": "boolean",
  });
  return h("label.field__check", {}, input, h("span", {}, field.title));
}

/** @param {Field} field */
function select(field) {
  const group = field.kind === "group";
  const path = group ? [...field.path, "name"] : field.path;
  const value = group ? /** @type {any} */ (field.value)?.name : field.value;
  const none = field.nullable ? [h("option", { value: "", selected: value === null }, "As the network")] : [];
  const options = field.choices.map((name) => h("option", { value: name, selected: name === value }, nameOf(name)));
  return h(
    "select.select",
    { ...common(field), "data-path": JSON.stringify(path), "data-kind": "choice" },
    none,
    options,
  );
}

/** @param {Field} field */
function slider(field) {
  const fill = (Number(field.value) - Number(field.minimum)) / (Number(field.maximum) - Number(field.minimum));
  const range = { min: field.minimum, max: field.maximum, step: 0.01, value: Number(field.value) };
  const attrs = {
    type: "range",
    ...common(field),
    ...range,
    style: `--fill: ${(100 * fill).toFixed(1)}%`,
    "aria-valuetext": percent(field),
  };
  return h("input.slider", { ...attrs, "data-path": JSON.stringify(field.path), "data-kind": "number" });
}

/** @param {Field} field */
function segmented(field) {
  const low = Number(field.minimum);
  const values = Array.from({ length: Number(field.maximum) - low + 1 }, (_, row) => low + row);
  const buttons = values.map((value) =>
    h(
      "button",
      { type: "button", "aria-pressed": String(value === field.value), "data-edits": asks([[field.path, value]]) },
      String(value),
    ),
  );
  return h(
    "div.segmented",
    { ...common(field), role: "group", "aria-labelledby": `${idOf(field.path)}-label`, tabindex: -1 },
    buttons,
  );
}

/** @param {Field} field */
function textBox(field) {
  const value = typeof field.value === "number" ? typed(field.value) : String(field.value ?? "");
  return h("input.text", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    ...common(field),
    value,
    "data-path": JSON.stringify(field.path),
    "data-kind": "number",
  });
}

/** @param {Field} field */
function stepper(field) {
  const button = (/** @type {string} */ name, /** @type {string} */ word, /** @type {number | null} */ to) =>
    h(
      "button.stepper__button",
      {
        type: "button",
        "aria-label": `${word} ${field.title.toLowerCase()}`,
        disabled: to === null,
        "data-edits": to === null ? null : asks([[field.path, to]]),
      },
      icon(name),
    );
  const value = Number(field.value);
  return h(
    "div.stepper",
    {},
    button("minus", "Lower", stepFrom(field, value, -1)),
    textBox(field),
    button("plus", "Raise", stepFrom(field, value, 1)),
  );
}

/** A number, or all there are. @param {Field} field */
function stepperOrAll(field) {
  const all = field.value === null;
  const edits = asks([[field.path, all ? 10 : null]]);
  const toggle = h("button.chip", { type: "button", "aria-pressed": String(all), "data-edits": edits }, "All");
  const number = all ? h("div.stepper.stepper--off", {}, h("span.text", {}, "all points")) : stepper(field);
  return h("div.stepper-row", {}, number, toggle);
}

/** @param {Field} field @param {readonly Field[]} parts each with what is typed into it and what is wrong with that */
function pair(field, parts) {
  const boxes = parts.map((part, row) => {
    const named = { ...part, help: field.help, title: `${field.title} ${row + 1}` };
    const attrs = { "aria-label": named.title, "aria-describedby": told(idOf(field.path), named) };
    const box = textBox(named);
    return { ...box, attrs: { ...box.attrs, ...attrs } };
  });
  return h("div.pair", { role: "group", "aria-labelledby": `${idOf(field.path)}-label` }, boxes);
}
