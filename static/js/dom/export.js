/**
 * A picture of the page as it is now, as SVG and PNG: draws what is canvas at twice the screen's fineness, and writes into each
 * part of the diagram how the style sheet makes it look, so that the file needs neither.
 * @import { Drawn } from "../views/pagesvg.js"
 * @import { State } from "../types"
 */
import { lookOf } from "../state/look.js";
import { areaOf } from "../views/board.js";
import { pageNode, SIZES } from "../views/pagesvg.js";
import { tablesOf } from "../views/picture.js";
import { createBoundary } from "./boundary.js";
import { createDiagram } from "./diagram.js";
import { lookLight } from "./lightlook.js";
import { readPalette } from "./palette.js";
import { patchChildren } from "./patch.js";
import { ALL } from "./turns.js";

/** Pixels of a picture for each of the drawing's. */
const FINE = 2;
/** How a part of a drawing looks; `dominant-baseline` is told by its place instead, because not every program knows it. */
const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-size", "font-weight", "text-anchor"];
/** What those are of a part of which nothing is said. @type {Readonly<Record<string, string>>} */
const USUAL = { "fill-opacity": "1", stroke: "none", "stroke-width": "1px", "stroke-opacity": "1", "stroke-dasharray": "none", "stroke-linecap": "butt", "stroke-linejoin": "miter", opacity: "1", "text-anchor": "start", "font-weight": "400" };
const MIDDLE = 0.35;

/** @param {State} state with a frame @param {"light" | "shown"} colours @returns {string} the whole file */
export function pageSvg(state, colours) {
  const host = document.createElement("div");
  host.className = "picture-host";
  if (colours === "light") lookLight(host);
  document.body.append(host);
  try {
    const still = stilled(state, host);
    const place = document.createElement("div");
    host.append(place);
    patchChildren(place, [pageNode(still, drawn(still, host))]);
    const svg = /** @type {SVGSVGElement} */ (place.querySelector("svg"));
    for (const group of host.querySelectorAll(".diagram__svg > g")) svg.querySelector("#network")?.append(inlined(group));
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
  } finally {
    host.remove();
  }
}

/** The state without what hands are doing: nothing is pointed at, chosen, walked through or shown in space. @param {State} state @param {HTMLElement} host @returns {State} */
function stilled(state, host) {
  const { ui, tools, diagram, frame, server } = state;
  return {
    ...state,
    palette: { ...readPalette(host), scale: 1 },
    ui: { ...ui, hovered: null, selected: [], cursor: null },
    tools: { ...tools, loop: null },
    diagram: { ...diagram, hovered: null, pull: null, editing: null, stop: null },
    inspect: { ...state.inspect, unit: null, at: null },
    phaseview: { ...state.phaseview, walk: null },
    surface: { ...state.surface, on: false },
    server: server && { ...server, phase: "paused" },
    frame: frame && { ...frame, focus_unit: null },
  };
}

/** What is canvas on the page. @param {State} state @param {HTMLElement} host @returns {Drawn} */
function drawn(state, host) {
  const { board, diagram } = SIZES;
  const tables = tablesOf(/** @type {import("../types").Palette} */ (state.palette));
  const ground = fineCanvas("board__picture");
  const boundary = createBoundary(ground, () => tables);
  boundary.draw(state, areaOf(board, board, lookOf(state)), board);
  const root = document.createElement("div");
  root.className = "diagram";
  const maps = fineCanvas("diagram__maps");
  const [lines, lights] = ["diagram__lines", "diagram__lights"].map((name) => Object.assign(document.createElement("div"), { className: name }));
  root.append(maps, lines, lights);
  host.append(root);
  createDiagram(root, () => tables).render(state, diagram, boundary.raster, ALL);
  return { ground: ground.toDataURL("image/png"), maps: maps.toDataURL("image/png") };
}

/** @param {string} name */
function fineCanvas(name) {
  const canvas = document.createElement("canvas");
  canvas.className = name;
  canvas.dataset.ratio = String(FINE);
  return canvas;
}

/** A copy of a part of the diagram with its looks written down. @param {Element} part @returns {Element} */
function inlined(part) {
  const copy = /** @type {Element} */ (part.cloneNode(false));
  for (const name of ["class", "style", "id"]) copy.removeAttribute(name);
  if (!(part instanceof SVGGElement)) writeLooks(copy, getComputedStyle(part));
  for (const child of part.childNodes) copy.append(child instanceof Element ? inlined(child) : child.cloneNode());
  return copy;
}

/** @param {Element} copy @param {CSSStyleDeclaration} style */
function writeLooks(copy, style) {
  for (const name of LOOKS) {
    const value = style.getPropertyValue(name);
    const isLetters = copy.tagName === "text" || copy.tagName === "tspan";
    if (value && value !== USUAL[name] && (isLetters || !/^(font|text)-/.test(name))) copy.setAttribute(name, value);
    else copy.removeAttribute(name);
  }
  if (style.dominantBaseline !== "central") return;
  copy.removeAttribute("dominant-baseline");
  copy.setAttribute("dy", String(Math.round(MIDDLE * 100 * Number.parseFloat(style.fontSize)) / 100));
}

/** The same as pixels. @param {string} svg @returns {Promise<Blob>} a PNG */
export async function asPng(svg) {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width * FINE, image.height * FINE];
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ done) => canvas.toBlob(done, "image/png"));
    if (!blob) throw new Error("the browser makes no PNG");
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}
