/**
 * The ROC curve of two classes: how many of class 1 are found against how many of class 0 are taken for it, as the threshold
 * moves, with the threshold in force marked.
 * @import { ClassResults, State } from "../types"
 */
import { className } from "./classes.js";
import { scoreText, typed } from "./labels.js";
import { h } from "./tree.js";

/** The plot's side, and room for what is written at it, in the picture's own units. */
const SIDE = 150;
const LEFT = 44;
const TOP = 8;
const BOTTOM = 34;

/** @param {State} state @param {ClassResults} part */
export function rocView(state, { roc_area: area, roc_at: at }) {
  const [alarms, found] = at ?? [0, 0];
  const middle = state.server?.middle;
  const threshold = middle === null || middle === undefined ? "" : ` ${typed(middle)}`;
  const words = `At the threshold${threshold}: ${scoreText(found, true)} of ${className(state, 1)} found, ${scoreText(alarms, true)} of ${className(state, 0)} taken for it`;
  return h(
    "section.results__block.roc__block",
    { key: "roc", "aria-label": "ROC" },
    h("h3.results__title", {}, "ROC ", h("span.results__note", {}, "area ", h("output", { id: "roc-area", "aria-live": "off" }, areaText(area)))),
    h(
      "div.roc__body",
      {},
      h(
        "svg.roc",
        { viewBox: `0 0 ${LEFT + SIDE + 8} ${TOP + SIDE + BOTTOM}`, role: "img", "aria-label": `ROC curve, area ${areaText(area)}. ${words}.` },
        axes(),
        h("path.roc__chance", { d: `M${place(0, 0)}L${place(1, 1)}` }),
        h("path.roc__area", { d: `${curve(state)}L${place(1, 0)}Z` }),
        h("path.roc__curve", { d: curve(state) }),
        h("circle.roc__at", { cx: LEFT + alarms * SIDE, cy: TOP + (1 - found) * SIDE, r: 5 }),
      ),
      h("p.results__meaning", {}, words, ". A curve along the dashed line is guessing; one through the upper left corner is perfect."),
    ),
  );
}

/** @param {number | null} area */
export function areaText(area) {
  return area === null ? "–" : area.toFixed(3);
}

/** @param {number} across @param {number} up both 0 to 1 */
function place(across, up) {
  return `${(LEFT + across * SIDE).toFixed(2)} ${(TOP + (1 - up) * SIDE).toFixed(2)}`;
}

/** The curve of the part that is shown. @param {State} state */
function curve({ figures, results }) {
  const { shape, values } = figures?.roc ?? { shape: [2, 0, 2], values: [] };
  const first = results.part === "test" ? shape[1] : 0;
  const places = Array.from({ length: shape[1] }, (_, row) => place(values[2 * (first + row)], values[2 * (first + row) + 1]));
  return places.length ? `M${places.join("L")}` : `M${place(0, 0)}`;
}

function axes() {
  const middle = LEFT + SIDE / 2;
  const text = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ words, more = {}) =>
    h("text.roc__text", { x, y, "text-anchor": "middle", ...more }, words);
  const across = [0, 0.5, 1].map((value) => text(LEFT + value * SIDE, TOP + SIDE + 14, String(value)));
  const up = [0, 0.5, 1].map((value) => text(LEFT - 6, TOP + (1 - value) * SIDE + 4, String(value), { "text-anchor": "end" }));
  const turn = `rotate(-90 12 ${TOP + SIDE / 2})`;
  return h(
    "g",
    {},
    h("rect.roc__frame", { x: LEFT, y: TOP, width: SIDE, height: SIDE }),
    across,
    up,
    text(middle, TOP + SIDE + 29, "false alarms"),
    text(12, TOP + SIDE / 2, "found", { transform: turn }),
  );
}
