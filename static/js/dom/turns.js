/**
 * Who draws in which animation frame while training plays or a point is dragged. The board is drawn in each; diagram and charts take turns, and
 * the diagram's lines change more slowly than its pictures, figures and the units' values no faster than they can be read, panels of
 * many small pictures no faster than they can be taken in: all in one frame would be too much for sixty a second.
 * @import { Frame, State } from "../types"
 */

/** Milliseconds between two values of a figure. */
const READABLE = 100;
/** And between two looks of a panel. */
const SEEN = 200;
/** And of the diagram's lines, a few hundred strokes that change by tenths of a pixel. */
const LINED = 60;

/** @typedef {{diagram: boolean, lines: boolean, values: boolean, charts: boolean, figures: boolean, panels: boolean}} Turn what may be drawn now */

/** Everything: nothing plays, or a picture of the page is taken. @type {Readonly<Turn>} */
export const ALL = { diagram: true, lines: true, values: true, charts: true, figures: true, panels: true };

export function createTurns() {
  let even = false;
  let read = 0;
  let looked = 0;
  let lined = 0;
  let valued = 0;
  /** @type {Frame | null} what the diagram shows */
  let shown = null;
  /** @type {Frame | null} what the diagram's lines show */
  let drawn = null;
  /** @type {Frame | null} what the units' values show */
  let probed = null;
  /** @type {Frame | null} what the figures show */
  let told = null;
  /** @type {Frame | null} what the panels show */
  let seen = null;
  return {
    /**
     * @param {State} state
     * @param {number} now milliseconds
     * @returns {Turn & {waits: boolean}} waits: whether something that was held back needs another animation frame
     */
    next({ server, frame, drag }, now) {
      const all = server?.phase !== "playing" && !drag;
      even = !even;
      const figures = all || now - read >= READABLE;
      if (figures) [read, told] = [now, frame];
      const panels = all || now - looked >= SEEN;
      if (panels) [looked, seen] = [now, frame];
      const diagram = all || even;
      if (diagram) shown = frame;
      const lines = all || (even && now - lined >= LINED);
      if (lines) [lined, drawn] = [now, frame];
      const values = all || (even && now - valued >= READABLE);
      if (values) [valued, probed] = [now, frame];
      const late = [shown, drawn, probed, told, seen].some((kept) => kept !== frame);
      return { diagram, lines, values, charts: all || !even, figures, panels, waits: !all && (even || late) };
    },
  };
}
