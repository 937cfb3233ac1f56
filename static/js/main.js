/**
 * Joins the parts: actions into the store, commands to the server, and once per animation frame the newest state onto the page.
 * @import { Child, Command, SchemaFile, State } from "./types"
 */
import { connect } from "./connection.js";
import { createBoard } from "./dom/board.js";
import { remembering } from "./dom/canvas.js";
import { listenToControls } from "./dom/controls.js";
import { createDiagram } from "./dom/diagram.js";
import { readPalette, toggleTheme, watchTheme } from "./dom/palette.js";
import { patchChildren } from "./dom/patch.js";
import { createPlots } from "./dom/plot.js";
import { giveLabel, listenToBoard, pointKey, remove } from "./dom/pointer.js";
import { keep, kept, restoring, toStored } from "./keep.js";
import { INITIAL, reduce } from "./state.js";
import { nextMove } from "./state/points.js";
import { nextPatch } from "./state/spec.js";
import { createStore } from "./store.js";
import { tablesOf } from "./views/picture.js";
import { REGIONS } from "./views/regions.js";

const KEEP_PAUSE = 300;

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const store = createStore(reduce, INITIAL);
const tables = remembering(tablesOf);
const board = createBoard(element("board"), tables);
const diagram = createDiagram(element("diagram"), tables);
const plots = createPlots(element("axes"), element("chart"));
/** What rendering remembers between frames. */
const page = {
  scheduled: false,
  keeping: 0,
  drawn: /** @type {Map<string, unknown[]>} */ (new Map()),
  sizes: /** @type {Map<string, {width: number, height: number}>} */ (new Map()),
};
/** What was kept when the page was opened; points by hand are put back once, into a session begun anew. */
const restored = { stored: kept() };
if (restored.stored) store.dispatch({ type: "session", session: restored.stored.session });

const connection = connect(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`, {
  stored: () => (restored.stored = toStored(store.get()) ?? restored.stored),
  frame: (frame) => store.dispatch({ type: "frame", frame }),
  lost: (text, final) => store.dispatch({ type: "connection", connection: final ? "closed" : "lost", text }),
  message(message) {
    store.dispatch({ type: "message", message });
    if (message.type === "welcome" && !message.resumed && restored.stored) restoring(restored.stored).forEach(send);
  },
});

/** @param {Command} command */
function send(command) {
  const sent = { ...command, id: store.get().nextId };
  if (connection.send(sent)) store.dispatch({ type: "sent", command: sent });
  else store.dispatch({ type: "unsent", command });
}

function schedule() {
  if (page.scheduled) return;
  page.scheduled = true;
  requestAnimationFrame(render);
}

/** @param {number} now */
function render(now) {
  page.scheduled = false;
  for (const command of [nextPatch(store.get()), nextMove(store.get())]) if (command) send(command);
  const state = store.get();
  document.body.dataset.connection = state.connection;
  document.body.dataset.phase = state.server?.phase ?? "none";
  for (const [id, view, needs] of REGIONS) renderRegion(state, id, view, needs(state));
  renderPictures(state, now);
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
  patchChildren(element(id), view(state));
}

/** @param {State} state @param {number} now */
function renderPictures(state, now) {
  const [size, network, chart] = ["board", "diagram", "chart"].map(
    (id) => page.sizes.get(id) ?? { width: 0, height: 0 },
  );
  board.render(state, size.width);
  diagram.render(state, network.width, network.height, board.raster);
  if (state.frame) plots.load(element("plotly"), schedule);
  if (plots.render(state, size.width, chart, now)) schedule();
  element("board-hands").dataset.over = String(state.ui.hovered !== null);
  element("board").dataset.step = String(state.frame?.step ?? "");
}

/** Sizes are told, not asked for: asking would lay the page out anew in the middle of each frame. */
const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) page.sizes.set(target.id, contentRect);
  schedule();
});

/** What buttons outside the settings do. @type {Record<string, (target: HTMLElement) => void>} */
const ACTIONS = {
  play: () => send({ type: "play" }),
  pause: () => send({ type: "pause" }),
  step: () => send({ type: "step", batches: 1 }),
  epoch: () => send({ type: "step", epochs: 1 }),
  reset: () => send({ type: "reset" }),
  "new-weights": () => send({ type: "new_weights" }),
  reconnect: () => connection.retry(),
  dismiss: () => store.dispatch({ type: "notice", notice: null }),
  theme: toggleTheme,
  layer: ({ dataset }) =>
    store.dispatch({
      type: "layer",
      layer: store.get().ui.layer === Number(dataset.layer) ? null : Number(dataset.layer),
    }),
  "close-layer": () => store.dispatch({ type: "layer", layer: null }),
  brush: ({ dataset }) => giveLabel(store, send, Number(dataset.label), store.get().ui.selected),
  delete() {
    const { selected } = store.get().ui;
    if (selected !== null) remove(store, send, selected);
  },
};

const SHORTCUTS = /** @type {Record<string, string>} */ ({
  " ": "play",
  s: "step",
  e: "epoch",
  r: "reset",
  w: "new-weights",
});

/** @param {KeyboardEvent} event */
function shortcut(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (target.closest("select, input:not([type=range], [type=radio], [type=checkbox])")) return;
  if (event.key === " " && target.closest("button, input")) return;
  const name = SHORTCUTS[event.key.toLowerCase()];
  const button = name && element(`button-${name}`);
  if (button instanceof HTMLButtonElement) button.click();
  if (button || pointKey(store, send, event)) event.preventDefault();
}

function keepSoon() {
  clearTimeout(page.keeping);
  page.keeping = window.setTimeout(() => keep(toStored(store.get())), KEEP_PAUSE);
}

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("button[data-action]") : null;
  if (button instanceof HTMLElement) ACTIONS[button.dataset.action ?? ""]?.(button);
});
document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLSelectElement) || target.dataset.action !== "speed") return;
  send({ type: "set_speed", epochs_per_second: target.value ? Number(target.value) : null });
});
document.addEventListener("keydown", shortcut);
window.addEventListener("pagehide", () => keep(toStored(store.get())));
listenToControls(document.body, store);
listenToBoard(element("board-hands"), store, send);
store.subscribe(schedule);
store.subscribe(keepSoon);
watchTheme(() => store.dispatch({ type: "palette", palette: readPalette() }));
store.dispatch({ type: "palette", palette: readPalette() });
for (const id of ["board", "diagram", "chart"]) sizes.observe(element(id));
const answer = await fetch("/api/schema");
store.dispatch({ type: "schema", schema: /** @type {SchemaFile} */ (await answer.json()) });
