/**
 * The board as SVG for a picture of the page: the painted ground as an image, its axes with numbers and names, the points as
 * shapes, on a curve the network's line, and what the points' colours mean.
 * @import { Area, Mark } from "./board.js"
 * @import { Child, Node, Palette, State } from "../types"
 */
import { lookOf } from "../state/look.js";
import { axesOf, axisTitle, ticksOf } from "./axes.js";
import { classShape, SHAPE_PATHS, isShown, labelColour, marksOf, rangeOf, toPixels } from "./board.js";
import { round } from "./chartsvg.js";
import { className } from "./classes.js";
import { curveLines, isCurve } from "./curve.js";
import { shortText } from "./labels.js";
import { DOT, inkOf, pointScale, RIM, RING } from "./pointink.js";
import { h } from "./tree.js";

const LETTERS = 12;
/** Keys stand in columns this wide. */
const KEY = 146;
/** Letters of a class's name that its key shows. */
const LONGEST_NAME = 16;
const KEY_LINE = 22;
/** Steps of the scale of a regression's colours. */
const STOPS = 9;

/**
 * @param {State} state with a frame and a palette @param {Area} area
 * @param {string} ground a PNG of the board's square, as a data address @param {number} size of the square in pixels
 * @returns {Node}
 */
export function boardNode(state, area, ground, size) {
  const palette = /** @type {Palette} */ (state.palette);
  const scale = pointScale(area.width, palette);
  const marks = marksOf(state, area).filter(({ x, y }) => isShown(area, x, y));
  const lines = isCurve(state) ? curveLines(state, area) : [];
  const { x, y, width, height } = area;
  return h(
    "g",
    {},
    h("clipPath", { id: "inside" }, h("rect", { x, y, width, height })),
    h("image", { href: ground, width: size, height: size }),
    h("g", { "clip-path": "url(#inside)" }, marks.map((mark) => markNode(mark, palette, scale)), lines.flatMap((line, output) => lineNodes(line, output, lines.length, palette))),
    h("rect", { x, y, width, height, fill: "none", stroke: palette.hairline }),
    axesNode(state, area, palette),
  );
}

/** @param {Mark} mark @param {Palette} palette @param {number} scale */
function markNode(mark, palette, scale) {
  const { size, fill, stroke, width, rim } = inkOf(mark, palette, scale);
  const d = SHAPE_PATHS[mark.shape];
  const of = (/** @type {string} */ colour, /** @type {number} */ wide) => ({ d, stroke: colour, "stroke-width": round(wide / size) });
  return h(
    "g",
    { transform: `translate(${round(mark.x)} ${round(mark.y)}) scale(${round(size)})`, opacity: mark.id < 0 ? 0.6 : null },
    mark.wrong ? ringNodes((5 * size + RING.away) / size, size, palette) : [],
    rim ? h("path", { ...of(rim, RIM), fill }) : null,
    h("path", { ...of(stroke, width), fill }),
    mark.part === "validation" ? h("circle", { r: DOT, fill: mark.colour }) : null,
  );
}

/** @param {number} r @param {number} size @param {Palette} palette */
function ringNodes(r, size, { surface, ink }) {
  const ring = (/** @type {string} */ stroke, /** @type {number} */ width) => h("circle", { r: round(r), fill: "none", stroke, "stroke-width": round(width / size) });
  return [ring(surface, RING.halo), ring(ink, RING.line)];
}

/** @param {readonly (readonly [number, number])[]} line @param {number} output @param {number} outputs @param {Palette} palette */
function lineNodes(line, output, outputs, palette) {
  const d = `M${line.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}`;
  const colour = outputs > 1 ? palette.classes[output % palette.classes.length] : palette.ink;
  const stroke = (/** @type {string} */ shade, /** @type {number} */ width) => h("path", { d, fill: "none", stroke: shade, "stroke-width": width, "stroke-linejoin": "round" });
  return [stroke(palette.surface, 5.5), stroke(colour, 2.5)];
}

/** Numbers and names of both axes. @param {State} state @param {Area} area @param {Palette} palette */
function axesNode(state, area, palette) {
  const { centre, extent } = lookOf(state);
  const axes = axesOf(state);
  const inputs = state.server?.inputs ?? [];
  const [across, up] = axes.map((axis, row) => ticksOf(axis, centre[row] - extent, centre[row] + extent, axis.input !== null && inputs[axis.input]?.indicator));
  const bottom = area.y + area.height;
  const middle = [area.x + area.width / 2, area.y + area.height / 2];
  const text = (/** @type {string} */ words, /** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ anchor, transform = "") =>
    h("text", { x: round(x), y: round(y), "text-anchor": anchor, transform: transform || null }, words);
  return h(
    "g",
    { fill: palette.muted, "font-size": LETTERS },
    across.map(({ at, text: words }) => text(words, toPixels(area, at, 0)[0], bottom + 1.3 * LETTERS, "middle")),
    up.map(({ at, text: words }) => text(words, area.x - 5, toPixels(area, 0, at)[1] + 0.35 * LETTERS, "end")),
    text(axisTitle(state, axes[0]), middle[0], bottom + 2.8 * LETTERS, "middle"),
    text(axisTitle(state, axes[1]), 0, 0, "middle", `translate(${LETTERS * 0.2 - 4} ${round(middle[1])}) rotate(-90)`),
  );
}

/** What colours, shapes and fillings mean, from the top left corner down. @param {State} state @returns {{node: Node, height: number}} */
export function legend(state) {
  const palette = /** @type {Palette} */ (state.palette);
  const classes = state.server?.task !== "regression";
  const kinds = [h("g", {}, key("Training point", inkedAs("train", palette), palette))];
  if (hasTests(state)) kinds.push(h("g", {}, key("Test point", inkedAs("test", palette), palette)));
  if (state.wrong.size) kinds.push(h("g", {}, key("Taken for another class", inkedAs("train", palette), palette), h("g", { transform: "translate(8 0)" }, ringNodes(5 + RING.away, 1, palette))));
  const keys = classes ? [...classKeys(state, palette), ...kinds] : isCurve(state) ? kinds : [];
  const cells = keys.map((node, row) => h("g", { transform: `translate(${(row % 3) * KEY} ${Math.floor(row / 3) * KEY_LINE})` }, node));
  const scale = classes || isCurve(state) ? [] : scaleNodes(state, palette);
  const height = Math.ceil(cells.length / 3) * KEY_LINE + (scale.length ? 44 : 0);
  return { node: h("g", { "font-size": 13, fill: palette.ink }, cells, scale), height };
}

/** @param {State} state */
function hasTests({ points, tools }) {
  return tools.tests && points.some((point) => point[4] === 2);
}

/** @param {State} state @param {Palette} palette */
function classKeys(state, palette) {
  return Array.from({ length: state.server?.spec.data.classes ?? 0 }, (_, label) => {
    const name = className(state, label);
    const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
    const colour = labelColour(palette, label, true);
    return h("g", {}, key(short, { shape: classShape(label), fill: colour, stroke: colour }, palette));
  });
}

/** @param {"train" | "test"} part @param {Palette} palette */
function inkedAs(part, palette) {
  return { shape: "circle", fill: part === "train" ? palette.muted : palette.surface, stroke: palette.muted };
}

/** @param {string} words @param {{shape: string, fill: string, stroke: string}} look @param {Palette} palette @returns {Child[]} */
function key(words, { shape, fill, stroke }, palette) {
  const mark = h("path", { d: SHAPE_PATHS[shape], fill, stroke, "stroke-width": 1.7, transform: "translate(8 0)" });
  return [mark, h("text", { x: 20, y: 4.5, fill: palette.ink }, words)];
}

/** The values that a regression's colours stand for. @param {State} state @param {Palette} palette @returns {Node[]} */
function scaleNodes(state, palette) {
  const [low, high] = rangeOf(state);
  const values = Array.from({ length: STOPS }, (_, row) => low + ((high - low) * row) / (STOPS - 1));
  const stops = values.map((value, row) => h("stop", { offset: row / (STOPS - 1), "stop-color": labelColour(palette, value, false, [low, high]) }));
  const unit = state.server?.target ? axisTitle(state, { ...state.server.target, input: null, middle: 0, scale: 1 }) : "value";
  return [
    h("linearGradient", { id: "values" }, stops),
    h("rect", { width: 240, height: 12, y: -6, fill: "url(#values)", stroke: palette.hairline }),
    h("text", { y: 22 }, shortText(low)),
    h("text", { x: 120, y: 22, "text-anchor": "middle" }, unit),
    h("text", { x: 240, y: 22, "text-anchor": "end" }, shortText(high)),
  ];
}
