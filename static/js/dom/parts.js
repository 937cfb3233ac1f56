/**
 * The page's parts in a row. Each listens to its hands once; it may say which buttons it answers and what it draws by itself in
 * every animation frame. Regions that are drawn from state alone stand in views/regions.js, pictures in dom/page.js.
 * @import { Store } from "../store.js"
 * @import { State } from "../types"
 * @import { Diagram } from "./diagram.js"
 * @import { Send } from "./edits.js"
 */
import { listenToBench } from "./bench.js";
import { createBring } from "./bring.js";
import { listenToBranches } from "./branches.js";
import { listenToCharts } from "./charts.js";
import { listenToControls } from "./controls.js";
import { createComing } from "./coming.js";
import { createDigits } from "./digits.js";
import { createDrawer } from "./drawer.js";
import { listenToDrawing } from "./drawing.js";
import { listenToDiagram } from "./edges.js";
import { dialog, element } from "./element.js";
import { listenToGallery } from "./gallery.js";
import { createInputMaps } from "./inputmaps.js";
import { createExperiments } from "./experiments.js";
import { createHelp } from "./help.js";
import { createKeeping } from "./keeping.js";
import { createLesson } from "./lesson.js";
import { listenToCheck } from "./notes.js";
import { fillWalk, listenToWalk } from "./phaseview.js";
import { listenToBoard } from "./pointer.js";
import { listenToPlane } from "./plane.js";
import { createPresets } from "./presets.js";
import { listenToResults } from "./results.js";
import { createShare } from "./share.js";
import { createSurface } from "./surface.js";
import { listenToTable } from "./table.js";
import { createTakeHome } from "./takehome.js";
import { listenToTimeline } from "./timeline.js";
import { listenToTools } from "./tools.js";
import { listenToUntil } from "./until.js";
import { listenToWalking } from "./walking.js";
import { createWeightCard } from "./weightcard.js";

/** @typedef {{store: Store, send: Send, diagram: Diagram}} Desk what parts work with */
/** @typedef {Record<string, (target: HTMLElement) => unknown>} Buttons what a button's `data-action` does */
/** @typedef {{buttons?: Buttons, render?: (state: State) => void}} Part */

/**
 * In this order they hear an event that bubbles to the same element.
 * @type {readonly ((desk: Desk) => Part | void)[]}
 */
export const PARTS = [
  ({ store }) => createDrawer(element("drawer"), element("drawer-tabs"), element("drawer-grip"), store),
  ({ store }) => createLesson(element("lesson"), store),
  ({ store }) => createHelp(element("help"), store),
  ({ store, send }) => createBring(dialog("bring"), /** @type {HTMLInputElement} */ (element("bring-picker")), store, send),
  ({ store }) => createExperiments(dialog("experiments"), store),
  ({ store, send }) => createPresets(dialog("presets"), store, send),
  ({ store }) => createShare(dialog("share"), store),
  ({ store }) => createKeeping(dialog("session"), store),
  ({ store }) => createComing(store),
  ({ store }) => createTakeHome(dialog("take-home"), store),
  ({ store }) => listenToControls(document.body, store),
  ({ store }) => listenToCharts(element("chart-panel"), dialog("history"), store),
  ({ store, send }) => listenToBoard(element("board-hands"), store, send),
  ({ store, send }) => listenToTools(element("board-panel"), store, send),
  ({ store }) => listenToPlane(element("board-panel"), store),
  ({ store }) => createSurface(element("board"), /** @type {HTMLCanvasElement} */ (element("surface")), store),
  ({ store }) => listenToResults(element("results"), store),
  ({ store, send }) => listenToGallery(element("results"), store, send),
  ({ store }) => listenToDrawing(element("drawing"), store),
  ({ diagram }) => createWeightCard(element("weight-card"), element("diagram"), diagram),
  () => createDigits(),
  ({ store }) => createInputMaps(store),
  ({ store, send }) => listenToUntil(/** @type {HTMLFormElement} */ (element("until")), store, send),
  ({ store, send, diagram }) => {
    listenToWalk(element("walk"), element("diagram"), store, send, diagram);
    return { render: (state) => fillWalk(element("walk"), state) };
  },
  ({ store, diagram }) => listenToDiagram(element("diagram"), store, diagram),
  ({ store, diagram }) => listenToWalking(element("diagram"), element("weight-editor"), store, diagram),
  ({ store, send }) => listenToBranches(element("branches"), element("branch-compare"), store, send),
  ({ store, send }) => listenToTimeline(element("timeline"), store, send),
  ({ store }) => listenToCheck(element("gradient-check"), store),
  ({ store, send }) => listenToBench(element("bench"), store, send),
  ({ store, send }) => listenToTable(dialog("table"), store, send),
];
