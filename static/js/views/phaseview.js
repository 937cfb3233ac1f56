/**
 * The tab that walks through one step: its stops, the equation with this step's numbers, the samples of the batch, and one
 * product taken apart. Formulas are left empty here: dom/phaseview.js puts the server's MathML into them.
 * @import { Batch, ChainTold, Child, Node, State, Walk } from "../types"
 */
import { openWalk, stopOf, unitChain } from "../state/phaseview.js";
import { helpButton } from "./help.js";
import { weightText } from "./labels.js";
import { samplesView } from "./samples.js";
import { stepNumbersView } from "./stepnumbers.js";
import { h, icon } from "./tree.js";
import { unitName, weightName } from "./weight.js";

/** Only while the tab is open. @param {State} state */
const isOpen = ({ drawer }) => drawer.tab === "walk";

/** What the tab is drawn again for. @param {State} state @returns {unknown[]} */
export function walkNeeds(state) {
  return isOpen(state) ? [state.phaseview, state.link, state.connection, state.server?.spec, state.server?.phase, state.points] : [null];
}

/** @param {State} state @returns {Child[]} */
export function walkView(state) {
  if (!isOpen(state)) return [];
  const walk = openWalk(state);
  return walk ? [h("div.phases", {}, headView(state, walk), bodyView(state, walk))] : [beginView(state)];
}

/** @param {State} state */
function beginView({ connection, server, link }) {
  const perceptron = server?.output === "step" && server.layers.length === 1;
  return h(
    "div.phases__begin",
    {},
    h("p.phases__lead", {}, "Take one update of the network apart: forward layer by layer, the loss, backward layer by layer, the gradient, and the update that is really applied."),
    perceptron
      ? h("p.phases__lead", {}, "With the perceptron rule each wrong point pulls the line to its side; a right one changes nothing.")
      : link.hide.includes("presets")
        ? ""
        : h("p.phases__lead", {}, "To see single points pull a line, load the preset “Perceptron, point by point”."),
    h("div.phases__buttons", {}, go("open", "Open the next step", { stop: 0 }, connection !== "open", "button--main"), helpButton("walk", "Step by step")),
  );
}

/** A button that moves the walk. @param {string} name @param {string} word @param {object} ask @param {boolean} disabled @param {string} [more] @param {string} [title] */
function go(name, word, ask, disabled, more = "", title = word) {
  return h("button.button", { type: "button", key: name, id: `button-walk-${name}`, class: more, "data-walk": JSON.stringify(ask), disabled, title }, word);
}

/** @param {State} state @param {Walk} walk */
function headView(state, walk) {
  const off = state.connection !== "open";
  const last = walk.stops.length - 1;
  return h(
    "div.phases__head",
    {},
    h("ol.phases__stops", { "aria-label": "Stops of this step" }, walk.stops.map(({ kind, title }, row) =>
      h("li", { key: row }, h("button.phase", {
        type: "button",
        class: `phase--${kind}`,
        "data-walk": JSON.stringify({ stop: row }),
        title,
        "aria-current": row === walk.stop ? "step" : null,
        "data-done": String(row < walk.stop),
        disabled: off,
      }, stopWord(walk, row))),
    )),
    h(
      "div.phases__buttons",
      { role: "toolbar", "aria-label": "Walk" },
      go("back", "Back", { by: "back" }, off || walk.stop === 0, "", "One stop back (Shift+N)"),
      go("next", walk.stop === last ? "Next step" : "Next", { by: "phase" }, off, "button--main", "One stop on (N)"),
      go("sample", "Next sample", { by: "sample" }, off, "", "The next point of the batch; after the last one the step is applied (M)"),
      go("apply", "Apply", { stop: last }, off || walk.applied, "", "The rest of this step at once"),
      go("close", "Close", {}, off, "", walk.applied ? "Close the walk" : "Close without applying the step"),
      helpButton("walk", "Step by step"),
    ),
  );
}

/** "Forward 1", "Backward out", "Loss". @param {Walk} walk @param {number} row */
function stopWord({ stops, layers }, row) {
  const { kind, layer } = stops[row];
  const place = layer === null ? "" : ` ${layer === layers.length - 1 ? "out" : layer + 1}`;
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}${place}`;
}

/** @param {State} state @param {Walk} walk */
function bodyView(state, walk) {
  return h(
    "div.phases__body",
    {},
    h(
      "section.phases__equation",
      { "aria-label": "Equation" },
      h("p.phases__text", { role: "status" }, walk.text),
      lineView(walk, state.phaseview.batch),
      h("div.phases__symbols", { "data-math": "symbols", key: "symbols" }),
      h("div.phases__numbers", { key: "numbers" }, walk.numbers.map((_, row) => numberView(walk, row))),
    ),
    h("section.phases__side", { "aria-label": "Batch" }, samplesView(state, walk), state.phaseview.chain ? chainView(state, state.phaseview.chain) : hintView(walk)),
    walk.parameters ? stepNumbersView(state, walk.parameters) : null,
  );
}

/** One unit's equation; pressing it takes it apart. @param {Walk} walk @param {number} row */
function numberView(walk, row) {
  const { kind, layer } = stopOf(walk);
  const place = h("span.phases__formula", { "data-math": String(row) });
  if (layer === null || !["forward", "backward"].includes(kind)) return h("div.phases__row", { key: row }, place);
  const what = { layer, unit: row, input: null, of: unitChain(walk) };
  return h("button.phases__row.phases__row--button", { key: row, type: "button", "data-apart": JSON.stringify(what), title: "Term by term" }, place);
}

/** @param {Walk} walk */
function hintView({ stops, stop }) {
  const edge = ["gradient", "update", "backward"].includes(stops[stop].kind);
  return h("p.phases__hint", {}, edge ? "Click a line or a unit of the network to see its product term by term." : "Click a unit of the network, or its equation, to see its sum term by term.");
}

/** The line of one unit before and after its point has pulled. @param {Walk} walk @param {Batch} batch */
function lineView({ line, applied }, { samples }) {
  if (!line) return null;
  const same = line.before.every((value, row) => value === line.after[row]);
  const row = (/** @type {string} */ word, /** @type {readonly number[]} */ values, /** @type {string} */ name) =>
    h("p.phases__line", { "data-line": name }, h("span.phases__word", {}, word), h("span", {}, lineText(values)));
  return h(
    "div.phases__lines",
    {},
    row("Line before", line.before, "before"),
    same ? h("p.phases__line", { "data-line": "same" }, samples.length === 1 ? "The point is right: the line stays." : "The whole batch is right: the line stays.") : row(applied ? "Line after" : "Line to come", line.after, "after"),
  );
}

/** "3 x₁ + 4 x₂ − 10 = 0". @param {readonly number[]} values */
export function lineText([w1, w2, b]) {
  const term = (/** @type {number} */ value, /** @type {string} */ name) => `${value < 0 ? "−" : "+"} ${weightText(Math.abs(value))}${name}`;
  return `${weightText(w1)} x₁ ${term(w2, " x₂")} ${term(b, "")} = 0`;
}

/** @param {State} state @param {ChainTold} chain @returns {Node} */
function chainView(state, chain) {
  const { layer, unit, input, of, terms, total, then } = chain;
  const title = of === "weight" ? weightName(state, { layer, unit, input }) : `${of === "forward" ? "Value" : "Delta"} of ${unitName(state, layer, unit)}`;
  const mean = of === "weight";
  const row = (/** @type {string} */ word, /** @type {number | null} */ value, /** @type {string} */ name) =>
    h("tr", { class: "phases__total", "data-chain": name }, h("th", { scope: "row" }, word), h("td", { colspan: "2" }), h("td", {}, weightText(value)));
  return h(
    "section.phases__chain",
    { "aria-label": title },
    h("div.phases__chainhead", {}, h("h3", {}, title), h("button.button.button--icon", { type: "button", "data-apart": "null", "aria-label": "Close the product", title: "Close" }, icon("close"))),
    h("div.phases__symbols", { "data-math": "chain-symbols" }),
    h(
      "table.phases__terms",
      {},
      h("thead", {}, h("tr", {}, [mean ? "Sample" : "Term", ...(mean ? ["δ", "a"] : of === "forward" ? ["w", "a"] : ["w", "δ"]), "Product"].map((word) => h("th", { scope: "col" }, word)))),
      h("tbody", {}, [
        ...terms.map(({ label, factors, product, sample }, at) =>
          h("tr", { key: at, class: sample !== null && sample === openWalk(state)?.sample ? "phases__term--chosen" : null }, h("th", { scope: "row" }, label), [0, 1].map((place) => h("td", {}, factors.length > place ? weightText(factors[place]) : "")), h("td", {}, weightText(product))),
        ),
        row(mean ? "Mean over the batch" : "Sum", total, "total"),
        ...then.map(({ label, value }) => row(label, value, label)),
      ]),
    ),
    h("div.phases__numbers", { "data-math": "chain-numbers" }),
  );
}
