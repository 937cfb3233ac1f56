/**
 * The card of help: opens beside the button that asks for it, closes with Escape or a press elsewhere, and gives the focus
 * back. On a phone it is a sheet at the bottom; where it stands there is the style sheet's business.
 * @import { Store } from "../store.js"
 * @import { HelpState, State } from "../types"
 */
import { helpCard } from "../views/help.js";
import { fetched } from "./fetched.js";
import { putMath } from "./mathml.js";
import { patchChildren } from "./patch.js";

const EDGE = 8;
const PHONE = "(max-width: 639px)";

/**
 * @param {HTMLElement} card a popover
 * @param {Store} store
 */
export function createHelp(card, store) {
  /** The button that has opened the card. @type {HTMLElement | null} */
  let opener = null;
  /** What the page's address says, as it was last looked at. @type {State["link"] | null} */
  let link = null;
  /** What the card was drawn from. @type {unknown[]} */
  let drawn = [];

  /** @param {HTMLElement} button */
  function open(button) {
    const { help: key = "", helpPath: path } = button.dataset;
    if (!card.contains(button)) opener = button;
    store.dispatch({ type: "help", open: { key, path: path ? JSON.parse(path) : null } });
    render(store.get());
    card.scrollTop = 0;
    card.focus({ preventScroll: true });
    if (!store.get().help.entries) load();
  }

  async function load() {
    /** @type {HelpState["entries"]} */
    const entries = await fetched(store, "/api/help", "The help");
    if (entries) store.dispatch({ type: "help-entries", entries });
    else close(true);
  }

  /** @param {boolean} back whether the focus goes back */
  function close(back) {
    store.dispatch({ type: "help", open: null });
    render(store.get());
    if (back && opener?.isConnected) opener.focus();
    opener?.setAttribute("aria-expanded", "false");
    opener = null;
  }

  /** @param {State} state */
  function render(state) {
    if (state.link !== link) document.documentElement.classList.toggle("help-off", state.link.hide.includes("help"));
    link = state.link;
    const needs = [state.help, state.drafts, state.server?.spec];
    if (!isOpen(card) && !state.help.open) return;
    if (needs.every((need, row) => need === drawn[row])) return;
    drawn = needs;
    patchChildren(card, helpCard(state));
    fillFormulas(card, state);
    if (!state.help.open) return card.hidePopover();
    card.showPopover();
    opener?.setAttribute("aria-expanded", "true");
    if (opener?.isConnected) place(card, opener);
  }

  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-help]") : null;
    if (!(button instanceof HTMLElement)) return;
    if (button === opener) close(true);
    else open(button);
  });
  document.addEventListener("pointerdown", ({ target }) => {
    const inside = target instanceof Element && (card.contains(target) || target.closest("button[data-help]"));
    if (isOpen(card) && !inside) close(false);
  });
  document.addEventListener("keydown", (event) => hearKey(event), { capture: true });

  /** The card comes last in the page: whoever leaves it with Tab goes back to where it was opened. @param {KeyboardEvent} event */
  function hearKey(event) {
    if (!isOpen(card)) return;
    const leaves = event.key === "Tab" && isAtEdge(card, event.shiftKey);
    if (event.key !== "Escape" && !leaves) return;
    event.preventDefault();
    event.stopPropagation();
    close(true);
  }
  return { render, buttons: { "close-help": () => close(true) } };
}

/** @param {HTMLElement} card */
function isOpen(card) {
  return card.matches(":popover-open");
}

/** Whether a Tab from here would leave the card. @param {HTMLElement} card @param {boolean} backwards */
function isAtEdge(card, backwards) {
  const stops = [...card.querySelectorAll("button, [tabindex='0']")];
  const active = document.activeElement;
  return backwards ? active === card || active === stops[0] : active === stops.at(-1);
}

/** @param {HTMLElement} card @param {State} state */
function fillFormulas(card, state) {
  for (const place of card.querySelectorAll("[data-formula]")) {
    const source = state.help.entries?.[/** @type {HTMLElement} */ (place).dataset.formula ?? ""]?.formula ?? "";
    putMath(place, source);
  }
}

/** Under the button, above it, or beside it: wherever the whole card fits. @param {HTMLElement} card @param {HTMLElement} button */
function place(card, button) {
  makeScrollable(card);
  if (matchMedia(PHONE).matches) {
    card.style.left = card.style.top = "";
    return;
  }
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = card;
  const { clientWidth: right, clientHeight: bottom } = document.documentElement;
  const within = (/** @type {number} */ value, /** @type {number} */ most) => Math.max(EDGE, Math.min(value, most - EDGE));
  let left = at.left - 14;
  let top = at.bottom + 6;
  if (top + height > bottom - EDGE) top = at.top - height - 6;
  if (top < EDGE) {
    top = within(at.top - height / 2, bottom - height);
    left = at.right + 10 + width < right ? at.right + 10 : at.left - width - 10;
  }
  card.style.left = `${within(left, right - width)}px`;
  card.style.top = `${top}px`;
}

/** A formula wider than the card is read by scrolling, from the keyboard too. @param {HTMLElement} card */
function makeScrollable(card) {
  for (const formula of card.querySelectorAll("[data-formula]")) {
    if (formula.scrollWidth > formula.clientWidth + 1) formula.setAttribute("tabindex", "0");
    else formula.removeAttribute("tabindex");
  }
}
