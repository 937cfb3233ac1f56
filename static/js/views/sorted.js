/**
 * Results of a classification: the confusion matrix, precision, recall and F1 of each class, and for two classes the ROC.
 * @import { Child, ClassResults, State } from "../types"
 */
import { chosenName } from "../state/results.js";
import { className } from "./classes.js";
import { galleryView } from "./gallery.js";
import { countText, scoreText } from "./labels.js";
import { shapeMark } from "./mark.js";
import { rocView } from "./roc.js";
import { h } from "./tree.js";

/** @param {State} state @param {ClassResults} part @returns {Child[]} */
export function sortedView(state, part) {
  const curve = part.roc_area === null ? [] : [rocView(state, part)];
  return [matrixView(state, part), ...galleryView(state), ratesView(state, part), ...curve];
}

/** A class as it is drawn on the board, with its name or number. @param {State} state @param {number} label */
function classView(state, label) {
  const name = className(state, label);
  const plain = name === `class ${label}`;
  return h("span.results__class", { title: name }, shapeMark(state, label), plain ? h("span.sr", {}, "class ") : null, h("span.results__name", {}, plain ? String(label) : name));
}

/** @param {State} state @param {ClassResults} part */
function matrixView(state, part) {
  const labels = part.confusion.map((_, label) => label);
  const chosen = chosenName(state);
  const rows = part.confusion.map((counts, actual) => {
    const all = counts.reduce((sum, count) => sum + count, 0);
    const cells = counts.map((count, predicted) => cellView(state, actual, predicted, count, all, chosen));
    return h("tr", { key: actual }, h("th", { scope: "row" }, classView(state, actual)), cells);
  });
  return h(
    "section.results__block",
    { key: "matrix", "aria-label": "Confusion matrix" },
    h(
      "table.confusion",
      { "data-classes": labels.length },
      h("caption.results__title", {}, "Confusion matrix ", h("span.results__note", {}, accuracyText(part))),
      h(
        "thead",
        {},
        h("tr", {}, h("td.confusion__corner", { rowspan: 2 }, "class is"), h("th.confusion__over", { scope: "colgroup", colspan: labels.length }, "network says")),
        h("tr", {}, labels.map((label) => h("th", { scope: "col" }, classView(state, label)))),
      ),
      h("tbody", {}, rows),
    ),
  );
}

/** @param {ClassResults} part */
function accuracyText({ points, accuracy }) {
  return `${countText(points)} ${points === 1 ? "point" : "points"}, accuracy ${scoreText(accuracy, true)}`;
}

/**
 * One cell, shaded by its share of the row: what is right in one colour, what is wrong in another.
 * @param {State} state @param {number} actual @param {number} predicted @param {number} count @param {number} all @param {string | null} chosen
 */
function cellView(state, actual, predicted, count, all, chosen) {
  const share = all ? count / all : 0;
  const name = `${actual},${predicted}`;
  const kind = actual === predicted ? "right" : "wrong";
  return h(
    "td",
    { key: predicted },
    h(
      "button.confusion__cell",
      {
        type: "button",
        class: `confusion__cell--${kind}`,
        "data-cell": name,
        "data-shade": Math.ceil(share * 10),
        "aria-pressed": String(name === chosen),
        title: `${className(state, actual)}, network says ${saidName(state, predicted)}: ${countText(count)} of ${countText(all)}`,
        disabled: !count,
      },
      h("span.confusion__count", {}, countText(count)),
      " ",
      h("span.confusion__share", {}, count ? scoreText(share, true) : ""),
      h("span.sr", {}, ` of ${className(state, actual)}: network says ${saidName(state, predicted)}`),
    ),
  );
}

/** A class after "network says": its name, or its number alone. @param {State} state @param {number} label */
function saidName(state, label) {
  return className(state, label).replace(/^class (?=\d+$)/, "");
}

/** What each figure says, in a few words. */
const MEANINGS = {
  Precision: "Of the points that the network puts into the class, the share that belongs there",
  Recall: "Of the points of the class, the share that the network finds",
  F1: "Precision and recall in one: their harmonic mean",
};

/** @param {State} state @param {ClassResults} part */
function ratesView(state, { precision, recall, f1, macro }) {
  const heads = Object.entries(MEANINGS).map(([name, title]) => h("th", { scope: "col", title }, name));
  const cells = (/** @type {readonly (number | null)[]} */ ...values) => values.map((value) => h("td", {}, scoreText(value, true)));
  const rows = precision.map((value, label) =>
    h("tr", { key: label }, h("th", { scope: "row" }, classView(state, label)), cells(value, recall[label], f1[label])),
  );
  const mean = h(
    "tr.rates__mean",
    {},
    h("th", { scope: "row", title: "Plain mean over the classes that have the figure" }, "macro"),
    cells(macro.precision, macro.recall, macro.f1),
  );
  return h(
    "section.results__block",
    { key: "rates", "aria-label": "Precision, recall and F1" },
    h(
      "table.rates",
      {},
      h("caption.results__title", {}, "Per class ", h("span.results__note", {}, precision.length === 2 ? `${className(state, 1)} is the positive one` : "")),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, h("span.sr", {}, "class")), heads)),
      h("tbody", {}, rows, mean),
    ),
    h("p.results__meaning", {}, "Precision: how many of those put into a class belong there. Recall: how many of a class are found."),
  );
}
