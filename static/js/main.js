/**
 * Joins the parts: actions into the store, commands to the server, and once per animation frame the newest state onto the page.
 * @import { Turn } from "./dom/turns.js"
 * @import { Child, Command, EdgeMode, SchemaFile, State } from "./types"
 */
import { connect } from "./connection.js";
import { createBoard } from "./dom/board.js";
import { remembering } from "./dom/canvas.js";
import { listenToCharts } from "./dom/charts.js";
import { listenToControls } from "./dom/controls.js";
import { createBeside } from "./dom/beside.js";
import { createDiagram } from "./dom/diagram.js";
import { listenToDiagram } from "./dom/edges.js";
import { fillWalk, listenToWalk } from "./dom/phaseview.js";
import { createDrawer } from "./dom/drawer.js";
import { createHelp } from "./dom/help.js";
import { createNotes, listenToCheck } from "./dom/notes.js";
import { createAnnouncer } from "./dom/announcer.js";
import { listenToTheme, readPalette, watchTheme } from "./dom/palette.js";
import { patchChildren } from "./dom/patch.js";
import { createPlots } from "./dom/plot.js";
import { createPresets } from "./dom/presets.js";
import { createPull } from "./dom/pull.js";
import { pointKey } from "./dom/boardkeys.js";
import { giveLabel, remove } from "./dom/edits.js";
import { listenToBoard } from "./dom/pointer.js";
import { listenToBranches } from "./dom/branches.js";
import { partsAround, restrictPage } from "./dom/restrict.js";
import { listenToTable } from "./dom/table.js";
import { listenToTimeline } from "./dom/timeline.js";
import { listenToTools } from "./dom/tools.js";
import { createTurns } from "./dom/turns.js";
import { listenToResults } from "./dom/results.js";
import { listenToUntil } from "./dom/until.js";
import { listenToWalking } from "./dom/walking.js";
import { keep, keepLooks, kept, keptLooks, restoring, toLooks, toStored } from "./keep.js";
import { INITIAL, reduce } from "./state.js";
import { complaint, isLocked, lockedText, parseLink, refusalOf } from "./state/link.js";
import { nextWeight } from "./state/diagram.js";
import { nextInspect } from "./state/inspect.js";
import { nextView } from "./state/look.js";
import { nextMove } from "./state/points.js";
import { shortcutFor } from "./state/shortcuts.js";
import { nextWalk } from "./state/phaseview.js";
import { nextCompare } from "./state/branches.js";
import { nextSeek } from "./state/timeline.js";
import { nextPatch } from "./state/spec.js";
import { createStore } from "./store.js";
import { announcementOf } from "./views/announce.js";
import { keysView } from "./views/keys.js";
import { restricted } from "./views/locks.js";
import { tablesOf } from "./views/picture.js";
import { REGIONS } from "./views/regions.js";
import { speedCommand } from "./views/transport.js";
import { decodeFeatures } from "./wire.js";

const KEEP_PAUSE = 300;
/** Regions of figures that change with every frame. */
const FIGURES = new Set(["counters", "figures", "chart-key", "network-caption", "results", "timeline", "branch-list", "branch-compare"]);
/** Regions of many small pictures. */
const PANELS = new Set(["diagnostics"]);

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const store = createStore(reduce, INITIAL);
const tables = remembering(tablesOf);
const board = createBoard(element("board"), tables);
const pull = createPull(element("pull"));
const diagram = createDiagram(element("diagram"), tables);
const notes = createNotes(element("diagram"));
const beside = createBeside(element("diagram"), element("weight-readout"), element("weight-editor"), diagram);
const plots = createPlots(element("axes"), element("chart"));
const turns = createTurns();
const announcer = createAnnouncer(element("announcer"));
const drawer = createDrawer(element("drawer"), element("drawer-tabs"), element("drawer-grip"), store);
const help = createHelp(element("help"), store);
const presets = createPresets(/** @type {HTMLDialogElement} */ (element("presets")), store, send);
/** What rendering remembers between frames. */
const page = {
  scheduled: false,
  keeping: 0,
  drawn: /** @type {Map<string, unknown[]>} */ (new Map()),
  parts: new Map(REGIONS.map(([id]) => [id, partsAround(element(id))])),
  sizes: /** @type {Map<string, {width: number, height: number}>} */ (new Map()),
};
/** What was kept when the page was opened; points by hand are put back once, into a session begun anew. */
const restored = { stored: kept() };
if (restored.stored) store.dispatch({ type: "session", session: restored.stored.session });
const looks = keptLooks();
if (looks) {
  store.dispatch({ type: "charts", change: looks.charts });
  store.dispatch({ type: "edges", mode: looks.mode });
}

const connection = connect(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`, {
  stored: () => (restored.stored = toStored(store.get()) ?? restored.stored),
  frame: (frame) => store.dispatch({ type: "frame", frame }),
  lost: (text, final) => store.dispatch({ type: "connection", connection: final ? "closed" : "lost", text }),
  message(message) {
    store.dispatch({ type: "message", message });
    if (message.type === "welcome" && !message.resumed && restored.stored) restoring(restored.stored).forEach(transmit);
  },
});

/** What a hand asks for, unless the link has locked it. @param {Command} command */
function send(command) {
  const lock = refusalOf(store.get().link, command);
  if (lock === null) return transmit(command);
  store.dispatch({ type: "notice", notice: { kind: "info", about: "link", text: lockedText(lock) } });
}

/** @param {Command} command */
function transmit(command) {
  const sent = { ...command, id: store.get().nextId };
  if (connection.send(sent)) store.dispatch({ type: "sent", command: sent });
  else store.dispatch({ type: "unsent", command });
}

/** @param {Command | null} command */
function transmitSome(command) {
  if (command) transmit(command);
}

function schedule() {
  if (page.scheduled) return;
  page.scheduled = true;
  requestAnimationFrame(render);
}

/** @param {number} now */
function render(now) {
  page.scheduled = false;
  for (const next of [nextPatch, nextMove, nextWeight, nextView, nextInspect, nextSeek, nextCompare, nextWalk]) transmitSome(next(store.get()));
  const state = store.get();
  document.body.dataset.connection = state.connection;
  document.body.dataset.phase = state.server?.phase ?? "none";
  announcer.tell(announcementOf(state));
  const turn = turns.next(state, now);
  if (turn.waits) schedule();
  for (const [id, view, needs] of REGIONS)
    if (PANELS.has(id) ? turn.panels : turn.figures || !FIGURES.has(id)) renderRegion(state, id, view, needs(state));
  help.render(state);
  drawer.render(state);
  fillWalk(element("walk"), state);
  renderPictures(state, now, turn);
  for (const number of state.unacknowledged) connection.send({ type: "ack", number });
  store.dispatch({ type: "drawn" });
}

/**
 * @param {State} state
 * @param {string} id
 * @param {(state: State) => readonly Child[]} view
 * @param {unknown[]} needs
 */
function renderRegion(state, id, view, needs) {
  const before = page.drawn.get(id);
  if (before && needs.every((need, row) => need === before[row])) return;
  page.drawn.set(id, needs);
  patchChildren(element(id), restricted(view(state), state.link, page.parts.get(id) ?? []));
}

/** @param {State} state @param {number} now @param {Turn} turn */
function renderPictures(state, now, turn) {
  const [size, network, chart] = ["board", "diagram", "chart"].map(
    (id) => page.sizes.get(id) ?? { width: 0, height: 0 },
  );
  board.render(state, size.width);
  pull.render(state, size.width);
  if (turn.diagram) diagram.render(state, network.width, network.height, board.raster);
  if (turn.panels) notes.render(state, network.width, network.height);
  beside.place(state);
  if (state.frame) plots.load(element("plotly"), schedule);
  if (turn.charts && plots.render(state, size.width, chart, now)) schedule();
  element("board-hands").dataset.over = String(state.ui.hovered !== null);
  element("board-hands").dataset.tool = state.tools.tool;
  element("board").dataset.step = String(state.frame?.step ?? "");
  element("board").dataset.edits = String(state.edits.length);
}

/** Sizes are told, not asked for: asking would lay the page out anew in the middle of each frame. */
const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) page.sizes.set(target.id, contentRect);
  schedule();
});

/** What buttons outside the settings do. @type {Record<string, (target: HTMLElement) => void>} */
const ACTIONS = {
  // Whoever stops the playing of what is recorded does not want training to go on from there.
  play: () => travel.halt() || send({ type: "play" }),
  pause: () => send({ type: "pause" }),
  step: () => send({ type: "step", batches: 1 }),
  epoch: () => send({ type: "step", epochs: 1 }),
  reset: () => send({ type: "reset" }),
  "epoch-back": () => travel.go("epoch-back"),
  "epoch-forward": () => travel.go("epoch-forward"),
  "new-weights": () => send({ type: "new_weights" }),
  sample: () => walkOn("sample"),
  phase: () => walkOn("phase"),
  "phase-back": () => walkOn("back"),
  reconnect: () => connection.retry(),
  dismiss: () => store.dispatch({ type: "notice", notice: null }),
  tenth: goOnSlower,
  presets: presets.open,
  preset: ({ dataset }) => presets.choose(dataset.preset ?? ""),
  "close-help": help.close,
  present: () => present(!store.get().ui.present),
  leave: () => present(false),
  shortcuts: () => /** @type {HTMLDialogElement} */ (element("shortcuts")).showModal(),
  "close-sheet": (target) => target.closest("dialog")?.close(),
  layer: ({ dataset }) =>
    store.dispatch({
      type: "layer",
      layer: store.get().ui.layer === Number(dataset.layer) ? null : Number(dataset.layer),
    }),
  edges: ({ dataset }) => store.dispatch({ type: "edges", mode: /** @type {EdgeMode} */ (dataset.mode) }),
  "close-layer": () => store.dispatch({ type: "layer", layer: null }),
  brush: ({ dataset }) => giveLabel(store, send, Number(dataset.label), store.get().ui.selected),
  delete: () => remove(store, send, store.get().ui.selected),
  undo: () => send({ type: "undo" }),
  redo: () => send({ type: "redo" }),
  table: () => table.toggle(),
  "check-gradient": () => store.get().check.inFlight === null && send({ type: "check_gradient" }),
};

/** To another stop of the step that is walked through; its tab opens. @param {string} by */
function walkOn(by) {
  if (store.get().link.hide.includes("drawer")) return;
  if (store.get().drawer.tab !== "walk") store.dispatch({ type: "drawer", tab: "walk" });
  send({ type: "walk", by });
}

/** From the last good step of a run that went wrong, in smaller steps. */
function goOnSlower() {
  const rate = Number(store.get().server?.spec.training.optimizer.learning_rate);
  send({ type: "set_spec", spec: { training: { optimizer: { learning_rate: Number((rate / 10).toPrecision(12)) } } } });
  send({ type: "play" });
}

/** @param {boolean} on */
function present(on) {
  document.documentElement.toggleAttribute("data-present", on);
  element("button-present").setAttribute("aria-pressed", String(on));
  store.dispatch({ type: "present", on });
}

/** Keys that are typed into a control, or that a dialog hears, are no shortcuts. @param {HTMLElement} target */
function takesKeys(target) {
  const typing = "textarea, select, input:not([type=range], [type=radio], [type=checkbox]), [contenteditable]";
  return Boolean(target.closest(typing) || document.querySelector("dialog:modal"));
}

/** @param {KeyboardEvent} event */
function shortcut(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const row = shortcutFor(event);
  if (!row?.action || event.defaultPrevented || takesKeys(target)) return;
  if (event.key === " " && target.closest("button, input, summary, a")) return;
  if (row.action === "leave" && !store.get().ui.present) return;
  if (row.action !== "point") perform(row.action);
  if (row.action !== "point" || pointKey(store, send, event)) event.preventDefault();
}

/** What a shortcut asks for: its button, which may be disabled, or else its action. @param {string} action */
function perform(action) {
  const button = document.getElementById(`button-${action}`);
  const { link } = store.get();
  if (link.hide.includes(action) || isLocked(link, action) || button?.closest("[hidden]")) return;
  if (button instanceof HTMLButtonElement) button.click();
  else ACTIONS[action]?.(document.body);
}

function keepSoon() {
  clearTimeout(page.keeping);
  page.keeping = window.setTimeout(keepNow, KEEP_PAUSE);
}

function keepNow() {
  keep(toStored(store.get()));
  keepLooks(toLooks(store.get()));
}

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("button[data-action]") : null;
  if (button instanceof HTMLElement) ACTIONS[button.dataset.action ?? ""]?.(button);
});
document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLSelectElement) || target.dataset.action !== "speed") return;
  send(speedCommand(target.value));
});
document.addEventListener("keydown", shortcut);
window.addEventListener("pagehide", keepNow);
listenToControls(document.body, store);
listenToCharts(element("chart-panel"), /** @type {HTMLDialogElement} */ (element("history")), store);
listenToBoard(element("board-hands"), store, send);
listenToTools(element("board-panel"), store, send);
listenToResults(element("results"), store);
listenToUntil(/** @type {HTMLFormElement} */ (element("until")), store, send);
listenToWalk(element("walk"), element("diagram"), store, send, diagram);
listenToDiagram(element("diagram"), store, diagram);
listenToWalking(element("diagram"), element("weight-editor"), store, diagram);
listenToBranches(element("branches"), element("branch-compare"), store, send);
const travel = listenToTimeline(element("timeline"), store);
listenToCheck(element("gradient-check"), store);
const table = listenToTable(/** @type {HTMLDialogElement} */ (element("table")), store, send);
store.subscribe(schedule);
store.subscribe(keepSoon);
const link = parseLink(location.search);
store.dispatch({ type: "link", link });
restrictPage(document.body, link);
patchChildren(element("keys"), keysView());
present(link.present);
listenToTheme(/** @type {HTMLSelectElement} */ (element("button-theme")));
watchTheme(() => store.dispatch({ type: "palette", palette: readPalette() }));
store.dispatch({ type: "palette", palette: readPalette() });
for (const id of ["board", "diagram", "chart"]) sizes.observe(element(id));
fetch("/api/feature-maps")
  .then((file) => file.arrayBuffer())
  .then((buffer) => store.dispatch({ type: "features", features: decodeFeatures(buffer) }), () => {});
const answer = await fetch("/api/schema");
const schema = /** @type {SchemaFile} */ (await answer.json());
store.dispatch({ type: "schema", schema });
const strange = complaint(link, schema.experiment);
if (strange) store.dispatch({ type: "notice", notice: { kind: "warning", about: "link", text: strange } });
