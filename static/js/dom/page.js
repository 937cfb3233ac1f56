/**
 * Once per animation frame the newest state onto the page: regions whose state has changed, then pictures by turns. What has been
 * chosen or typed is answered at once, so that the next key finds the field that it is meant for.
 * @import { Store } from "../store.js"
 * @import { Child, Palette, State } from "../types"
 * @import { Tables } from "../views/picture.js"
 * @import { Diagram } from "./diagram.js"
 * @import { Part } from "./parts.js"
 * @import { Turn } from "./turns.js"
 */
import { announcementOf } from "../views/announce.js";
import { restricted } from "../views/locks.js";
import { REGIONS } from "../views/regions.js";
import { createAnnouncer } from "./announcer.js";
import { createBeside } from "./beside.js";
import { createBoard } from "./board.js";
import { element } from "./element.js";
import { createNotes } from "./notes.js";
import { patchChildren } from "./patch.js";
import { createPlots } from "./plot.js";
import { createPull } from "./pull.js";
import { partsAround } from "./restrict.js";
import { createTurns } from "./turns.js";

/** Regions of figures that change with every frame. */
const FIGURES = new Set(["counters", "figures", "chart-key", "network-caption", "results", "timeline", "branch-list", "branch-compare"]);
/** Regions of many small pictures. */
const PANELS = new Set(["diagnostics"]);
/** What pictures fill. */
const SIZED = ["board", "diagram", "chart"];

/**
 * @param {Store} store @param {Diagram} diagram @param {(palette: Palette) => Tables} tables
 * @param {{ask: () => void, shown: () => void}} server asked before a frame is drawn, told after it
 */
export function createPage(store, diagram, tables, server) {
  const board = createBoard(element("board"), tables);
  const pull = createPull(element("pull"));
  const notes = createNotes(element("diagram"));
  const beside = createBeside(element("diagram"), element("weight-readout"), element("weight-editor"), diagram);
  const plots = createPlots(element("axes"), element("chart"));
  const turns = createTurns();
  const announcer = createAnnouncer(element("announcer"));
  const renderRegion = createRegions();
  /** @type {Part[]} */
  const parts = [];
  let scheduled = false;

  /** Sizes are told, not asked for: asking would lay the page out anew in the middle of each frame. @type {Map<string, {width: number, height: number}>} */
  const sizes = new Map(SIZED.map((id) => [id, { width: 0, height: 0 }]));
  const observer = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) sizes.set(target.id, contentRect);
    schedule();
  });

  function schedule() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(render);
  }

  /** @param {number} now */
  function render(now) {
    scheduled = false;
    server.ask();
    const state = store.get();
    document.body.dataset.connection = state.connection;
    document.body.dataset.phase = state.server?.phase ?? "none";
    announcer.tell(announcementOf(state));
    const turn = turns.next(state, now);
    if (turn.waits) schedule();
    renderRegions(state, turn);
    renderPictures(state, now, turn);
    server.shown();
  }

  /** @param {State} state @param {{figures: boolean, panels: boolean}} turn */
  function renderRegions(state, turn) {
    for (const [id, view, needs] of REGIONS)
      if (PANELS.has(id) ? turn.panels : turn.figures || !FIGURES.has(id)) renderRegion(state, id, view, needs(state));
    for (const part of parts) part.render?.(state);
  }

  /** @param {State} state @param {number} now @param {Turn} turn */
  function renderPictures(state, now, turn) {
    const [size, network, chart] = SIZED.map((id) => sizes.get(id) ?? { width: 0, height: 0 });
    board.render(state, size.width);
    pull.render(state, size.width);
    if (turn.diagram) diagram.render(state, network, board.raster, turn);
    if (turn.panels) notes.render(state, network.width, network.height);
    beside.place(state);
    if (state.frame) plots.load(element("plotly"), schedule);
    if (turn.charts && plots.render(state, size.width, chart, now)) schedule();
    element("board-hands").dataset.over = String(state.ui.hovered !== null);
    element("board-hands").dataset.tool = state.tools.tool;
    element("board").dataset.step = String(state.frame?.step ?? "");
    element("board").dataset.edits = String(state.edits.length);
  }

  store.subscribe(schedule);
  window.addEventListener("change", () => scheduled && renderRegions(store.get(), { figures: false, panels: false }));
  for (const id of SIZED) observer.observe(element(id));
  return {
    /** @param {Part} part that draws something by itself */
    add: (part) => void parts.push(part),
  };
}

/** Draws a region again where something that it needs has changed. */
function createRegions() {
  /** @type {Map<string, unknown[]>} */
  const drawn = new Map();
  /** @type {State["link"] | null} */
  let link = null;
  const around = new Map(REGIONS.map(([id]) => [id, partsAround(element(id))]));
  return (/** @type {State} */ state, /** @type {string} */ id, /** @type {(state: State) => readonly Child[]} */ view, /** @type {unknown[]} */ needs) => {
    // What is hidden and locked concerns them all.
    if (state.link !== link) drawn.clear();
    link = state.link;
    const before = drawn.get(id);
    if (before && needs.every((need, row) => need === before[row])) return;
    drawn.set(id, needs);
    patchChildren(element(id), restricted(view(state), state.link, around.get(id) ?? []));
  };
}
