/**
 * What stands above the diagram's columns: each layer's size and activation, to be changed in place.
 * @import { Child, Experiment, LayerSpec, Node, State } from "../types"
 */
import { frozenAfterUnits, frozenOf, isLayerFrozen } from "../state/frozen.js";
import { draftAt, shownSpec } from "../state/spec.js";
import { asks, idOf } from "./control.js";
import { shownField } from "./field.js";
import { nameOf } from "./labels.js";
import { frozenEdit, insertion, OUTPUT, removal } from "./layer.js";
import { h, icon } from "./tree.js";

/** @param {State} state @returns {Child[]} */
export function headsView(state) {
  const { network, inputs } = shownSpec(state);
  if (!state.server) return [];
  const first = h(
    "div.head",
    { key: "inputs" },
    h("span.head__title", {}, "Inputs"),
    h("span.head__note", {}, `${state.server.chart === "plane" || !state.server.chart ? inputs.length : state.server.layers[0].fan_in} chosen`),
  );
  const hidden = network.layers.map((layer, index) => hiddenHead(state, layer, index));
  const units = state.server.layers.at(-1)?.fan_out ?? 1;
  const note = `${units === 1 ? "1 unit" : `${units} units`}, ${nameOf(state.server.output).toLowerCase()}`;
  return [
    first,
    ...hidden,
    h("div.head", { key: "output" }, titleButton(state, OUTPUT, network.layers.length), h("span.head__note", {}, note)),
  ];
}

/** @param {State} state @param {LayerSpec} layer @param {number} index */
function hiddenHead(state, layer, index) {
  const path = ["network", "layers", index, "units"];
  const field = shownField(state, path);
  const count = (/** @type {number} */ to, /** @type {string} */ name, /** @type {string} */ word) => {
    const off = to < Number(field?.minimum) || to > Number(field?.maximum);
    return h(
      "button.head__button",
      {
        type: "button",
        disabled: off,
        "aria-label": `${word} a unit in layer ${index + 1}`,
        "data-edits": asks([[path, to], ...frozenEdit(state, frozenAfterUnits(frozenOf(state), index, to))]),
      },
      icon(name),
    );
  };
  const size = h(
    "div.head__count",
    {},
    count(layer.units - 1, "minus", "Remove"),
    h("span.head__units", { "aria-label": `${layer.units} units` }, String(layer.units)),
    count(layer.units + 1, "plus", "Add"),
  );
  const error = draftAt(state, path)?.error;
  return h(
    "div.head",
    { key: `layer-${index}` },
    titleButton(state, index, index),
    size,
    activation(state, index),
    error ? h("p.field__error", {}, error) : null,
  );
}

/**
 * Opens the layer's settings; a lock says that training leaves it alone.
 * @param {State} state
 * @param {number} open what `ui.layer` is then
 * @param {number} layer its place among all layers
 */
function titleButton(state, open, layer) {
  const frozen = isLayerFrozen(frozenOf(state), layer);
  return h(
    "button.head__title.head__title--button",
    {
      type: "button",
      "aria-expanded": String(state.ui.layer === open),
      "data-action": "layer",
      "data-layer": open,
      "data-reads": true,
      "aria-label": `${open === OUTPUT ? "Output" : `Layer ${layer + 1}`}${frozen ? ", frozen" : ""}`,
      title: "More settings of this layer",
    },
    open === OUTPUT ? "Output" : h("span", {}, h("span.head__word", {}, "Layer "), String(layer + 1)),
    frozen ? h("span.head__lock", { title: "Frozen" }, icon("lock")) : null,
    icon("sliders"),
  );
}

/** @param {State} state @param {number} index */
function activation(state, index) {
  const path = ["network", "layers", index, "activation"];
  const field = shownField(state, path);
  const options = (field?.choices ?? []).map((name) =>
    h("option", { value: name, selected: name === field?.value }, nameOf(name)),
  );
  const attrs = {
    "data-path": JSON.stringify(path),
    "data-kind": "choice",
    "aria-label": `Activation of layer ${index + 1}`,
    "aria-invalid": field?.error ? "true" : null,
    id: `head-${idOf(path)}`,
  };
  const error = field?.error ? h("p.field__error", {}, field.error) : null;
  return h(
    "div.head__activation",
    { "data-field": path.join(".") },
    h("select.select.select--small", attrs, options),
    error,
  );
}

/** Adding and taking away layers, in the panel's title row. @param {State} state @returns {Node} */
export function depthView(state) {
  const { network } = shownSpec(state);
  const layers = network?.layers ?? [];
  const button = (
    /** @type {string} */ name,
    /** @type {string} */ label,
    /** @type {ReturnType<typeof insertion>} */ edits,
  ) =>
    h(
      "button.head__button",
      {
        type: "button",
        "aria-label": label,
        title: label,
        disabled: edits === null,
        "data-edits": edits && asks(edits),
      },
      icon(name),
    );
  const fewer = removal(state, layers, layers.length - 1);
  const more = insertion(state, layers, layers.length, added(layers));
  const word = `${layers.length} hidden ${layers.length === 1 ? "layer" : "layers"}`;
  const error = draftAt(state, ["network", "layers"])?.error;
  return h(
    "div.depth",
    { "data-field": "network.layers" },
    error ? h("p.field__error", {}, error) : null,
    button("minus", "Remove the last hidden layer", fewer),
    h("span", {}, word),
    button("plus", "Add a hidden layer", more),
  );
}

/** A new layer looks like the one before it. @param {Experiment["network"]["layers"]} layers */
function added(layers) {
  return layers.at(-1) ?? {};
}
