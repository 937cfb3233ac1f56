/**
 * Keeps the address true, so that what is seen can be linked to; a link of the page, or going back, is raced anew.
 * @import { Store } from "./races.js"
 */
import { addressOf } from "../../state/descent/address.js";

const PAUSE = 300;

/** @param {Store} store */
export function keepAddress(store) {
  let timer = 0;
  /** @type {string | null} */ let shown = null;

  function write() {
    const { playing, dragging, settling } = store.get();
    if (playing || dragging || settling) return;
    const address = addressOf(store.get());
    if (address === null || address === shown) return;
    shown = address;
    history.replaceState(null, "", `${location.pathname}${address}${kept()}`);
  }

  store.subscribe(() => {
    clearTimeout(timer);
    timer = window.setTimeout(write, PAUSE);
  });
  window.addEventListener("popstate", () => store.dispatch({ type: "address", search: location.search }));
}

/** What the address says of the page itself. */
function kept() {
  const given = new URLSearchParams(location.search);
  return ["language", "theme"].map((name) => (given.has(name) ? `&${name}=${encodeURIComponent(given.get(name) ?? "")}` : "")).join("");
}
