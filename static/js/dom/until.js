/**
 * Hands on "Train until …": the form opens under its button, is sent with Enter, and remembers what was asked for last.
 * @import { Store } from "../store.js"
 * @import { Command, Goal } from "../types"
 */
import { inStorage } from "../keep.js";
import { untilCommand, untilKept } from "../state/until.js";

const KEY = "until";
const EDGE = 8;

/** @param {HTMLFormElement} form a popover @param {Store} store @param {(command: Command) => void} send */
export function listenToUntil(form, store, send) {
  store.dispatch({ type: "until", change: untilKept(JSON.parse(inStorage(() => localStorage.getItem(KEY)) ?? "null")) });
  form.addEventListener("toggle", () => {
    const button = document.getElementById("button-until");
    if (button && form.matches(":popover-open")) place(form, button);
  });
  for (const kind of ["input", "change"]) form.addEventListener(kind, ({ target }) => changed(store, target));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { command } = untilCommand(store.get());
    if (!command) return;
    form.hidePopover();
    send(command);
  });
}

/** Under the button, as far left as it must be to stay on the page; over it where the bar lies at the page's foot. @param {HTMLElement} form @param {HTMLElement} button */
function place(form, button) {
  const at = button.getBoundingClientRect();
  const { width, height } = form.getBoundingClientRect();
  const below = at.bottom + EDGE + height <= window.innerHeight;
  form.style.left = `${Math.max(EDGE, Math.min(at.left, window.innerWidth - width - EDGE))}px`;
  form.style.top = `${below ? at.bottom + EDGE : Math.max(EDGE, at.top - height - EDGE)}px`;
}

/** @param {Store} store @param {EventTarget | null} target */
function changed(store, target) {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  const { until } = store.get();
  const name = target.dataset.until ?? "";
  const change = name === "goal" ? { goal: /** @type {Goal} */ (target.value) } : { texts: { ...until.texts, [name]: target.value } };
  store.dispatch({ type: "until", change });
  inStorage(() => localStorage.setItem(KEY, JSON.stringify(store.get().until)));
}
