/**
 * The descent page's figures by Plotly: the contours' ground, and the surface in 3-D, which rests as long as it takes to draw.
 * @import { DescentState } from "../../descenttypes"
 */
import { groundOf } from "../../state/descent/race.js";
import { contourFigure } from "../../views/descent/contours.js";
import { relief, terrainFigure } from "../../views/descent/terrain.js";

const CONFIG = { displayModeBar: false, displaylogo: false, showSendToCloud: false, responsive: false };
/** Between two pictures in 3-D, and in times of what the last one took: the rest of the page comes first. Milliseconds. */
const PAUSE = 60;
const REST = 3;

/** Whether this browser draws in 3-D. */
export function hasWebgl() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}

/** @param {HTMLLinkElement} link the preload link that knows Plotly's address @returns {Promise<void>} */
export function loadPlotly(link) {
  const script = document.createElement("script");
  script.src = link.href;
  return new Promise((done, failed) => {
    script.addEventListener("load", () => done());
    script.addEventListener("error", failed);
    document.head.append(script);
  });
}

/** @param {HTMLElement} ground @param {HTMLElement} terrain */
export function createFigures(ground, terrain) {
  /** @type {readonly unknown[]} */ let drawnGround = [];
  /** @type {readonly unknown[]} */ let drawnTerrain = [];
  /** @type {ReturnType<typeof relief> | null} */ let solid = null;
  let next = 0;
  let drawing = false;

  /** @param {DescentState} state */
  const solidOf = (state) => {
    const here = groundOf(state);
    if (here && solid?.ground !== here) solid = relief(here);
    return solid;
  };

  /** @param {DescentState} state @param {number} size @returns {boolean} whether it was drawn */
  function renderGround(state, size) {
    const here = groundOf(state);
    const needs = [state.palette, here, size];
    if (!here || !state.palette || !size || same(needs, drawnGround)) return false;
    drawnGround = needs;
    const { data, layout } = contourFigure(state.palette, here);
    void Plotly.react(ground, data, { ...layout, width: size, height: size }, { ...CONFIG, staticPlot: true });
    return true;
  }

  /** @param {DescentState} state @param {{width: number, height: number}} room @param {number} now @returns {boolean} whether it waits */
  function renderTerrain(state, { width, height }, now) {
    const here = solidOf(state);
    const needs = [state.palette, here, width, height, state.race, state.step, state.settings?.on, state.dragging, state.eye];
    if (!state.webgl || !here || !state.palette || !width || same(needs, drawnTerrain)) return false;
    if (drawing || now < next) return true;
    drawnTerrain = needs;
    drawing = true;
    const begun = performance.now();
    const { data, layout } = terrainFigure(state, here, { width, height });
    const done = () => {
      drawing = false;
      const took = performance.now() - begun;
      next = performance.now() + Math.max(PAUSE, REST * took);
    };
    Plotly.react(terrain, data, { ...layout, width, height }, CONFIG).then(done, done);
    return false;
  }

  return {
    /** @param {DescentState} state @param {number} size of the contours @param {{width: number, height: number}} room for the 3-D picture @param {number} now milliseconds @returns {boolean} whether something waits */
    render(state, size, room, now) {
      if (typeof Plotly === "undefined") return false;
      // What is looked at first is on the screen before the other is begun.
      return renderGround(state, size) || renderTerrain(state, room, now);
    },
  };
}

/** @param {readonly unknown[]} now @param {readonly unknown[]} before */
function same(now, before) {
  return now.length === before.length && now.every((need, row) => need === before[row]);
}
