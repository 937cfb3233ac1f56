/**
 * Around the board: which label a click gives, what can be done with the chosen point, how many points there are.
 * @import { Child, Palette, PointRow, State } from "../types"
 */
import { shownPoints } from "../state/points.js";
import { labelColour, SHAPE_PATHS, SHAPES, VALUES } from "./board.js";
import { h, icon } from "./tree.js";

/**
 * Which label a click gives, and what can be done with the point that is chosen.
 * @param {State} state
 * @returns {Child[]}
 */
export function brushView(state) {
  if (!state.server || !state.palette) return [];
  const classes = state.server.task !== "regression";
  const labels = classes ? Array.from({ length: state.server.spec.data.classes }, (_, label) => label) : VALUES;
  const chosen = new Set(state.ui.selected);
  const selected = state.points.filter(([id]) => chosen.has(id));
  const several = selected.length > 1;
  const common = selected.every((point) => point[3] === selected[0][3]) ? selected[0]?.[3] : null;
  const current = selected.length ? common : state.ui.brush;
  const buttons = labels.map((label) =>
    brushButton(/** @type {Palette} */ (state.palette), label, label === current, classes, selected.length > 0),
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
    h("div.brush__labels", { role: "group", "aria-label": `${word}: label` }, buttons),
    remove,
  ];
}

/** How many points there are, and of them wrong. @param {State} state @returns {Child[]} */
export function boardKeyView(state) {
  const points = shownPoints(state);
  const classes = state.server?.task !== "regression";
  const tests = points.filter((point) => point[4]).length;
  const count = (/** @type {string} */ part, /** @type {number} */ number, /** @type {string} */ word) =>
    h("span", {}, h("i.key", { class: `key--${part}` }), h("output", { id: `${part}-count`, "aria-live": "off" }, String(number)), word);
  return /** @type {Child[]} */ ([
    count("train", points.length - tests, "training"),
    count("test", tests, state.tools.tests ? "test" : "test, hidden"),
    classes ? count("wrong", wrongShown(state, points), "wrong") : null,
  ].filter(Boolean));
}

/** What is chosen and where it is; nothing: what the hand does. @param {State} state @returns {Child[]} */
export function chosenView(state) {
  const { selected } = state.ui;
  if (!selected.length) return [h("span.board__hint", {}, HINTS[state.tools.tool])];
  if (selected.length > 1) return [`${selected.length} points chosen`];
  const chosen = shownPoints(state).find(([id]) => id === selected[0]);
  if (!chosen) return [];
  const word = state.server?.task === "regression" ? "value" : "class";
  return [`${word} ${String(chosen[3]).replace("-", "−")} at ${place(chosen[1])}, ${place(chosen[2])}`];
}

/** What the hand does, in a word. */
const HINTS = { point: "click adds, drag moves", brush: "drag sprays", lasso: "draw around points" };

/** How many rings there are. @param {State} state @param {readonly PointRow[]} points */
function wrongShown({ wrong, tools }, points) {
  return points.filter(([id, , , , test]) => wrong.has(id) && (tools.tests || !test)).length;
}

/** @param {number} coordinate */
function place(coordinate) {
  return coordinate.toFixed(2).replace("-", "−");
}

/**
 * @param {Palette} palette
 * @param {number} label
 * @param {boolean} pressed
 * @param {boolean} classes
 * @param {boolean} change
 */
function brushButton(palette, label, pressed, classes, change) {
  const name = classes ? `class ${label}` : `value ${label}`;
  const shape = classes ? SHAPES[label % SHAPES.length] : "circle";
  const mark = h(
    "svg.brush__mark",
    { viewBox: "-8 -8 16 16", "aria-hidden": "true" },
    h("path", { d: SHAPE_PATHS[shape], fill: labelColour(palette, label, classes) }),
  );
  const attrs = {
    type: "button",
    "aria-pressed": String(pressed),
    "data-action": "brush",
    "data-label": label,
    "aria-label": change ? `Make it ${name}` : `New points get ${name}`,
    title: classes ? `${name} (key ${label})` : name,
  };
  return h("button.brush", attrs, mark, h("span", {}, String(label).replace("-", "−")));
}
