/**
 * The descent page: optimisers race down a surface. The server runs the race (app/engine/race.py); here it is drawn.
 * @import { DescentState, Facts } from "./descenttypes"
 */
import { listenToTheme, readPalette, watchTheme } from "./dom/palette.js";
import { patchChildren } from "./dom/patch.js";
import { createAnnouncer } from "./dom/announcer.js";
import { element } from "./dom/element.js";
import { listenToContours } from "./dom/descent/hands.js";
import { listenToControls } from "./dom/descent/controls.js";
import { paintGrounds } from "./dom/descent/pictures.js";
import { keepAddress } from "./dom/descent/address.js";
import { createFigures, hasWebgl, loadPlotly } from "./dom/descent/plots.js";
import { keepPlaying } from "./dom/descent/player.js";
import { fetchGrounds, keepRacing } from "./dom/descent/races.js";
import { listenToTerrain } from "./dom/descent/turning.js";
import { firstState, reduce } from "./state/descent/race.js";
import { createStore } from "./store.js";
import { contourLabel, announcement, say } from "./views/descent/words.js";
import { countersView, groundsView, noticeView, scrubView, settingsView, transportView } from "./views/descent/controls.js";
import { heightsView } from "./views/descent/heights.js";
import { pathsView } from "./views/descent/contours.js";
import { runnersView } from "./views/descent/runners.js";

/** @type {Facts} */
const facts = JSON.parse(element("facts").textContent ?? "");
const store = createStore(reduce, firstState(facts));
const announcer = createAnnouncer(element("announcer"));
const figures = createFigures(element("ground"), element("terrain"));
/** @type {readonly unknown[]} */ let painted = [];
let asked = false;
let drawing = false;
let reading = false;

/** @param {HTMLElement} place */
const roomOf = (place) => ({ width: place.clientWidth, height: place.clientHeight });

function ask() {
  if (asked) return;
  asked = true;
  requestAnimationFrame((now) => {
    asked = false;
    render(store.get(), now);
  });
}

/** @param {DescentState} state @param {number} now */
function render(state, now) {
  const contours = element("contours");
  const size = contours.clientWidth;
  patchChildren(element("grounds"), groundsView(state));
  patchChildren(element("settings"), settingsView(state));
  patchChildren(element("transport"), transportView(state));
  patchChildren(element("counters"), countersView(state));
  patchChildren(element("scrub"), scrubView(state));
  patchChildren(element("notice"), noticeView(state));
  patchChildren(element("runners"), runnersView(state));
  patchChildren(element("paths"), pathsView(state, size));
  patchChildren(element("heights"), heightsView(state, roomOf(element("heights"))));
  contours.setAttribute("aria-label", contourLabel(state));
  showOfSurface(state);
  paint(state);
  announcer.tell(announcement(state));
  document.body.dataset.race = state.race ? state.race.race.surface : "none";
  document.body.dataset.settling = String(state.settling);
  drawFigures(now);
  if (state.race && !reading) readPlotly();
}

/** Once there is something to look at: reading Plotly keeps the page busy for a second. */
function readPlotly() {
  reading = true;
  const link = /** @type {HTMLLinkElement} */ (element("plotly"));
  const missing = () => store.dispatch({ type: "notice", text: say(facts.words, "no_plotly") });
  requestAnimationFrame(() => loadPlotly(link).then(ask, missing));
}

/** The figures take their time; while they wait for their turn nothing else is drawn again. @param {number} now */
function drawFigures(now) {
  const waits = figures.render(store.get(), element("contours").clientWidth, roomOf(element("terrain")), now);
  if (!waits || drawing) return;
  drawing = true;
  requestAnimationFrame((later) => {
    drawing = false;
    drawFigures(later);
  });
}

/** The words that belong to one surface. @param {DescentState} state */
function showOfSurface({ settings }) {
  for (const place of document.querySelectorAll("[data-surface]")) {
    if (place instanceof HTMLElement) place.hidden = place.dataset.surface !== settings?.surface;
  }
}

/** @param {DescentState} state */
function paint(state) {
  const needs = [state.grounds, state.palette];
  if (needs.every((need, row) => need === painted[row])) return;
  painted = needs;
  paintGrounds(state, element("grounds"));
}

/** @param {boolean} there */
function showTerrain(there) {
  store.dispatch({ type: "webgl", there });
  element("terrain").hidden = !there;
  element("terrain-note").hidden = !there;
  element("terrain-missing").hidden = there;
  document.body.dataset.webgl = String(there);
}

store.subscribe(ask);
store.dispatch({ type: "palette", palette: readPalette() });
watchTheme(() => store.dispatch({ type: "palette", palette: readPalette() }));
listenToTheme(/** @type {HTMLSelectElement} */ (element("button-theme")));
listenToControls(store);
listenToContours(store, element("contours"));
listenToTerrain(store, element("terrain"));
new ResizeObserver(ask).observe(element("heights"));
for (const name of ["contours", "terrain"]) new ResizeObserver(ask).observe(element(name));
showTerrain(hasWebgl());
store.dispatch({ type: "grounds", grounds: await fetchGrounds() });
store.dispatch({ type: "address", search: location.search });
keepPlaying(store);
keepAddress(store);
void keepRacing(store);
