/**
 * The drawer on the page: shows the open panel, hears its tabs, the keys on them, and the hand or key that makes it higher.
 * @import { Store } from "../store.js"
 * @import { DrawerTab, State } from "../types"
 */
import { HEIGHTS, TABS, tabsOf } from "../state/drawer.js";

/** @type {Record<string, number>} */
const ALONG = { ArrowRight: 1, ArrowLeft: -1 };
/** @type {Record<string, number>} */
const UP = { ArrowUp: HEIGHTS.step, ArrowDown: -HEIGHTS.step, PageUp: 5 * HEIGHTS.step, PageDown: -5 * HEIGHTS.step };

/** Its share of a low screen's height. */
const LOW = 0.34;

/**
 * @param {HTMLElement} drawer
 * @param {HTMLElement} tabs
 * @param {HTMLElement} grip
 * @param {Store} store
 * @returns {{render: (state: State) => void}}
 */
export function createDrawer(drawer, tabs, grip, store) {
  const shown = { tab: /** @type {DrawerTab | null | undefined} */ (undefined), height: 0 };

  const open = (/** @type {DrawerTab | null} */ tab) => {
    const before = store.get().drawer.tab;
    store.dispatch({ type: "drawer", tab });
    if (tab === null && before && drawer.contains(document.activeElement)) document.getElementById(`tab-${before}`)?.focus();
  };

  listenToTabs(tabs, store, open);
  drawer.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-tab='']")) open(null);
  });
  drawer.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    open(null);
  });
  listenToGrip(grip, store);
  // On a low screen it begins lower, so that board and diagram are seen above it; a phone scrolls.
  if (window.innerWidth >= 900) store.dispatch({ type: "drawer-height", height: Math.min(HEIGHTS.first, LOW * window.innerHeight) });

  return {
    render({ drawer: { tab, height } }) {
      if (height !== shown.height) document.documentElement.style.setProperty("--drawer-height", `${height}px`);
      grip.setAttribute("aria-valuenow", String(height));
      shown.height = height;
      if (tab === shown.tab) return;
      shown.tab = tab;
      drawer.classList.toggle("drawer--open", tab !== null);
      document.documentElement.toggleAttribute("data-drawer", tab !== null);
      for (const { tab: name } of TABS) {
        const panel = document.getElementById(name);
        if (panel) panel.hidden = name !== tab;
      }
    },
  };
}

/** @param {HTMLElement} tabs @param {Store} store @param {(tab: DrawerTab | null) => void} open */
function listenToTabs(tabs, store, open) {
  tabs.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-tab]") : null;
    if (!(button instanceof HTMLElement)) return;
    const tab = /** @type {DrawerTab} */ (button.dataset.tab);
    open(tab === store.get().drawer.tab ? null : tab);
  });
  tabs.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && store.get().drawer.tab) {
      event.preventDefault();
      open(null);
    }
    if (!(event.key in ALONG) || !(event.target instanceof HTMLElement)) return;
    event.preventDefault();
    const tabs = tabsOf(store.get());
    const at = tabs.findIndex(({ tab }) => tab === /** @type {HTMLElement} */ (event.target).dataset.tab);
    const { tab } = tabs[(at + ALONG[event.key] + tabs.length) % tabs.length];
    if (store.get().drawer.tab) open(tab);
    document.getElementById(`tab-${tab}`)?.focus();
  });
}

/** The upper edge is drawn up and down. @param {HTMLElement} grip @param {Store} store */
function listenToGrip(grip, store) {
  const taller = (/** @type {number} */ height) => store.dispatch({ type: "drawer-height", height: Math.min(height, 0.7 * window.innerHeight) });
  grip.addEventListener("pointerdown", (event) => {
    grip.setPointerCapture(event.pointerId);
    const [from, height] = [event.clientY, store.get().drawer.height];
    const move = (/** @type {PointerEvent} */ { clientY }) => taller(height + from - clientY);
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true });
  });
  grip.addEventListener("keydown", (event) => {
    if (!(event.key in UP)) return;
    event.preventDefault();
    taller(store.get().drawer.height + UP[event.key]);
  });
}
