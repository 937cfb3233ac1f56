/**
 * What a link, or a stage of a lesson, hides or locks of the page's fixed parts: whole panels and the buttons that no view draws.
 * What views draw is `views/locks.js`.
 * @import { Link } from "../types"
 */
import { isLocked } from "../state/link.js";
import { lockSign } from "../views/locks.js";
import { patchChildren } from "./patch.js";

/**
 * Looks over the page's template once, before any view has drawn into it.
 * @param {HTMLElement} root @returns {(link: Link) => void} makes it as a link says, whatever one before has said
 */
export function createRestriction(root) {
  const parts = elements(root, "[data-part]");
  const helps = elements(root, "button[data-help]");
  const buttons = /** @type {(HTMLButtonElement | HTMLSelectElement)[]} */ (elements(root, "button[id^=button-], select[id^=button-]"));
  /** @type {Link | null} */
  let laid = null;
  return (link) => {
    if (link === laid) return;
    laid = link;
    for (const part of parts) {
      const name = part.dataset.part ?? "";
      part.hidden = link.hide.includes(name);
      lockPart(part, link, isLocked(link, name));
    }
    for (const button of helps) button.hidden = link.hide.includes("help");
    for (const button of buttons) {
      const name = button.id.replace("button-", "");
      // What is a part too has been shown or hidden as one.
      if (!button.dataset.part) (button.closest("label") ?? button).hidden = link.hide.includes(name);
      button.disabled = isLocked(link, name) || button.closest("[data-locked]") !== null;
    }
  };
}

/** @param {HTMLElement} root @param {string} selector */
function elements(root, selector) {
  return [.../** @type {Iterable<HTMLElement>} */ (root.querySelectorAll(selector))];
}

/** A panel says so beside its title; what has none, where its template has room for it, or at its corner. @param {HTMLElement} part @param {Link} link @param {boolean} locked */
function lockPart(part, link, locked) {
  if (locked === (part.dataset.locked === "true")) return;
  if (!locked) {
    delete part.dataset.locked;
    part.querySelector(":scope > .lock-place, :scope :is(.panel__title, [data-lock-place]) > .lock-place")?.remove();
    return;
  }
  part.dataset.locked = "true";
  const sign = document.createElement("span");
  sign.className = "lock-place";
  patchChildren(sign, [lockSign(link)]);
  const title = part.querySelector(".panel__title");
  if (title) title.append(sign);
  else if (part.matches(".panel")) (part.querySelector("[data-lock-place]") ?? part).prepend(sign);
}

/** The names of the parts that an element stands in. @param {HTMLElement} element @returns {string[]} */
export function partsAround(element) {
  const part = /** @type {HTMLElement | null} */ (element.closest("[data-part]"));
  if (!part) return [];
  return [part.dataset.part ?? "", ...(part.parentElement ? partsAround(part.parentElement) : [])];
}
