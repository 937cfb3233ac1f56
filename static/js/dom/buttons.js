/**
 * Buttons and keys of the whole page: what a button's `data-action` does, and the shortcuts that press one.
 * @import { EdgeMode } from "../types"
 * @import { Buttons, Desk } from "./parts.js"
 */
import { isLocked } from "../state/link.js";
import { shortcutFor } from "../state/shortcuts.js";
import { speedCommand } from "../views/transport.js";
import { pointKey } from "./boardkeys.js";
import { giveLabel, remove } from "./edits.js";
import { dialog, element } from "./element.js";

/** The buttons that belong to no part. @param {Desk} desk @returns {Buttons} */
export function pageButtons(desk) {
  const { store, send } = desk;
  return {
    pause: () => send({ type: "pause" }),
    step: () => send({ type: "step", batches: 1 }),
    epoch: () => send({ type: "step", epochs: 1 }),
    reset: () => send({ type: "reset" }),
    "new-weights": () => send({ type: "new_weights" }),
    sample: () => walkOn(desk, "sample"),
    phase: () => walkOn(desk, "phase"),
    "phase-back": () => walkOn(desk, "back"),
    dismiss: () => store.dispatch({ type: "notice", notice: null }),
    tenth: () => goOnSlower(desk),
    present: () => present(desk, !store.get().ui.present),
    leave: () => present(desk, false),
    shortcuts: () => dialog("shortcuts").showModal(),
    "close-sheet": (target) => target.closest("dialog")?.close(),
    layer: ({ dataset }) => {
      const layer = Number(dataset.layer);
      store.dispatch({ type: "layer", layer: store.get().ui.layer === layer ? null : layer });
    },
    "close-layer": () => store.dispatch({ type: "layer", layer: null }),
    edges: ({ dataset }) => store.dispatch({ type: "edges", mode: /** @type {EdgeMode} */ (dataset.mode) }),
    brush: ({ dataset }) => giveLabel(store, send, Number(dataset.label), store.get().ui.selected),
    delete: () => remove(store, send, store.get().ui.selected),
    undo: () => send({ type: "undo" }),
    redo: () => send({ type: "redo" }),
    "check-gradient": () => store.get().check.inFlight === null && send({ type: "check_gradient" }),
  };
}

/** To another stop of the step that is walked through; its tab opens. @param {Desk} desk @param {string} by */
function walkOn({ store, send }, by) {
  if (store.get().link.hide.includes("drawer")) return;
  if (store.get().drawer.tab !== "walk") store.dispatch({ type: "drawer", tab: "walk" });
  send({ type: "walk", by });
}

/** From the last good step of a run that went wrong, in smaller steps. @param {Desk} desk */
function goOnSlower({ store, send }) {
  const rate = Number(store.get().server?.spec.training.optimizer.learning_rate);
  send({ type: "set_spec", spec: { training: { optimizer: { learning_rate: Number((rate / 10).toPrecision(12)) } } } });
  send({ type: "play" });
}

/** @param {Desk} desk @param {boolean} on */
export function present({ store }, on) {
  document.documentElement.toggleAttribute("data-present", on);
  element("button-present").setAttribute("aria-pressed", String(on));
  store.dispatch({ type: "present", on });
}

/** @param {Desk} desk @param {Buttons} buttons those of all parts */
export function listenToButtons(desk, buttons) {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-action]") : null;
    if (button instanceof HTMLElement) buttons[button.dataset.action ?? ""]?.(button);
  });
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement) || target.dataset.action !== "speed") return;
    desk.send(speedCommand(target.value));
  });
  document.addEventListener("keydown", (event) => shortcut(desk, buttons, event));
}

/** Keys that are typed into a control, or that a dialog hears, are no shortcuts. @param {HTMLElement} target */
function takesKeys(target) {
  const typing = "textarea, select, input:not([type=range], [type=radio], [type=checkbox]), [contenteditable]";
  return Boolean(target.closest(typing) || document.querySelector("dialog:modal"));
}

/** @param {Desk} desk @param {Buttons} buttons @param {KeyboardEvent} event */
function shortcut(desk, buttons, event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const row = shortcutFor(event);
  if (!row?.action || event.defaultPrevented || takesKeys(target)) return;
  if (event.key === " " && target.closest("button, input, summary, a")) return;
  if (row.action === "leave" && !desk.store.get().ui.present) return;
  if (row.action !== "point") perform(desk, buttons, row.action);
  if (row.action !== "point" || pointKey(desk.store, desk.send, event)) event.preventDefault();
}

/**
 * What a shortcut asks for: its button, which may be disabled, or else its action. A key pressed right after another one is
 * heard before the page shows what that has changed, so a disabled button is asked again when it does.
 * @param {Desk} desk @param {Buttons} buttons @param {string} action
 */
function perform({ store }, buttons, action) {
  const button = document.getElementById(`button-${action}`);
  const { link } = store.get();
  if (link.hide.includes(action) || isLocked(link, action) || button?.closest("[hidden]")) return;
  if (button instanceof HTMLButtonElement && button.disabled) requestAnimationFrame(() => document.getElementById(button.id)?.click());
  else if (button instanceof HTMLButtonElement) button.click();
  else buttons[action]?.(document.body);
}
