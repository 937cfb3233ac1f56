/**
 * Edits of points that the server has not named yet: they stand among the edits and are shown at once, and are asked for as
 * soon as the names are there.
 * @import { Command, PointEdit, SentCommand, State } from "../types"
 */
import { isPending } from "./pending.js";

/** The ids that an edit is about. @param {Command} command @returns {readonly number[]} */
function idsOf({ ids, points }) {
  return /** @type {readonly number[]} */ (ids ?? /** @type {readonly (readonly number[])[]} */ (points).map(([id]) => id));
}

/** @param {PointEdit} edit */
function isWaiting(edit) {
  return Boolean(edit.waits);
}

/** Whether an edit cannot be asked for yet: its points have no names, or an earlier one waits. @param {State} state @param {Command} command */
export function mustWait({ edits }, command) {
  return edits.some(isWaiting) || idsOf(command).some(isPending);
}

/** The edit to ask for now. @param {State} state @returns {Command | null} */
export function nextWaiting({ connection, edits }) {
  const first = edits.find(isWaiting)?.command;
  if (!first || connection !== "open" || idsOf(first).some(isPending)) return null;
  const { id: _, ...command } = first;
  return command;
}

/** An edit on its way, in the place of the one that waited for it. @param {readonly PointEdit[]} edits @param {SentCommand} command */
export function withSent(edits, command) {
  const { type, gesture } = command;
  const at = edits.findIndex((edit) => edit.waits && edit.command.type === type && edit.command.gesture === gesture);
  const sent = { command, answered: false };
  return at < 0 ? [...edits, sent] : edits.with(at, sent);
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: {},
  actions: {
    // No command of the page has the number 0, so that no answer is taken for this one's.
    wait: (state, { command }) => ({ ...state, edits: [...state.edits, { command: { ...command, id: 0 }, answered: false, waits: true }] }),
  },
  next: nextWaiting,
};
