/**
 * The top bar: play, step, reset, speed; epoch, step and rate; the connection; and what the page has to say in words.
 * @import { Child, State } from "../types"
 */
import { countText, rateText } from "./labels.js";
import { h, icon } from "./tree.js";

/** Epochs a second to choose from; null is as fast as possible. */
export const SPEEDS = [1, 2, 5, 10, 30, 60, 120, null];

/** @param {State} state @returns {Child[]} */
export function transportView(state) {
  const playing = state.server?.phase === "playing";
  const off = state.connection !== "open" || !state.server;
  const stuck = state.server?.phase === "diverged";
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
  return [
    h(
      "button.play",
      {
        type: "button",
        id: "button-play",
        "data-action": playing ? "pause" : "play",
        disabled: off || stuck,
        "aria-label": playing ? "Pause" : "Play",
        title: `${playing ? "Pause" : "Play"} (space)`,
      },
      icon(playing ? "pause" : "play"),
    ),
    button("step", "step", "Step", "One batch (S)", off || stuck),
    button("epoch", "epoch", "Epoch", "To the end of the epoch (E)", off || stuck),
    button("reset", "reset", "Reset", "Back to step 0 with the same weights (R)"),
    button("new-weights", "dice", "New weights", "Back to step 0 with other first weights (W)"),
    speedView(state, off),
  ];
}

/** @param {State} state @param {boolean} off */
function speedView(state, off) {
  const now = state.server?.epochs_per_second ?? null;
  const all = SPEEDS.includes(now) ? SPEEDS : [now, ...SPEEDS];
  const options = all.map((speed) =>
    h("option", { value: speed ?? "", selected: speed === now }, speed === null ? "flat out" : `${speed} epochs/s`),
  );
  return h(
    "label.speed",
    {},
    h("span.speed__label", {}, "Speed"),
    h("select.select", { id: "speed", "data-action": "speed", disabled: off }, options),
  );
}

/** @param {State} state @returns {Child[]} */
export function countersView(state) {
  const figure = (/** @type {string} */ id, /** @type {string} */ label, /** @type {string} */ value, more = "") =>
    h("div.counter", { class: more }, h("span.counter__label", {}, label), h("output.counter__value", { id }, value));
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
  return [h("i.dot"), h("span", {}, CONNECTION_WORDS[state.connection])];
}

/** @param {State} state @returns {Child[]} */
export function noticeView(state) {
  const notice = state.notice ?? standing(state);
  if (!notice) return [];
  const again =
    notice.about === "connection" && state.connection !== "open"
      ? h("button.button", { type: "button", "data-action": "reconnect" }, "Connect now")
      : null;
  const reset =
    notice.about === "divergence" ? h("button.button", { type: "button", "data-action": "reset" }, "Reset") : null;
  const close = h(
    "button.button.button--icon",
    { type: "button", "data-action": "dismiss", "aria-label": "Dismiss" },
    icon("close"),
  );
  return [
    h(
      "div.notice",
      { class: `notice--${notice.kind}` },
      icon(notice.kind === "info" ? "info" : "warning"),
      h("p", {}, notice.text),
      again,
      reset,
      state.notice ? close : null,
    ),
  ];
}

/** A state that explains itself even to somebody who joins late. @param {State} state @returns {State["notice"]} */
function standing(state) {
  if (state.server?.phase !== "diverged") return null;
  return {
    kind: "error",
    about: "divergence",
    text: "Training stopped itself because the loss ran away. The last good weights are kept: lower the learning rate, or reset.",
  };
}
