/**
 * Which element of the page shows which view, and what a view depends on: only what has changed is drawn again.
 * @import { Child, State } from "../types"
 */
import { trainedCount } from "../state/parts.js";
import { rangeOf } from "./board.js";
import { benchNeeds, benchView } from "./bench.js";
import { boardKeyView, brushView, chosenView } from "./brush.js";
import { bringNeeds, bringView } from "./bring.js";
import { checkNeeds, checkView } from "./check.js";
import { comingView } from "./coming.js";
import { diagnosticsNeeds, diagnosticsView } from "./diagnostics.js";
import { walkNeeds, walkView } from "./phaseview.js";
import { drawerCloseView, drawerTabsView } from "./drawer.js";
import { drawingNeeds, drawingView } from "./drawing.js";
import { experimentsNeeds, experimentsView } from "./experiments.js";
import { readoutView } from "./readout.js";
import { figuresView } from "./chart.js";
import { chartKeyView, chartOptionsView, chartTabsView, historyTableView } from "./chartpanel.js";
import { depthView, headsView } from "./heads.js";
import { networkCaption } from "./network.js";
import { dataPanel, inputsPanel } from "./data.js";
import { layerPanel } from "./layer.js";
import { networkPanel } from "./panels.js";
import { axisRightView, axisUpView, planeView } from "./plane.js";
import { presetsView } from "./presets.js";
import { resultsNeeds, resultsView } from "./results.js";
import { leftOffNeeds, leftOffView, sessionNeeds, sessionView } from "./keeping.js";
import { shareNeeds, shareView } from "./share.js";
import { untilView } from "./until.js";
import { tableView } from "./table.js";
import { takeHomeNeeds, takeHomeView } from "./takehome.js";
import { toolOptionsView, toolsView, zoomView } from "./tools.js";
import { editorView, focusCaption, liveView, modesView, readoutView as weightReadout, shownWeight } from "./weight.js";
import { previewNeeds } from "./schedule.js";
import { branchCompareView, branchListView, branchesNeeds } from "./branches.js";
import { lessonNeeds, lessonView, sidesView } from "./lesson.js";
import { lessonAnnounced } from "./lessonverdict.js";
import { timelineView } from "./timeline.js";
import { trainingPanel } from "./training.js";
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
  ["transport", transportView, (s) => [s.link, s.connection, s.coming, s.server?.phase, s.leaving, s.server?.epochs_per_second, s.server?.steps_per_second]],
  ["counters", countersView, (s) => [s.server, s.frame]],
  ["connection", connectionView, (s) => [s.connection, s.coming]],
  ["coming", comingView, (s) => [s.connection, s.coming]],
  ["notice", noticeView, (s) => [s.notice, s.server?.phase, s.connection, s.keeping.retry, s.keeping.unsaved]],
  ["data", whenReady(dataPanel), (s) => [...settings(s), s.server?.preparation, s.bring.used, s.palette]],
  ["inputs", whenReady(inputsPanel), (s) => [...settings(s), s.bring.used, s.server?.chart]],
  ["depth", whenReady((s) => [depthView(s)]), settings],
  ["heads", whenReady(headsView), (s) => [...settings(s), s.ui.layer]],
  ["layer", whenReady(layerPanel), (s) => [...settings(s), s.ui.layer]],
  ["network-settings", whenReady(networkPanel), settings],
  ["training", whenReady(trainingPanel), (s) => [...settings(s), trainedCount(s.points), ...previewNeeds(s)]],
  ["edge-modes", modesView, (s) => [s.diagram.mode]],
  ["network-caption", networkCaption, (s) => [s.server?.layers, s.frame, s.diagram.mode]],
  ["weight-readout", weightReadout, (s) => (shownWeight(s) ? [s.diagram, s.frame, s.server, s.drafts] : [null])],
  ["weight-editor", editorView, (s) => (s.diagram.editing ? [s.diagram, s.frame, s.server, s.drafts, s.schema] : [null])],
  ["diagram-live", liveView, (s) => [s.diagram.stop, s.diagram.pull, s.drafts, s.server?.spec]],
  ["board-focus", focusCaption, (s) => [s.frame?.focus_unit, s.frame?.focus_range]],
  ["brushes", brushView, (s) => [s.server?.spec, s.server?.task, s.server?.chart, s.palette, s.ui.brush, s.ui.selected, s.points, ...rangeOf(s)]],
  ["tools", toolsView, (s) => [s.tools, s.surface.on, s.server?.task, s.server?.chart, s.server?.undo, s.server?.redo, s.table.open]],
  ["tool-options", toolOptionsView, (s) => [s.tools.tool, s.tools.radius, s.ui.selected, s.points]],
  ["zoom", zoomView, () => []],
  ["board-key", boardKeyView, (s) => [s.points, s.edits, s.server?.task, s.wrong, s.tools.tests]],
  ["chosen", chosenView, (s) => [s.link, s.points, s.edits, s.drag, s.ui.selected, s.server?.task, s.tools.tool, s.server?.axes, s.server?.labels]],
  ["axis-up", axisUpView, (s) => [s.server?.axes, s.server?.inputs, s.plane.wanted]],
  ["axis-right", axisRightView, (s) => [s.server?.axes, s.server?.inputs, s.plane.wanted]],
  ["plane", planeView, (s) => [s.server?.axes, s.server?.inputs, s.plane, s.ui.selected, s.points]],
  ["readout", readoutView, (s) => [s.inspect.at, s.frame?.probe, s.server?.task, s.server?.axes, s.server?.labels]],
  ["table-body", tableView, (s) => (s.table.open ? [s.table, s.points, s.edits, s.drag, s.ui.selected, s.server?.task, s.server?.axes, s.server?.labels] : [])],
  ["figures", figuresView, (s) => [s.frame, s.server?.task]],
  ["chart-tabs", chartTabsView, (s) => [s.charts.kind, s.charts.log, s.charts.options, s.server?.task]],
  ["chart-options", chartOptionsView, (s) => [s.charts]],
  ["chart-key", chartKeyView, (s) => [s.charts, s.palette, s.history, s.server?.layers]],
  ["history-body", historyTableView, (s) => (s.charts.table ? [s.history, s.charts, s.server?.task] : [])],
  ["results", resultsView, resultsNeeds],
  ["until", whenReady(untilView), (s) => [s.until, s.schema, s.server?.task, s.server?.phase, s.leaving, s.connection]],
  ["drawer-tabs", drawerTabsView, (s) => [s.drawer.tab, s.server?.image, s.server?.phase, s.bench.told]],
  ["drawing", drawingView, drawingNeeds],
  ["diagnostics", diagnosticsView, diagnosticsNeeds],
  ["gradient-check", checkView, checkNeeds],
  ["bench", benchView, benchNeeds],
  ["walk", walkView, walkNeeds],
  ["drawer-close", drawerCloseView, (s) => [s.drawer.tab]],
  ["timeline", timelineView, (s) => [s.timeline, s.server?.step, s.server?.phase, s.marks, s.connection]],
  ["branch-list", branchListView, branchesNeeds],
  ["branch-compare", branchCompareView, branchesNeeds],
  ["bring-body", bringView, bringNeeds],
  ["experiments-body", experimentsView, experimentsNeeds],
  ["presets-list", presetsView, (s) => [s.presets]],
  ["share-body", shareView, shareNeeds],
  ["session-body", sessionView, sessionNeeds],
  ["left-off", leftOffView, leftOffNeeds],
  ["take-body", takeHomeView, takeHomeNeeds],
  ["lesson", lessonView, lessonNeeds],
  ["lesson-sides", sidesView, (s) => [s.lesson.words, s.lesson.side]],
  ["lesson-live", (s) => [lessonAnnounced(s)], (s) => [s.lesson.news, s.lesson.tasks, s.lesson.lesson]],
];
