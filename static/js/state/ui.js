/**
 * What hands are at on this page and nowhere else: brush, chosen points, cursor, open layer, presenter mode, colours.
 * @import { ServerState, State, Ui } from "../types"
 */

/** @type {Ui} */
const FIRST_UI = { brush: 1, selected: [], hovered: null, cursor: null, layer: null, present: false };

/** @param {State} state @param {Partial<Ui>} change @returns {State} */
function changed(state, change) {
  return { ...state, ui: { ...state.ui, ...change } };
}

/** Points drawn anew have the ids of those before them, and are others. @param {ServerState | null} one @param {ServerState} other */
function samePoints(one, other) {
  return one !== null && one.spec.data === other.spec.data && one.spec.seeds.data === other.spec.seeds.data && one.spec.seeds.split === other.spec.seeds.split;
}

/** A brush of a class that is gone, an open layer that is gone, chosen points that are gone. @param {State} state @param {ServerState} server @param {State} before @returns {State} */
function stateArrived(state, server, before) {
  const { brush, layer } = state.ui;
  return changed(state, {
    brush: server.task === before.server?.task ? Math.min(brush, server.spec.data.classes - 1) : 1,
    layer: layer !== null && layer < server.layers.length - 1 ? layer : null,
    selected: samePoints(before.server, state.server ?? server) ? state.ui.selected : [],
  });
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { ui: FIRST_UI, palette: null },
  actions: {
    palette: (state, { palette }) => ({ ...state, palette }),
    brush: (state, { label }) => changed(state, { brush: label }),
    hover: (state, { id }) => (id === state.ui.hovered ? state : changed(state, { hovered: id })),
    cursor: (state, { at }) => (at === state.ui.cursor ? state : changed(state, { cursor: at })),
    layer: (state, { layer }) => changed(state, { layer }),
    link: (state, { link }) => changed(state, { present: link.present }),
    present: (state, { on }) => changed(state, { present: on }),
  },
  messages: { state: stateArrived },
};
