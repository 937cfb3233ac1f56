/**
 * The strip over the board: which tool the hand holds, taking edits back, how the board is shown; and the buttons that zoom.
 * @import { Child, Part, PointRow, State, Tools } from "../types"
 */
import { PART_WORDS, partCounts } from "../state/parts.js";
import { RADIUS } from "../state/tools.js";
import { isCurve } from "./curve.js";
import { helpButton } from "./help.js";
import { h, icon } from "./tree.js";

/** @type {readonly {name: Tools["tool"], title: string}[]} */
const TOOLS = [
  { name: "point", title: "Point: click adds, drag moves" },
  { name: "brush", title: "Brush: press and drag to spray points" },
  { name: "lasso", title: "Lasso: draw around points to choose them; Shift adds" },
];

/** @param {State} state @returns {Child[]} */
export function toolsView(state) {
  const { server, tools, table } = state;
  if (!server) return [];
  const classes = server.task !== "regression";
  return [
    h("div.tools__group", { role: "radiogroup", "aria-label": "Tool" }, TOOLS.map((tool) => toolView(tool, tools.tool))),
    h("div.tools__group", {}, edit("undo", "Undo", "Ctrl+Z", server.undo), edit("redo", "Redo", "Ctrl+Y", server.redo)),
    h(
      "div.tools__group.tools__group--end",
      {},
      isCurve(state) ? null : toggle("discretise", "Discretise", `Discretise: only ${classes ? "the decision" : "the sign"}, not how sure`, tools.discretise, "split"),
      toggle("tests", "Test points", "Show test and validation points", tools.tests, "test"),
      ...heightsView(state),
      button("table", "Table of points", table.open),
      helpButton("board.boundary", "Board"),
    ),
  ];
}

/** @param {(typeof TOOLS)[number]} tool @param {string} held */
function toolView({ name, title }, held) {
  const input = h("input.sr", { type: "radio", name: "tool", value: name, checked: name === held, "data-tool": name, "aria-label": title });
  return h("label.tool", { title, key: name }, input, icon(name));
}

/** @param {"undo" | "redo"} name @param {string} word @param {string} keys @param {number} count */
function edit(name, word, keys, count) {
  const title = count ? `${word} (${keys}), ${count} possible` : `Nothing to ${name}`;
  const attrs = { id: `button-${name}`, type: "button", "data-action": name, disabled: !count, "aria-label": title, title };
  return h("button.tool", attrs, icon(name), h("span.tool__count", {}, count ? String(count) : ""));
}

/** @param {"discretise" | "tests" | "residuals" | "surface"} name @param {string} word @param {string} title @param {boolean} on @param {string} sign */
function toggle(name, word, title, on, sign) {
  const attrs = { type: "button", "data-toggle": name, "aria-pressed": String(on), "aria-label": word, title };
  return h("button.tool", attrs, icon(sign));
}

/** @param {string} name @param {string} title @param {boolean} open */
function button(name, title, open) {
  const attrs = { id: `button-${name}`, type: "button", "data-action": name, "aria-expanded": String(open), "aria-label": title, title };
  return h("button.tool", attrs, icon(name));
}

/** What goes with the tool or with what is chosen: how wide the brush is, which part points belong to. @param {State} state @returns {Child[]} */
export function toolOptionsView({ tools, ui, points }) {
  const part = (/** @type {Part} */ name, /** @type {string} */ title) =>
    h("button.button.tools__part", { type: "button", "data-to-part": name, title }, h("span.tools__to", {}, "To "), PART_WORDS[name]);
  if (ui.selected.length)
    return [
      part("test", "Only test the chosen points"),
      ...(validated(points) ? [part("validation", "Only choose by the chosen points")] : []),
      part("train", "Train on the chosen points"),
    ];
  if (tools.tool !== "brush") return [];
  const share = ((tools.radius - RADIUS.least) / (RADIUS.most - RADIUS.least)) * 100;
  const attrs = {
    type: "range",
    min: RADIUS.least,
    max: RADIUS.most,
    step: RADIUS.step,
    value: tools.radius,
    "data-radius": "true",
    style: `--fill: ${share.toFixed(1)}%`,
  };
  return [h("label.tools__radius", { title: "Brush size ([ and ])" }, h("span", {}, "Size"), h("input.slider", attrs))];
}

/** Whether there is a validation part to put points into. @param {readonly PointRow[]} points */
function validated(points) {
  return partCounts(points).validation > 0;
}

/** What the picture is: heights instead of colours, and how far the network is off where there are heights. @param {State} state @returns {Child[]} */
function heightsView(state) {
  const { server, tools, surface } = state;
  if (!server) return [];
  const curve = isCurve(state);
  const off = curve || surface.on ? toggle("residuals", "Residuals", "Show how far the network is off at each point", tools.residuals, "residuals") : null;
  const heights = curve ? null : toggle("surface", "Surface", "Surface: values as heights; a drag or the arrow keys turn it", surface.on, "surface");
  return [off, heights].filter((button) => button !== null);
}

/** @returns {Child[]} */
export function zoomView() {
  const button = (/** @type {string} */ name, /** @type {string} */ title, /** @type {string} */ sign) =>
    h("button.zoom__button", { type: "button", "data-zoom": name, "aria-label": title, title }, icon(sign));
  return [
    button("in", "Zoom in (+)", "plus"),
    button("out", "Zoom out (−)", "minus"),
    button("home", "Back to the first view (Home)", "home"),
  ];
}
