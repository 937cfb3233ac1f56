/**
 * The sheet of presets: fetched when first asked for, chosen by pointer or keyboard. What a preset is, the server says.
 * @import { Store } from "../store.js"
 * @import { Command, Preset } from "../types"
 */
import { fetched } from "./fetched.js";

/** How an arrow key moves through the grid: [along the row, rows]. @type {Readonly<Record<string, readonly [number, number]>>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {HTMLDialogElement} sheet
 * @param {Store} store
 * @param {(command: Command) => void} send
 */
export function createPresets(sheet, store, send) {
  sheet.addEventListener("keydown", (event) => {
    const move = ARROWS[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    neighbour([...sheet.querySelectorAll("button.preset")], move)?.focus();
  });
  sheet.addEventListener("click", ({ target }) => target === sheet && sheet.close());

  async function load() {
    /** @type {Preset[] | null} */
    const presets = await fetched(store, "/api/presets", "The presets");
    if (presets) store.dispatch({ type: "presets", presets });
    else sheet.close();
  }

  /** Training stands, so that there is time to read what to watch. @param {string} name */
  function choose(name) {
    const { presets, server } = store.get();
    const preset = presets?.find((one) => one.name === name);
    if (!preset) return;
    if (server?.phase === "playing") send({ type: "pause" });
    send({ type: "set_spec", spec: preset.spec, replace: true });
    send({ type: "set_speed", ...preset.speed });
    store.dispatch({ type: "preset", preset });
    sheet.close();
  }

  function open() {
    sheet.showModal();
    if (!store.get().presets) load();
  }

  return { buttons: { presets: open, preset: (/** @type {HTMLElement} */ { dataset }) => choose(dataset.preset ?? "") } };
}

/**
 * The card that an arrow leads to from the one in focus; the first one if none is.
 * @param {Element[]} cards
 * @param {readonly [number, number]} move
 */
function neighbour(cards, [along, rows]) {
  const tops = cards.map((card) => card.getBoundingClientRect().top);
  const columns = tops.filter((top) => top === tops[0]).length;
  const here = cards.indexOf(/** @type {Element} */ (document.activeElement));
  const next = here < 0 ? 0 : here + along + rows * columns;
  return /** @type {HTMLElement | undefined} */ (cards[next]);
}
