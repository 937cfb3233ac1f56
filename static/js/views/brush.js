/**
 * Around the board: which label a click gives, what can be done with the chosen point, how many points there are.
 * @import { Child, Palette, State } from "../types"
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
  const selected = state.ui.selected === null ? undefined : state.points.find(([id]) => id === state.ui.selected);
  const current = selected ? selected[3] : state.ui.brush;
  const buttons = labels.map((label) =>
    brushButton(/** @type {Palette} */ (state.palette), label, label === current, classes, Boolean(selected)),
  );
  const remove = h(
    "button.button.button--quiet.brush__delete",
    {
      type: "button",
      "data-action": "delete",
      disabled: !selected,
      "aria-label": "Delete the chosen point",
      title: "Delete the chosen point (Delete, or right click)",
    },
    icon("trash"),
  );
  const word = selected ? "Chosen point" : "New points";
  return [
    h("span.brush__word", {}, word),
    h("div.brush__labels", { role: "group", "aria-label": `${word}: label` }, buttons),
    remove,
  ];
}

/** How many points there are, and where the chosen one is. @param {State} state @returns {Child[]} */
export function boardKeyView(state) {
  const points = shownPoints(state);
  const tests = points.filter((point) => point[4]).length;
  const count = (/** @type {string} */ part, /** @type {number} */ number, /** @type {string} */ word) =>
    h("span", {}, h("i.key", { class: `key--${part}` }), h("output", { id: `${part}-count` }, String(number)), word);
  const chosen = points.find(([id]) => id === state.ui.selected);
  const word = state.server?.task === "regression" ? "value" : "class";
  const text = chosen
    ? `${word} ${String(chosen[3]).replace("-", "−")} at ${place(chosen[1])}, ${place(chosen[2])}`
    : "click adds, drag moves";
  return [
    count("train", points.length - tests, "trained on"),
    count("test", tests, "only tested"),
    h("output.board__chosen", { id: "chosen", class: chosen ? null : "board__hint" }, text),
  ];
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
