/**
 * The settings of the network as a list of controls; those of a layer are `layer.js`, those of training `training.js`. Which
 * fields there are is the schema's word; this module only says which come first and which belong together.
 * @import { Child, State } from "../types"
 */
import { shownSpec } from "../state/spec.js";
import { fieldView, namesAt } from "./field.js";
import { h } from "./tree.js";

/** A field's place is beside another one, or it is no control. @type {Record<string, ReadonlySet<string>>} */
const PLACED = {
  network: new Set(["layers", "initializer_std", "output", "frozen"]),
};

/** @param {State} state @returns {Child[]} */
export function networkPanel(state) {
  const spec = shownSpec(state);
  const own = namesAt(state, ["network"]).filter((name) => !PLACED.network.has(name));
  const extra = spec.network.initializer === "normal" ? ["initializer_std"] : [];
  const fields = [...own, ...extra].map((name) => fieldView(state, ["network", name]));
  const seed = fieldView(state, ["seeds", "weights"]);
  return [h("div.fields.fields--row", {}, /** @type {Child[]} */ ([...fields, seed].filter(Boolean)))];
}
