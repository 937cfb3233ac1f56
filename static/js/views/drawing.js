/**
 * The tab "Draw": a pad for a digit, or a row of the data set in its place, the picture as the network sees it, and how
 * likely each class is to it.
 * @import { Child, State } from "../types"
 */
import { imageOf, largestAt, readingOf } from "../state/pixels.js";
import { percent } from "./classes.js";
import { helpButton } from "./help.js";
import { readingText, shortName } from "./reading.js";
import { h, icon } from "./tree.js";

/** Only while the tab is open. @param {State} state */
const isOpen = (state) => state.drawer.tab === "drawing" && state.palette !== null && imageOf(state) !== null;

/** What the tab is drawn again for. @param {State} state @returns {unknown[]} */
export function drawingNeeds(state) {
  if (!isOpen(state)) return [null];
  const { inspect, frame, server, palette, drawing } = state;
  return [inspect.sample, frame?.probe, server?.labels, server?.task, server?.image, palette, drawing, state.points, state.wrong.size > 0];
}

/** @param {State} state @returns {Child[]} */
export function drawingView(state) {
  if (!isOpen(state)) return [];
  return [h("div.drawing", {}, padView(state), seenView(state), answerView(state)), h("p.sr", { role: "status", id: "drawing-said" }, saidText(state))];
}

/** @param {State} state */
function saidText(state) {
  const { said } = state.drawing;
  return said ? readingText(state, said.label, said.share) : "";
}

/** @param {State} state */
function padView(state) {
  const { sample } = state.inspect;
  const row = sample && "row" in sample ? state.points.findIndex(([id]) => id === sample.row) + 1 : 0;
  const empty = !state.drawing.strokes.length && !row;
  return h(
    "section.drawing__block.drawing__block--pad",
    { "aria-label": "Draw" },
    h("h3.drawing__title", {}, "Draw a digit", helpButton("drawing", "Draw")),
    h(
      "div.drawing__pad",
      { "data-empty": String(empty) },
      h("canvas.drawing__canvas", {
        id: "drawing-pad",
        role: "img",
        "aria-label": "Pad to draw on with mouse, pen or finger. From the keyboard: choose a row of the data set beside it.",
      }),
      empty ? h("p.drawing__hint", {}, "Draw here") : null,
    ),
    h(
      "div.drawing__tools",
      {},
      h("button.button", { type: "button", "data-action": "draw-clear", "data-reads": "", disabled: empty }, icon("trash"), "Clear"),
      h(
        "label.drawing__row",
        {},
        h("span", {}, "or row"),
        h("input.text", { id: "drawing-row", type: "text", inputmode: "numeric", autocomplete: "off", "data-reads": "", value: row ? String(row) : "", "aria-describedby": "drawing-rows" }),
        h("span.drawing__of", { id: "drawing-rows" }, `of ${state.points.length}`),
      ),
      h("button.button", { type: "button", "data-action": "next-wrong", "data-reads": "", disabled: !state.wrong.size }, "Next mistake"),
    ),
  );
}

/** The canvas is filled by dom/digits.js. @param {State} state */
function seenView(state) {
  const { width, height } = /** @type {{width: number, height: number}} */ (imageOf(state));
  const { sample } = state.inspect;
  const point = sample && "row" in sample ? state.points.find(([id]) => id === sample.row) : undefined;
  return h(
    "section.drawing__block",
    { "aria-label": "As the network sees it" },
    h("h3.drawing__title", {}, "As the network sees it"),
    h("canvas.digit.drawing__seen", { id: "drawing-seen", width, height, role: "img", "aria-label": `The picture as ${width} by ${height} pixels` }),
    h("p.drawing__note", {}, point && state.server?.task === "classification" ? `The data set says: ${shortName(state, point[3])}` : `${width} × ${height} pixels`),
  );
}

/** @param {State} state */
function answerView(state) {
  const reading = readingOf(state);
  const labels = state.server?.labels ?? [];
  const best = reading ? largestAt(reading) : -1;
  return h(
    "section.drawing__block.drawing__block--answer",
    { "aria-label": "What the network reads" },
    h("p.drawing__reading", { id: "reading" }, reading ? readingText(state, best, reading[best]) : nothingRead(state)),
    state.server?.task === "classification"
      ? h("ol.likely", {}, (reading ?? labels.map(() => 0)).map((share, label) => likelyView(state, label, share, label === best, reading !== null)))
      : null,
  );
}

/** @param {State} state */
function nothingRead(state) {
  if (state.server?.task !== "classification") return state.frame && state.inspect.sample && state.frame.probe.values.length ? `I read ${state.frame.probe.values.at(-1)?.toFixed(2)}.` : "Draw, and I read it.";
  return state.drawing.strokes.length || state.inspect.sample ? "Reading …" : "Draw, and I read it.";
}

/** @param {State} state @param {number} label @param {number} share @param {boolean} best @param {boolean} known */
function likelyView(state, label, share, best, known) {
  return h(
    "li.likely__class",
    { key: label, "data-label": label, "aria-current": best ? "true" : null },
    h("span.likely__name", {}, shortName(state, label)),
    h("svg.likely__bar", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, h("rect", { width: (100 * share).toFixed(2), height: 10 })),
    h("span.likely__share", {}, known ? percent(share) : ""),
  );
}
