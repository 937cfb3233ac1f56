/**
 * Hands on the dialog "Your data": bundled tables, a file from the picker or dropped on the page, text; then target and inputs.
 * @import { Store } from "../store.js"
 * @import { BringState, BringWay, State, Task } from "../types"
 * @import { Send } from "./edits.js"
 */
import { pointsCommands, tooLarge, unknownTable, usingCommand } from "../state/bring.js";
import { isLocked, lockedText } from "../state/link.js";
import { listenToDrops } from "./drops.js";
import { whenClosed } from "./element.js";
import { fetched, keyed } from "./fetched.js";
import { upload } from "./upload.js";

/** @typedef {{store: Store, send: Send, sheet: HTMLDialogElement, picker: HTMLInputElement}} Bring */

/** @typedef {{file: Blob, title: string, way: "file" | "paste"}} Brought */

/** What leaves off the upload on its way; one at a time. */
let cancel = () => {};

/** @param {HTMLDialogElement} sheet @param {HTMLInputElement} picker of files @param {Store} store @param {Send} send */
export function createBring(sheet, picker, store, send) {
  const bring = { store, send, sheet, picker };
  sheet.addEventListener("click", ({ target }) => target instanceof Element && pressed(bring, target));
  sheet.addEventListener("change", ({ target }) => chosen(bring, target));
  whenClosed(sheet, () => now.shown && store.get().bring.open && close(bring));
  picker.addEventListener("change", () => {
    const [file] = picker.files ?? [];
    if (file) sendFile(bring, { file, title: file.name, way: "file" }, picker.dataset.labelsFor);
    picker.value = "";
  });
  listenToDrops((file) => dropped(bring, file));
  return { buttons: buttonsOf(bring), render: (/** @type {State} */ state) => render(bring, state) };
}

/** @param {Bring} bring */
function buttonsOf(bring) {
  const { store, send, sheet } = bring;
  return {
    bring: () => open(bring),
    "bring-change": () => {
      open(bring);
      const { used } = store.get().bring;
      if (used) store.dispatch({ type: "bring-told", told: used });
    },
    "bring-close": () => sheet.close(),
    "bring-file": () => pick(bring, ""),
    "bring-labels": () => pick(bring, store.get().bring.told?.name ?? ""),
    "bring-points": () => {
      pointsCommands(store.get()).forEach(send);
      close(bring);
    },
    "bring-paste": () => {
      const text = /** @type {HTMLTextAreaElement | null} */ (sheet.querySelector("#bring-text"))?.value ?? "";
      sendFile(bring, { file: new Blob([text], { type: "text/csv" }), title: "Pasted text", way: "paste" });
    },
    "bring-cancel": () => {
      cancel();
      store.dispatch({ type: "bring", change: { upload: null } });
    },
    "bring-back": () => {
      store.dispatch({ type: "bring", change: { told: null, choice: null, error: null } });
      focusSoon(sheet, "[data-action=bring-file]");
    },
    "bring-use": () => {
      const command = usingCommand(store.get());
      if (command) send(command);
    },
  };
}

/** @param {Bring} bring @param {string} labelsFor the pictures that the file has the labels of; empty: none */
function pick({ picker }, labelsFor) {
  picker.dataset.labelsFor = labelsFor;
  picker.click();
}

/** @param {Bring} bring */
function open({ store }) {
  const { link, bring } = store.get();
  if (isLocked(link, "data") || link.hide.includes("data"))
    return store.dispatch({ type: "notice", notice: { kind: "info", about: "link", text: lockedText(link, "data") } });
  now.shown = false;
  store.dispatch({ type: "bring", change: { open: true, told: null, choice: null, error: null } });
  if (!bring.bundled) loadBundled(store);
}

/** @param {Store} store */
async function loadBundled(store) {
  const bundled = await fetched(store, "/api/tables", "The bundled tables");
  if (bundled) store.dispatch({ type: "bring", change: { bundled } });
}

/** @param {Bring} bring */
function close({ store }) {
  cancel();
  store.dispatch({ type: "bring", change: { open: false, upload: null } });
}

/** @param {Bring} bring @param {Element} target */
function pressed(bring, target) {
  const { store, sheet } = bring;
  const button = target.closest("button");
  if (target === sheet) return sheet.close();
  if (!button) return;
  const { bringKind, bringTable, bringTask, bringInputs, bringFirst } = button.dataset;
  if (bringFirst && now.brought) sendFile(bring, now.brought, "", bringFirst);
  if (bringKind) store.dispatch({ type: "bring", change: { kind: /** @type {BringState["kind"]} */ (bringKind), error: null } });
  if (bringTable) lookAt(store, sheet, bringTable);
  const { choice } = store.get().bring;
  if (bringTask && choice) store.dispatch({ type: "bring", change: { choice: { ...choice, task: /** @type {Task} */ (bringTask) }, error: null } });
  if (bringInputs) store.dispatch({ type: "bring-inputs", on: bringInputs === "all" });
}

/** @param {Bring} bring @param {EventTarget | null} target */
function chosen({ store }, target) {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  const { bringTarget, bringInput, bringMissing } = target.dataset;
  if (bringTarget !== undefined) store.dispatch({ type: "bring-target", name: bringTarget });
  if (bringInput !== undefined) store.dispatch({ type: "bring-input", name: bringInput, on: /** @type {HTMLInputElement} */ (target).checked });
  const { choice } = store.get().bring;
  if (bringMissing !== undefined && choice) store.dispatch({ type: "bring", change: { choice: { ...choice, missing: target.value } } });
}

/** Wherever it fell. @param {Bring} bring @param {File} file */
function dropped(bring, file) {
  const { store, sheet } = bring;
  if (!sheet.open || store.get().bring.told) open(bring);
  if (store.get().bring.open) sendFile(bring, { file, title: file.name, way: "file" });
}

const TABLES = "/api/session/tables";

/** One of the server's own tables. @param {Store} store @param {HTMLElement} sheet @param {string} name */
async function lookAt(store, sheet, name) {
  const told = await fetched(store, `${TABLES}/${encodeURIComponent(name)}`, "The table", { headers: keyed(store.get()) });
  if (told && store.get().bring.open) show(store, sheet, told);
  else if (store.get().bring.open) fail(store, "bundled", "The table could not be fetched from the server. Try again in a moment.");
}

/** @param {Store} store @param {HTMLElement} sheet @param {import("../types").ToldTable} told @param {Brought | null} [brought] what it was read from @param {string} [focus] */
function show(store, sheet, told, brought = null, focus = "#told-title") {
  if (brought) now.brought = brought;
  store.dispatch({ type: "bring-told", told, brought: brought !== null });
  focusSoon(sheet, focus);
}

/** @param {Store} store @param {BringWay} way @param {string} message */
function fail(store, way, message) {
  store.dispatch({ type: "bring", change: { upload: null, error: { way, message } } });
}

/** @param {Bring} bring @param {Brought} brought @param {string} [labelsFor] @param {string} [firstLine] what a hand says that it holds */
function sendFile({ store, sheet }, brought, labelsFor = "", firstLine = "") {
  const { file, title, way } = brought;
  const state = store.get();
  const kind = labelsFor ? "images" : way === "paste" || firstLine ? "table" : state.bring.kind;
  const refused = tooLarge(state, file.size, kind);
  if (refused) return fail(store, way, refused);
  cancel();
  store.dispatch({ type: "bring", change: { error: null, upload: { title, sent: 0, total: file.size } } });
  const more = (labelsFor && `&labels_for=${encodeURIComponent(labelsFor)}`) + (firstLine && `&first_line=${firstLine}`);
  cancel = upload(`${TABLES}?kind=${kind}${more}`, { ...keyed(state), "X-File-Name": encodeURIComponent(title) }, file, {
    progress: (sent) => store.dispatch({ type: "bring", change: { upload: { title, sent, total: file.size } } }),
    told: (told) => show(store, sheet, told, brought, firstLine ? "[data-bring-first][aria-pressed=true]" : undefined),
    refused: (message) => fail(store, way, message),
  });
}

/**
 * `asked`: the spec's table whose columns are on their way; `shown`: the dialog has been shown since it was last opened; `returning`: it was
 * closed by what was done in it; `brought`: what was read last.
 */
const now = { asked: /** @type {string | null} */ (null), shown: false, returning: false, brought: /** @type {Brought | null} */ (null) };

/** @param {Bring} bring @param {State} state */
function render({ store, sheet }, state) {
  if (state.bring.open && !now.shown) {
    if (!sheet.open) sheet.showModal();
    now.shown = true;
  }
  if (!state.bring.open && sheet.open) {
    sheet.close();
    now.returning = true;
  }
  if (now.returning) giveBackFocus();
  const name = unknownTable(state);
  if (name === null || name === now.asked || !state.session) return;
  now.asked = name;
  fetch(`${TABLES}/${encodeURIComponent(name)}`, { headers: keyed(state) })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((told) => {
      if (!told) return;
      now.asked = null;
      store.dispatch({ type: "bring-used", told });
    })
    .catch(() => (now.asked = null));
}

/** Closed by what was done in it, the panel has other buttons soon: the one that had the focus again may be gone then. */
function giveBackFocus() {
  const change = document.querySelector("#data [data-action=bring-change]:not(.source)");
  if (!(change instanceof HTMLElement)) return;
  now.returning = false;
  if (document.activeElement === document.body) change.focus();
}

/** Once it has been drawn. @param {HTMLElement} sheet @param {string} selector */
function focusSoon(sheet, selector) {
  requestAnimationFrame(() => requestAnimationFrame(() => /** @type {HTMLElement | null} */ (sheet.querySelector(selector))?.focus()));
}
