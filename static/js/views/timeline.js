/**
 * The bar at the page's foot: where one stands in the recorded run, a scrubber over its steps with what happened on it, and
 * buttons to go through it.
 * @import { Child, State } from "../types"
 */
import { branchesOf, branchShown } from "../state/branches.js";
import { isPast, stepAt, stepsOf } from "../state/timeline.js";
import { helpButton } from "./help.js";
import { countText } from "./labels.js";
import { h, icon } from "./tree.js";

/** Paces of playing what is recorded. */
export const PACES = [0.25, 0.5, 1, 2];

/** @typedef {{step: number, kind: string, text: string}} Landmark */

/** What can be jumped to, oldest first: what happened to the run, and where branches leave. @param {State} state @returns {Landmark[]} */
export function landmarksOf(state) {
  const shown = branchShown(state);
  const forks = branchesOf(state)
    .filter(({ id, parent }) => shown && (parent === shown.id || (id === shown.id && parent !== null)))
    .map(({ from_step: step, name }) => ({ step, kind: "fork", text: `“${name}” begins` }));
  const { first, last } = stepsOf(state);
  return [...state.marks, ...forks].filter(({ step }) => step >= first && step <= last).sort((a, b) => a.step - b.step);
}

/** The nearest landmark before or after where one stands, all at one step told together. @param {State} state @param {1 | -1} direction @returns {Landmark | null} */
export function landmarkFrom(state, direction) {
  const at = stepAt(state);
  const ahead = landmarksOf(state).filter(({ step }) => (step - at) * direction > 0);
  const step = ahead.at(direction > 0 ? 0 : -1)?.step;
  const there = ahead.filter((mark) => mark.step === step);
  return step === undefined ? null : { ...there[0], text: there.map(({ text }) => text).join("; ") };
}

/** Where one stands, in words. @param {State} state @returns {string} */
export function placeText(state) {
  return stepText(state) + epochText(state);
}

/** @param {State} state */
function stepText(state) {
  return `step ${countText(stepAt(state))} of ${countText(stepsOf(state).last)}`;
}

/** The epoch of a step that is on its way is not known yet. @param {State} state */
function epochText({ timeline, server }) {
  return timeline.wanted === null ? `, epoch ${countText(server?.epoch ?? 0)}` : "";
}

/** @param {State} state @returns {Child[]} */
export function timelineView(state) {
  const { first, last } = stepsOf(state);
  const at = stepAt(state);
  const off = state.connection !== "open" || !state.timeline.told || first === last;
  return [
    h("div.timeline__buttons", { role: "toolbar", "aria-label": "Through the recorded run" }, goButtons(state, off)),
    trackView(state, off),
    h("div.timeline__marks", {}, markButton(state, -1, off), markButton(state, 1, off)),
    wordsView(state, at < last),
    paceView(state, off),
    helpButton("timeline", "Timeline"),
  ];
}

/** @param {State} state @param {boolean} off */
function goButtons(state, off) {
  const { first, last } = stepsOf(state);
  const at = stepAt(state);
  const direction = state.timeline.tour?.direction ?? 0;
  const training = state.server?.phase === "playing";
  const button = (/** @type {string} */ name, /** @type {string} */ picture, /** @type {string} */ label, /** @type {boolean} */ end, title = label) =>
    h("button.timeline__button", { type: "button", id: `button-${name}`, key: name, "data-travel": name, disabled: off || end, "aria-label": label, title }, icon(picture));
  const play = (/** @type {string} */ name, /** @type {1 | -1} */ way, /** @type {string} */ label, /** @type {boolean} */ end) => {
    const on = direction === way;
    const row = button(name, on ? "pause" : name, on ? "Stop" : label, training || (end && !on));
    return { ...row, attrs: { ...row.attrs, "aria-pressed": String(on) } };
  };
  return [
    play("rewind", -1, "Backwards through the run", at === first),
    button("back", "back", "One step back", at === first, "One step back (,); an epoch (Shift ,)"),
    button("forward", "forward", "One step forward", at === last, "One step forward (.); an epoch (Shift .)"),
    play("replay", 1, "Forwards through the run, as far as recorded", at === last),
    button("newest", "newest", "To the newest step", at === last),
  ];
}

/** @param {State} state @param {boolean} off */
function trackView(state, off) {
  const { first, last } = stepsOf(state);
  const at = stepAt(state);
  const value = last > first ? at : 0;
  const range = { min: last > first ? first : 0, max: last > first ? last : 1, step: 1 };
  return h(
    "div.timeline__track",
    {},
    ticksView(state, first, last, at),
    h("input.timeline__scrubber", {
      type: "range",
      id: "scrubber",
      ...range,
      value,
      disabled: off,
      "aria-label": "Step of the run",
      "aria-valuetext": placeText(state),
      title: "Drag to go through the run; Page Up and Down by an epoch",
    }),
  );
}

/** Units of the picture from end to end of the track. */
const WIDE = 1000;

/** The line, how far one is, and what happened where. @param {State} state @param {number} first @param {number} last @param {number} at */
function ticksView(state, first, last, at) {
  const place = (/** @type {number} */ step) => (last > first ? (WIDE * (step - first)) / (last - first) : 0);
  const ticks = landmarksOf(state).map(({ step, kind }, row) => {
    const x = place(step);
    const shape = kind === "fork" ? `M${x} 15V22` : `M${x} 2V9`;
    return h("path.timeline__tick", { key: row, d: shape });
  });
  return h(
    "svg.timeline__ticks",
    { viewBox: `0 0 ${WIDE} 24`, preserveAspectRatio: "none", "aria-hidden": "true" },
    h("path.timeline__line", { key: "line", d: `M0 12H${WIDE}` }),
    h("path.timeline__done", { key: "done", d: `M0 12H${place(at)}` }),
    ticks,
  );
}

/** @param {State} state @param {1 | -1} direction @param {boolean} off */
function markButton(state, direction, off) {
  const mark = landmarkFrom(state, direction);
  const [name, word] = direction < 0 ? ["mark-before", "Previous mark"] : ["mark-after", "Next mark"];
  const label = mark ? `${word}: step ${countText(mark.step)}, ${mark.text}` : `No ${direction < 0 ? "earlier" : "later"} mark`;
  const attrs = { type: "button", id: `button-${name}`, key: name, "data-travel": name, disabled: off || !mark };
  return h("button.timeline__button", { ...attrs, "aria-label": label, title: label }, icon(name));
}

/** @param {State} state @param {boolean} past */
function wordsView(state, past) {
  const place = past ? `Past: ${stepText(state)}` : stepText(state);
  const note = past ? "Going on from here begins a branch." : (branchShown(state)?.name ?? "");
  return h(
    "p.timeline__words",
    { "data-past": past ? "true" : null },
    h("output.timeline__place", { id: "timeline-place", "aria-live": "off" }, place, h("span.timeline__epoch", {}, epochText(state))),
    h("span.timeline__note", { id: "timeline-note" }, note),
  );
}

/** @param {State} state @param {boolean} off */
function paceView({ timeline }, off) {
  const options = PACES.map((pace) => h("option", { value: pace, selected: pace === timeline.pace }, `${pace}×`));
  return h("label.timeline__pace", { title: "How fast the recorded run is played" }, h("span.sr", {}, "Pace of playing"), h("select.select.select--small", { id: "tour-pace", disabled: off }, options)); // prettier-ignore
}

/** What somebody who does not see the page hears; null where the bar has nothing to say. @param {State} state @returns {string | null} */
export function placeAnnounced(state) {
  if (state.server?.phase === "seeking") return `Going to step ${countText(stepAt(state))}.`;
  if (!isPast(state) || state.server?.phase !== "paused") return null;
  return `Past: ${placeText(state)}. Going on from here begins a branch.`;
}
