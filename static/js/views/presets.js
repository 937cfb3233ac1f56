/**
 * The sheet of ready experiments: a picture, a title and two sentences each.
 * @import { Child, Preset, State } from "../types"
 */
import { h } from "./tree.js";

/** @param {State} state @returns {Child[]} */
export function presetsView({ presets }) {
  return presets ? presets.map(presetView) : [h("p.presets__wait", {}, "The presets are on their way …")];
}

/** @param {Preset} preset */
function presetView({ name, title, text, picture, picture_dark: dark }) {
  const image = (/** @type {string} */ theme, /** @type {string} */ src) =>
    h("img.preset__picture", { class: `preset__picture--${theme}`, src, alt: "", width: 160, height: 160, loading: "lazy", decoding: "async" });
  // The one that is not shown is not loaded either.
  const images = [image("light", picture), image("dark", dark)];
  const words = h("span.preset__words", {}, h("strong.preset__title", {}, title), h("span.preset__text", {}, text));
  return h("button.preset", { type: "button", key: name, "data-action": "preset", "data-preset": name }, ...images, words);
}
