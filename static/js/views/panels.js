/**
 * The settings of network, layers and training as lists of controls. Which fields there are is the schema's word;
 * this module only says which come first and which belong together.
 * @import { Child, Json, Path, State } from "../types"
 */
import { schemaAt } from "../state/schema.js";
import { shownSpec, shownTree } from "../state/spec.js";
import { fieldView, namesAt, shownField } from "./field.js";
import { h, icon } from "./tree.js";

/** A field's place is beside another one, or it is no control. @type {Record<string, ReadonlySet<string>>} */
const PLACED = {
  network: new Set(["layers", "initializer_std"]),
  layer: new Set(["units", "activation"]),
};

/** @param {State} state @returns {Child[]} */
export function networkPanel(state) {
  const spec = shownSpec(state);
  const own = namesAt(state, ["network"]).filter((name) => !PLACED.network.has(name));
  const extra = spec.network.initializer === "normal" ? ["initializer_std"] : [];
  const fields = [...own, ...extra].map((name) =>
    fieldView(state, ["network", name], { title: NETWORK_TITLES[name] }),
  );
  const seed = fieldView(state, ["seeds", "weights"]);
  return [h("div.fields.fields--row", {}, /** @type {Child[]} */ ([...fields, seed].filter(Boolean)))];
}

/**
 * Beside the layers' own field of the same title the plain one would be read for both.
 * @type {Record<string, string>}
 */
const NETWORK_TITLES = { output: "Output function" };

/** @param {State} state @returns {Child[]} */
export function trainingPanel(state) {
  const root = /** @type {Path} */ (["training"]);
  const own = namesAt(state, root);
  const groups = own.filter((name) => isGroup(state, [...root, name]));
  const order = [
    ...groups.slice(0, 1),
    ...own.filter((name) => !groups.includes(name) && name !== "shuffle"),
    ...groups.slice(1),
    "shuffle",
  ];
  const fields = order.flatMap((name) =>
    groups.includes(name) ? group(state, [...root, name]) : [fieldView(state, [...root, name])],
  );
  return [
    h(
      "div.fields.fields--grid",
      {},
      /** @type {Child[]} */ ([...fields, fieldView(state, ["seeds", "order"])].filter(Boolean)),
    ),
  ];
}

/** @param {State} state @param {Path} path */
function isGroup(state, path) {
  return shownField(state, path)?.kind === "group";
}

/** A choice of kinds, then the fields of the kind that is chosen. @param {State} state @param {Path} path */
function group(state, path) {
  const root = state.schema?.experiment;
  const tagged = root && schemaAt(root, path, shownTree(state))?.discriminator;
  const [first, ...rest] = tagged ? ["", ...namesAt(state, path)] : namesAt(state, path);
  const idle = isIdle(shownTree(state), path);
  const title = shownField(state, path)?.title;
  const choice = tagged ? fieldView(state, path) : fieldView(state, [...path, first], { title });
  const own = idle ? [] : rest.map((name) => fieldView(state, [...path, name], { class: "field--of-group" }));
  return [choice, ...own];
}

/** A kind that does nothing has fields that do nothing either. @param {Json} spec @param {Path} path */
function isIdle(spec, path) {
  const kind = path.reduce((here, key) => /** @type {any} */ (here)?.[key], spec);
  return ["none", "constant"].includes(/** @type {any} */ (kind)?.name);
}

/** @param {State} state @returns {Child[]} */
export function layerPanel(state) {
  const index = state.ui.layer;
  const layer = index === null ? undefined : shownSpec(state).network.layers[index];
  if (index === null || !layer) return [];
  const path = ["network", "layers", index];
  const fields = namesAt(state, path)
    .filter((name) => !PLACED.layer.has(name))
    .map((name) => fieldView(state, [...path, name]));
  const close = h(
    "button.button.button--icon",
    { type: "button", "data-action": "close-layer", "aria-label": "Close the layer's settings" },
    icon("close"),
  );
  const title = h("h3.layer-panel__title", {}, `Hidden layer ${index + 1}`);
  return [
    h(
      "div.layer-panel",
      {},
      h("div.layer-panel__head", {}, title, close),
      h("div.fields.fields--row", {}, /** @type {Child[]} */ (fields.filter(Boolean))),
    ),
  ];
}
