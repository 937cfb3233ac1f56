/**
 * The loss chart as a Plotly figure, and the figures beside it.
 * @import { Child, LossRow, Palette, State } from "../types"
 */
import { lossText, scoreText } from "./labels.js";
import { h } from "./tree.js";

/** @param {readonly LossRow[]} rows @param {Palette} palette */
export function lossFigure(rows, palette) {
  const trace = (
    /** @type {"train_loss" | "test_loss"} */ name,
    /** @type {string} */ label,
    /** @type {object} */ line,
  ) => ({
    type: "scatter",
    mode: rows.length > 1 ? "lines" : "markers",
    name: label,
    x: rows.map((row) => row.epoch),
    y: rows.map((row) => row[name]),
    line,
    marker: line,
    hovertemplate: "%{y:.4f}",
  });
  const axis = {
    zeroline: false,
    gridcolor: palette.hairline,
    tickfont: { size: 11, color: palette.muted },
    automargin: false,
    fixedrange: true,
  };
  const layout = {
    margin: { l: 44, r: 10, t: 6, b: 34 },
    xaxis: {
      ...axis,
      title: { text: "epoch", standoff: 4, font: { size: 12, color: palette.muted } },
      rangemode: "nonnegative",
      nticks: 6,
      showgrid: false,
    },
    yaxis: { ...axis, rangemode: "tozero", nticks: 5 },
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    showlegend: false,
    hovermode: "x unified",
    hoverlabel: { bgcolor: palette.surface, bordercolor: palette.hairline, font: { color: palette.ink } },
    font: { family: palette.font, color: palette.ink },
  };
  const train = trace("train_loss", "training", { color: palette.train, width: 2.5, shape: "linear" });
  const test = trace("test_loss", "test", { color: palette.test, width: 2.5, dash: "dot" });
  return { data: rows.some((row) => Number.isFinite(row.test_loss)) ? [test, train] : [train], layout };
}

/** @param {State} state @returns {Child[]} */
export function figuresView(state) {
  const now = state.frame?.now;
  const classes = state.server?.task !== "regression";
  const score = classes ? "accuracy" : "R²";
  const row = (/** @type {"train" | "test"} */ part, /** @type {string} */ word) => [
    h(
      "div.figure",
      { class: `figure--${part}` },
      h("span.figure__label", {}, h("i.figure__line"), `${word} loss`),
      h("output.figure__value", { id: `${part}-loss` }, lossText(now?.[`${part}_loss`])),
    ),
    h(
      "div.figure",
      { class: `figure--${part}` },
      h("span.figure__label", {}, `${word} ${score}`),
      h("output.figure__value", { id: `${part}-score` }, scoreText(now?.[`${part}_score`], classes)),
    ),
  ];
  return [...row("train", "Training"), ...row("test", "Test")];
}
