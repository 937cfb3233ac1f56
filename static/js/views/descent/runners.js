/**
 * A row for each optimiser: whether it runs, its rate, and where it is at the step that is shown.
 * @import { DescentState, Row } from "../../descenttypes"
 * @import { Child, Node } from "../../types"
 */
import { pathOf, rowAt } from "../../state/descent/race.js";
import { nameOf, shortText } from "../labels.js";
import { h } from "../tree.js";
import { numberField, problem, rateSlider } from "./fields.js";
import { keyMark } from "./look.js";
import { placeText, say, standing } from "./words.js";

const FIGURES = ["place", "height", "gradient"];

/** @param {DescentState} state @returns {Node[]} */
export function runnersView(state) {
  if (!state.settings || !state.palette) return [];
  const { words, optimizers } = state;
  const heads = ["optimizer", "rate", ...FIGURES, "now"].map((name) => h(`th.runner__${name}`, { scope: "col" }, say(words, name)));
  const rows = optimizers.map((optimizer) => runnerRow(state, optimizer));
  return [h("table.runners", {}, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, allRow(state), rows))];
}

/** One rate for all; empty where they differ. @param {DescentState} state */
function allRow(state) {
  const { words, settings } = state;
  const running = settings?.on.map((name) => settings.rates[name]) ?? [];
  const same = running.length && running.every((rate) => rate === running[0]) ? running[0] : null;
  const label = say(words, "rate_of", { name: say(words, "all_rates") });
  return h(
    "tr.runner.runner--all",
    { key: "all" },
    h("th.runner__optimizer", { scope: "row" }, say(words, "all_rates")),
    rateCell(state, "rates", same, running[0] ?? 0.1, label, say(words, "rate_slider", { name: say(words, "all_rates") })),
    h("td.runner__rest", { colspan: 4 }),
  );
}

/** @param {DescentState} state @param {string} path @param {number | null} rate @param {number} place @param {string} label @param {string} slider */
function rateCell(state, path, rate, place, label, slider) {
  const controls = h("div.runner__controls", {}, rateSlider(state, path, rate ?? place, slider), numberField(state, path, rate, label));
  return h("td.runner__rate", {}, controls, problem(state, path));
}

/** @param {DescentState} state @param {string} optimizer */
function runnerRow(state, optimizer) {
  const { words, settings } = state;
  const name = nameOf(optimizer);
  const on = Boolean(settings?.on.includes(optimizer));
  const path = `rates.${optimizer}`;
  const toggle = h("input.switch", { type: "checkbox", checked: on, "data-runner": optimizer, "aria-label": say(words, "runs", { name }) });
  const rate = settings?.rates[optimizer] ?? 0;
  return h(
    "tr.runner",
    { key: optimizer, "data-optimizer": optimizer, class: on ? "" : "runner--off" },
    h("th.runner__optimizer", { scope: "row" }, h("label.runner__name", {}, toggle, keyMark(state, optimizer), h("span", {}, name))),
    rateCell(state, path, rate, rate, say(words, "rate_of", { name }), say(words, "rate_slider", { name })),
    cells(state, optimizer, on),
  );
}

/** @param {DescentState} state @param {string} optimizer @param {boolean} on @returns {Child[]} */
function cells(state, optimizer, on) {
  const path = pathOf(state, optimizer);
  const row = path && rowAt(path, state.step);
  const now = path ? standing(state, path) : { kind: "off", text: on ? "" : say(state.words, "off") };
  const figures = FIGURES.map((figure) => h(`td.runner__${figure}`, {}, row ? figureText(figure, row) : "–"));
  return [...figures, h("td.runner__now", { "data-standing": now.kind }, now.text)];
}

/** @param {string} figure @param {Row} row */
function figureText(figure, [x, y, height, along, up]) {
  if (figure === "height") return shortText(height);
  return figure === "place" ? `${placeText(x)}, ${placeText(y)}` : `${shortText(along)}, ${shortText(up)}`;
}
