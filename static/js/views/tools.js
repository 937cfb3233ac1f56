/**
 * The strip over the board: which tool the hand holds, taking edits back, how the board is shown; and the corner that zooms.
 * @import { Child, State, Tools } from "../types"
 */
import { RADIUS } from "../state/tools.js";
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
      toggle("discretise", "Discretise", `Discretise: only ${classes ? "the decision" : "the sign"}, not how sure`, tools.discretise, "split"),
      toggle("tests", "Test points", "Show test points", tools.tests, "test"),
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

/** @param {"discretise" | "tests"} name @param {string} word @param {string} title @param {boolean} on @param {string} sign */
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
export function toolOptionsView({ tools, ui }) {
  const part = (/** @type {boolean} */ test) =>
    h(
      "button.button.tools__part",
      { type: "button", "data-to-part": test ? "test" : "train", title: test ? "Only test the chosen points" : "Train on the chosen points" },
      test ? "To test" : "To training",
    );
  if (ui.selected.length) return [part(true), part(false)];
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

/** @returns {Child[]} */
export function zoomView() {
  const corner = (/** @type {string} */ name, /** @type {string} */ title, /** @type {string} */ sign) =>
    h("button.zoom__button", { type: "button", "data-zoom": name, "aria-label": title, title }, icon(sign));
  return [
    corner("in", "Zoom in (+)", "plus"),
    corner("out", "Zoom out (−)", "minus"),
    corner("home", "Back to the first view (Home)", "home"),
  ];
}
