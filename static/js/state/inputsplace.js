/**
 * Over which place of the board the inputs' pictures are to be. Pure.
 * @import { State } from "../types"
 */

/** The first view spans this far both ways from the origin, and so do the pictures that are asked for without a place. */
const SPAN = 6;

/** What to ask with: the first view while the board lies within it, else the view itself. @param {State} state @returns {string} a query */
export function inputsPlace({ frame, server }) {
  if (!frame || server?.chart !== "plane") return "?";
  const { extent, centre } = frame;
  if (centre.every((place) => Math.abs(place) + extent <= SPAN)) return "?";
  return `?${new URLSearchParams({ extent: String(extent), x1: String(centre[0]), x2: String(centre[1]) })}`;
}
