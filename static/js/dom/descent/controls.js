/**
 * What is pressed, typed and dragged beside the pictures, and the keys of the whole page.
 * @import { Store } from "./races.js"
 */
import { rateAtPlace } from "../../views/descent/fields.js";
import { typed } from "../../views/labels.js";

/** What buttons do, and the keys that press them. @type {Record<string, (store: Store) => void>} */
const ACTIONS = {
  play: (store) => store.dispatch({ type: "play", on: !store.get().playing }),
  step: (store) => seek(store, store.get().step + 1),
  back: (store) => seek(store, store.get().step - 1),
  reset: (store) => seek(store, 0),
  present: () => present(!document.documentElement.hasAttribute("data-present")),
};
/** @type {Record<string, string>} */
const KEYS = { " ": "play", s: "step", b: "back", r: "reset", p: "present" };
const TYPED = "select, textarea, input:not([type=range], [type=checkbox])";

/** By hand one step is looked at: playing ends. @param {Store} store @param {number} step */
function seek(store, step) {
  store.dispatch({ type: "play", on: false });
  store.dispatch({ type: "seek", step });
}

/** @param {boolean} on */
export function present(on) {
  document.documentElement.toggleAttribute("data-present", on);
  document.getElementById("button-present")?.setAttribute("aria-pressed", String(on));
}

/** @param {Store} store */
export function listenToControls(store) {
  document.addEventListener("click", (event) => clicked(store, event));
  document.addEventListener("input", (event) => given(store, /** @type {HTMLElement} */ (event.target)));
  document.addEventListener("change", (event) => meant(store, /** @type {HTMLElement} */ (event.target)));
  document.addEventListener("keydown", (event) => pressed(store, event));
}

/** @param {Store} store @param {MouseEvent} event */
function clicked(store, event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const link = target.closest("a[data-query]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (link instanceof HTMLAnchorElement && plain) {
    event.preventDefault();
    history.pushState(null, "", link.href);
    return store.dispatch({ type: "address", search: link.search });
  }
  const { action, ground } = target.closest("button")?.dataset ?? {};
  if (ground) store.dispatch({ type: "surface", name: ground });
  if (action) ACTIONS[action]?.(store);
}

/** While it is typed or dragged. @param {Store} store @param {HTMLElement} target */
function given(store, target) {
  if (!(target instanceof HTMLInputElement)) return;
  const { field, rate } = target.dataset;
  if (field) store.dispatch({ type: "typing", path: field, text: target.value });
  if (rate) store.dispatch({ type: "set", path: rate, text: typed(rateAtPlace(Number(target.value))) });
  if (target.id === "scrubber") seek(store, Number(target.value));
}

/** When it is meant. @param {Store} store @param {HTMLElement} target */
function meant(store, target) {
  if (target instanceof HTMLSelectElement && target.id === "speed") store.dispatch({ type: "speed", speed: Number(target.value) });
  if (!(target instanceof HTMLInputElement)) return;
  const { field, runner } = target.dataset;
  if (field) store.dispatch({ type: "set", path: field, text: target.value });
  if (runner) store.dispatch({ type: "run", optimizer: runner, on: target.checked });
  if (target.id === "whole") store.dispatch({ type: "whole", on: target.checked });
}

/** @param {Store} store @param {KeyboardEvent} event */
function pressed(store, event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (event.key === "Escape" && target.dataset.field) store.dispatch({ type: "typing", path: "", text: null });
  if (!action || event.ctrlKey || event.metaKey || event.altKey || target.closest(TYPED)) return;
  if (event.key === " " && target.closest("button, input, a")) return;
  event.preventDefault();
  ACTIONS[action](store);
}
