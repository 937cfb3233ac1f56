/**
 * Which element of the page shows which view, and what a view depends on: only what has changed is drawn again.
 * @import { Child, State } from "../types"
 */
import { boardKeyView, brushView } from "./brush.js";
import { figuresView } from "./chart.js";
import { depthView, headsView } from "./heads.js";
import { networkCaption } from "./network.js";
import { dataPanel, inputsPanel } from "./data.js";
import { layerPanel, networkPanel, trainingPanel } from "./panels.js";
import { connectionView, countersView, noticeView, transportView } from "./transport.js";

/** What the settings are drawn from; the step's figures are not among it. @param {State} state */
const settings = ({ schema, drafts, server }) => [schema, drafts, server?.spec, server?.layers, server?.output];

/**
 * Settings need the schema's words and the server's values.
 * @param {(state: State) => readonly Child[]} view
 * @returns {(state: State) => readonly Child[]}
 */
const whenReady = (view) => (state) => (state.schema && state.server ? view(state) : []);

/**
 * Which region of the page shows which view, and what it must be drawn again for.
 * @type {[string, (state: State) => readonly Child[], (state: State) => unknown[]][]}
 */
export const REGIONS = [
  ["transport", transportView, (s) => [s.connection, s.server?.phase, s.server?.epochs_per_second]],
  ["counters", countersView, (s) => [s.server, s.frame]],
  ["connection", connectionView, (s) => [s.connection]],
  ["notice", noticeView, (s) => [s.notice, s.server?.phase, s.connection]],
  ["data", whenReady(dataPanel), settings],
  ["inputs", whenReady(inputsPanel), settings],
  ["depth", whenReady((s) => [depthView(s)]), settings],
  ["heads", whenReady(headsView), (s) => [...settings(s), s.ui.layer]],
  ["layer", whenReady(layerPanel), (s) => [...settings(s), s.ui.layer]],
  ["network-settings", whenReady(networkPanel), settings],
  ["training", whenReady(trainingPanel), settings],
  ["network-caption", (s) => networkCaption(s, s.frame), (s) => [s.server?.layers, s.frame === null]],
  ["brushes", brushView, (s) => [s.server?.spec, s.server?.task, s.palette, s.ui.brush, s.ui.selected, s.points]],
  ["board-key", boardKeyView, (s) => [s.points, s.edits, s.drag, s.ui.selected, s.server?.task]],
  ["figures", figuresView, (s) => [s.frame, s.server?.task]],
];
