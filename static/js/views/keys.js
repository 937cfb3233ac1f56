/**
 * The sheet of shortcuts, drawn from the table that the key handling uses.
 * @import { Child, Shortcut } from "../types"
 */
import { keysOf, SHORTCUTS } from "../state/shortcuts.js";
import { h } from "./tree.js";

/** @param {readonly Shortcut[]} [rows] @returns {Child[]} */
export function keysView(rows = SHORTCUTS) {
  const groups = [...new Set(rows.map(({ group }) => group))];
  return groups.map((name) =>
    h(
      "section.keys__group",
      {},
      h("h3.keys__title", {}, name),
      h("dl.keys__list", {}, rows.filter(({ group }) => group === name).map(rowView)),
    ),
  );
}

/** @param {Shortcut} row */
function rowView(row) {
  const keys = keysOf(row).map((key) => h("kbd.keys__key", {}, key));
  return h("div.keys__row", {}, h("dt", {}, keys), h("dd", {}, row.words));
}
