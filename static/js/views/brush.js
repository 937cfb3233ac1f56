/**
 * Around the board: which label a click gives, what can be done with the chosen point, how many points there are.
 * @import { Child, Palette, PointRow, State } from "../types"
 */
import { isLocked } from "../state/link.js";
import { lookOf } from "../state/look.js";
import { isTrained, partCounts } from "../state/parts.js";
import { shownPoints } from "../state/points.js";
import { axesOf, placeText } from "./axes.js";
import { classShape, SHAPE_PATHS, labelColour, rangeOf, valuesOf } from "./board.js";
import { className } from "./classes.js";
import { isCurve } from "./curve.js";
import { h, icon } from "./tree.js";

/**
 * Which label a click gives, and what can be done with the point that is chosen.
 * @param {State} state
 * @returns {Child[]}
 */
export function brushView(state) {
  if (!state.server || !state.palette) return [];
  const classes = state.server.task !== "regression";
  const labels = classes ? Array.from({ length: state.server.spec.data.classes }, (_, label) => label) : valuesOf(state);
  const chosen = new Set(state.ui.selected);
  const selected = state.points.filter(([id]) => chosen.has(id));
  const several = selected.length > 1;
  const common = selected.every((point) => point[3] === selected[0][3]) ? selected[0]?.[3] : null;
  const current = selected.length ? common : state.ui.brush;
  const buttons = labels.map((label) =>
    brushButton(state, label, label === current, classes, selected.length > 0),
  );
  const remove = h(
    "button.button.button--quiet.brush__delete",
    {
      type: "button",
      "data-action": "delete",
      disabled: !selected.length,
      "aria-label": several ? `Delete the ${selected.length} chosen points` : "Delete the chosen point",
      title: several ? "Delete the chosen points (Delete)" : "Delete the chosen point (Delete, or right click)",
    },
    icon("trash"),
  );
  const word = several ? `${selected.length} chosen` : selected.length ? "Chosen point" : "New points";
  return [
    h("span.brush__word", {}, word),
    isCurve(state)
      ? h("span.brush__labels.brush__height", {}, "a point’s height is its value")
      : h("div.brush__labels", { role: "group", "aria-label": `${word}: label`, "data-names": classes && namesShown(state) }, buttons),
    remove,
  ];
}

/** How many points there are, and of them wrong. @param {State} state @returns {Child[]} */
export function boardKeyView(state) {
  const points = shownPoints(state);
  const classes = state.server?.task !== "regression";
  const counts = partCounts(points);
  const hidden = state.tools.tests ? "" : ", hidden";
  const count = (/** @type {string} */ part, /** @type {number} */ number, /** @type {string} */ word) =>
    h("span", {}, h("i.key", { class: `key--${part}` }), h("output", { id: `${part}-count`, "aria-live": "off" }, String(number)), word);
  return /** @type {Child[]} */ ([
    count("train", counts.train, "training"),
    counts.validation ? count("validation", counts.validation, `validation${hidden}`) : null,
    count("test", counts.test, `test${hidden}`),
    classes ? count("wrong", wrongShown(state, points), "wrong") : null,
  ].filter(Boolean));
}

/** What is chosen and where it is; nothing: what the hand does. @param {State} state @returns {Child[]} */
export function chosenView(state) {
  const { selected } = state.ui;
  if (!selected.length) return isLocked(state.link, "board") ? [] : [h("span.board__hint", {}, HINTS[state.tools.tool])];
  if (selected.length > 1) return placed(`${selected.length} points chosen`);
  const chosen = shownPoints(state).find(([id]) => id === selected[0]);
  if (!chosen) return [];
  const look = lookOf(state);
  const place = axesOf(state).map((axis, row) => placeText(axis, row ? chosen[2] : chosen[1], look)).join(", ");
  if (state.server?.chart === "curve") return placed(`point at ${place}`);
  const regression = state.server?.task === "regression";
  return placed(`${regression ? `value ${String(chosen[3]).replace("-", "−")}` : className(state, chosen[3])} at ${place}`);
}

/** In an element, which styles can ask for at no price; what asks whether a text is empty is asked at each of its changes. @param {string} text */
function placed(text) {
  return [h("span.board__place", {}, text)];
}

/** What the hand does, in a word. */
const HINTS = { point: "click adds, drag moves", brush: "drag sprays", lasso: "draw around points" };

/** How many rings there are. @param {State} state @param {readonly PointRow[]} points */
function wrongShown({ wrong, tools }, points) {
  return points.filter((point) => wrong.has(point[0]) && (tools.tests || isTrained(point))).length;
}

/** Letters that the names of all classes may have together to stand in their buttons; of longer ones the numbers do. */
const MOST_LETTERS = 36;

/** Whether the classes have names, and short ones. @param {State} state */
function namesShown({ server }) {
  const names = server?.spec.data.source === "table" ? (server.labels ?? []) : [];
  return names.length > 0 && names.join("").length <= MOST_LETTERS;
}

/** @param {State} state @param {number} label @param {boolean} classes */
function brushWord(state, label, classes) {
  return (classes && namesShown(state) && state.server?.labels?.[label]) || String(label).replace("-", "−");
}

/**
 * @param {State} state
 * @param {number} label
 * @param {boolean} pressed
 * @param {boolean} classes
 * @param {boolean} change
 */
function brushButton(state, label, pressed, classes, change) {
  const palette = /** @type {Palette} */ (state.palette);
  const name = classes ? className(state, label) : `value ${label}`;
  const shape = classes ? classShape(label) : "circle";
  const mark = h(
    "svg.brush__mark",
    { viewBox: "-8 -8 16 16", "aria-hidden": "true" },
    h("path", { d: SHAPE_PATHS[shape], fill: labelColour(palette, label, classes, rangeOf(state)) }),
  );
  const attrs = {
    type: "button",
    "aria-pressed": String(pressed),
    "data-action": "brush",
    "data-label": label,
    "aria-label": change ? `Make it ${name}` : `New points get ${name}`,
    title: classes ? `${name} (key ${label})` : name,
  };
  return h("button.brush", attrs, mark, h("span", {}, brushWord(state, label, classes)));
}
