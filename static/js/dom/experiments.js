/**
 * Hands on the dialog "My experiments": saving the present one, searching, opening, copying, renaming, deleting and having back,
 * comparing two.
 * @import { Store } from "../store.js"
 * @import { ExperimentsState, SavedError, State } from "../types"
 */
import { inStorage } from "../keep.js";
import { rowOf, rowsOf } from "../state/experiments.js";
import { isLocked, lockedText } from "../state/link.js";
import { suggestedTitle } from "../views/savedwords.js";
import { whenClosed } from "./element.js";
import { ask, ownerKey, pictureOf } from "./experimentstore.js";
import { homePath } from "./opening.js";

/** Milliseconds without another letter before what was typed is looked for. */
const TYPING = 250;
/** Where the page tells itself, over a reload, what it has opened. */
const OPENED = "experiment-opened";
/** Pixels on either side of the curves. */
const MARGINS = 36;
const EMPTY_TITLE = "A title has at least one letter.";

/** @typedef {{store: Store, sheet: HTMLDialogElement, timer: number, asked: Set<string>}} Hands `asked`: pictures that were asked for */

/** @param {HTMLDialogElement} sheet @param {Store} store */
export function createExperiments(sheet, store) {
  /** @type {Hands} */
  const hands = { store, sheet, timer: 0, asked: new Set() };
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    save(hands);
  });
  sheet.addEventListener("click", ({ target }) => target instanceof Element && pressed(hands, target));
  sheet.addEventListener("input", ({ target }) => typed(hands, target));
  sheet.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.savedTick)
      store.dispatch({ type: "experiment-ticked", id: target.dataset.savedTick, on: target.checked });
  });
  sheet.addEventListener("focusout", ({ target }) => target instanceof HTMLInputElement && target.dataset.savedTitle && rename(hands));
  sheet.addEventListener("keydown", (event) => key(hands, event));
  whenClosed(sheet, () => change(hands, { open: false, compared: null, editing: null, deleted: null, error: null, said: "" }));
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.max(0, Math.floor(contentRect.width) - MARGINS);
    if (width && width !== store.get().experiments.width) change(hands, { width });
  }).observe(sheet);
  tellOpened(store);
  return { buttons: { experiments: () => open(hands) }, render: (/** @type {State} */ state) => fetchPictures(hands, state) };
}

/** @param {Hands} hands @param {Partial<ExperimentsState>} what */
function change({ store }, what) {
  store.dispatch({ type: "experiments", change: what });
}

/** @param {Hands} hands @param {SavedError["about"]} about @param {string} message */
function fail(hands, about, message) {
  change(hands, { busy: null, error: { about, message } });
}

/** @param {Hands} hands */
function open(hands) {
  const { store, sheet } = hands;
  const { link } = store.get();
  if (isLocked(link, "experiments") || link.hide.includes("experiments"))
    return store.dispatch({ type: "notice", notice: { kind: "info", about: "link", text: lockedText(link, "experiments") } });
  const forbidden = ownerKey() === null;
  const { pictures } = store.get().experiments;
  hands.asked = new Set(Object.keys(pictures));
  change(hands, { open: true, forbidden, form: { title: suggestedTitle(store.get()), notes: "" }, busy: null, search: "", ticked: [] });
  sheet.showModal();
  if (forbidden) return;
  find(hands, 1);
  focusSoon(sheet, "#experiment-title", true);
}

/** @param {Hands} hands @param {number} page */
async function find(hands, page) {
  const { search } = hands.store.get().experiments;
  const { done, refused } = await ask("GET", `?search=${encodeURIComponent(search)}&page=${page}`);
  if (done) hands.store.dispatch({ type: "experiments-found", search, total: done.total, page, rows: done.experiments });
  else fail(hands, "list", refused ?? "");
}

/** @param {Hands} hands */
async function save(hands) {
  const { store, sheet } = hands;
  const { session, experiments } = store.get();
  const { form, busy } = experiments;
  if (busy || !session) return;
  if (!form.title.trim()) {
    fail(hands, "title", EMPTY_TITLE);
    return focusSoon(sheet, "#experiment-title");
  }
  change(hands, { busy: "save", error: null });
  const { done, refused } = await ask("POST", "", form, { "X-Session-Key": session });
  if (!done) return fail(hands, /^(Title|Notes):/.exec(refused ?? "")?.[1].toLowerCase() ?? "save", refused ?? "");
  store.dispatch({ type: "experiment-saved", row: done, said: `“${done.title}” is saved.` });
  change(hands, { form: { ...form, notes: "" } });
}

/** What each button of a card does. @type {Record<string, (hands: Hands, id: string) => unknown>} */
const ACTIONS = {
  open: openSaved,
  duplicate: async (hands, id) => {
    const done = await asking(hands, id, "POST", `/${id}/duplicate`);
    if (done) hands.store.dispatch({ type: "experiment-saved", row: done, said: `“${done.title}” is there.` });
  },
  notes: (hands, id) => {
    change(hands, { editing: { id, field: "notes", text: rowOf(hands.store.get().experiments, id)?.notes ?? "" } });
    focusSoon(hands.sheet, `[data-saved-notes="${id}"]`);
  },
  "keep-notes": (hands, id) => keepNotes(hands, id),
  "leave-notes": leaveNotes,
  delete: async (hands, id) => {
    if (!(await asking(hands, id, "DELETE", `/${id}`))) return;
    hands.store.dispatch({ type: "experiment-deleted", id });
    focusSoon(hands.sheet, "[data-saved-action=undo]");
  },
  undo: async (hands, id) => {
    const done = await asking(hands, id, "POST", `/${id}/restore`);
    if (!done) return;
    hands.store.dispatch({ type: "experiment-restored", row: done });
    focusSoon(hands.sheet, `[data-saved-action=open][data-id="${id}"]`);
  },
  more: (hands) => find(hands, (hands.store.get().experiments.found?.page ?? 0) + 1),
  compare,
  back: (hands) => {
    change(hands, { compared: null });
    focusSoon(hands.sheet, "[data-saved-action=compare]");
  },
  part: (hands, part) => change(hands, { part: /** @type {ExperimentsState["part"]} */ (part) }),
  log: (hands) => change(hands, { log: !hands.store.get().experiments.log }),
};

/** @param {Hands} hands @param {Element} target */
function pressed(hands, target) {
  if (target === hands.sheet) return hands.sheet.close();
  const button = target.closest("button");
  const { savedAction = "", id = "" } = button?.dataset ?? {};
  ACTIONS[savedAction]?.(hands, id);
}

/** Asks something about one experiment, whose card says what went wrong. @param {Hands} hands @param {string} id @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
async function asking(hands, id, method, path, body) {
  change(hands, { busy: id, error: null });
  const { done, refused } = await ask(method, path, body);
  if (!done) fail(hands, rowOf(hands.store.get().experiments, id) ? id : "list", refused ?? "");
  return done;
}

/** The page begins again as the session that goes on from there; the back button leads to the one before. @param {Hands} hands @param {string} id */
async function openSaved(hands, id) {
  const row = rowOf(hands.store.get().experiments, id);
  const done = await asking(hands, id, "POST", `/${id}/open`);
  if (!done) return;
  const text = [`This is “${row?.title}” as it was saved.`, ...done.notes].join(" ");
  inStorage(() => sessionStorage.setItem(OPENED, text));
  history.pushState({ session: done.session }, "", homePath());
  location.reload();
}

/** @param {Store} store */
function tellOpened(store) {
  const text = inStorage(() => sessionStorage.getItem(OPENED));
  if (!text) return;
  inStorage(() => sessionStorage.removeItem(OPENED));
  store.dispatch({ type: "notice", notice: { kind: "info", about: "experiments", text } });
}

/** @param {Hands} hands */
async function compare(hands) {
  const { ticked } = hands.store.get().experiments;
  change(hands, { busy: "compare", error: null });
  const [one, other] = await Promise.all(ticked.map((id) => ask("GET", `/${id}`)));
  if (!one.done || !other.done) return fail(hands, "list", one.refused ?? other.refused ?? "");
  change(hands, { busy: null, compared: [one.done, other.done] });
  hands.sheet.scrollTo({ top: 0 });
  focusSoon(hands.sheet, "#sides-title");
}

/** @param {Hands} hands @param {EventTarget | null} target */
function typed(hands, target) {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
  const { value: text, dataset } = target;
  const { form, error } = hands.store.get().experiments;
  if (target.id === "experiment-title") change(hands, { form: { ...form, title: text }, error: error?.about === "title" ? null : error });
  if (target.id === "experiment-notes") change(hands, { form: { ...form, notes: text } });
  if (target.id === "experiments-search") search(hands, text);
  if (dataset.savedTitle) change(hands, { editing: { id: dataset.savedTitle, field: "title", text } });
  if (dataset.savedNotes) change(hands, { editing: { id: dataset.savedNotes, field: "notes", text } });
}

/** @param {Hands} hands @param {string} text */
function search(hands, text) {
  change(hands, { search: text });
  clearTimeout(hands.timer);
  hands.timer = window.setTimeout(() => find(hands, 1), TYPING);
}

/** A title is kept when it is done, as Enter and leaving the field say. @param {Hands} hands */
async function rename(hands) {
  const { editing } = hands.store.get().experiments;
  if (editing?.field !== "title") return;
  const { id } = editing;
  const text = editing.text.trim();
  const { title } = rowOf(hands.store.get().experiments, id) ?? {};
  change(hands, { editing: null, error: null });
  if (text === title) return;
  if (!text) return fail(hands, id, EMPTY_TITLE);
  await put(hands, id, { title: text });
}

/** @param {Hands} hands @param {string} id */
async function keepNotes(hands, id) {
  const { editing } = hands.store.get().experiments;
  if (editing?.field === "notes" && (await put(hands, id, { notes: editing.text }))) focusNotes(hands, id);
}

/** @param {Hands} hands @param {string} id */
function leaveNotes(hands, id) {
  change(hands, { editing: null });
  focusNotes(hands, id);
}

/** @param {Hands} hands @param {string} id */
function focusNotes({ sheet }, id) {
  focusSoon(sheet, `[data-saved-action=notes][data-id="${id}"]`);
}

/** @param {Hands} hands @param {string} id @param {{title?: string, notes?: string}} words */
async function put(hands, id, words) {
  const row = await asking(hands, id, "PATCH", `/${id}`, words);
  if (row) hands.store.dispatch({ type: "experiment-changed", row });
  return row;
}

/** Escape leaves what is being typed, and only then the dialog. @param {Hands} hands @param {KeyboardEvent} event */
function key(hands, event) {
  const { target } = event;
  const { editing } = hands.store.get().experiments;
  if (event.key === "Escape" && editing) {
    event.preventDefault();
    if (editing.field === "notes") leaveNotes(hands, editing.id);
    else change(hands, { editing: null });
  }
  if (event.key === "Enter" && target instanceof HTMLInputElement && target.dataset.savedTitle) rename(hands);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && target instanceof HTMLTextAreaElement && target.dataset.savedNotes)
    keepNotes(hands, target.dataset.savedNotes);
}

/** Those of the cards that have none yet. @param {Hands} hands @param {State} state */
function fetchPictures({ store, asked }, { experiments }) {
  if (!experiments.open) return;
  for (const { id } of rowsOf(experiments)) {
    if (asked.has(id)) continue;
    asked.add(id);
    pictureOf(id).then((url) => url && store.dispatch({ type: "experiment-picture", id, url }));
  }
}

/** Once it has been drawn. @param {HTMLElement} sheet @param {string} selector @param {boolean} [all] of its text is chosen */
function focusSoon(sheet, selector, all = false) {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const found = /** @type {HTMLElement | null} */ (sheet.querySelector(selector));
      found?.focus();
      if (all && found instanceof HTMLInputElement) found.select();
    }),
  );
}
