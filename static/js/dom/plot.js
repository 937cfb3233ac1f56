/**
 * The only module that names Plotly. It arrives late; until then the board and the figures do without.
 * @import { State } from "../types"
 */
import { axesFigure } from "../views/board.js";
import { lossFigure } from "../views/chart.js";

/** The chart is drawn at most this often; every picture between would be read by nobody. Milliseconds. */
const CHART_PAUSE = 160;
const CONFIG = { displayModeBar: false, displaylogo: false, showSendToCloud: false, responsive: false };

/** @param {HTMLElement} axes @param {HTMLElement} chart */
export function createPlots(axes, chart) {
  /** @type {readonly unknown[]} */ let drawnAxes = [];
  /** @type {readonly unknown[]} */ let drawnChart = [];
  let next = 0;
  let asked = false;
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
     * @returns {boolean} whether the chart still waits for its turn
     */
    render(state, size, room, now) {
      const { palette, server } = state;
      if (typeof Plotly === "undefined" || !palette || !server) return false;
      const axesNeeds = [palette, server.view.extent, size];
      if (size && differ(axesNeeds, drawnAxes)) {
        drawnAxes = axesNeeds;
        drawAxes(axes, state, size);
      }
      const chartNeeds = [palette, state.history, room.width, room.height];
      if (!room.width || !differ(chartNeeds, drawnChart)) return false;
      if (now < next) return true;
      next = now + CHART_PAUSE;
      drawnChart = chartNeeds;
      drawChart(chart, state, room);
      return false;
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
  const { data, layout } = axesFigure(state.palette, state.server.view.extent);
  void Plotly.react(element, data, { ...layout, width: size, height: size }, { ...CONFIG, staticPlot: true });
}

/** @param {HTMLElement} element @param {State} state @param {{width: number, height: number}} room */
function drawChart(element, state, room) {
  if (!state.palette) return;
  const { data, layout } = lossFigure(state.history, state.palette);
  void Plotly.react(element, data, { ...layout, ...room }, CONFIG);
}
