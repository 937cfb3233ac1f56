/**
 * The dialog "Share": which link is wanted, what it came to, and a link that somebody wants to open. Pure.
 * @import { ShareState, State } from "../types"
 */

/** @type {ShareState} */
const CLOSED = { open: false, weights: false, short: false, built: null, rows: null, said: "", pasted: "", error: null };

/** What is in the link, in the words of a list. @param {State} state */
export function contentsOf({ share: { built } }) {
  if (!built) return "";
  const { points, weights } = built;
  return [
    "data set, inputs, network, training and seeds",
    points ? `${points} ${points === 1 ? "point" : "points"} as they lie now` : "",
    weights ? `${weights} weights` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/**
 * What a pasted link comes to: the part of it that this page goes to. Null for what is no link.
 * @param {string} text @param {string} origin this page's own
 */
export function placeOf(text, origin) {
  const trimmed = text.trim();
  const at = trimmed.indexOf("#");
  if (at < 0 || !/^#[^=&]+=/.test(trimmed.slice(at))) return null;
  return trimmed.startsWith(`${origin}/`) ? trimmed : trimmed.slice(at);
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { share: CLOSED },
  actions: { share: (state, { change }) => ({ ...state, share: { ...state.share, ...change } }) },
};
