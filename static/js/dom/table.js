/**
 * Hands on the point table: filling in cells, choosing rows, paste in, copy and download out.
 * @import { Store } from "../store.js"
 * @import { Cell, State } from "../types"
 * @import { Send } from "./edits.js"
 */
import { axesOf } from "../state/axes.js";
import { toCsv, toTableCsv } from "../state/paste.js";
import { cellFilled, pageOf, pasting, tableRows } from "../state/table.js";
import { newGesture, remove, setPart } from "./edits.js";

/** @typedef {{store: Store, send: Send, panel: HTMLDialogElement}} Table */

/** @param {HTMLDialogElement} panel @param {Store} store @param {Send} send */
export function listenToTable(panel, store, send) {
  const table = { store, send, panel };
  panel.addEventListener("input", ({ target }) => typed(store, target));
  panel.addEventListener("change", ({ target }) => changed(table, target));
  panel.addEventListener("click", ({ target }) => clicked(table, target));
  panel.addEventListener("paste", (event) => pastedInto(table, event));
  panel.addEventListener("keydown", (event) => keyed(table, event));
  return {
    buttons: {
      table() {
        const open = !panel.open;
        if (open) panel.show();
        else panel.close();
        store.dispatch({ type: "table", change: { open, pasted: null, copy: null, said: "" } });
        if (!open) document.getElementById("button-table")?.focus();
      },
    },
  };
}

/** @param {Store} store @param {EventTarget | null} target */
function typed(store, target) {
  if (!(target instanceof HTMLInputElement) || !target.dataset.column) return;
  const { id, column } = target.dataset;
  store.dispatch({ type: "cell", id: Number(id), column: /** @type {Cell["column"]} */ (column), text: target.value });
}

/** @param {Table} table @param {EventTarget | null} target */
function changed({ store, send }, target) {
  if (target instanceof HTMLSelectElement && target.dataset.partOf)
    return send({ type: "set_part", ids: [Number(target.dataset.partOf)], part: target.value, gesture: newGesture() });
  if (target instanceof HTMLSelectElement && target.dataset.labelOf)
    return send({ type: "relabel_points", ids: [Number(target.dataset.labelOf)], label: Number(target.value), gesture: newGesture() });
  if (!(target instanceof HTMLInputElement)) return;
  const { id, column, row, rows } = target.dataset;
  if (column) fill(store, send, Number(id), /** @type {Cell["column"]} */ (column), target.value);
  if (row !== undefined) choose(store, [Number(row)], target.checked);
  if (rows) choose(store, shown(store), target.checked);
}

/** @param {Store} store @param {Send} send @param {number} id @param {Cell["column"]} column @param {string} text */
function fill(store, send, id, column, text) {
  const { command, cells } = cellFilled(store.get(), id, column, text);
  store.dispatch({ type: "table", change: { cells } });
  if (command) send({ ...command, gesture: newGesture() });
}

/** Ids of the open page. @param {Store} store */
function shown(store) {
  const state = store.get();
  return pageOf(tableRows(state), state.table.page).rows.map(([id]) => id);
}

/** @param {Store} store @param {readonly number[]} ids @param {boolean} on */
function choose(store, ids, on) {
  const some = new Set(ids);
  const kept = store.get().ui.selected.filter((id) => !some.has(id));
  store.dispatch({ type: "select", ids: on ? [...kept, ...ids] : kept });
}

/** @type {Record<string, (table: Table) => void>} */
const ACTIONS = {
  add({ store, send }) {
    send({ type: "add_points", points: [[0, 0, store.get().ui.brush]], gesture: newGesture() });
    store.dispatch({ type: "table", change: { page: Infinity, said: "A row was added at the end." } });
  },
  delete: ({ store, send }) => remove(store, send, store.get().ui.selected),
  test: ({ store, send }) => setPart(store, send, "test"),
  validation: ({ store, send }) => setPart(store, send, "validation"),
  train: ({ store, send }) => setPart(store, send, "train"),
  copy: ({ store, panel }) => void copy(store, panel),
  download: ({ store }) => download(csvOf(store.get())),
  load(table) {
    const box = /** @type {HTMLTextAreaElement} */ (table.panel.querySelector("#table-paste"));
    box.value = load(table, box.value);
  },
};

/** @param {Table} table @param {EventTarget | null} target */
function clicked(table, target) {
  const button = target instanceof Element ? target.closest("button") : null;
  if (!button) return;
  ACTIONS[button.dataset.table ?? ""]?.(table);
  if (button.dataset.page) table.store.dispatch({ type: "table", change: { page: Number(button.dataset.page) } });
}

/**
 * A table on the clipboard is loaded wherever it is dropped; a single value goes into the cell as it would anywhere.
 * @param {Table} table @param {ClipboardEvent} event
 */
function pastedInto(table, event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const target = /** @type {HTMLElement} */ (event.target);
  const several = /[\t\n;]/.test(text.trim());
  if (target.id === "table-paste" || (target.matches("input.text") && !several) || !text.trim()) return;
  event.preventDefault();
  load(table, text);
}

/** @param {Table} table @param {string} text @returns {string} the lines that are still to be mended */
function load({ store, send }, text) {
  const { commands, pasted } = pasting(store.get(), text, newGesture());
  commands.forEach(send);
  store.dispatch({ type: "table", change: { pasted, said: "", page: pasted.loaded ? Infinity : store.get().table.page } });
  return pasted.bad.map((bad) => bad.text).join("\n");
}

/** Escape gives a cell its old value back, and else closes; Enter goes down a row. @param {Table} table @param {KeyboardEvent} event */
function keyed({ store, panel }, event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const cell = target instanceof HTMLInputElement && target.dataset.column ? target : null;
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    const { cells } = store.get().table;
    const kept = cells.filter(({ id, column }) => !cell || id !== Number(cell.dataset.id) || column !== cell.dataset.column);
    if (kept.length < cells.length) store.dispatch({ type: "table", change: { cells: kept } });
    else /** @type {HTMLElement | null} */ (panel.querySelector("[data-action=table]"))?.click();
  }
  if (event.key === "Enter" && cell) below(panel, cell)?.focus();
}

/** The cell under this one, or this one again: leaving it fills it in. @param {HTMLElement} panel @param {HTMLInputElement} cell */
function below(panel, cell) {
  const column = [...panel.querySelectorAll(`input[data-column=${cell.dataset.column}]`)];
  const next = column[column.indexOf(cell) + 1];
  if (next instanceof HTMLInputElement) return next;
  cell.blur();
  return cell;
}

/** The points as text; those of a table with its own names and units. @param {State} state */
function csvOf(state) {
  const { server } = state;
  const rows = tableRows(state);
  if (server?.spec.data.source !== "table") return toCsv(rows);
  return toTableCsv(rows, axesOf(state), server.target?.name || "target", server.labels ?? []);
}

/** @param {Store} store @param {HTMLElement} panel */
async function copy(store, panel) {
  const rows = tableRows(store.get());
  const text = csvOf(store.get());
  try {
    await navigator.clipboard.writeText(text);
    store.dispatch({ type: "table", change: { copy: null, said: `${rows.length} points copied as CSV.` } });
  } catch {
    store.dispatch({ type: "table", change: { copy: text, said: "" } });
    requestAnimationFrame(() => /** @type {HTMLTextAreaElement | null} */ (panel.querySelector("#table-copy"))?.select());
  }
}

/** @param {string} text */
function download(text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = "points.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}
