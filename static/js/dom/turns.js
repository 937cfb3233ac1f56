/**
 * Who draws in which animation frame while training plays. The board is drawn in each; diagram and charts take turns, and
 * figures change no faster than they can be read, panels of many small pictures no faster than they can be taken in: all in
 * one frame would be too much for sixty a second.
 * @import { Frame, State } from "../types"
 */

/** Milliseconds between two values of a figure. */
const READABLE = 100;
/** And between two looks of a panel. */
const SEEN = 200;

/** @typedef {{diagram: boolean, charts: boolean, figures: boolean, panels: boolean}} Turn what may be drawn now */

export function createTurns() {
  let even = false;
  let read = 0;
  let looked = 0;
  /** @type {Frame | null} what the diagram shows */
  let shown = null;
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
    next({ server, frame }, now) {
      const all = server?.phase !== "playing";
      even = !even;
      const figures = all || now - read >= READABLE;
      if (figures) [read, told] = [now, frame];
      const panels = all || now - looked >= SEEN;
      if (panels) [looked, seen] = [now, frame];
      if (all || even) shown = frame;
      return { diagram: all || even, charts: all || !even, figures, panels, waits: !all && (even || shown !== frame || told !== frame || seen !== frame) };
    },
  };
}
