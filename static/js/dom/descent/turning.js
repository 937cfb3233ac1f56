/**
 * The 3-D picture from the keyboard: arrows turn it, plus and minus bring it nearer and farther.
 * @import { Store } from "./races.js"
 */

const TURN = 10;
const ZOOM = 1.15;
/** As far as it is turned up or down. Degrees. */
const HIGH = 40;

/** @type {Record<string, (eye: {around: number, above: number, near: number}) => {around: number, above: number, near: number}>} */
const KEYS = {
  ArrowLeft: (eye) => ({ ...eye, around: eye.around - TURN }),
  ArrowRight: (eye) => ({ ...eye, around: eye.around + TURN }),
  ArrowUp: (eye) => ({ ...eye, above: Math.min(HIGH, eye.above + TURN) }),
  ArrowDown: (eye) => ({ ...eye, above: Math.max(-HIGH, eye.above - TURN) }),
  "+": (eye) => ({ ...eye, near: Math.min(2.5, eye.near * ZOOM) }),
  "=": (eye) => ({ ...eye, near: Math.min(2.5, eye.near * ZOOM) }),
  "-": (eye) => ({ ...eye, near: Math.max(0.4, eye.near / ZOOM) }),
};

/** @param {Store} store @param {HTMLElement} terrain */
export function listenToTerrain(store, terrain) {
  terrain.addEventListener("keydown", (event) => {
    const turned = KEYS[event.key]?.(store.get().eye);
    if (!turned || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    store.dispatch({ type: "turn", ...turned });
  });
}
