/** Speaks through a live region: the newest sentence only, and seldom enough to be heard out. */

/** Milliseconds that things must stand still before they are told, and between two sentences. */
const SETTLE = 400;
const PAUSE = 3000;

/** @param {HTMLElement} region with `role="status"` */
export function createAnnouncer(region) {
  let wanted = "";
  let timer = 0;
  let last = -PAUSE;
  const speak = () => {
    timer = 0;
    if (wanted === region.textContent) return;
    region.textContent = wanted;
    last = performance.now();
  };
  return {
    /** @param {string} text */
    tell(text) {
      if (text === wanted) return;
      wanted = text;
      clearTimeout(timer);
      timer = window.setTimeout(speak, Math.max(SETTLE, last + PAUSE - performance.now()));
    },
  };
}
