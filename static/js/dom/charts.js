/**
 * Hands on the chart panel: which chart, how it is drawn, its table and its copy.
 * @import { Store } from "../store.js"
 * @import { ChartsState } from "../types"
 */
import { historyCsv } from "../state/charts.js";
import { whenClosed } from "./element.js";

/** @param {HTMLElement} panel @param {HTMLDialogElement} sheet the history's table @param {Store} store */
export function listenToCharts(panel, sheet, store) {
  const change = (/** @type {Partial<ChartsState>} */ what) => store.dispatch({ type: "charts", change: what });
  const clicked = (/** @type {Event} */ { target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    const { chart, chartToggle: toggle, chartCopy } = button.dataset;
    if (chart) change({ kind: /** @type {ChartsState["kind"]} */ (chart) });
    if (toggle === "log" || toggle === "options") change({ [toggle]: !store.get().charts[toggle] });
    if (toggle === "table") open(sheet, change);
    if (chartCopy !== undefined) void copy(store, change);
  };
  for (const element of [panel, sheet]) element.addEventListener("click", clicked);
  panel.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement)) return;
    if (target.dataset.chartOption === "smoothing") change({ smoothing: Number(target.value) });
    if (target.dataset.chartOption === "across") change({ across: /** @type {ChartsState["across"]} */ (target.value) });
  });
  whenClosed(sheet, () => change({ table: false }));
}

/** @param {HTMLDialogElement} sheet @param {(what: Partial<ChartsState>) => void} change */
function open(sheet, change) {
  change({ table: true });
  sheet.showModal();
}

/** @param {Store} store @param {(what: Partial<ChartsState>) => void} change */
async function copy(store, change) {
  const { history } = store.get();
  try {
    await navigator.clipboard.writeText(historyCsv(history));
    change({ said: `${history.length} rows copied.` });
  } catch {
    change({ said: "The browser does not let the page copy." });
  }
}
