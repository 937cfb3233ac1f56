/**
 * Hands on the gallery of examples: choosing, pages, another label, exclusion, causes; and the browser's memory of causes.
 * @import { Store } from "../store.js"
 * @import { State } from "../types"
 * @import { Send } from "./edits.js"
 */
import { inStorage } from "../keep.js";
import { dataOf, exampleOf } from "../state/gallery.js";
import { causesCsv } from "../state/causes.js";
import { giveLabel, remove } from "./edits.js";

const KEY = "causes";
/** Of so many sessions and data sets causes are kept; the oldest go first. */
const MOST_KEPT = 20;

/** @typedef {{store: Store, send: Send, panel: HTMLElement}} Gallery */

/** @param {HTMLElement} panel the tab of results @param {Store} store @param {Send} send */
export function listenToGallery(panel, store, send) {
  const gallery = { store, send, panel };
  panel.addEventListener("click", ({ target }) => target instanceof Element && clicked(gallery, target));
  panel.addEventListener("change", ({ target }) => changed(gallery, target));
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    giveCause(gallery);
  });
  rememberCauses(store);
  return {
    buttons: {
      "all-mistakes": () => store.dispatch({ type: "all-mistakes" }),
      "close-gallery": () => close(gallery),
      "gallery-exclude": () => exclude(gallery),
      "copy-causes": () => void copy(gallery),
    },
  };
}

/** @param {Gallery} gallery @param {Element} target */
function clicked({ store }, target) {
  const found = target.closest("[data-gallery-page], [data-example]");
  if (!(found instanceof HTMLElement)) return;
  const { galleryPage, example } = found.dataset;
  if (galleryPage) store.dispatch({ type: "gallery", change: { page: Number(galleryPage) } });
  if (example) pick(store, Number(example));
}

/** What is chosen is looked at in the diagram and on the board too. @param {Store} store @param {number} id */
function pick(store, id) {
  const { picked } = store.get().gallery;
  const on = !picked.includes(id);
  store.dispatch({ type: "gallery", change: { picked: on ? [...picked, id] : picked.filter((other) => other !== id), said: "" } });
  const { sample } = store.get().inspect;
  if (on) store.dispatch({ type: "look-at", sample: { row: id } });
  else if (sample && "row" in sample && sample.row === id) store.dispatch({ type: "look-at", sample: null });
}

/** @param {Gallery} gallery @param {EventTarget | null} target */
function changed({ store, send }, target) {
  if (!(target instanceof HTMLSelectElement) || target.dataset.gallery !== "relabel" || target.value === "") return;
  const { picked } = store.get().gallery;
  const label = Number(target.value);
  target.value = "";
  if (!picked.length) return;
  giveLabel(store, send, label, picked);
  store.dispatch({ type: "gallery", change: { picked: [], said: `${picked.length} relabelled.` } });
}

/** @param {Gallery} gallery */
function exclude({ store, send }) {
  const { picked } = store.get().gallery;
  remove(store, send, picked);
  store.dispatch({ type: "gallery", change: { picked: [], said: `${picked.length} excluded; Undo brings them back.` } });
}

/** @param {Gallery} gallery */
function giveCause({ store, panel }) {
  const box = /** @type {HTMLInputElement | null} */ (panel.querySelector("#gallery-cause"));
  const { picked } = store.get().gallery;
  if (!box || !picked.length) return;
  store.dispatch({ type: "cause", ids: picked, cause: box.value });
  box.value = "";
}

/** @param {Gallery} gallery */
function close({ store, panel }) {
  store.dispatch({ type: "results", change: { chosen: null } });
  store.dispatch({ type: "look-at", sample: null });
  /** @type {HTMLElement | null} */ (panel.querySelector("[data-action=all-mistakes]"))?.focus();
}

/** @param {Gallery} gallery */
async function copy({ store, panel }) {
  const state = store.get();
  const text = causesCsv(Object.keys(state.gallery.causes).map((id) => exampleOf(state, Number(id))), state.server?.labels ?? []);
  try {
    await navigator.clipboard.writeText(text);
    store.dispatch({ type: "gallery", change: { copy: null, said: "Copied as CSV." } });
  } catch {
    store.dispatch({ type: "gallery", change: { copy: text, said: "The clipboard could not be written. Copy the text below." } });
    requestAnimationFrame(() => /** @type {HTMLTextAreaElement | null} */ (panel.querySelector("#causes-copy"))?.select());
  }
}

/** Causes of this session and data as they were left, and as they change. @param {Store} store */
function rememberCauses(store) {
  const shown = { spec: /** @type {unknown} */ (null), key: "", causes: store.get().gallery.causes };
  store.subscribe(() => {
    const state = store.get();
    const { causes } = state.gallery;
    if (state.server?.spec !== shown.spec) {
      shown.spec = state.server?.spec;
      const key = dataOf(state);
      if (key !== shown.key) {
        [shown.key, shown.causes] = [key, stored()[key] ?? {}];
        return store.dispatch({ type: "gallery", change: { causes: shown.causes } });
      }
    }
    if (causes === shown.causes || !shown.key) return;
    shown.causes = causes;
    keepCauses(shown.key, causes);
  });
}

/** @returns {Record<string, State["gallery"]["causes"]>} */
function stored() {
  const text = inStorage(() => localStorage.getItem(KEY));
  return text ? JSON.parse(text) : {};
}

/** @param {string} key @param {State["gallery"]["causes"]} causes */
function keepCauses(key, causes) {
  const { [key]: _, ...others } = stored();
  const kept = [...Object.entries(others), [key, causes]].slice(-MOST_KEPT);
  inStorage(() => localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept))));
}
