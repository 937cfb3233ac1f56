/**
 * The tab of diagnostics: the readings in words beside each layer's histograms and gradient. Every number is the server's.
 * @import { Child, Frame, Node, Reading, State } from "../types"
 */
import { findingsList, gradeSign, verdictOf } from "./findings.js";
import { helpButton } from "./help.js";
import { decadesOf, histogram, logBar, shortText } from "./histogram.js";
import { nameOf } from "./labels.js";
import { h } from "./tree.js";

/** Histograms in the frame's order. */
const KINDS = ["Activations", "Weights and biases", "Last step’s gradient"];

/** So few layers have room for larger pictures. */
const FEW = 3;

/** Only while the tab is open. @param {State} state */
export function isDiagnosing({ drawer }) {
  return drawer.tab === "diagnostics";
}

/** What the tab is drawn again for. @param {State} state @returns {unknown[]} */
export function diagnosticsNeeds(state) {
  return isDiagnosing(state) ? [state.figures, state.server?.layers] : [null];
}

/** @param {State} state @returns {Child[]} */
export function diagnosticsView(state) {
  if (!isDiagnosing(state)) return [];
  if (!state.figures?.readings) return [h("p.diagnosis__wait", {}, "Waiting for the first diagnosis …")];
  return [
    h(
      "div.diagnosis",
      {},
      h("section.diagnosis__findings", { "aria-labelledby": "title-findings" }, headView("title-findings", "Readings", true), findingsList(state)),
      h("section.diagnosis__layers", { "aria-labelledby": "title-layers" }, layersView(state, state.figures)),
    ),
  ];
}

/** @param {string} id @param {string} title @param {boolean} help */
function headView(id, title, help) {
  return h("div.panel__name", {}, h("h3.diagnosis__title", { id }, title), help ? helpButton("diagnostics", "Diagnostics") : null);
}

/** @param {State} state @param {Frame} frame @returns {Node} */
function layersView(state, frame) {
  const layers = state.server?.layers ?? [];
  const norms = normsOf(state);
  const decades = decadesOf(norms);
  const head = (/** @type {Child[]} */ ...words) => h("th", { scope: "col" }, ...words);
  const [low, high] = decades.map((power) => shortText(10 ** power));
  const axis = h("span.layers__axis", {}, h("span", {}, low), h("span", {}, high));
  return h(
    "table.layers",
    { "data-few": String(layers.length <= FEW) },
    h("caption.sr", { id: "title-layers" }, "Layers"),
    h("thead", {}, h("tr", {}, head("Layer"), KINDS.map((kind) => head(kind)), head("Gradient norm, log axis", axis))),
    h("tbody", {}, layers.map((_, layer) => layerRow(state, frame, layer, norms[layer], decades))),
  );
}

/** The length of each layer's gradient; NaN where the server tells none. @param {State} state */
function normsOf({ server, figures }) {
  const told = (figures?.readings ?? []).filter(({ norm }) => norm !== null);
  return (server?.layers ?? []).map((_, layer) => told.find((reading) => reading.layer === layer)?.norm ?? NaN);
}

/** @param {State} state @param {Frame} frame @param {number} layer @param {number} norm @param {readonly [number, number]} decades @returns {Node} */
function layerRow(state, frame, layer, norm, decades) {
  const last = layer === (state.server?.layers.length ?? 0) - 1;
  const name = last ? "Output" : `Layer ${layer + 1}`;
  const pictures = KINDS.map((kind, row) => h("td", { "data-kind": kind }, picture(frame, row, layer, `${kind} of ${last ? "the output" : `layer ${layer + 1}`}`)));
  const about = (frame.readings ?? []).filter((reading) => reading.layer === layer);
  const gradient = about.find((reading) => reading.about === "layer" && !reading.units.length);
  return h(
    "tr",
    { key: layer },
    h("th", { scope: "row" }, name, h("span.layers__activation", {}, nameOf(state.server?.layers[layer].activation ?? "")), unitsView(about)),
    pictures,
    h("td.layers__norm", { "data-kind": "Gradient norm" }, logBar(norm, decades), h("span.layers__value", { "data-norm": layer }, shortText(norm)), gradient ? verdictView(gradient) : null),
  );
}

/** How many units pass no gradient back. @param {readonly Reading[]} about */
function unitsView(about) {
  const bad = about.filter(({ units }) => units.length);
  const count = bad.reduce((sum, { units }) => sum + units.length, 0);
  if (!count) return null;
  const [word, grade] = verdictOf(bad[0].verdict);
  return h("span.layers__units", {}, gradeSign(grade), `${count} ${word}`);
}

/** @param {Reading} reading */
function verdictView({ verdict }) {
  const [word, grade] = verdictOf(verdict);
  return h("span.layers__verdict", {}, gradeSign(grade), word);
}

/** @param {Frame} frame @param {number} kind @param {number} layer @param {string} label @returns {Child | null} */
function picture({ histograms, histogram_ranges: ranges }, kind, layer, label) {
  const [, layers, bins] = histograms?.shape ?? [0, 0, 0];
  if (!histograms || !ranges || layer >= layers) return null;
  const at = kind * layers + layer;
  const [low, high] = ranges.values.subarray(2 * at, 2 * at + 2);
  return histogram(histograms.values.subarray(bins * at, bins * (at + 1)), low, high, label);
}
