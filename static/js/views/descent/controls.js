/**
 * Everything that is pressed: surfaces by their pictures, settings, transport, scrubber, notices.
 * @import { DescentState } from "../../descenttypes"
 * @import { Node } from "../../types"
 */
import { lastStep, SPEEDS } from "../../state/descent/race.js";
import { h, icon } from "../tree.js";
import { idOf, numberField, problem } from "./fields.js";
import { say } from "./words.js";

/** Buttons with pictures, which the page paints. @param {DescentState} state @returns {Node[]} */
export function groundsView({ grounds, settings, words }) {
  return (grounds?.surfaces ?? []).map(({ name }) =>
    h(
      "button.ground",
      { type: "button", key: name, "data-ground": name, "aria-pressed": String(name === settings?.surface) },
      h("canvas.ground__picture", { width: 73, height: 73, "aria-hidden": "true" }),
      h("span.ground__name", {}, say(words, `surfaces.${name}.name`)),
    ),
  );
}

/** @param {DescentState} state @returns {Node[]} */
export function settingsView(state) {
  const { settings, words, whole } = state;
  if (!settings) return [];
  const field = (/** @type {string} */ path, /** @type {number} */ value, /** @type {string} */ name, help = "") =>
    h("div.field", { key: path, title: help || null }, h("label.field__label", { for: idOf(path) }, name), numberField(state, path, value, name), problem(state, path));
  const [x, y] = settings.start;
  const shown = h("input.switch", { type: "checkbox", checked: whole, id: "whole" });
  return [
    h("div.settings__pair", { key: "start" }, field("x", x, say(words, "start_x")), field("y", y, say(words, "start_y"))),
    h("div.settings__pair", { key: "run" }, field("steps", settings.steps, say(words, "steps")), field("momentum", settings.momentum, say(words, "momentum"), say(words, "momentum_help"))),
    h("label.field__check", { key: "whole", title: say(words, "whole_help") }, shown, h("span", {}, say(words, "whole"))),
  ];
}

/** @param {DescentState} state @returns {Node[]} */
export function transportView(state) {
  const { words, playing, step, speed } = state;
  const last = lastStep(state);
  const button = (/** @type {string} */ action, /** @type {string} */ picture, /** @type {boolean} */ disabled) =>
    h(
      "button.transport__button",
      { type: "button", key: action, id: `button-${action}`, "data-action": action, title: say(words, `${action}_help`), disabled },
      icon(picture),
      h("span", {}, say(words, action)),
    );
  const play = h(
    "button.play",
    { type: "button", key: "play", id: "button-play", "data-action": "play", title: say(words, "play_help"), "aria-label": say(words, playing ? "pause" : "play"), disabled: !last },
    icon(playing ? "pause" : "play"),
  );
  const speeds = SPEEDS.map((one) => h("option", { value: one, selected: one === speed }, say(words, "speed_option", { speed: one })));
  return [
    button("reset", "reset", step === 0),
    button("back", "stepback", step === 0),
    play,
    button("step", "step", step >= last),
    h("div.speed", { key: "speed" }, h("label.speed__label", { for: "speed" }, say(words, "speed")), h("select.select.select--small", { id: "speed" }, speeds)),
  ];
}

/** @param {DescentState} state @returns {Node[]} */
export function countersView(state) {
  const { words, step } = state;
  const steps = h("span.counter__of", {}, say(words, "of_steps", { steps: lastStep(state) }));
  return [h("div.counter.counter--large", {}, h("span.counter__label", {}, say(words, "counter")), h("span.counter__row", {}, h("output.counter__value", { id: "step" }, String(step)), " ", steps))];
}

/** @param {DescentState} state @returns {Node[]} */
export function scrubView(state) {
  const { words, step } = state;
  const last = lastStep(state);
  return [
    h("input.slider", {
      type: "range",
      id: "scrubber",
      min: 0,
      max: Math.max(1, last),
      step: 1,
      value: step,
      disabled: !last,
      "aria-label": say(words, "scrubber"),
      "aria-valuetext": say(words, "say_step", { step, steps: last }),
      style: `--fill: ${((100 * step) / Math.max(1, last)).toFixed(2)}%`,
    }),
  ];
}

/** @param {DescentState} state @returns {Node[]} */
export function noticeView({ notice }) {
  return notice ? [h(`div.notice.notice--${notice.kind}`, {}, h("p", {}, notice.text))] : [];
}
