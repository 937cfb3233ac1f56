/**
 * What all pages around the lessons have: the theme, and the choice of a language.
 */
import { listenToTheme } from "../dom/palette.js";

/** An element that the template has. @template {HTMLElement | SVGElement} [T=HTMLElement] @param {string} id @returns {T} */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return /** @type {T} */ (/** @type {unknown} */ (found));
}

/** The same page in another language, said in the address so that it can be passed on. @param {HTMLSelectElement} menu */
function listenToLanguage(menu) {
  menu.addEventListener("change", () => {
    const url = new URL(location.href);
    url.searchParams.set("language", menu.value);
    location.assign(url);
  });
}

listenToTheme(part("theme"));
if (document.getElementById("language")) listenToLanguage(part("language"));
