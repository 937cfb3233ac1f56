/**
 * The chart that is chosen, as a Plotly figure: its lines, its axes, the moving average over them and the marks of events.
 * @import { LossRow, Mark, Palette, Part, State } from "../types"
 */
import { PARTS } from "../state/parts.js";
import { pastStep } from "../state/timeline.js";
import { endsOf, ROOM_FOR_ENDS } from "./ends.js";
import { countText, lossText, rateText, scoreText, weightText } from "./labels.js";
import { countsSteps, drawn, placeOf, placesOf, rowsShown, smoothed, stepsPerEpoch } from "./series.js";

/**
 * One line of a chart: its figure of a row as it is drawn, and how a value of it reads.
 * @typedef {{name: string, figure: (row: LossRow) => number, colour: string, dash: string, text: (value: number) => string}} Line
 */

/** Eleven lines would be too many to tell apart by six colours alone. */
export const DASHES = ["solid", "dot", "dash", "dashdot", "longdash"];
/** Above it one step changes a layer's weights by more than a thousandth: where healthy training mostly is. */
export const USUAL_RATIO = 1e-3;
/** Symbols at the top of the chart, one a kind; the panel's key draws the same. @type {Record<Mark["kind"], string>} */
export const SYMBOLS = {
  rate: "triangle-down",
  training: "diamond",
  points: "circle",
  weights: "square",
  stopped: "star-square",
  diverged: "x",
};

/** @param {State} state @returns {Line[]} */
export function linesOf(state) {
  const palette = /** @type {Palette} */ (state.palette);
  const { kind } = state.charts;
  const classes = state.server?.task !== "regression";
  if (isPerLayer(state)) return layerLines(state, palette, kind === "update" ? 1 : 0);
  const line = (/** @type {keyof Omit<LossRow, "norms">} */ column, /** @type {string} */ name, factor = 1) => ({
    name,
    figure: (/** @type {LossRow} */ row) => row[column] * factor,
    colour: palette[partOf(column)],
    dash: DASH_OF[partOf(column)],
    text: (/** @type {number} */ value) => textOf(state, value),
  });
  if (kind === "rate") return [line("learning_rate", "learning rate")];
  const score = scoreWord(state);
  const percent = classes ? 100 : 1;
  const both =
    kind === "loss"
      ? [line("test_loss", "test loss"), line("validation_loss", "validation loss"), line("train_loss", "training loss")]
      : [line("test_score", `test ${score}`, percent), line("validation_score", `validation ${score}`, percent), line("train_score", `training ${score}`, percent)];
  return both.filter(({ figure }) => state.history.some((row) => Number.isFinite(figure(row))));
}

/** Whose figure a column of the history is; the rate is training's. @param {string} column @returns {Part} */
function partOf(column) {
  return PARTS.find((part) => column.startsWith(part)) ?? "train";
}

/** @type {Readonly<Record<Part, string>>} */
const DASH_OF = { train: "solid", validation: "dash", test: "dot" };

/** @param {State} state */
export function scoreWord({ server }) {
  return server?.task === "regression" ? "R²" : "accuracy";
}

/** A value of the chart that is shown, as it reads in figures beside it. @param {State} state @param {number} value */
function textOf({ charts, server }, value) {
  if (charts.kind === "rate") return rateText(value);
  if (charts.kind === "loss") return lossText(value);
  const classes = server?.task !== "regression";
  return scoreText(classes ? value / 100 : value, classes);
}

/** @param {State} state @param {Palette} palette @param {0 | 1} which norm of the gradient, or ratio of the update @returns {Line[]} */
function layerLines({ server, history }, palette, which) {
  const layers = server?.layers ?? [];
  const told = (history.at(-1)?.norms.length ?? 0) / 2;
  return layers.slice(0, told).map((_, layer) => ({
    name: layer === layers.length - 1 ? "output" : `layer ${layer + 1}`,
    figure: (row) => row.norms[2 * layer + which] ?? NaN,
    colour: palette.lines[layer % palette.lines.length],
    dash: DASHES[layer % DASHES.length],
    text: normText,
  }));
}

/** A norm to two digits: its size is what matters. @param {number} value */
function normText(value) {
  return Number.isFinite(value) ? weightText(Number(value.toPrecision(2))) : "–";
}

/** Whether there is a line for each layer. @param {Pick<State, "charts">} state */
export function isPerLayer({ charts: { kind } }) {
  return kind === "gradient" || kind === "update";
}

/** Whether the axis of values counts powers of ten. @param {State} state */
export function isLog(state) {
  return isPerLayer(state) || (state.charts.kind === "loss" && state.charts.log);
}

/**
 * @param {State} state whose palette is known
 * @param {number} [height] of the whole figure, pixels
 * @param {boolean} [spoken] whether with the words of the read-out, which cost more than the lines
 */
export function chartFigure(state, height = 0, spoken = true) {
  const rows = rowsShown(state);
  const lines = linesOf(state);
  const steps = countsSteps(state);
  const places = placesOf(rows, steps, stepsPerEpoch(state));
  const shown = rows.length && lines.length ? drawn(rows, lines.map(({ figure }) => figure)) : []; // prettier-ignore
  const traces = lines.flatMap((line) => tracesOf(state, line, rows, places, shown, spoken));
  const reading = shown.length && spoken ? [readingTrace(rows, places, shown, steps)] : [];
  const values = traces.flatMap(({ y }) => y);
  const layout = layoutOf(state, steps, rows.length ? places : [0], values);
  if (height) layout.yaxis.nticks = ticksFor(height - layout.margin.t - layout.margin.b, layout.yaxis.tickfont.size);
  if (!rows.length) return { data: [], layout };
  const marks = state.marks.map((mark) => ({ mark, at: placeOf(rows, places, mark.step) }));
  const { palette } = /** @type {{palette: Palette}} */ (state);
  if (isPerLayer(state)) {
    const plot = height - layout.margin.t - layout.margin.b;
    layout.annotations = endsOf(lines, rows, layout.yaxis.range, plot, palette);
    layout.margin.r = ROOM_FOR_ENDS * palette.scale;
  }
  return {
    data: [...reading, ...traces, ...(marks.length ? [marksTrace(marks, palette)] : [])],
    layout: { ...layout, shapes: [...layout.shapes, ...marks.map(({ at }) => standing(at, palette)), ...pastShapes(state, rows, places, palette)] },
  };
}

/** A line and, where one is asked for, its moving average, under which the raw values stay faintly visible.
 * @param {State} state @param {Line} line @param {readonly LossRow[]} rows
 * @param {readonly number[]} places @param {readonly number[]} shown @param {boolean} spoken */
function tracesOf({ charts, palette }, line, rows, places, shown, spoken) {
  const scale = palette?.scale ?? 1;
  const raw = rows.map(line.figure);
  const trace = (/** @type {string} */ name, /** @type {readonly number[]} */ values, /** @type {number} */ opacity) => ({
    type: "scatter",
    mode: shown.length > 1 ? "lines" : "markers",
    name,
    x: shown.map((row) => places[row]),
    y: shown.map((row) => values[row]),
    text: spoken ? shown.map((row) => line.text(values[row])) : [],
    line: { color: line.colour, dash: line.dash, width: 2.5 * scale },
    marker: { color: line.colour, size: 7 * scale },
    opacity,
    hovertemplate: "%{text}",
  });
  if (!charts.smoothing) return [trace(line.name, raw, 1)];
  return [trace(line.name, raw, 0.28), trace(`${line.name}, smoothed`, smoothed(raw, charts.smoothing), 1)];
}

/** What the read-out begins with, under its title: the other of epoch and step, and what is no line of its own.
 * @param {readonly LossRow[]} rows @param {readonly number[]} places @param {readonly number[]} shown @param {boolean} steps */
function readingTrace(rows, places, shown, steps) {
  const words = shown.map((row) => {
    const { epoch, step, learning_rate: rate, penalty } = rows[row];
    const more = penalty > 0 ? `, penalty ${lossText(penalty)}` : "";
    return `${steps ? `epoch ${countText(epoch)}` : `step ${countText(step)}`}, rate ${rateText(rate)}${more}`;
  });
  return {
    type: "scatter",
    mode: "lines",
    x: shown.map((row) => places[row]),
    y: shown.map(() => 0),
    yaxis: "y2",
    line: { width: 0 },
    opacity: 0,
    text: words,
    hovertemplate: "%{text}<extra></extra>",
  };
}

/** @param {readonly {mark: Mark, at: number}[]} marks @param {Palette} palette */
function marksTrace(marks, palette) {
  return {
    type: "scatter",
    mode: "markers",
    name: "marks",
    x: marks.map(({ at }) => at),
    y: marks.map(() => 1),
    yaxis: "y2",
    cliponaxis: false,
    marker: { symbol: marks.map(({ mark }) => SYMBOLS[mark.kind] ?? "circle"), size: 8 * palette.scale, color: palette.ink },
    text: marks.map(({ mark }) => mark.text),
    hovertemplate: "%{text}<extra></extra>",
  };
}

/**
 * Standing in the past: a line at the step that is shown, and what came after it pale.
 * @param {State} state @param {readonly LossRow[]} rows @param {readonly number[]} places @param {Palette} palette
 */
function pastShapes(state, rows, places, palette) {
  const step = pastStep(state);
  if (step === null) return [];
  const at = placeOf(rows, places, step);
  const area = { xref: "x", yref: "paper", x0: at, y0: 0, y1: 1, layer: "above" };
  return [
    { ...area, type: "rect", x1: places[places.length - 1], fillcolor: palette.surface, opacity: 0.7, line: { width: 0 } },
    { ...area, type: "line", x1: at, line: { color: palette.ink, width: 2 * palette.scale } },
  ];
}

/** @param {number} at @param {Palette} palette */
function standing(at, palette) {
  return { type: "line", xref: "x", yref: "paper", x0: at, x1: at, y0: 0, y1: 1, layer: "below", line: { color: palette.muted, width: 1, dash: "dot" } };
}

/** @param {State} state @param {boolean} steps @param {readonly number[]} places @param {readonly number[]} values */
function layoutOf(state, steps, places, values) {
  const palette = /** @type {Palette} */ (state.palette);
  const { scale } = palette;
  const font = { size: 12 * scale, color: palette.muted };
  const axis = { zeroline: false, gridcolor: palette.hairline, tickfont: font, automargin: false, fixedrange: true, ticklabeloverflow: "allow" };
  const high = Math.max(places.at(-1) ?? 0, steps ? 4 : 1);
  return {
    margin: { l: 50 * scale, r: 10 * scale, t: 10 * scale, b: 34 * scale },
    xaxis: {
      ...axis,
      title: { text: steps ? "step" : "epoch", standoff: 4 * scale, font },
      range: [places.length > 1 ? places[0] : 0, high],
      nticks: 6,
      showgrid: false,
      unifiedhovertitle: { text: `<b>${steps ? "step" : "epoch"} %{x}</b>` },
    },
    yaxis: /** @type {Record<string, any>} */ ({ ...axis, ...valuesAxis(state, values) }),
    yaxis2: { overlaying: "y", range: [0, 1], visible: false, fixedrange: true },
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    separators: ". ",
    showlegend: false,
    hovermode: "x unified",
    hoverlabel: { bgcolor: palette.surface, bordercolor: palette.muted, font: { color: palette.ink, size: 12 * scale } },
    font: { family: palette.font, color: palette.ink, size: 12 * scale },
    shapes: state.charts.kind === "update" ? [usual(palette)] : [],
    annotations: /** @type {Record<string, unknown>[]} */ ([]),
  };
}

/** As many numbers as have room one over the other, five at most. @param {number} room pixels @param {number} size of the letters */
function ticksFor(room, size) {
  return Math.max(1, Math.min(5, Math.floor(room / (2.4 * size))));
}

/** @param {State} state @param {readonly number[]} values @returns {Record<string, any>} */
function valuesAxis(state, values) {
  if (isLog(state)) return { type: "log", ...powers(values) };
  if (state.charts.kind === "score" && state.server?.task !== "regression")
    return { range: [0, 103], tickvals: PERCENTS, ticktext: PERCENTS.map((percent) => `${percent} %`) };
  return { range: around(values, state.charts.kind !== "score"), nticks: 5 };
}

/** Over the largest value, as a share of the range. */
const ROOM = 0.055;

/** A range with a little room over the values, and from 0 if asked to. @param {readonly number[]} values @param {boolean} fromZero */
function around(values, fromZero) {
  const known = values.filter(Number.isFinite);
  const least = known.reduce((low, value) => Math.min(low, value), known.length ? Infinity : 0);
  const most = known.reduce((high, value) => Math.max(high, value), known.length ? -Infinity : 1);
  const low = fromZero ? Math.min(0, least) : least;
  const room = ROOM * (most - low || Math.abs(most) || 1);
  return [fromZero && low === 0 ? 0 : low - room, most + room];
}

const PERCENTS = [0, 25, 50, 75, 100];
/** Ticks of a log axis at most. */
const MOST_TICKS = 6;

/**
 * The range of a log axis and its ticks: powers of ten, with 2 and 5 times them where there is room.
 * @param {readonly number[]} values
 */
export function powers(values) {
  const known = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  const low = known.reduce((least, value) => Math.min(least, value), known.length ? Infinity : -3) - 0.1;
  const high = known.reduce((most, value) => Math.max(most, value), known.length ? -Infinity : 0) + 0.1;
  const leap = Math.max(1, Math.ceil((high - low) / MOST_TICKS));
  const decades = Array.from({ length: Math.ceil(high - low) + 2 }, (_, row) => Math.floor(low) + row);
  const between = high - low < 2 ? [1, 2, 5] : [1];
  const ticks = decades.filter((decade) => decade % leap === 0).flatMap((decade) => between.map((times) => ({ decade, times })));
  return {
    range: [low, high],
    tickvals: ticks.map(({ decade, times }) => Number(`${times}e${decade}`)),
    ticktext: ticks.map(({ decade, times }) => powerText(times, decade)),
  };
}

/** A number that is `times` a power of ten: plain where it is short. @param {number} times @param {number} decade */
function powerText(times, decade) {
  if (decade >= -3 && decade <= 3) return String(Number(`${times}e${decade}`));
  const raised = [...String(decade)].map((letter) => SUPERSCRIPTS[letter]).join("");
  return times === 1 ? `10${raised}` : `${times}·10${raised}`;
}

/** @type {Record<string, string>} */
const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/** @param {Palette} palette */
function usual(palette) {
  const place = { xref: "paper", x0: 0, x1: 1, yref: "y", y0: USUAL_RATIO, y1: USUAL_RATIO };
  const label = { text: "0.001", textposition: "end", font: { size: 12 * palette.scale, color: palette.ink } };
  return { type: "line", ...place, layer: "below", line: { color: palette.ink, width: 1.5, dash: "dash" }, label };
}
