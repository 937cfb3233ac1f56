/**
 * Every key that means something on the page, in one table: the key handling looks rows up here and the sheet of shortcuts
 * is drawn from it. A row's action is the name of a button (`button-NAME`) or of an action of main.js.
 * @import { Shortcut } from "../types"
 */

/** A new shortcut is a row here; `where: "board"` marks keys that the board itself hears while it has the focus. */
export const SHORTCUTS = /** @type {readonly Shortcut[]} */ ([
  { keys: [" "], action: "play", group: "Training", words: "Play, pause" },
  { keys: ["s"], action: "step", group: "Training", words: "One step: one batch" },
  { keys: ["m"], action: "sample", group: "Training", words: "One sample of the batch, number by number" },
  { keys: ["n"], shift: false, action: "phase", group: "Training", words: "Walk through the step: next stop" },
  { keys: ["n"], shift: true, action: "phase-back", group: "Training", words: "One stop back" },
  { keys: ["e"], action: "epoch", group: "Training", words: "To the end of the epoch" },
  { keys: ["u"], action: "until", group: "Training", words: "Train until …" },
  { keys: ["r"], action: "reset", group: "Training", words: "Reset: back to step 0, same weights" },
  { keys: ["w"], action: "new-weights", group: "Training", words: "New weights" },
  { keys: [","], shift: false, action: "back", group: "Timeline", words: "One step back" },
  { keys: ["."], shift: false, action: "forward", group: "Timeline", words: "One step forward, as far as recorded" },
  // With Shift these keys say other letters: < and > on some keyboards, ; and : on others.
  { keys: [",", "<", ";"], shift: true, action: "epoch-back", group: "Timeline", words: "An epoch back", shown: [","] },
  { keys: [".", ">", ":"], shift: true, action: "epoch-forward", group: "Timeline", words: "An epoch forward", shown: ["."] },
  { keys: [], where: "timeline", group: "Timeline", words: "With the scrubber in focus: a step, an epoch, to either end", shown: ["←", "→", "Page Up", "Home"] },
  { keys: [..."0123456789"], action: "point", group: "Points", words: "Label the point, or new points", shown: ["0", "…", "9"] },
  { keys: ["delete", "backspace"], action: "point", group: "Points", words: "Remove the point", shown: ["Delete"] },
  { keys: ["z"], ctrl: true, shift: false, action: "undo", group: "Points", words: "Undo" },
  { keys: ["y"], ctrl: true, action: "redo", group: "Points", words: "Redo" },
  { keys: ["z"], ctrl: true, shift: true, action: "redo", group: "Points", words: "Redo" },
  { keys: [], where: "board", group: "Board in focus", words: "Choose all points", ctrl: true, shown: ["A"] },
  { keys: [], where: "board", group: "Board in focus", words: "Zoom in, out, back to the first view", shown: ["+", "−", "Home"] },
  { keys: [], where: "board", group: "Board in focus", words: "Brush smaller, larger", shown: ["[", "]"] },
  { keys: [], where: "board", group: "Board in focus", words: "Move the cursor or the chosen point", shown: ["←", "→", "↑", "↓"] },
  { keys: [], where: "board", group: "Board in focus", words: "The same, in larger steps", shown: ["Shift", "←", "→"] },
  { keys: [], where: "board", group: "Board in focus", words: "Add a point, or take the one under the cursor", shown: ["Enter"] },
  { keys: [], where: "board", group: "Board in focus", words: "Let go of the point", shown: ["Esc"] },
  { keys: [], where: "board", group: "Board in focus", words: "Turn the surface, where it is shown", shown: ["←", "→", "↑", "↓"] },
  { keys: [], where: "diagram", group: "Network in focus", words: "Walk through units and weights", shown: ["←", "→", "↑", "↓"] },
  { keys: [], where: "diagram", group: "Network in focus", words: "To the unit’s bias", shown: ["B"] },
  { keys: [], where: "diagram", group: "Network in focus", words: "Type a weight", shown: ["Enter"] },
  { keys: [], where: "diagram", group: "Network in focus", words: "Change a weight by 0.1", shown: ["+", "−"] },
  { keys: [], where: "diagram", group: "Network in focus", words: "Freeze a weight", shown: ["F"] },
  { keys: ["p"], action: "present", group: "Page", words: "Presenter mode" },
  { keys: ["escape"], action: "leave", group: "Page", words: "Leave presenter mode, close what is open" },
  { keys: ["?"], action: "shortcuts", group: "Page", words: "This list" },
]);

/** What a key is called on the sheet. @type {Readonly<Record<string, string>>} */
const NAMES = { " ": "Space", escape: "Esc", delete: "Delete" };

/**
 * @typedef {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean}} Pressed
 * What a KeyboardEvent says.
 */

/**
 * The row that a pressed key asks for; null if it means nothing. Where a row does not speak of Shift it does not matter:
 * "?" needs it on some keyboards and not on others.
 * @param {Pressed} event
 * @param {readonly Shortcut[]} [rows]
 */
export function shortcutFor(event, rows = SHORTCUTS) {
  if (event.altKey) return null;
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  const fits = (/** @type {Shortcut} */ row) =>
    row.keys.includes(key) && Boolean(row.ctrl) === control && (row.shift ?? event.shiftKey) === event.shiftKey;
  return rows.find(fits) ?? null;
}

/** The keys of a row as a person reads them: ["Ctrl", "Z"]. @param {Shortcut} row @returns {readonly string[]} */
export function keysOf({ keys, shown, ctrl, shift }) {
  const last = shown ?? keys.slice(0, 1).map((key) => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : capital(key)));
  return [...(ctrl ? ["Ctrl"] : []), ...(shift ? ["Shift"] : []), ...last];
}

/** @param {string} key */
function capital(key) {
  return key.charAt(0).toUpperCase() + key.slice(1);
}
