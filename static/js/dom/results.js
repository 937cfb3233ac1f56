/**
 * Hands on the tab of results: which part it shows, and cells and bars that choose their points on the board.
 * @import { Store } from "../store.js"
 * @import { ResultsState } from "../types"
 */
import { idsIn } from "../state/results.js";

/** @param {HTMLElement} panel @param {Store} store */
export function listenToResults(panel, store) {
  panel.addEventListener("click", ({ target, shiftKey }) => {
    if (target instanceof Element) pressed(store, target, shiftKey);
  });
  panel.addEventListener("keydown", (event) => {
    // Bars are drawn, not buttons of the browser's: the keys of a button are ours to hear.
    const bar = /** @type {Element} */ (event.target).closest("[data-bin]");
    if (!bar || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    pressed(store, bar, event.shiftKey);
  });
}

/** @param {Store} store @param {Element} target @param {boolean} add to what is chosen already */
function pressed(store, target, add) {
  const part = target.closest("[data-results-part]");
  const cell = target.closest("[data-cell]");
  const bin = target.closest("[data-bin]");
  if (part instanceof HTMLElement)
    store.dispatch({ type: "results", change: { part: /** @type {ResultsState["part"]} */ (part.dataset.resultsPart), chosen: null } });
  if (cell instanceof HTMLElement) {
    const [actual, predicted] = (cell.dataset.cell ?? "").split(",").map(Number);
    choose(store, `${actual},${predicted}`, idsIn(store.get(), predicted, actual), add);
  }
  if (bin instanceof SVGElement) choose(store, `bin ${bin.dataset.bin}`, idsIn(store.get(), Number(bin.dataset.bin), null), add);
}

/** @param {Store} store @param {string} name @param {readonly number[]} ids @param {boolean} add */
function choose(store, name, ids, add) {
  const { results, tools } = store.get();
  if (results.part === "test" && !tools.tests) store.dispatch({ type: "tools", change: { tests: true } });
  store.dispatch({ type: "results", change: { chosen: { name, ids } } });
  store.dispatch({ type: "select", ids, add });
  showBoard();
}

/** On a phone the board may have gone from above the drawer. */
function showBoard() {
  const [board, drawer] = ["board", "drawer"].map((id) => /** @type {HTMLElement} */ (document.getElementById(id)).getBoundingClientRect());
  const middle = (board.top + board.bottom) / 2;
  if (middle < 0 || middle > drawer.top) document.getElementById("board-panel")?.scrollIntoView({ block: "start" });
}
