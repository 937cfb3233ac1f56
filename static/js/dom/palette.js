/**
 * The palette as it stands in the style sheet, and the choice of a theme.
 * @import { Palette } from "../types"
 */
import { inStorage } from "../keep.js";
import { SHAPES } from "../views/board.js";

/** @param {Element} [element] where the style sheet's tokens may be others @returns {Palette} */
export function readPalette(element = document.documentElement) {
  const style = getComputedStyle(element);
  const read = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    negative: read("negative"),
    neutral: read("neutral"),
    positive: read("positive"),
    classes: Array.from({ length: SHAPES.length }, (_, label) => read(`class-${label}`)),
    strength: Number(read("strength")),
    scale: Number(read("scale")),
    ink: read("ink"),
    muted: read("muted"),
    hairline: read("hairline"),
    surface: read("surface"),
    train: read("train"),
    validation: read("validation"),
    test: read("test"),
    lines: [0, 1, 2, 3, 4, 5].map((line) => read(`line-${line}`)),
    font: read("font"),
  };
}

/** Calls `changed` whenever the colours or the size of type change; `theme.js` says when. @param {() => void} changed */
export function watchTheme(changed) {
  const attributeFilter = ["data-theme", "data-contrast", "data-present"];
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter });
  // A narrow window has no large type: before a class the size hangs on the width too.
  let { scale } = readPalette();
  window.addEventListener("resize", () => {
    if (scale === readPalette().scale) return;
    scale = readPalette().scale;
    changed();
  });
}

/** The menu of themes shows the choice and changes it. @param {HTMLSelectElement} menu */
export function listenToTheme(menu) {
  const root = document.documentElement;
  menu.value = root.dataset.choice ?? "system";
  menu.addEventListener("change", () => {
    root.dataset.choice = menu.value;
    inStorage(() => localStorage.setItem("theme", menu.value));
  });
}
