/**
 * The settings of one layer, opened from its head: what the schema has for it, freezing it, and layers put in or taken out beside it.
 * @import { Child, Json, LayerSpec, Node, Path, State } from "../types"
 */
import { FROZEN_PATH, frozenAfterInsert, frozenAfterRemoval, frozenOf, isLayerFrozen, toggledFrozen } from "../state/frozen.js";
import { draftAt, shownSpec } from "../state/spec.js";
import { asks } from "./control.js";
import { fieldView, namesAt } from "./field.js";
import { helpButton } from "./help.js";
import { h, icon } from "./tree.js";

/** What `ui.layer` is while the output layer's settings are open: hidden layers may come and go before it. */
export const OUTPUT = -1;
/** These stand above the diagram. */
const IN_HEAD = new Set(["units", "activation"]);

/** @param {State} state @returns {Child[]} */
export function layerPanel(state) {
  const index = state.ui.layer;
  const { layers } = shownSpec(state).network;
  if (index === null || (index !== OUTPUT && !layers[index])) return [];
  return [index === OUTPUT ? outputPanel(state, layers.length) : hiddenPanel(state, layers, index)];
}

/** @param {State} state @param {readonly LayerSpec[]} layers @param {number} index */
function hiddenPanel(state, layers, index) {
  const path = ["network", "layers", index];
  const fields = namesAt(state, path)
    .filter((name) => !IN_HEAD.has(name))
    .map((name) => fieldView(state, [...path, name]));
  const error = draftAt(state, ["network", "layers"])?.error;
  return panel(`Hidden layer ${index + 1}`, headHelp(path), [...fields, freezing(state, index)], [
    changing("Insert a layer before", "plus", insertion(state, layers, index, layers[index])),
    changing("Insert a layer after", "plus", insertion(state, layers, index + 1, layers[index])),
    changing("Remove this layer", "trash", removal(state, layers, index), "close-layer"),
    error ? h("p.field__error", {}, error) : null,
  ]);
}

/** @param {State} state @param {number} index of the output among all layers */
function outputPanel(state, index) {
  const fields = [fieldView(state, ["network", "output"], { title: "Output function" }), freezing(state, index)];
  return panel("Output layer", null, fields, []);
}

/** Size and activation stand above the diagram, where there is no room for their help. @param {Path} path */
function headHelp(path) {
  const word = (/** @type {string} */ name, /** @type {string} */ title) =>
    h("span.layer-panel__word", {}, title, helpButton(`network.layers.${name}`, title, [...path, name]));
  return h("div.layer-panel__words", {}, word("units", "Units"), word("activation", "Activation"));
}

/**
 * @param {string} title
 * @param {Node | null} words
 * @param {readonly (Node | null)[]} fields
 * @param {readonly (Node | null)[]} buttons
 */
function panel(title, words, fields, buttons) {
  const close = h(
    "button.button.button--icon",
    { type: "button", "data-action": "close-layer", "data-reads": true, "aria-label": "Close the layer's settings" },
    icon("close"),
  );
  return h(
    "div.layer-panel",
    {},
    h("div.layer-panel__head", {}, h("h3.layer-panel__title", {}, title), words, close),
    h("div.fields.fields--row", {}, /** @type {Child[]} */ (fields.filter(Boolean))),
    buttons.length ? h("div.layer-panel__buttons", {}, /** @type {Child[]} */ (buttons.filter(Boolean))) : null,
  );
}

/** @param {State} state @param {number} layer */
function freezing(state, layer) {
  const list = frozenOf(state);
  const next = toggledFrozen(list, { layer, unit: null, input: null });
  const input = h("input.switch", {
    type: "checkbox",
    checked: isLayerFrozen(list, layer),
    "data-edits": asks([[FROZEN_PATH, /** @type {any} */ (next)]]),
  });
  const label = h("label.field__check", {}, input, h("span", {}, "Freeze this layer"));
  return h("div.field.field--switch", { "data-field": "network.frozen" }, label, helpButton("network.frozen", "Frozen"));
}

/** @param {string} words @param {string} sign @param {readonly [Path, Json][] | null} edits @param {string} [action] */
function changing(words, sign, edits, action) {
  return h(
    "button.chip.chip--sign",
    { type: "button", disabled: edits === null, "data-edits": edits && asks(edits), "data-action": action },
    icon(sign),
    words,
  );
}

/** How many hidden layers there may be. @param {State} state */
function mostLayers(state) {
  return Number(state.schema?.experiment.$defs?.NetworkSpec?.properties?.layers?.maxItems ?? 0);
}

/**
 * What puts `layer` in at `at`; null where there is no room. Frozen weights keep their layers.
 * @param {State} state @param {readonly LayerSpec[]} layers @param {number} at @param {LayerSpec | {}} layer
 */
export function insertion(state, layers, at, layer) {
  if (layers.length >= mostLayers(state)) return null;
  return layersEdit(state, layers.toSpliced(at, 0, /** @type {LayerSpec} */ (layer)), frozenAfterInsert(frozenOf(state), at));
}

/** What takes the layer at `at` out. @param {State} state @param {readonly LayerSpec[]} layers @param {number} at */
export function removal(state, layers, at) {
  if (!layers[at]) return null;
  return layersEdit(state, layers.toSpliced(at, 1), frozenAfterRemoval(frozenOf(state), at));
}

/** @param {State} state @param {unknown} layers @param {unknown} frozen @returns {[Path, Json][]} */
function layersEdit(state, layers, frozen) {
  return [[["network", "layers"], /** @type {Json} */ (layers)], ...frozenEdit(state, frozen)];
}

/** A list that stays empty is not spoken of. @param {State} state @param {unknown} frozen @returns {[Path, Json][]} */
export function frozenEdit(state, frozen) {
  return frozenOf(state).length ? [[FROZEN_PATH, /** @type {Json} */ (frozen)]] : [];
}
