/**
 * The page's state and the one function that changes it: (state, action) -> state. Pure: no DOM, no socket, no clock.
 * Each capability is a slice (state/*.js): where it begins, what it makes of hands' actions and of the server's messages, and
 * what it has to ask the server for. Here they only stand in a row.
 * @import { Action, Command, Slice, SlicesFirst, SlicesHear, State } from "./types"
 */
import { SLICE as BENCH } from "./state/bench.js";
import { SLICE as BRANCHES } from "./state/branches.js";
import { SLICE as BRING } from "./state/bring.js";
import { SLICE as CHARTS } from "./state/charts.js";
import { SLICE as CHECK } from "./state/check.js";
import { SLICE as COMING } from "./state/coming.js";
import { SLICE as DIAGRAM } from "./state/diagram.js";
import { SLICE as DRAWER } from "./state/drawer.js";
import { SLICE as DRAWING } from "./state/drawing.js";
import { SLICE as EXPERIMENTS } from "./state/experiments.js";
import { SLICE as FIGURES } from "./state/figures.js";
import { SLICE as FRAMES } from "./state/frames.js";
import { SLICE as GALLERY } from "./state/gallery.js";
import { SLICE as HELP } from "./state/help.js";
import { SLICE as INSPECT } from "./state/inspect.js";
import { SLICE as KEEPING } from "./state/keeping.js";
import { SLICE as LESSON } from "./state/lesson.js";
import { SLICE as LINK } from "./state/link.js";
import { SLICE as LOOK } from "./state/look.js";
import { SLICE as NOTICE } from "./state/notice.js";
import { SLICE as PHASEVIEW } from "./state/phaseview.js";
import { SLICE as PLANE } from "./state/plane.js";
import { SLICE as POINTS } from "./state/points.js";
import { SLICE as PRESETS } from "./state/presets.js";
import { SLICE as RESULTS } from "./state/results.js";
import { SLICE as SESSION } from "./state/session.js";
import { SLICE as SHARE } from "./state/share.js";
import { SLICE as SPEC } from "./state/spec.js";
import { SLICE as STUCK } from "./state/stuck.js";
import { SLICE as SURFACE } from "./state/surface.js";
import { SLICE as TABLE } from "./state/table.js";
import { SLICE as TAKE_HOME } from "./state/takehome.js";
import { SLICE as TIMELINE } from "./state/timeline.js";
import { SLICE as TOOLS } from "./state/tools.js";
import { SLICE as UI } from "./state/ui.js";
import { SLICE as UNTIL } from "./state/until.js";
import { SLICE as WAITING } from "./state/waiting.js";
import { SLICE as WRONG } from "./state/wrong.js";

/** In this order they hear what several of them hear, and ask: session and frame first, because the others look at them. */
const SLICES = [
  SESSION,
  FRAMES,
  FIGURES,
  NOTICE,
  STUCK,
  KEEPING,
  COMING,
  LINK,
  UI,
  SPEC,
  POINTS,
  WAITING,
  WRONG,
  DIAGRAM,
  LOOK,
  PLANE,
  INSPECT,
  TIMELINE,
  BRANCHES,
  PHASEVIEW,
  CHECK,
  BENCH,
  CHARTS,
  TOOLS,
  SURFACE,
  TABLE,
  BRING,
  DRAWER,
  RESULTS,
  DRAWING,
  GALLERY,
  UNTIL,
  HELP,
  PRESETS,
  SHARE,
  TAKE_HOME,
  EXPERIMENTS,
  LESSON,
];

/** @type {State} */
export const INITIAL = /** @type {SlicesFirst<(typeof SLICES)[number]>} */ (Object.assign({}, ...SLICES.map(({ first }) => first)));

/** @typedef {(state: State, what: any, before: State) => State} Handler */

const ACTIONS = handlersOf("actions");
const MESSAGES = handlersOf("messages");
/** What there is to ask the server for now; each gives one command or none. @type {readonly ((state: State) => Command | null)[]} */
export const ASKING = /** @type {readonly Slice[]} */ (SLICES).flatMap(({ next }) => next ?? []);

/** @param {State} state @param {Action} action @returns {State} */
export function reduce(state, action) {
  /** @type {SlicesHear<(typeof SLICES)[number]> | "message"} an action that no slice hears is a type error here */
  const type = action.type;
  const [table, what] = type === "message" && "message" in action ? [MESSAGES, action.message] : [ACTIONS, action];
  return (table.get(what.type) ?? []).reduce((after, handler) => handler(after, what, state), state);
}

/** All slices' handlers by the type that they hear. @param {"actions" | "messages"} kind @returns {ReadonlyMap<string, readonly Handler[]>} */
function handlersOf(kind) {
  /** @type {Map<string, Handler[]>} */
  const table = new Map();
  for (const slice of /** @type {readonly Slice[]} */ (SLICES))
    for (const [type, handler] of Object.entries(slice[kind] ?? {})) table.set(type, [...(table.get(type) ?? []), handler]);
  return table;
}
