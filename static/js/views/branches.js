/**
 * The tab of branches: their list with names to edit, and the comparison of those that are ticked.
 * @import { BranchRow, Child, CurveRow, State } from "../types"
 */
import { anyValidation, branchesOf, branchShown, comparedOf, rowAt } from "../state/branches.js";
import { scoreWord } from "./charts.js";
import { comparison, curvesView, lookOfBranch, partShown, scalesOf } from "./curves.js";
import { helpButton } from "./help.js";
import { countText, lossText, scoreText } from "./labels.js";
import { h, icon } from "./tree.js";

/** Only while the tab is open. @param {State} state */
const isOpen = ({ drawer, palette }) => drawer.tab === "branches" && palette !== null;

/** What the tab is drawn again for. @param {State} state @returns {unknown[]} */
export function branchesNeeds(state) {
  return isOpen(state) ? [state.timeline.told, state.branches, state.history, state.palette, state.server?.task] : [null];
}

/** @param {State} state @returns {Child[]} */
export function branchListView(state) {
  if (!isOpen(state)) return [];
  const rows = branchesOf(state);
  const heads = ["Compare", "Branch", "Newest", "Training loss", ...(anyValidation(state) ? ["Validation loss"] : []), "Test loss", ""];
  const alone = rows.length < 2 ? h("p.branches__note", {}, "Go back on the timeline and go on from there, or change something there: that begins a branch.") : null;
  const table = h(
    "table.branches__table",
    {},
    h("caption.sr", {}, "Branches of the run"),
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head || h("span.sr", {}, "Actions"))))),
    h("tbody", {}, rows.map((row) => rowView(state, row))),
  );
  return alone ? [table, alone] : [table];
}

/** @param {State} state @param {BranchRow} row */
function rowView(state, row) {
  const shown = row.id === state.timeline.told?.branch;
  // While it trains, the list's own word on the branch that is shown is old.
  const now = shown ? { ...row, ...figuresNow(state) } : row;
  return h(
    "tr",
    { key: row.id, "data-branch": row.id, "aria-current": shown ? "true" : null },
    h("td", {}, tickView(state, row)),
    h("th", { scope: "row" }, nameView(state, row), h("span.branches__began", {}, beganText(state, row))),
    h("td", {}, h("span", {}, `step ${countText(now.last)},`), " ", h("span", {}, `epoch ${countText(now.epoch)}`)),
    h("td", {}, lossText(now.train_loss)),
    ...(anyValidation(state) ? [h("td", {}, lossText(now.validation_loss))] : []),
    h("td", {}, lossText(now.test_loss)),
    h("td.branches__actions", {}, actionsView(state, row, shown)),
  );
}

/** Where it left, and what has been done differently since. @param {State} state @param {BranchRow} row */
function beganText(state, { parent, from_step: step, summary }) {
  const left = branchesOf(state).find(({ id }) => id === parent);
  const began = left ? `from step ${countText(step)} of ${left.name}` : step ? `from step ${countText(step)} of a branch that was dropped` : "a start of its own";
  return summary ? `${began}: ${summary}` : began;
}

/** The newest of the branch that is shown, as the history has it. @param {State} state */
function figuresNow({ history }) {
  const last = history.at(-1);
  if (!last) return {};
  const { step, epoch, train_loss, validation_loss, test_loss } = last;
  return { last: step, epoch, train_loss, validation_loss, test_loss };
}

/** @param {State} state @param {BranchRow} row */
function tickView(state, { id, name }) {
  const { colour, dash } = lookOfBranch(id, /** @type {import("../types").Palette} */ (state.palette));
  const on = comparedOf(state).includes(id);
  return h(
    "label.branches__tick",
    {},
    h("input", { type: "checkbox", checked: on, "data-compare": id, "data-reads": "true", "aria-label": `Compare ${name}` }),
    swatch(colour, dash),
  );
}

/** @param {string} colour @param {string | null} dash */
function swatch(colour, dash) {
  return h("svg.curve-sample", { viewBox: "0 0 28 6", "aria-hidden": "true" }, h("path", { d: "M0 3H28", stroke: colour, "stroke-width": 3, "stroke-dasharray": dash }));
}

/** @param {State} state @param {BranchRow} row */
function nameView({ branches: { naming }, schema }, { id, name }) {
  const value = naming?.id === id ? naming.text : name;
  const longest = schema?.bounds.branch_name;
  return h("input.branches__name", { type: "text", value, maxlength: longest, "data-name": id, "aria-label": `Name of ${name}`, title: "Type another name", spellcheck: "false" }); // prettier-ignore
}

/** @param {State} state @param {BranchRow} row @param {boolean} shown */
function actionsView({ branches: { dropping } }, { id, name }, shown) {
  const button = (/** @type {string} */ action, /** @type {string} */ word, /** @type {string} */ label) =>
    h("button.button.button--small", { type: "button", key: action, "data-branch-action": action, "data-id": id, "aria-label": label }, word);
  if (dropping === id) return [button("drop", "Drop for good", `Drop ${name} for good`), button("keep", "Keep", `Keep ${name}`)];
  const go = shown ? h("span.branches__here", { key: "here" }, "shown") : button("switch", "Switch to", `Switch to ${name}`);
  const label = { type: "button", key: "ask", "data-branch-action": "ask", "data-id": id, "aria-label": `Drop ${name}`, title: "Drop this branch" };
  return [go, h("button.branches__drop", label, icon("trash"))];
}

/** @param {State} state @returns {Child[]} */
export function branchCompareView(state) {
  if (!isOpen(state)) return [];
  const rows = comparison(state);
  if (!rows.length) return [h("p.branches__note", {}, "Tick branches to compare them.")];
  return [barView(state), h("div.curves", sliderOf(state), curvesView(state)), readingView(state, rows)];
}

/** @param {State} state */
function barView(state) {
  const { branches } = state;
  const validation = anyValidation(state) ? [["validation", "Validation"]] : [];
  const parts = [["both", "Both"], ["train", "Training"], ...validation, ["test", "Test"]];
  const shown = partShown(state);
  const tabs = parts.map(([part, word]) => h("button", { type: "button", "aria-pressed": String(part === shown), "data-curves-part": part, "data-reads": "true" }, word));
  return h(
    "div.branches__bar",
    {},
    h("h3.branches__title", {}, "Loss"),
    h("div.segmented", { role: "group", "aria-label": "Which loss" }, tabs),
    h("button.tool", { type: "button", id: "button-curves-log", "data-curves-log": "", "data-reads": "true", "aria-pressed": String(branches.log), title: "Loss on a logarithmic axis" }, "log"), // prettier-ignore
    h("span.branches__hint", {}, shown === "both" ? "thick: training, thin: test" : ""),
    helpButton("branches", "Branches"),
  );
}

/** The picture is also a slider: arrow keys read it step by step. @param {State} state @returns {import("../types").Node["attrs"]} */
function sliderOf(state) {
  const { first, last } = scalesOf(state);
  const at = state.branches.at ?? last;
  return {
    id: "curves",
    tabindex: 0,
    role: "slider",
    "aria-label": "Curves, read at a step",
    "aria-valuemin": first,
    "aria-valuemax": last,
    "aria-valuenow": at,
    "aria-valuetext": readingText(state),
  };
}

/** @param {State} state */
function readingText(state) {
  const { at } = state.branches;
  const words = comparison(state).map(({ branch, rows }) => {
    const row = rowAt(rows, at);
    const validation = anyValidation(state) ? ` validation loss ${lossText(row?.[6])},` : "";
    return `${branch.name}: ${row ? `training loss ${lossText(row[2])},${validation} test loss ${lossText(row[3])}` : "not so far"}`;
  });
  return `${at === null ? "Newest" : `Step ${countText(at)}`}. ${words.join("; ")}.`;
}

/** @param {State} state @param {ReturnType<typeof comparison>} rows */
function readingView(state, rows) {
  const { at } = state.branches;
  const word = scoreWord(state);
  const parts = anyValidation(state) ? ["Training", "Validation", "Test"] : ["Training", "Test"];
  const figures = ["loss", word].flatMap((figure) => parts.map((part) => `${part} ${figure}`));
  const heads = [at === null ? "Newest" : `At step ${countText(at)}`, "Step", "Epoch", ...figures];
  return h(
    "table.reading",
    { id: "reading" },
    h("caption.sr", {}, "The branches side by side"),
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, rows.map(({ branch, rows: all }) => readingRow(state, branch, rowAt(all, at)))),
  );
}

/** @param {State} state @param {BranchRow} branch @param {CurveRow | null} row */
function readingRow(state, { id, name }, row) {
  const { colour, dash } = lookOfBranch(id, /** @type {import("../types").Palette} */ (state.palette));
  const classes = state.server?.task !== "regression";
  const [step, epoch, train, test, hits, testHits, validation, validationHits] = row ?? [];
  const between = (/** @type {string} */ figure) => (anyValidation(state) ? [figure] : []);
  const counts = [step, epoch].map((count) => (count === undefined ? "–" : countText(count)));
  const losses = [lossText(train), ...between(lossText(validation)), lossText(test)];
  const figures = [...losses, scoreText(hits, classes), ...between(scoreText(validationHits, classes)), scoreText(testHits, classes)];
  return h("tr", { key: id, "data-read": id }, h("th", { scope: "row" }, swatch(colour, dash), ` ${name}`), [...counts, ...figures].map((text) => h("td", {}, text))); // prettier-ignore
}

/** What somebody who does not see the page hears of the branch that is shown. @param {State} state */
export function branchAnnounced(state) {
  const shown = branchShown(state);
  return shown && branchesOf(state).length > 1 ? ` ${shown.name}.` : "";
}
