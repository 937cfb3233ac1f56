/**
 * Draws the chart on a canvas of its own, over Plotly's, while training runs and until Plotly has come, because
 * a redraw of Plotly's takes longer than an animation frame. Whoever points at the chart, or pauses, has Plotly's with its read-out.
 * @import { LiveChart, Shape, Stroke, Symbol } from "../views/livechart.js"
 */
import { PATTERNS } from "../views/chartpanel.js";
import { MARK_PATHS } from "../views/markpaths.js";
import { sharpContext } from "./canvas.js";

/** By Plotly's names. */
const SYMBOL_PATHS = Object.fromEntries(Object.entries(MARK_PATHS).map(([name, path]) => [name, new Path2D(path)]));
/** Between the axis and its numbers, in pixels. */
const GAP = 4;

/** @param {HTMLElement} root the chart; the canvas comes and goes with `show` */
export function createLiveChart(root) {
  const canvas = document.createElement("canvas");
  canvas.className = "chart__live";
  canvas.hidden = true;
  root.append(canvas);
  return {
    /** @param {LiveChart} chart @param {number} width @param {number} height */
    show(chart, width, height) {
      canvas.hidden = false;
      if (canvas.parentElement !== root) root.append(canvas);
      draw(sharpContext(canvas, width, height), chart);
    },
    hide() {
      canvas.hidden = true;
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {LiveChart} chart */
function draw(context, chart) {
  const { left, top, right, bottom } = chart.inside;
  drawAxes(context, chart);
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  for (const shape of chart.shapes) drawShape(context, shape);
  for (const stroke of chart.strokes) drawStroke(context, stroke);
  context.restore();
  for (const symbol of chart.symbols) drawSymbol(context, symbol);
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const { text, x, y, size, colour } of chart.names) {
    context.font = `${size}px ${chart.letters.family}`;
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }
}

/** @param {CanvasRenderingContext2D} context @param {LiveChart} chart */
function drawAxes(context, { inside: { left, right, bottom }, across, up, title, letters, grid }) {
  context.font = `${letters.size}px ${letters.family}`;
  context.fillStyle = letters.colour;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { text, at } of across) context.fillText(text, at, bottom + GAP);
  context.textBaseline = "alphabetic";
  context.fillText(title.text, (left + right) / 2, title.at + letters.size / 2);
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.beginPath();
  for (const { text, at } of up) {
    context.fillText(text, left - GAP, at);
    context.moveTo(left, Math.round(at) + 0.5);
    context.lineTo(right, Math.round(at) + 0.5);
  }
  context.strokeStyle = grid;
  context.lineWidth = 1;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {string} dash */
function setDash(context, dash) {
  context.setLineDash((PATTERNS[dash] ?? "").split(" ").filter(Boolean).map(Number));
}

/** @param {CanvasRenderingContext2D} context @param {Shape} shape */
function drawShape(context, { x0, y0, x1, y1, rect, colour, width, dash, opacity, words }) {
  context.globalAlpha = opacity;
  if (rect) {
    context.fillStyle = colour;
    context.fillRect(x0, Math.min(y0, y1), x1 - x0, Math.abs(y1 - y0));
  } else {
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.strokeStyle = colour;
    context.lineWidth = width;
    setDash(context, dash);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.textAlign = "right";
  context.textBaseline = "bottom";
  context.fillStyle = colour;
  if (words) context.fillText(words, x1 - GAP, y1 - 2);
}

/** @param {CanvasRenderingContext2D} context @param {Stroke} stroke */
function drawStroke(context, { points, colour, dash, width, opacity, dots }) {
  context.globalAlpha = opacity;
  context.beginPath();
  let begun = false;
  for (let at = 0; at < points.length; at += 2) {
    const [x, y] = [points[at], points[at + 1]];
    if (!Number.isFinite(y)) begun = false;
    else if (dots) {
      context.moveTo(x + dots / 2, y);
      context.arc(x, y, dots / 2, 0, 2 * Math.PI);
    } else if (begun) context.lineTo(x, y);
    else {
      context.moveTo(x, y);
      begun = true;
    }
  }
  setDash(context, dots ? "solid" : dash);
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  if (dots) context.fill();
  else context.stroke();
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Symbol} symbol */
function drawSymbol(context, { x, y, symbol, size, colour }) {
  context.save();
  context.translate(x, y);
  context.scale(size / 10, size / 10);
  context.fillStyle = colour;
  context.fill(SYMBOL_PATHS[symbol] ?? SYMBOL_PATHS.circle);
  context.restore();
}
