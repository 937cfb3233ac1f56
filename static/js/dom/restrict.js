/**
 * What a link hides or locks of the page's fixed parts: whole panels and the buttons that no view draws. What views draw is
 * `views/locks.js`.
 * @import { Link } from "../types"
 */
import { isLocked } from "../state/link.js";
import { lockSign } from "../views/locks.js";
import { patchChildren } from "./patch.js";

/** @param {HTMLElement} root @param {Link} link */
export function restrictPage(root, link) {
  for (const part of partsIn(root)) {
    const name = part.dataset.part ?? "";
    if (link.hide.includes(name)) part.hidden = true;
    if (isLocked(link, name)) lockPart(part);
  }
  if (link.hide.includes("help")) for (const button of helpIn(root)) button.hidden = true;
  for (const button of fixedButtons(root)) {
    const name = button.id.replace("button-", "");
    if (link.hide.includes(name)) (button.closest("label") ?? button).hidden = true;
    if (isLocked(link, name) || button.closest("[data-locked]")) button.disabled = true;
  }
}

/** @param {HTMLElement} root @returns {Iterable<HTMLElement>} */
function partsIn(root) {
  return root.querySelectorAll("[data-part]");
}

/** @param {HTMLElement} root @returns {Iterable<HTMLElement>} */
function helpIn(root) {
  return root.querySelectorAll("button[data-help]");
}

/** @param {HTMLElement} root @returns {Iterable<HTMLButtonElement | HTMLSelectElement>} */
function fixedButtons(root) {
  return root.querySelectorAll("button[id^=button-], select[id^=button-]");
}

/** A panel says so beside its title; what has none, at its corner. @param {HTMLElement} part */
function lockPart(part) {
  part.dataset.locked = "true";
  const sign = document.createElement("span");
  sign.className = "lock-place";
  patchChildren(sign, [lockSign()]);
  const title = part.querySelector(".panel__title");
  if (title) title.append(sign);
  else if (part.matches(".panel")) part.prepend(sign);
}

/** The names of the parts that an element stands in. @param {HTMLElement} element @returns {string[]} */
export function partsAround(element) {
  const part = /** @type {HTMLElement | null} */ (element.closest("[data-part]"));
  if (!part) return [];
  return [part.dataset.part ?? "", ...(part.parentElement ? partsAround(part.parentElement) : [])];
}
