/**
 * The examples behind a cell of the confusion matrix: as pictures where the inputs are pixels, else as a table of their
 * values; what can be done with those that are chosen, and what went wrong with them.
 * @import { Child, State } from "../types"
 * @import { Example } from "../state/gallery.js"
 */
import { exampleOf, galleryPage, hasGallery } from "../state/gallery.js";
import { imageOf } from "../state/pixels.js";
import { partOf } from "../state/results.js";
import { numberText } from "./axes.js";
import { causesView, toolsView } from "./causes.js";
import { percent } from "./classes.js";
import { helpButton } from "./help.js";
import { countText } from "./labels.js";
import { shortName } from "./reading.js";
import { h, icon } from "./tree.js";

/** What opens the gallery without a cell. @param {State} state */
export function mistakesButton(state) {
  if (!hasGallery(state)) return null;
  const known = partOf(state) && state.figures?.data_revision === state.dataRevision;
  return h("button.button.results__mistakes", { type: "button", "data-action": "all-mistakes", "data-reads": "", disabled: !known }, "All mistakes");
}

/** @param {State} state @returns {Child[]} */
export function galleryView(state) {
  const { shown, said } = state.gallery;
  if (!shown) return [];
  const page = galleryPage(state);
  const examples = page.ids.map((id) => exampleOf(state, id)).filter((example) => example !== null);
  const title = titleOf(state, shown.title);
  const listed = imageOf(state) ? cardsView(state, examples) : rowsView(state, examples);
  return [
    h(
      "section.results__block.gallery",
      { key: "gallery", "aria-label": "Examples" },
      h(
        "div.gallery__head",
        {},
        h("h3.results__title", {}, title, " ", h("span.results__note", {}, countText(page.all)), " ", h("span.results__note", {}, hintOf(state, shown.title, page.all))),
        helpButton("gallery", "Error analysis"),
        page.pages > 1 ? pagerView(page) : null,
        h("button.button.button--icon", { type: "button", "data-action": "close-gallery", "data-reads": "", "aria-label": "Close the examples", title: "Close" }, icon("close")),
      ),
      ...(examples.length ? [toolsView(state)] : []),
      h("p.gallery__said", { role: "status", id: "gallery-said" }, said),
      listed,
      ...causesView(state),
    ),
  ];
}

/** @param {State} state @param {string} title */
function titleOf(state, title) {
  if (title === "all") return "All mistakes";
  const [actual, predicted] = title.split(",").map((label) => shortName(state, Number(label)));
  return actual === predicted ? `${actual}, and read as ${predicted}` : `${actual}, read as ${predicted}`;
}

/** @param {State} state @param {string} title @param {number} all */
function hintOf({ server }, title, all) {
  if (!all) return "";
  const [actual, predicted] = title.split(",");
  const shown = server?.shown ? ", of the points that the board shows" : "";
  return (actual === predicted ? "least certain first" : "most confident first") + shown;
}

/** @param {ReturnType<typeof galleryPage>} page */
function pagerView({ page, pages }) {
  const turn = (/** @type {number} */ to, /** @type {string} */ words, /** @type {string} */ sign, /** @type {boolean} */ off) =>
    h("button.button.button--icon", { type: "button", "data-gallery-page": to, "data-reads": "", "aria-label": words, title: words, disabled: off }, icon(sign));
  return h(
    "div.gallery__pager",
    { role: "group", "aria-label": "Pages" },
    turn(page - 1, "Page before", "back", page === 0),
    h("output", { id: "gallery-page" }, `${page + 1} of ${pages}`),
    turn(page + 1, "Next page", "forward", page >= pages - 1),
  );
}

/** @param {State} state @param {readonly Example[]} examples */
function cardsView(state, examples) {
  const { width, height } = /** @type {{width: number, height: number}} */ (imageOf(state));
  return h(
    "ul.gallery__cards",
    {},
    examples.map((example) =>
      h(
        "li",
        { key: example.id },
        h(
          "button.card",
          { type: "button", "data-example": example.id, "data-reads": "", "aria-pressed": String(state.gallery.picked.includes(example.id)), title: `Row ${example.number}` },
          h("canvas.digit.card__digit", { width, height, "data-digit": example.id, role: "img", "aria-label": `Row ${example.number}` }),
          h("span.card__words", {}, h("span", {}, `is ${shortName(state, example.actual)}`), h("span", {}, saidWords(state, example))),
          example.cause ? h("span.card__cause", {}, example.cause) : null,
        ),
      ),
    ),
  );
}

/** @param {State} state @param {Example} example */
function saidWords(state, { predicted, share }) {
  return predicted === null ? "…" : `read ${shortName(state, predicted)}, ${percent(share)}`;
}

/** @param {State} state @param {readonly Example[]} examples */
function rowsView(state, examples) {
  const inputs = state.server?.inputs ?? [];
  const head = ["", "row", state.server?.target?.name || "class", "network says", "cause"];
  const names = inputs.map(({ name, unit }) => h("th", { scope: "col", title: unit || null }, name));
  return h(
    "div.gallery__scroll",
    { tabindex: 0, role: "region", "aria-label": "Rows" },
    h(
      "table.gallery__rows",
      {},
      h("thead", {}, h("tr", {}, head.map((word) => (word ? h("th", { scope: "col" }, word) : h("td", {}))), names)),
      h("tbody", {}, examples.map((example) => rowView(state, example))),
    ),
  );
}

/** @param {State} state @param {Example} example */
function rowView(state, example) {
  const { id, number, actual, cause } = example;
  const values = state.gallery.rows.get(id);
  const inputs = state.server?.inputs ?? [];
  const box = h("input", { type: "checkbox", "data-example": id, "data-reads": "", checked: state.gallery.picked.includes(id), "aria-label": `Choose row ${number}` });
  return h(
    "tr",
    { key: id },
    h("td", {}, box),
    h("td", {}, String(number)),
    h("th", { scope: "row" }, shortName(state, actual)),
    h("td", {}, saidWords(state, example).replace(/^read /, "")),
    h("td", {}, cause),
    inputs.map(({ low, high }, row) => h("td.gallery__value", {}, values ? numberText(values[row], ((high - low) || 1) / 100) : "…")),
  );
}
