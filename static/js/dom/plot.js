/**
 * The only module that names Plotly. It arrives late; until then the board and the figures do without.
 * @import { State } from "../types"
 */
import { lookOf } from "../state/look.js";
import { pastStep } from "../state/timeline.js";
import { axesOf } from "../views/axes.js";
import { axesFigure } from "../views/board.js";
import { chartWords } from "../views/chartpanel.js";
import { chartFigure } from "../views/charts.js";
import { liveChart } from "../views/livechart.js";
import { rowsShown } from "../views/series.js";
import { createLiveChart } from "./livechart.js";

/** Plotly draws the chart at most this often; every picture between would be read by nobody. Milliseconds. */
const CHART_PAUSE = 170;
/** While training runs or a point is dragged and nobody points at it, the chart is a canvas that is drawn this often. Milliseconds. */
const LIVE_PAUSE = 100;
/** So long after the last change nothing changes any more, as far as Plotly is concerned: an edit's redraw would be felt in the hand. Milliseconds. */
const CALM = 250;
/** And it rests this many times as long as it took: on a slow machine the board and the hand on it come first. */
const CHART_REST = 12;
/** How often the chart says in words what it shows. Milliseconds. */
const WORDS_PAUSE = 1000;
/** While a hand zooms, the numbers at the axes follow the picture this often. Milliseconds. */
const AXES_PAUSE = 50;
const CONFIG = { displayModeBar: false, displaylogo: false, showSendToCloud: false, responsive: false };

/** @param {HTMLElement} axes @param {HTMLElement} chart */
export function createPlots(axes, chart) {
  /** @type {readonly unknown[]} */ let drawnAxes = [];
  /** @type {readonly unknown[]} */ let drawnChart = [];
  /** @type {readonly unknown[]} */ let drawnWish = [];
  /** @type {readonly unknown[]} */ let seenData = [];
  let calmAt = 0;
  let next = 0;
  let nextAsked = 0;
  let nextAxes = 0;
  let nextWords = 0;
  let worded = drawnChart;
  let asked = false;
  let pointed = false;
  const live = createLiveChart(chart);
  chart.addEventListener("pointerenter", () => (pointed = true));
  chart.addEventListener("pointerleave", () => (pointed = false));

  /** The words that go with the chart, at most once a second. @param {State} state @param {number} now @returns {boolean} whether they wait */
  function wordsWait(state, now) {
    if (worded === drawnChart) return false;
    if (now < nextWords) return true;
    nextWords = now + WORDS_PAUSE;
    worded = drawnChart;
    chart.setAttribute("aria-label", chartWords(state));
    return false;
  }

  /**
   * The chart by Plotly, or quickly on a canvas: while it has to be, and until what it shows has been the same for a moment.
   * @param {State} state @param {{width: number, height: number}} room @param {number} now @param {{must: boolean, may: boolean}} quick
   * @returns {boolean} whether it waits for its turn
   */
  function renderChart(state, room, now, { must, may }) {
    const { server, palette } = state;
    const data = [rowsShown(state).at(-1), state.history, state.marks, pastStep(state)];
    if (differ(data, seenData)) [seenData, calmAt] = [data, now + CALM];
    const wish = [state.charts, palette, server?.layers, room.width, room.height];
    // Another chart, or other room for it, is a hand's wish: it does not wait until a slow drawing has rested.
    const wished = differ(wish, drawnWish);
    const calming = may && now < calmAt;
    const quickly = must || (calming && !wished);
    const needs = [...data, ...wish, quickly];
    if (!room.width || !differ(needs, drawnChart)) return wordsWait(state, now) || (quickly && calming);
    if (now < (wished ? nextAsked : next)) return true;
    drawnChart = needs;
    drawnWish = wish;
    const begun = performance.now();
    if (quickly) live.show(liveChart(chartFigure(state, room.height, false), room.width, room.height), room.width, room.height);
    else drawChart(chart, state, room);
    if (!quickly) live.hide();
    const took = performance.now() - begun;
    nextAsked = now + (quickly ? LIVE_PAUSE : CHART_PAUSE);
    next = now + (quickly ? LIVE_PAUSE : Math.max(CHART_PAUSE, CHART_REST * took));
    return wordsWait(state, now) || (quickly && calming);
  }

  return {
    /**
     * Bring Plotly in, once there is something to look at: reading it keeps the page busy for a second.
     * @param {HTMLElement} link the preload link that knows its address
     * @param {() => void} done
     */
    load(link, done) {
      if (asked) return;
      asked = true;
      const script = document.createElement("script");
      script.src = /** @type {HTMLLinkElement} */ (link).href;
      script.addEventListener("load", done);
      document.head.append(script);
    },
    /**
     * @param {State} state
     * @param {number} size of the board
     * @param {{width: number, height: number}} room for the chart
     * @param {number} now milliseconds
     * @returns {boolean} whether the chart or the axes still wait for their turn
     */
    render(state, size, room, now) {
      const { palette, server } = state;
      if (!palette || !server) return false;
      const absent = typeof Plotly === "undefined";
      if (absent) return renderChart(state, room, now, { must: true, may: true });
      const { centre, extent } = lookOf(state);
      const axesNeeds = [palette, ...centre, extent, size, axesOf(state)];
      const wait = now < nextAxes;
      if (size && !wait && differ(axesNeeds, drawnAxes)) {
        drawnAxes = axesNeeds;
        nextAxes = now + AXES_PAUSE;
        drawAxes(axes, state, size);
      }
      const axesWait = wait && differ(axesNeeds, drawnAxes);
      const busy = server.phase === "playing" || state.drag !== null;
      const chartWaits = renderChart(state, room, now, { must: busy && !pointed, may: !pointed });
      return axesWait || chartWaits;
    },
  };
}

/** @param {readonly unknown[]} now @param {readonly unknown[]} before */
function differ(now, before) {
  return now.some((need, row) => need !== before[row]);
}

/** @param {HTMLElement} element @param {State} state @param {number} size */
function drawAxes(element, state, size) {
  if (!state.palette || !state.server) return;
  const { data, layout } = axesFigure(state.palette, lookOf(state), axesOf(state), state.server.inputs);
  void Plotly.react(element, data, { ...layout, width: size, height: size }, { ...CONFIG, staticPlot: true });
}

/** @param {HTMLElement} element @param {State} state @param {{width: number, height: number}} room */
function drawChart(element, state, room) {
  if (!state.palette) return;
  const { data, layout } = chartFigure(state, room.height);
  // Not `...room`: a measured rectangle has no properties of its own.
  void Plotly.react(element, data, { ...layout, width: room.width, height: room.height }, CONFIG);
}
