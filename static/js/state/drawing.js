/**
 * A digit drawn by hand, and what the network reads in what is looked at. The newest drawing is asked for, one unanswered at
 * most (state/inspect.js); what is read is said aloud when a stroke has ended or the answer becomes another one.
 * @import { Action, DrawingState, Place, State } from "../types"
 */
import { whenShown } from "./frames.js";
import { lookingAt } from "./inspect.js";
import { imageOf, largestAt, readingOf } from "./pixels.js";

/** @type {DrawingState} */
const NOTHING_DRAWN = { strokes: [], pen: false, said: null };
/** As many as the server takes; what comes after is not drawn. */
const MOST = { strokes: 64, points: 4000 };
/** While it trains another answer is said only when it is as sure as this. */
const SURE = 0.6;

/** @param {State} state @param {Extract<Action, {type: "draw"}>} action @returns {State} */
function drawn(state, { points, begins }) {
  const { strokes } = state.drawing;
  const rounded = points.map(([x, y]) => /** @type {Place} */ ([inside(x), inside(y)]));
  const count = strokes.reduce((sum, stroke) => sum + stroke.length, rounded.length);
  const full = count > MOST.points || (begins && strokes.length >= MOST.strokes);
  if (full || !rounded.length || (!begins && !state.drawing.pen)) return state;
  const next = begins ? [...strokes, rounded] : strokes.with(-1, [...(strokes.at(-1) ?? []), ...rounded]);
  return lookingAt({ ...state, drawing: { ...state.drawing, strokes: next, pen: true } }, { strokes: next });
}

/** @param {number} share */
function inside(share) {
  return Number(Math.max(0, Math.min(1, share)).toFixed(3));
}

/** @param {State} state @returns {State} */
function penLifted(state) {
  return state.drawing.pen ? readAloud({ ...state, drawing: { ...state.drawing, pen: false } }) : state;
}

/** @param {State} state @returns {State} */
function cleared(state) {
  return lookingAt({ ...state, drawing: NOTHING_DRAWN }, null);
}

/** What is looked at instead of the drawing takes its place. @param {State} state @param {Extract<Action, {type: "look-at"}>} action @returns {State} */
function lookedAway(state, { sample }) {
  return sample && "row" in sample ? { ...state, drawing: { ...state.drawing, strokes: [], pen: false } } : state;
}

/** @param {State} state @returns {State} */
function readAloud(state) {
  const { drawing, inspect, server } = state;
  const reading = readingOf(state);
  if (!reading || state.drawer.tab !== "drawing" || drawing.pen || inspect.dirty || inspect.inFlight !== null) return state;
  const label = largestAt(reading);
  const share = reading[label];
  const same = drawing.said?.of === inspect.sample;
  if (same && (label === drawing.said?.label || (server?.phase === "playing" && share < SURE))) return state;
  return { ...state, drawing: { ...drawing, said: { label, share, of: inspect.sample } } };
}

/** Without pixels there is nothing to draw on, and its tab is gone. @param {State} state @returns {State} */
function padKept(state) {
  if (imageOf(state)) return state;
  const open = state.drawer.tab === "drawing";
  const drawer = open ? { ...state.drawer, tab: null } : state.drawer;
  return open || state.drawing.strokes.length ? { ...state, drawer, drawing: NOTHING_DRAWN } : state;
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { drawing: NOTHING_DRAWN },
  actions: {
    draw: drawn,
    "draw-end": penLifted,
    "draw-clear": cleared,
    "look-at": lookedAway,
    frame: whenShown(readAloud),
  },
  messages: { state: padKept },
};
