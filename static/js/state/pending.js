/**
 * Points on their way to the server: until it has named them they go by a negative id, by which hands can take them already.
 * @import { PointEdit, State } from "../types"
 */

/** More points than one command can hold. */
const MOST = 10_000;

/** What a point goes by until the answer. @param {number} command that adds it @param {number} row in the command */
export function pendingId(command, row) {
  return -(command * MOST + row);
}

/** @param {number} id */
export function isPending(id) {
  return id < 0;
}

/** What the points of an edit that adds some go by. @param {PointEdit} edit @returns {number[]} */
export function addedIds({ command, ids }) {
  if (command.type !== "add_points") return [];
  return /** @type {unknown[]} */ (command.points).map((_, row) => ids?.[row] ?? pendingId(command.id, row));
}

/**
 * An answered edit's points by their names, wherever a hand holds or has chosen one; those of a refused one are let go.
 * @param {State} state @param {number | null} command @param {readonly number[]} ids as the server says; none: refused
 * @returns {State}
 */
export function named(state, command, ids) {
  const edit = state.edits.find((one) => one.command.id === command);
  const before = edit ? addedIds(edit) : [];
  if (!before.length) return state;
  const names = new Map(before.map((id, row) => [id, ids[row] ?? null]));
  const name = (/** @type {number} */ id) => (names.has(id) ? (names.get(id) ?? null) : id);
  const { selected, hovered } = state.ui;
  const ui = {
    ...state.ui,
    selected: selected.some((id) => names.has(id)) ? selected.map(name).filter((id) => id !== null) : selected,
    hovered: hovered === null ? null : name(hovered),
  };
  const edits = state.edits.flatMap((one) => (one === edit ? { ...one, ids } : namedEdit(one, name)));
  return { ...state, edits, ui, drag: namedDrag(state.drag, name) };
}

/** An edit that waits for names; nothing where none of its points is left. @param {PointEdit} edit @param {(id: number) => number | null} name @returns {PointEdit[]} */
function namedEdit(edit, name) {
  if (!edit.waits) return [edit];
  const { ids: before, points: places } = /** @type {{ids?: readonly number[], points?: readonly (readonly number[])[]}} */ (edit.command);
  const ids = before?.map(name).filter((id) => id !== null);
  const points = places?.map(([id, ...place]) => [name(id), ...place]).filter(([id]) => id !== null);
  return (ids ?? points)?.length ? [{ ...edit, command: { ...edit.command, ...(ids && { ids }), ...(points && { points }) } }] : [];
}

/** @param {State["drag"]} drag @param {(id: number) => number | null} name @returns {State["drag"]} */
function namedDrag(drag, name) {
  const id = drag && name(drag.id);
  if (!drag || id === null) return null;
  const rest = drag.rest.flatMap(([other, dx, dy]) => {
    const known = name(other);
    return known === null ? [] : [/** @type {const} */ ([known, dx, dy])];
  });
  return { ...drag, id, rest };
}
