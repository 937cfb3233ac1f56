/**
 * Ready experiments on the page: which there are, and what choosing one leaves behind. Pure.
 * @import { Preset, State } from "../types"
 */

/**
 * Another experiment: what was half typed into the last one is gone, and the page says what to watch.
 * @param {State} state @param {{preset: Preset}} action @returns {State}
 */
function presetChosen(state, { preset }) {
  return {
    ...state,
    drafts: [],
    notice: { kind: "info", about: "preset", text: `${preset.title}. ${preset.text}` },
    ui: { ...state.ui, layer: null },
  };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { presets: null },
  actions: { presets: (state, { presets }) => ({ ...state, presets }), preset: presetChosen },
};
