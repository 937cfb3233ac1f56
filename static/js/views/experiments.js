/**
 * The dialog "My experiments": the form that saves the present one, what was found, and what two of them differ in (sidebyside.js).
 * @import { Child, State } from "../types"
 */
import { cardView, errorView } from "./experimentcard.js";
import { countText } from "./labels.js";
import { sideBySideView } from "./sidebyside.js";
import { h, icon } from "./tree.js";

/** What the dialog is drawn again for. @param {State} state @returns {unknown[]} */
export function experimentsNeeds({ experiments, schema, palette, connection, session }) {
  return experiments.open ? [experiments, schema, palette, connection, session] : [null];
}

/** @param {State} state @returns {Child[]} */
export function experimentsView(state) {
  const { experiments } = state;
  if (!experiments.open) return [];
  const said = h("p.sr", { role: "status", key: "said" }, experiments.said);
  if (experiments.forbidden) return [said, forbiddenView()];
  return [said, ...(experiments.compared ? sideBySideView(state, experiments.compared) : [formView(state), listView(state), footView(state)])];
}

function forbiddenView() {
  const text =
    "This browser lets the page keep nothing, so there would be no key by which your experiments are found again. Allow this site to store data, or open the page in a tab of its own.";
  return h("p.experiments__empty", { key: "forbidden" }, text);
}

/** @param {State} state */
function formView(state) {
  const { experiments, schema, connection, session } = state;
  const { title, notes } = experiments.form;
  const busy = experiments.busy === "save";
  const described = (/** @type {string} */ about) => (experiments.error?.about === about ? { "aria-invalid": "true", "aria-describedby": `saved-error-${about}` } : {});
  const bounds = schema?.bounds ?? {};
  return h(
    "form.experiments__form",
    { key: "form", id: "experiments-form", novalidate: true, "aria-label": "Save the present experiment" },
    h(
      "div.experiments__field",
      {},
      h("label.experiments__label", { for: "experiment-title" }, "Title of the present experiment"),
      h("input.experiments__title", { id: "experiment-title", type: "text", value: title, maxlength: bounds.title, dir: "auto", autocomplete: "off", ...described("title") }),
      errorView(experiments, "title"),
    ),
    h(
      "div.experiments__field.experiments__field--notes",
      {},
      h("label.experiments__label", { for: "experiment-notes" }, "Notes, if you like"),
      h("textarea.experiments__notes", { id: "experiment-notes", rows: 1, value: notes, maxlength: bounds.notes, dir: "auto", ...described("notes") }),
      errorView(experiments, "notes"),
    ),
    h("button.button.button--main.experiments__save", { type: "submit", disabled: busy || !session || connection !== "open" }, icon("bookmark"), busy ? "Saving …" : "Save"),
    errorView(experiments, "save"),
  );
}

/** @param {State} state */
function listView(state) {
  const { experiments } = state;
  const { found, search } = experiments;
  const none = found && !found.rows.length && !found.search;
  const words = { id: "experiments-search", type: "search", value: search, placeholder: "Search titles and notes", "aria-label": "Search titles and notes", autocomplete: "off" };
  const bar = h("div.experiments__bar", { key: "bar" }, h("input.experiments__search", words), h("p.experiments__count", {}, countWords(found)));
  return h(
    "section.experiments__list",
    { key: "list", "aria-label": "Saved experiments" },
    none ? null : bar,
    errorView(experiments, "list"),
    found ? (none ? emptyView() : null) : experiments.error ? null : h("p.experiments__empty", { key: "wait" }, "Your experiments are on their way …"),
    found && !none && !found.rows.length ? h("p.experiments__empty", { key: "nothing" }, `Nothing has “${found.search}” in its title or notes.`) : null,
    h("div.experiments__cards", { key: "cards" }, (found?.rows ?? []).map((row) => cardView(state, row))),
    found && found.rows.length < found.total ? h("button.button", { key: "more", type: "button", "data-saved-action": "more" }, "Show more") : null,
  );
}

/** @param {State["experiments"]["found"]} found */
function countWords(found) {
  if (!found) return "";
  const { total, search } = found;
  return `${countText(total)} ${total === 1 ? "experiment" : "experiments"}${search ? " found" : ""}`;
}

function emptyView() {
  return h(
    "div.experiments__empty",
    { key: "empty" },
    h("p.experiments__invite", {}, "Nothing is saved yet."),
    h("p", {}, "Save the present experiment: its data, weights and whole history come back exactly as they are now, on this browser, whenever you open it. Save two, and compare them side by side."),
  );
}

/** What has just been deleted can be had back; what is ticked can be compared. @param {State} state */
function footView({ experiments: { deleted, ticked, busy } }) {
  if (!deleted && !ticked.length) return h("div", { key: "foot", hidden: true });
  const undo = deleted
    ? [
        h("p.experiments__gone", {}, "Deleted: ", h("bdi", {}, deleted.row.title)),
        h("button.button", { type: "button", "data-saved-action": "undo", "data-id": deleted.row.id, disabled: busy === deleted.row.id }, "Undo"),
      ]
    : [];
  const pair = ticked.length > 1;
  const compare = ticked.length
    ? [
        h("p.experiments__pair", {}, pair ? "Two are ticked" : "Tick another one to compare them"),
        h("button.button.button--main", { type: "button", "data-saved-action": "compare", disabled: !pair || busy === "compare" }, "Compare"),
      ]
    : [];
  return h("div.experiments__foot", { key: "foot" }, h("div.experiments__side", { key: "undo" }, undo), h("div.experiments__side", { key: "compare" }, compare));
}
