/**
 * A chart's Plotly figure as plain lines and words in pixels: what is drawn while training runs, when Plotly is too slow for
 * every picture. The figure stays the one definition of lines, axes and marks; ticks follow Plotly's own rule, so that nothing
 * moves when it takes over.
 */

/** Plotly's steps between ticks, times a power of ten. */
const STEPS = [2, 5, 10];
/** Between an axis and its numbers. */
const GAP = 4;

/**
 * @typedef {{type?: string, range: [number, number], nticks?: number, tickvals?: readonly number[], ticktext?: readonly string[]}} Axis
 * @typedef {{text: string, at: number}} Tick at: pixels along the axis
 * @typedef {{points: Float64Array, colour: string, dash: string, width: number, opacity: number, dots: number}} Stroke x and y in pixels in turn, NaN at gaps; dots: their size, 0 for a line
 * @typedef {{x0: number, y0: number, x1: number, y1: number, rect: boolean, colour: string, width: number, dash: string, opacity: number, words: string}} Shape
 * @typedef {{x: number, y: number, symbol: string, size: number, colour: string}} Symbol
 * @typedef {{inside: {left: number, top: number, right: number, bottom: number}, strokes: Stroke[], shapes: Shape[], symbols: Symbol[],
 * names: {text: string, x: number, y: number, size: number, colour: string}[], across: Tick[], up: Tick[], title: {text: string, at: number}, letters: {size: number, colour: string, family: string}, grid: string}} LiveChart
 */

/**
 * @param {{data: readonly any[], layout: any}} figure of `views/charts.js`
 * @param {number} width
 * @param {number} height
 * @returns {LiveChart}
 */
export function liveChart({ data, layout }, width, height) {
  const { l, r, t, b } = layout.margin;
  const inside = { left: l, top: t, right: Math.max(l + 1, width - r), bottom: Math.max(t + 1, height - b) };
  const x = scaleOf(layout.xaxis, inside.left, inside.right);
  const y = scaleOf(layout.yaxis, inside.bottom, inside.top);
  const lines = data.filter(({ yaxis }) => yaxis !== "y2");
  const { size, color } = layout.xaxis.tickfont;
  return {
    inside,
    strokes: lines.map((trace) => strokeOf(trace, x, y)),
    shapes: layout.shapes.map((/** @type {any} */ shape) => shapeOf(shape, x, y, inside)),
    symbols: data.filter(({ name }) => name === "marks").flatMap((trace) => symbolsOf(trace, x, inside.top)),
    names: (layout.annotations ?? []).map((/** @type {any} */ note) => nameOf(note, layout.yaxis, inside)),
    across: ticksOf(layout.xaxis).map(([value, text]) => ({ text, at: x(value) })),
    up: ticksOf(layout.yaxis).map(([value, text]) => ({ text, at: y(value) })),
    title: { text: layout.xaxis.title.text, at: inside.bottom + 2 * GAP + size + layout.xaxis.title.standoff },
    letters: { size, colour: color, family: layout.font.family },
    grid: layout.yaxis.gridcolor,
  };
}

/** From values to pixels. @param {Axis} axis @param {number} from @param {number} to @returns {(value: number) => number} */
function scaleOf({ type, range: [low, high] }, from, to) {
  const scale = (to - from) / (high - low || 1);
  return type === "log" ? (value) => from + (Math.log10(value) - low) * scale : (value) => from + (value - low) * scale;
}

/** @param {any} trace @param {(value: number) => number} x @param {(value: number) => number} y @returns {Stroke} */
function strokeOf(trace, x, y) {
  const points = new Float64Array(2 * trace.x.length);
  for (let row = 0; row < trace.x.length; row++) {
    points[2 * row] = x(trace.x[row]);
    points[2 * row + 1] = y(trace.y[row]);
  }
  const { color: colour, dash, width } = trace.line;
  return { points, colour, dash, width, opacity: trace.opacity, dots: trace.mode === "markers" ? trace.marker.size : 0 };
}

/** @param {any} shape @param {(value: number) => number} x @param {(value: number) => number} y @param {LiveChart["inside"]} inside @returns {Shape} */
function shapeOf({ type, x0, x1, y0, y1, xref, yref, line, fillcolor, opacity = 1, label }, x, y, inside) {
  const left = (/** @type {number} */ at) => (xref === "paper" ? inside.left + at * (inside.right - inside.left) : x(at));
  const top = (/** @type {number} */ at) => (yref === "paper" ? inside.bottom + at * (inside.top - inside.bottom) : y(at));
  const rect = type === "rect";
  const look = { colour: rect ? fillcolor : line.color, width: line.width, dash: line.dash ?? "solid", opacity };
  return { x0: left(x0), x1: left(x1), y0: top(y0), y1: top(y1), rect, ...look, words: label?.text ?? "" };
}

/** @param {any} trace @param {(value: number) => number} x @param {number} top @returns {Symbol[]} */
function symbolsOf({ x: places, marker }, x, top) {
  return places.map((/** @type {number} */ at, /** @type {number} */ row) => ({
    x: x(at),
    y: top,
    symbol: marker.symbol[row],
    size: marker.size,
    colour: marker.color,
  }));
}

/** A line's name at its end; on a log axis Plotly tells such places as powers. @param {any} note @param {Axis} axis @param {LiveChart["inside"]} inside */
function nameOf({ text, xshift, y, font }, axis, inside) {
  const power = scaleOf({ range: axis.range }, inside.bottom, inside.top);
  return { text, x: inside.right + xshift, y: power(y), size: font.size, colour: font.color };
}

/** Values of an axis that are named, with their names. @param {Axis} axis @returns {[number, string][]} */
export function ticksOf({ type, range: [low, high], nticks = 5, tickvals, ticktext }) {
  const within = (/** @type {number} */ value) => value >= low - 1e-9 * (high - low) && value <= high + 1e-9 * (high - low);
  if (tickvals)
    return tickvals.flatMap((value, row) => (within(type === "log" ? Math.log10(value) : value) ? [[value, ticktext?.[row] ?? String(value)]] : []));
  if (!(high > low)) return [];
  const rough = (high - low) / nticks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((times) => times >= rough / power) ?? 10);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, row) => [(first + row) * step, numberText((first + row) * step, digits, step)]);
}

/** As Plotly writes it: thousands as k where they are many. @param {number} value @param {number} digits @param {number} step */
function numberText(value, digits, step) {
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (!size) return "0";
  if (size < 10_000) return sign + size.toFixed(digits);
  const thousands = size / 1000;
  return `${sign}${step % 1000 ? String(Number(thousands.toFixed(3))) : thousands.toFixed(0)}k`;
}
