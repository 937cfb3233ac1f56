/**
 * Hands on the settings: whatever control says in its data attributes what it asks for becomes a draft of the spec.
 * @import { Store } from "../store.js"
 * @import { Json, Path } from "../types"
 */

/** @param {HTMLElement} root @param {Store} store */
export function listenToControls(root, store) {
  root.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest?.("button[data-edits]");
    if (button instanceof HTMLElement) ask(store, button);
  });
  root.addEventListener("change", (event) => {
    const control = /** @type {HTMLElement} */ (event.target);
    if (control.dataset.edits) ask(store, control);
    else if (control.dataset.path) draft(store, control, true);
  });
  root.addEventListener("input", (event) => {
    const control = /** @type {HTMLInputElement} */ (event.target);
    if (control.dataset.path) draft(store, control, control.type === "range");
  });
  root.addEventListener("keydown", (event) => {
    const control = /** @type {HTMLElement} */ (event.target);
    if (event.key !== "Escape" || !control.dataset.path) return;
    store.dispatch({ type: "undraft", path: JSON.parse(control.dataset.path) });
  });
}

/** @param {Store} store @param {HTMLElement} control */
function ask(store, control) {
  /** @type {[Path, Json][]} */
  const edits = JSON.parse(control.dataset.edits ?? "[]");
  for (const [path, value] of edits) store.dispatch({ type: "draft", path, value, final: true });
}

/** @param {Store} store @param {HTMLElement} control @param {boolean} final */
function draft(store, control, final) {
  const value = final ? read(control) : /** @type {HTMLInputElement} */ (control).value;
  if (!final && control.dataset.kind !== "number") return;
  store.dispatch({ type: "draft", path: JSON.parse(control.dataset.path ?? "[]"), value, final });
}

/**
 * What a control says: a number where one is asked for and can be read, else the text itself; of a slider over a list of
 * values the one that it stands at.
 * @param {HTMLElement} control
 * @returns {Json}
 */
function read(control) {
  if (control instanceof HTMLInputElement && control.type === "checkbox") return control.checked;
  const { value } = /** @type {HTMLInputElement | HTMLSelectElement} */ (control);
  if (control.dataset.steps) return JSON.parse(control.dataset.steps)[Number(value)];
  if (control.dataset.kind !== "number") return value === "" ? null : value;
  const number = Number(value.replace(",", ".").replace("−", "-"));
  return value.trim() === "" || Number.isNaN(number) ? value : number;
}
