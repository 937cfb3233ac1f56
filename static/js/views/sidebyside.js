/**
 * Two saved experiments side by side: pictures, figures, the settings that differ, and their curves over one another.
 * @import { Child, CurvePart, CurveRow, Palette, SavedDetails, State } from "../types"
 */
import { differences } from "../state/differences.js";
import { axesView, COLUMN, curveScales, FIRST_WIDTH, HEIGHT, pathOf, THICK } from "./curveaxes.js";
import { lookOfBranch } from "./curves.js";
import { allFigures, settingText } from "./savedwords.js";
import { h, icon } from "./tree.js";

/** From which width on the curves stand beside the table, and what share of it they have; static/css/sides.css says the same. */
const WIDE = 1000;
const CURVES = 0.44;
const PARTS = { train: "training", validation: "validation", test: "test" };

/** A validation part of either. @param {readonly SavedDetails[]} pair */
function isValidated(pair) {
  return pair.some(({ figures }) => figures.validation_loss !== null);
}

/** Whose losses are drawn, the thickest first. @param {State} state @param {readonly SavedDetails[]} pair @returns {readonly CurvePart[]} */
function partsOf({ experiments: { part } }, pair) {
  return part === "both" || (part === "validation" && !isValidated(pair)) ? ["train", "test"] : [part];
}

/** @param {State} state @param {readonly [SavedDetails, SavedDetails]} pair @returns {Child[]} */
export function sideBySideView(state, pair) {
  return [
    h(
      "div.sides__head",
      { key: "sides-head" },
      h("button.button", { type: "button", "data-saved-action": "back" }, icon("back"), "All experiments"),
      h("h3.sides__title", { id: "sides-title", tabindex: -1 }, "Side by side"),
    ),
    tableView(state, pair),
    h("section.sides__curves", { key: "sides-curves", "aria-label": "Curves" }, barView(state, pair), state.palette ? curvesView(state, pair) : null),
  ];
}

/** @param {State} state @param {readonly SavedDetails[]} pair */
function tableView(state, pair) {
  const heads = pair.map(({ id, title }, row) =>
    h(
      "th.sides__one",
      { scope: "col", key: id },
      state.experiments.pictures[id] ? h("img.sides__picture", { src: state.experiments.pictures[id], alt: "", width: 320, height: 320 }) : null,
      h("span.sides__name", {}, swatch(state, row), h("bdi", {}, title)),
    ),
  );
  return h(
    "table.sides__table",
    { key: "sides" },
    h("caption.sr", {}, "Two experiments side by side"),
    h("thead", {}, h("tr", {}, h("td", {}), heads)),
    h("tbody", { key: "figures" }, figureRows(pair)),
    h("tbody", { key: "settings" }, groupRow("Settings that differ"), settingRows(state, pair)),
  );
}

/** @param {string} text */
function groupRow(text) {
  return h("tr", { key: text }, h("th.sides__group", { colspan: 3, scope: "rowgroup" }, text));
}

/** Of two tasks, each figure under its own name. @param {readonly SavedDetails[]} pair */
function figureRows(pair) {
  const [one, other] = pair.map(({ figures }) => new Map(allFigures(figures, isValidated(pair))));
  const names = [...new Set([...one.keys(), ...other.keys()])];
  return names.map((name) => rowView(name, "", [one.get(name) ?? "–", other.get(name) ?? "–"]));
}

/** @param {State} state @param {readonly SavedDetails[]} pair */
function settingRows({ schema }, [one, other]) {
  const rows = schema ? differences(schema.experiment, one.spec, other.spec) : [];
  if (!rows.length) return [h("tr", { key: "same" }, h("td.sides__same", { colspan: 3 }, "None: all settings and seeds are the same."))];
  return rows.map((row) => rowView(row.title, row.group, row.values.map((value) => settingText(row, value))));
}

/** @param {string} title @param {string} group @param {readonly string[]} values */
function rowView(title, group, values) {
  const name = h("th", { scope: "row" }, group ? h("span.sides__of", {}, `${group} `) : null, title);
  return h("tr", { key: `${group} ${title}` }, name, values.map((text) => h("td", {}, h("bdi", {}, text))));
}

/** @param {State} state @param {number} row */
function swatch({ palette }, row) {
  if (!palette) return null;
  const { colour, dash } = lookOfBranch(row + 1, palette);
  return h("svg.curve-sample", { viewBox: "0 0 28 6", "aria-hidden": "true" }, h("path", { d: "M0 3H28", stroke: colour, "stroke-width": 3, "stroke-dasharray": dash }));
}

/** @param {State} state @param {readonly SavedDetails[]} pair */
function barView(state, pair) {
  const { log } = state.experiments;
  const [shown, second] = partsOf(state, pair);
  const words = [["both", "Both"], ["train", "Training"], ...(isValidated(pair) ? [["validation", "Validation"]] : []), ["test", "Test"]];
  const pressed = second ? "both" : shown;
  const tabs = words.map(([part, word]) => h("button", { type: "button", "aria-pressed": String(part === pressed), "data-saved-action": "part", "data-id": part }, word));
  const attrs = { type: "button", "data-saved-action": "log", "aria-pressed": String(log), title: "Loss on a logarithmic axis" };
  return h(
    "div.sides__bar",
    {},
    h("h4.sides__subtitle", {}, "Loss by step"),
    h("div.segmented", { role: "group", "aria-label": "Which loss" }, tabs),
    h("button.tool", attrs, "log"),
    h("span.sides__hint", {}, second ? "thick: training, thin: test" : ""),
  );
}

/** @param {State} state @param {readonly SavedDetails[]} pair */
function curvesView(state, pair) {
  const { palette, experiments: { log, width } } = state; // prettier-ignore
  const curves = pair.map(({ curves: rows }) => rows.map(numbers));
  const parts = partsOf(state, pair);
  const scales = curveScales(curves.flat(), parts, log, curvesRoom(width));
  const room = curvesRoom(width);
  const box = { viewBox: `0 0 ${room} ${HEIGHT}`, width: room, height: HEIGHT };
  const words = { role: "img", "aria-label": `Loss of the ${parts.map((part) => PARTS[part]).join(" and ")} points of ${pair.map(({ title }) => title).join(" and ")}` };
  return h("svg.curves__picture", { ...box, ...words }, axesView(scales), curves.flatMap((rows, row) => parts.map((part) => lineView(/** @type {Palette} */ (palette), rows, row, part, scales))));
}

/** Pixels. @param {number} width of the dialog's inside; 0: not measured yet */
function curvesRoom(width) {
  if (!width) return FIRST_WIDTH;
  return width >= WIDE ? Math.floor(width * CURVES) : width;
}

/** @param {readonly (number | null)[]} row @returns {CurveRow} */
function numbers(row) {
  return /** @type {CurveRow} */ (/** @type {unknown} */ (row.map((figure) => figure ?? NaN)));
}

/** @param {Palette} palette @param {readonly CurveRow[]} rows @param {number} row @param {CurvePart} part @param {ReturnType<typeof curveScales>} scales */
function lineView(palette, rows, row, part, scales) {
  const { colour, dash } = lookOfBranch(row + 1, palette);
  return h("path.curves__line", {
    key: `${row}-${part}`,
    d: pathOf(rows, COLUMN[part], scales),
    stroke: colour,
    "stroke-width": THICK[part],
    "stroke-dasharray": dash,
    "data-side": row,
    "data-part-of": part,
  });
}
