/**
 * One saved experiment in the list: its picture, a title to type another one into, its figures and notes, and what can be done with it.
 * @import { Child, ExperimentsState, SavedExperiment, State } from "../types"
 */
import { figureWords, timeText } from "./savedwords.js";
import { h, icon } from "./tree.js";

/** @param {State} state @param {SavedExperiment} row @returns {Child} */
export function cardView(state, row) {
  const { experiments } = state;
  const { id, title } = row;
  const busy = experiments.busy === id;
  return h(
    "article.saved",
    { key: id, "data-saved": id, "aria-label": title, "aria-busy": busy ? "true" : null },
    pictureView(experiments, row),
    h(
      "div.saved__words",
      {},
      titleView(state, row),
      figureWords(row.figures).map((text) => h("p.saved__figures", {}, text)),
      h("p.saved__time", {}, timeText(row.changed_at)),
      notesView(state, row),
    ),
    h("div.saved__actions", {}, actionsView(experiments, row, busy)),
    errorView(experiments, id),
  );
}

/** @param {ExperimentsState} experiments @param {SavedExperiment} row */
function pictureView({ pictures }, { id }) {
  const src = pictures[id];
  return src ? h("img.saved__picture", { src, alt: "", width: 320, height: 320, decoding: "async" }) : h("div.saved__picture", {});
}

/** @param {State} state @param {SavedExperiment} row */
function titleView({ experiments: { editing }, schema }, { id, title }) {
  const value = editing?.id === id && editing.field === "title" ? editing.text : title;
  const words = { "aria-label": `Title of ${title}`, title: "Type another title", dir: "auto", autocomplete: "off", spellcheck: "false" };
  return h("input.saved__title", { type: "text", value, maxlength: schema?.bounds.title, "data-saved-title": id, ...words });
}

/** Notes as they are, or being typed. @param {State} state @param {SavedExperiment} row */
function notesView({ experiments: { editing }, schema }, { id, title, notes }) {
  if (editing?.id !== id || editing.field !== "notes") return notes ? h("p.saved__notes", { dir: "auto" }, notes) : null;
  return h(
    "div.saved__editor",
    {},
    h("textarea.saved__typed", {
      value: editing.text,
      rows: 4,
      maxlength: schema?.bounds.notes,
      dir: "auto",
      "data-saved-notes": id,
      "aria-label": `Notes on ${title}`,
    }),
    h(
      "div.saved__row",
      {},
      h("button.button.button--small", { type: "button", "data-saved-action": "keep-notes", "data-id": id }, "Save notes"),
      h("button.button.button--small.button--quiet", { type: "button", "data-saved-action": "leave-notes", "data-id": id }, "Cancel"),
    ),
  );
}

/** @param {ExperimentsState} experiments @param {SavedExperiment} row @param {boolean} busy @returns {Child[]} */
function actionsView({ ticked, editing }, { id, title, notes }, busy) {
  const button = (/** @type {string} */ action, /** @type {string} */ word, main = false) =>
    h(
      "button.button.button--small",
      { type: "button", class: main ? "button--main" : "", key: action, "data-saved-action": action, "data-id": id, "aria-label": `${word} ${title}`, disabled: busy },
      word,
    );
  const writing = editing?.id === id && editing.field === "notes";
  const remove = { type: "button", key: "delete", "data-saved-action": "delete", "data-id": id, "aria-label": `Delete ${title}`, title: "Delete", disabled: busy };
  return [
    button("open", "Open", true),
    button("duplicate", "Duplicate"),
    writing ? null : button("notes", notes ? "Edit notes" : "Add notes"),
    h("label.saved__tick", { key: "tick" }, h("input", { type: "checkbox", checked: ticked.includes(id), "data-saved-tick": id, "aria-label": `Compare ${title}` }), "Compare"),
    h("button.saved__delete", remove, icon("trash")),
  ].filter((child) => child !== null);
}

/** @param {ExperimentsState} experiments @param {string} about @returns {Child | null} */
export function errorView({ error }, about) {
  return error?.about === about ? h("p.saved__error", { role: "alert", id: `saved-error-${about}` }, error.message) : null;
}
