/**
 * The top bar: play, step, reset, speed; epoch, step and rate; the connection; and what the page has to say in words.
 * @import { Child, Command, State } from "../types"
 */
import { isBenching } from "../state/bench.js";
import { comingWords, isComing } from "../state/coming.js";
import { isStuck } from "../state/stuck.js";
import { helpButton } from "./help.js";
import { retryView, unsavedNotice } from "./keeping.js";
import { countText, rateText } from "./labels.js";
import { h, icon } from "./tree.js";

/** Paces to choose from, as [steps a second, epochs a second]; neither is as fast as possible. @type {readonly Pace[]} */
export const SPEEDS = [[1, null], [5, null], [null, 1], [null, 2], [null, 5], [null, 10], [null, 30], [null, 60], [null, 120], [null, null]]; // prettier-ignore
/** @typedef {readonly [number | null, number | null]} Pace */

/** @param {State} state @returns {Child[]} */
export function transportView(state) {
  const benching = isBenching(state);
  const playing = state.server?.phase === "playing" || benching;
  const word = benching ? "Stop the bench" : playing ? "Pause" : "Play";
  const off = state.connection !== "open" || !state.server || isComing(state);
  const stuck = isStuck(state);
  const button = (
    /** @type {string} */ action,
    /** @type {string} */ name,
    /** @type {string} */ label,
    /** @type {string} */ title,
    disabled = off,
  ) =>
    h(
      "button.transport__button",
      { type: "button", id: `button-${action}`, "data-action": action, disabled, title },
      icon(name),
      h("span", {}, label),
    );
  const walks = !state.link.hide.includes("drawer");
  const steps = [
    button("step", "step", "Step", "One batch (S)", off || stuck),
    button("epoch", "epoch", "Epoch", "To the end of the epoch (E)", off || stuck),
  ];
  return [
    h(
      "button.play",
      {
        type: "button",
        id: "button-play",
        "data-action": playing ? "pause" : "play",
        disabled: off || stuck,
        "aria-label": word,
        title: `${word} (space)`,
      },
      icon(playing ? "pause" : "play"),
    ),
    ...(walks ? [button("sample", "sample", "Sample", "One sample of the batch, number by number (M)", off || stuck)] : []),
    ...steps,
    h(
      "button.transport__button.transport__more",
      { type: "button", id: "button-until", popovertarget: "until", disabled: off || stuck, "aria-label": "Train until …", title: "Train until … (U)" },
      icon("more"),
    ),
    button("reset", "reset", "Reset", "Back to step 0 with the same weights (R)"),
    button("new-weights", "dice", "New weights", "Back to step 0 with other first weights (W)"),
    speedView(state, off),
  ];
}

/** @param {State} state @param {boolean} off */
function speedView({ server }, off) {
  /** @type {Pace} */
  const now = [server?.steps_per_second ?? null, server?.epochs_per_second ?? null];
  const same = (/** @type {Pace} */ pace) => paceValue(pace) === paceValue(now);
  const all = SPEEDS.some(same) ? SPEEDS : [now, ...SPEEDS];
  const options = all.map((pace) => h("option", { value: paceValue(pace), selected: same(pace) }, paceText(pace)));
  return h(
    "label.speed",
    {},
    h("span.speed__label", {}, "Speed"),
    h("select.select", { id: "speed", "data-action": "speed", disabled: off }, options),
  );
}

/** Epochs a second as a plain number, steps with their unit. @param {Pace} pace */
function paceValue([steps, epochs]) {
  return steps !== null ? `${steps} steps` : String(epochs ?? "");
}

/** @param {Pace} pace */
function paceText([steps, epochs]) {
  const unit = (/** @type {number} */ count, /** @type {string} */ word) => `${count} ${word}${count === 1 ? "" : "s"}/s`;
  if (steps !== null) return unit(steps, "step");
  return epochs === null ? "flat out" : unit(epochs, "epoch");
}

/** What a choice of the list asks for. @param {string} value @returns {Command} */
export function speedCommand(value) {
  if (value.endsWith(" steps")) return { type: "set_speed", steps_per_second: parseFloat(value) };
  return { type: "set_speed", epochs_per_second: value ? Number(value) : null };
}

/** @param {State} state @returns {Child[]} */
export function countersView(state) {
  const figure = (/** @type {string} */ id, /** @type {string} */ label, /** @type {string} */ value, more = "") =>
    h("div.counter", { class: more }, h("span.counter__label", {}, label), h("output.counter__value", { id, "aria-live": "off" }, value));
  const server = state.server;
  return [
    figure("epoch", "Epoch", server ? countText(server.epoch) : "–", "counter--large"),
    figure("step", "Step", server ? countText(server.step) : "–"),
    figure("rate", "Learning rate", rateText(state.frame?.now.learning_rate)),
  ];
}

const CONNECTION_WORDS = {
  connecting: "Connecting",
  open: "Connected",
  lost: "Reconnecting",
  closed: "Disconnected",
};

/** @param {State} state @returns {Child[]} */
export function connectionView(state) {
  return [h("i.dot"), h("span", {}, comingWords(state) ? "Waiting" : CONNECTION_WORDS[state.connection])];
}

/** @param {State} state @returns {Child[]} */
export function noticeView(state) {
  const notice = state.notice ?? standing(state);
  if (!notice) return [];
  const again =
    notice.about === "connection" && state.connection !== "open"
      ? h("button.button", { type: "button", "data-action": "reconnect" }, "Connect now")
      : null;
  const actions = notice.about === "divergence" ? divergenceButtons() : null;
  const close = h(
    "button.button.button--icon",
    { type: "button", "data-action": "dismiss", "aria-label": "Dismiss" },
    icon("close"),
  );
  return [
    h(
      "div.notice",
      { class: `notice--${notice.kind} notice--of-${notice.about}` },
      icon(notice.kind === "info" ? "info" : "warning"),
      h("p", {}, notice.text),
      again && retryView(state),
      again,
      state.notice ? close : null,
      actions,
    ),
  ];
}

/** The session stands at its last good step: it can go on from there more carefully, or begin again. */
function divergenceButtons() {
  const button = (/** @type {string} */ action, /** @type {string} */ label) =>
    h("button.button", { type: "button", "data-action": action }, label);
  return h(
    "div.notice__actions",
    {},
    button("tenth", "Go on with a tenth of the rate"),
    button("reset", "Reset"),
    helpButton("divergence", "Divergence"),
  );
}

/** A state that explains itself even to somebody who joins late. @param {State} state @returns {State["notice"]} */
function standing(state) {
  if (state.server?.phase !== "diverged") return unsavedNotice(state);
  return {
    kind: "error",
    about: "divergence",
    text: "Training stopped itself because the loss ran away. The weights are those of the last good step.",
  };
}
