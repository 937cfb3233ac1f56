/**
 * Lays the overlay of the diagnosis and of the gradient check over the diagram, and lets the table of the check point at it.
 * @import { Store } from "../store.js"
 * @import { State } from "../types"
 */
import { notesNeeds, notesTree } from "../views/badges.js";
import { layoutOf } from "../views/network.js";
import { h } from "../views/tree.js";
import { patchChildren } from "./patch.js";

/** @type {Record<string, number>} */
const ALONG = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

/** @param {HTMLElement} root the diagram */
export function createNotes(root) {
  const over = document.createElement("div");
  over.className = "diagram__notes";
  root.append(over);
  /** @type {readonly unknown[]} */ let last = [];
  return {
    /** @param {State} state @param {number} width @param {number} height of the diagram */
    render(state, width, height) {
      const { server, palette } = state;
      if (!server || !palette || !width) return;
      const needs = [...notesNeeds(state), server.layers, width, height, palette.scale];
      if (needs.every((need, row) => need === last[row])) return;
      last = needs;
      const layout = layoutOf(state, width, height);
      const size = { viewBox: `0 0 ${width} ${height}`, width, height };
      patchChildren(over, [h("svg.diagram__svg", size, notesTree(state, layout))]);
    },
  };
}

/** Rows of the check are pointed at by pointer, by focus and by arrow keys. @param {HTMLElement} panel @param {Store} store */
export function listenToCheck(panel, store) {
  const rowOf = (/** @type {EventTarget | null} */ target) => {
    const row = target instanceof Element ? target.closest("[data-check-row]") : null;
    return row instanceof HTMLElement ? Number(row.dataset.checkRow) : null;
  };
  const point = (/** @type {number | null} */ row) => store.dispatch({ type: "check-row", row });
  panel.addEventListener("pointerover", ({ target }) => point(rowOf(target)));
  panel.addEventListener("pointerleave", () => point(rowOf(document.activeElement)));
  panel.addEventListener("focusin", ({ target }) => point(rowOf(target)));
  panel.addEventListener("focusout", () => point(null));
  panel.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    if (row === null || !(event.key in ALONG)) return;
    event.preventDefault();
    const count = store.get().check.told?.rows.length ?? 0;
    const next = Math.max(0, Math.min(count - 1, row + ALONG[event.key]));
    const found = panel.querySelector(`[data-check-row="${next}"]`);
    if (found instanceof HTMLElement) found.focus();
  });
}
